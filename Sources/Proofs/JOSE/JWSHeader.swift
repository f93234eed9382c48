public import Cryptography
public import JSONCore

/// The protected header of a JWS (RFC 7515 §4).
///
/// Reading one says nothing about trust: ``acceptedAlgorithm()`` does, and every verification asks it.
public struct JWSHeader: Sendable, Hashable {
    /// The whole header.
    public let json: JSON
    /// The algorithm's name as written, whatever it is.
    public let alg: String?
    /// The name of the key, or the URL where it can be had.
    public let kid: String?
    /// The media type of the whole.
    public let typ: String?
    /// A key in the header, unread. It proves possession alone: whose it is must be found out elsewhere.
    public let jwk: JSON?
    /// Whether there is a `crit`, well-formed or not.
    public let hasCriticalMembers: Bool

    /// Reads a header; throws `PARSING_ERROR` unless it is a JSON object without duplicate members in which `alg`,
    /// `kid` and `typ` are strings and `jwk` is an object.
    init(_ bytes: some Collection<UInt8>, limits: JWSLimits) throws(ProofError) {
        let members: JSONObject
        do throws(JSONError) {
            json = try JSON(parsing: bytes, limits: limits.headerJSON)
        } catch {
            throw ProofError(error, in: "the JWS header")
        }
        guard case .object(let object) = json else { throw ProofError(.parsing, "the JWS header is no JSON object") }
        members = object
        alg = try JWSHeader.text("alg", of: members)
        kid = try JWSHeader.text("kid", of: members)
        typ = try JWSHeader.text("typ", of: members)
        jwk = members["jwk"]
        hasCriticalMembers = members.contains(key: "crit")
        if let jwk, jwk.object == nil { throw ProofError(.parsing, "jwk is no object", path: JWSHeader.jwkPath) }
    }

    /// The algorithm, if a signature under this header may be verified at all.
    ///
    /// Throws `CRITICAL_HEADER` for any `crit` (no extension is understood here) and for `b64` (RFC 7797, which needs
    /// it), `ALGORITHM_UNSUPPORTED` for those with a public key that we do not have, `ALGORITHM_REFUSED` for `none`, the
    /// symmetric and all unknown ones, and `PRIVATE_KEY_EXPOSED` for a private or symmetric `jwk`.
    public func acceptedAlgorithm() throws(ProofError) -> SignatureAlgorithm {
        if hasCriticalMembers {
            throw ProofError(
                .criticalHeader,
                "the header has crit, and no extension is understood",
                path: JSONPointer().appending("crit")
            )
        }
        if json["b64"] != nil {
            throw ProofError(
                .criticalHeader,
                "payloads without encoding are refused",
                path: JSONPointer().appending("b64")
            )
        }
        guard let algorithm = alg.flatMap(SignatureAlgorithm.init(rawValue:)) else {
            let path = JSONPointer().appending("alg")
            if let alg, Self.algorithmsOfOthers.contains(alg) {
                throw ProofError(.algorithmUnsupported, "signatures with \(alg) are not verified here", path: path)
            }
            throw ProofError(
                .algorithmRefused,
                alg == nil ? "the header names no algorithm" : "the algorithm is none of those accepted",
                path: path
            )
        }
        if let members = jwk?.object {
            do throws(ProofError) {
                try JWK.refusePrivateMembers(of: members)
            } catch {
                throw JWSHeader.inKey(error)
            }
        }
        return algorithm
    }

    /// The key in the header; `nil` where there is none. Errors are those of ``JWK/init(json:)``.
    ///
    /// It is for comparing with a key that the issuer vouches for, never for trusting by itself.
    public func embeddedKey() throws(ProofError) -> JWK? {
        guard let jwk else { return nil }
        do throws(ProofError) {
            return try JWK(json: jwk)
        } catch {
            throw JWSHeader.inKey(error)
        }
    }

    /// Registered for signatures with a public key (IANA, "JSON Web Signature and Encryption Algorithms"), and not ours.
    private static let algorithmsOfOthers: Set<String> = [
        "RS384", "RS512", "PS256", "PS384", "PS512", "ES512", "ES256K", "Ed25519", "Ed448", "ML-DSA-44", "ML-DSA-65",
        "ML-DSA-87",
    ]

    private static let jwkPath = JSONPointer().appending("jwk")

    private static func inKey(_ error: ProofError) -> ProofError {
        ProofError(error.code, error.detail, path: error.path.tokens.reduce(jwkPath) { $0.appending($1) })
    }

    private static func text(_ name: String, of members: JSONObject) throws(ProofError) -> String? {
        guard let value = members[name] else { return nil }
        guard let text = value.string else {
            throw ProofError(.parsing, "\(name) is no string", path: JSONPointer().appending(name))
        }
        return text
    }
}
