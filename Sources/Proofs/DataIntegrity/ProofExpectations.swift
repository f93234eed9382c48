internal import JSONCore

/// What a verifier asks of a proof beyond a good signature. Source: VC Data Integrity 1.0 §4.4.
public struct ProofExpectations: Sendable {
    /// The purpose that the proof has to have; `nil` takes any.
    public var proofPurpose: String?
    /// The domains that the proof has to name, these and no others; `nil` takes any.
    public var domain: Set<String>?
    /// The challenge that the proof has to repeat; `nil` takes any.
    public var challenge: String?
    /// The moment of verification.
    public var clock: ProofClock

    /// What a credential needs, and what is added to it.
    public init(
        proofPurpose: String? = "assertionMethod",
        domain: Set<String>? = nil,
        challenge: String? = nil,
        clock: ProofClock
    ) {
        self.proofPurpose = proofPurpose
        self.domain = domain
        self.challenge = challenge
        self.clock = clock
    }

    /// Throws `PROOF_VERIFICATION_ERROR`, `PROOF_EXPIRED`, `INVALID_DOMAIN_ERROR` or `INVALID_CHALLENGE_ERROR`.
    func check(_ proof: DataIntegrityProof) throws(ProofError) {
        // §4.4 step 5. JSON values are compared code point by code point, which Swift's strings are not.
        if let proofPurpose, proof.members["proofPurpose"] != .string(proofPurpose) {
            throw ProofError(.proofVerification, "the proof is for another purpose than \(proofPurpose)")
        }
        // step 6
        if let domain, Set(proof.domain.map(JSON.string)) != Set(domain.map(JSON.string)) {
            throw ProofError(.invalidDomain, "the proof is for another domain")
        }
        // step 7
        if let challenge, proof.members["challenge"] != .string(challenge) {
            throw ProofError(.invalidChallenge, "the proof answers another challenge")
        }
        // §2.1
        if let created = proof.created, clock.place(of: created) == .unreadable {
            throw ProofError(.proofVerification, "created is no date and time with a zone")
        }
        if let expires = proof.expires {
            switch clock.place(of: expires) {
            case .past: throw ProofError(.proofExpired, "the proof has expired")
            case .notPast: break
            case .unreadable: throw ProofError(.proofVerification, "expires is no date and time with a zone")
            }
        }
    }
}
