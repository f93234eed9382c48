public import Cryptography
import JSONCore
public import LinkedData
import Proofs

/// Signs credentials with an embedded proof (Data Integrity), with everything that is the same for each prepared once.
///
/// Ed25519 signs with `eddsa-rdfc-2022`, the one suite that the conformance programme knows; P-256 and P-384 with
/// `ecdsa-rdfc-2019`. One for each thread. Source: Open Badges 3.0 §8.3.
public final class CredentialProofSigner {
    private let signer: DataIntegritySigner

    /// - Parameters:
    ///   - verificationMethod: where the key is published: a DID URL into the issuer's DID document, or an https URL
    ///     that its controller document lists.
    ///   - contexts: the embedded ones if left out.
    /// - Throws: ``OpenBadgesError`` `NOT_SIGNABLE` where no suite suits the key.
    public init(
        key: PrivateKey,
        verificationMethod: String,
        contexts: ContextStore = KnownContexts.current
    ) throws(OpenBadgesError) {
        let suite: Cryptosuite
        switch key.algorithm {
        case .ed25519: suite = .eddsaRDFC2022
        case .p256, .p384: suite = .ecdsaRDFC2019
        case .rsa: throw OpenBadgesError(.notSignable, "embedded proofs need an Ed25519, P-256 or P-384 key")
        }
        do {
            signer = try DataIntegritySigner(
                key: key,
                cryptosuite: suite,
                verificationMethod: verificationMethod,
                contexts: contexts,
                // Our proofs have no end of their own, so nothing asks for the time.
                clock: ProofClock { _ in .notPast }
            )
        } catch {
            throw OpenBadgesError(.notSignable, error.detail)
        }
    }

    /// The credential with its proof.
    ///
    /// - Parameter created: when the proof is made, in whole seconds.
    /// - Throws: ``OpenBadgesError`` `NOT_SIGNABLE` with the place of a term that no context defines, of a relative
    ///   IRI, or of whatever else would not be covered by the signature.
    public func secure(
        _ credential: AchievementCredential,
        created: Timestamp
    ) throws(OpenBadgesError) -> AchievementCredential {
        do {
            let secured = try signer.secure(credential.json, options: ProofOptions(created: created.description))
            return AchievementCredential(uncheckedMembers: secured.object ?? [:])
        } catch {
            throw OpenBadgesError(.notSignable, "\(error.code.rawValue): \(error.detail)", at: error.path)
        }
    }
}
