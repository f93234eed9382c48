public import Cryptography
public import JSONCore

/// What came of verifying one proof.
public struct ProofResult: Sendable {
    /// Where the proof stands: `/proof`, or `/proof/0` and so on.
    public let path: JSONPointer
    /// The proof; `nil` where it cannot be read.
    public let proof: DataIntegrityProof?
    /// Its suite; `nil` where it is none of ours.
    public let cryptosuite: Cryptosuite?
    /// The verdict.
    public let outcome: ProofOutcome
}

/// The verdict on one proof. There is no fourth case, and *undetermined* is never to be shown as one of the others.
public enum ProofOutcome: Sendable {
    /// The key signed this document.
    ///
    /// It is the document without proofs, and only with what is covered: in the suites over JSON, contexts that were
    /// added behind the signed ones are gone. Go on with this one, not with what was handed in (§4.4).
    case verified(document: JSON)
    /// It did not, or the proof is not for this purpose, domain or time.
    case failed(ProofError)
    /// It could not be found out: a suite, a key or a context that is not at hand.
    case undetermined(ProofError)
}

/// The caller's answer to the question whose key a verification method is.
public enum ProofKey: Sendable {
    /// The key, and it may vouch for the document.
    case found(PublicKey)
    /// The method is there and is not to be used: revoked, another purpose, another controller. The proof has failed.
    case refused(ProofError)
    /// The method cannot be had. The verdict is undetermined.
    case unknown(ProofError)
}
