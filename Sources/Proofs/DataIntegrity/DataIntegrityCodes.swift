extension ProofError.Code {
    /// A proof cannot be made as asked (VC Data Integrity 1.0 §4.7).
    public static let proofGeneration = Self(rawValue: "PROOF_GENERATION_ERROR")
    /// A proof is incomplete, malformed, or not the key's (VC Data Integrity 1.0 §4.7).
    public static let proofVerification = Self(rawValue: "PROOF_VERIFICATION_ERROR")
    /// A document or a proof has no canonical form (VC Data Integrity 1.0 §4.7).
    public static let proofTransformation = Self(rawValue: "PROOF_TRANSFORMATION_ERROR")
    /// The proof is for other domains than the one asked for (VC Data Integrity 1.0 §4.7).
    public static let invalidDomain = Self(rawValue: "INVALID_DOMAIN_ERROR")
    /// The proof answers another challenge than the one asked for (VC Data Integrity 1.0 §4.7).
    public static let invalidChallenge = Self(rawValue: "INVALID_CHALLENGE_ERROR")
    /// A kind of proof that we do not verify: neither valid nor invalid.
    public static let proofUnsupported = Self(rawValue: "PROOF_UNSUPPORTED")
    /// The proof has expired by itself, whatever the document says of its own validity.
    public static let proofExpired = Self(rawValue: "PROOF_EXPIRED")
}
