public import Cryptography
import JSONCore
import Proofs

/// Signs credentials as VC-JWT, with everything that is the same for each of them prepared once.
///
/// One for each thread: the prepared OpenSSL contexts inside are not shared.
public final class CredentialSigner {
    private let signer: JWSSigner
    private var payload: [UInt8] = []

    /// - Parameters:
    ///   - kid: a URL that answers with the key: a DID URL into the issuer's DID document, or an https URL of the
    ///     issuer's own origin. Validators that find no key reject the badge, so there is no default.
    ///   - algorithm: the key's usual one if left out: RS256, ES256, ES384, EdDSA.
    /// - Throws: ``OpenBadgesError`` `NOT_SIGNABLE` where the key and the algorithm do not fit.
    public init(key: PrivateKey, kid: String, algorithm: SignatureAlgorithm? = nil) throws(OpenBadgesError) {
        do {
            signer = try JWSSigner(key: key, algorithm: algorithm, kid: kid, typ: "JWT")
        } catch {
            throw OpenBadgesError(.notSignable, error.detail)
        }
    }

    /// The VC-JWT of a credential, as the bytes of its compact form.
    ///
    /// - Throws: ``OpenBadgesError`` `NOT_SIGNABLE` where the credential cannot be a VC-JWT, or signing fails.
    public func compact(_ credential: AchievementCredential) throws(OpenBadgesError) -> [UInt8] {
        let claims = try CredentialJWT.claims(of: credential)
        // The claims follow the credential's members in one object; copying these into a new value would cost more
        // than writing them.
        payload.removeAll(keepingCapacity: true)
        credential.json.serialize(into: &payload)
        payload.removeLast()
        payload.append(UInt8(ascii: ","))
        payload.append(contentsOf: JSON.object(claims).serialized().dropFirst())
        do {
            return try signer.compact(payload: payload)
        } catch {
            throw OpenBadgesError(.notSignable, error.detail)
        }
    }
}
