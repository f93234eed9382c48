extension Cryptosuite {
    /// `ecdsa-jcs-2019`: ECDSA on P-256 with SHA-256, or on P-384 with SHA-384, over the JSON.
    ///
    /// Source: Data Integrity ECDSA Cryptosuites 1.0 §3.3.
    public static let ecdsaJCS2019 = Cryptosuite("ecdsa-jcs-2019", .jcs, .ecdsa)
}
