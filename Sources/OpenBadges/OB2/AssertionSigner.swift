public import Cryptography
import JSONCore
import Proofs

extension OB2 {
    /// Signs assertions as compact JWS (*SignedBadge*), with everything that is the same for each prepared once.
    ///
    /// One for each thread. Source: Open Badges 2.0, "Signed Badges".
    public final class AssertionSigner {
        private let signer: JWSSigner

        /// - Parameter key: RSA signs with RS256, which every validator reads; others are for who knows better.
        /// - Throws: ``OpenBadgesError`` `NOT_SIGNABLE` where the key cannot sign.
        public init(key: PrivateKey, algorithm: SignatureAlgorithm? = nil) throws(OpenBadgesError) {
            do {
                signer = try JWSSigner(key: key, algorithm: algorithm)
            } catch {
                throw OpenBadgesError(.notSignable, error.detail)
            }
        }

        /// The JWS of an assertion, as the bytes of its compact form.
        public func compact(_ assertion: Assertion) throws(OpenBadgesError) -> [UInt8] {
            do {
                return try signer.compact(payload: assertion.json.serialized())
            } catch {
                throw OpenBadgesError(.notSignable, error.detail)
            }
        }
    }

    /// An assertion as compact JWS, for who has the issuer's key at hand.
    public struct SignedAssertion: Sendable {
        /// What the assertion says, if it is to be believed.
        public let unverifiedAssertion: Assertion
        private let jws: JWS

        /// - Throws: ``OpenBadgesError`` `PARSING_ERROR` where it is no JWS, or its payload no JSON object.
        public init(compact: [UInt8]) throws(OpenBadgesError) {
            do {
                jws = try JWS(compact: compact)
            } catch {
                throw OpenBadgesError(.parsing, error.detail)
            }
            let payload = try SignedPayload.object(of: jws)
            unverifiedAssertion = Assertion(uncheckedMembers: payload.object ?? [:])
        }

        /// What speaks against the assertion being what the key's owner signed: empty if nothing does.
        public func problems(for verifier: SignatureVerifier) -> [ProblemDetails] {
            SignedPayload.problems(of: jws, for: verifier)
        }
    }
}
