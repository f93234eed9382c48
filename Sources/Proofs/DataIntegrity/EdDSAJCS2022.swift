extension Cryptosuite {
    /// `eddsa-jcs-2022`: Ed25519 over the JSON; the proof carries the document's `@context`.
    ///
    /// Source: Data Integrity EdDSA Cryptosuites 1.0 §3.3.
    public static let eddsaJCS2022 = Cryptosuite("eddsa-jcs-2022", .jcs, .ed25519)
}
