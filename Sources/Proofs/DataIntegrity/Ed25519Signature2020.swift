extension Cryptosuite {
    /// `Ed25519Signature2020`: what became `eddsa-rdfc-2022`, under a proof type of its own. Verified, never made.
    ///
    /// Source: Data Integrity EdDSA Cryptosuites 1.0, appendix "Ed25519Signature2020".
    public static let ed25519Signature2020 = Cryptosuite(
        "Ed25519Signature2020",
        proofType: "Ed25519Signature2020",
        .rdfc,
        .ed25519,
        isLegacy: true
    )
}
