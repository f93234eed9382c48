extension Cryptosuite {
    /// `ecdsa-rdfc-2019`: ECDSA on P-256 with SHA-256, or on P-384 with SHA-384, over the RDF.
    ///
    /// Signatures are the raw `r ‖ s`, and `s` may be in either half: both are valid (§4).
    /// Source: Data Integrity ECDSA Cryptosuites 1.0 §3.2.
    public static let ecdsaRDFC2019 = Cryptosuite("ecdsa-rdfc-2019", .rdfc, .ecdsa)
}
