extension Cryptosuite {
    /// `eddsa-rdfc-2022`: Ed25519 over the RDF; the one that Open Badges 3.0 certifies.
    ///
    /// Source: Data Integrity EdDSA Cryptosuites 1.0 §3.2.
    public static let eddsaRDFC2022 = Cryptosuite("eddsa-rdfc-2022", .rdfc, .ed25519)
}
