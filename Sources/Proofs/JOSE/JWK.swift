public import Cryptography
public import JSONCore

/// A public key as JSON (RFC 7517, RFC 7518 §6, RFC 8037): RSA, EC on P-256 and P-384, Ed25519.
///
/// A JWK with private or symmetric members is refused, wherever it stands: whoever published one has lost the key.
/// For example:
/// ```swift
/// let jwk = JWK(key.publicKey, kid: "2026-01")
/// let thumbprint = jwk.thumbprint()
/// ```
public struct JWK: Sendable, Hashable {
    /// The key itself.
    public let publicKey: PublicKey
    /// The key's name within a set.
    public let kid: String?
    /// The one algorithm that the key is for, as written; it may be one that we do not have.
    public let alg: String?
    /// `sig`, `enc`, or something else.
    public let use: String?
    /// What the key may be used for, such as `verify`.
    public let keyOps: [String]?
    /// The JWK as it came, with members that mean nothing to us.
    public let json: JSON

    /// The JWK of a key, with `use` and `alg` filled in so that it says what it is for.
    public init(_ key: PublicKey, kid: String? = nil) {
        publicKey = key
        self.kid = kid
        alg = SignatureAlgorithm.preferred(for: key.algorithm).rawValue
        use = "sig"
        keyOps = nil
        var members = JWK.required(of: key)
        if let kid { members["kid"] = .string(kid) }
        members["alg"] = alg.map(JSON.string)
        members["use"] = "sig"
        json = .object(members)
    }

    /// Reads a JWK.
    ///
    /// Throws `PRIVATE_KEY_EXPOSED`, `KEY_TYPE_UNSUPPORTED`, `KEY_UNSUPPORTED` (another size, a point off the curve),
    /// `ALGORITHM_MISMATCH` (an `alg` of ours for another type of key), or `PARSING_ERROR`.
    public init(json: JSON) throws(ProofError) {
        guard let members = json.object else { throw ProofError(.parsing, "a JWK is a JSON object") }
        try JWK.refusePrivateMembers(of: members)
        publicKey = try JWK.key(of: members)
        kid = try JWK.text("kid", of: members)
        alg = try JWK.text("alg", of: members)
        use = try JWK.text("use", of: members)
        keyOps = try JWK.operations(of: members)
        self.json = json
        if let alg = alg.flatMap(SignatureAlgorithm.init(rawValue:)), !alg.suits(publicKey.algorithm) {
            throw ProofError(
                .algorithmMismatch,
                "alg does not suit the key's type",
                path: JSONPointer().appending("alg")
            )
        }
    }

    /// The key for verifying signatures of an algorithm, if the JWK allows that.
    ///
    /// Throws `ALGORITHM_MISMATCH` where the key's type or its `alg` is another, and `KEY_UNSUPPORTED` where `use` or
    /// `key_ops` say that it is not for verifying (RFC 7517 §4.2, §4.3).
    public func verificationKey(for algorithm: SignatureAlgorithm) throws(ProofError) -> PublicKey {
        guard algorithm.suits(publicKey.algorithm), alg == nil || alg == algorithm.rawValue else {
            throw ProofError(.algorithmMismatch, "the key is not for \(algorithm.rawValue)")
        }
        guard use == nil || use == "sig", keyOps?.contains("verify") ?? true else {
            throw ProofError(.keyUnsupported, "the key's use or key_ops do not allow verifying")
        }
        return publicKey
    }

    /// The thumbprint (RFC 7638 §3): base64url of the SHA-256 of the required members in their canonical form.
    ///
    /// It depends on the key alone, so it tells whether two JWKs hold the same key.
    public func thumbprint() -> String {
        JWK.thumbprint(of: publicKey)
    }

    /// The thumbprint of a key (RFC 7638 §3).
    public static func thumbprint(of key: PublicKey) -> String {
        // All names and values are plain ASCII, so the members in order and without white space are canonical.
        var sorted = JSONObject()
        let members = required(of: key)
        for name in members.keys.sorted() { sorted[name] = members[name] }
        return Base64URL.encode(DigestAlgorithm.sha256.digest(JSON.object(sorted).serialized()))
    }

    /// The members that make up the key.
    static func required(of key: PublicKey) -> JSONObject {
        switch key.components {
        case .rsa(let modulus, let exponent):
            ["kty": "RSA", "n": .string(Base64URL.encode(modulus)), "e": .string(Base64URL.encode(exponent))]
        case .ec(let x, let y):
            [
                "kty": "EC", "crv": .string(key.algorithm.description), "x": .string(Base64URL.encode(x)),
                "y": .string(Base64URL.encode(y)),
            ]
        case .okp(let x): ["kty": "OKP", "crv": "Ed25519", "x": .string(Base64URL.encode(x))]
        }
    }
}

extension JWK {
    /// Members of private and symmetric keys (RFC 7518 §6.2.2, §6.3.2, §6.4.1; RFC 9964 §3 for `priv`).
    private static let privateMembers = ["d", "p", "q", "dp", "dq", "qi", "oth", "k", "priv"]

    /// Throws `PRIVATE_KEY_EXPOSED` where an object that should be a public JWK has a private member.
    static func refusePrivateMembers(of members: JSONObject) throws(ProofError) {
        for name in privateMembers where members.contains(key: name) {
            throw ProofError(
                .privateKeyExposed,
                "the JWK has the private member \(name)",
                path: JSONPointer().appending(name)
            )
        }
    }

    private static func key(of members: JSONObject) throws(ProofError) -> PublicKey {
        guard let type = try text("kty", of: members) else {
            throw ProofError(.parsing, "the JWK has no kty", path: JSONPointer().appending("kty"))
        }
        do {
            switch (type, try text("crv", of: members)) {
            case ("RSA", _):
                return try PublicKey(rsaModulus: number("n", of: members), exponent: number("e", of: members))
            case ("EC", "P-256"): return try point(of: members, on: .p256)
            case ("EC", "P-384"): return try point(of: members, on: .p384)
            case ("OKP", "Ed25519"): return try PublicKey(ed25519: bytes("x", of: members))
            default: throw ProofError(.keyTypeUnsupported, "the JWK is neither RSA, EC on P-256 or P-384, nor Ed25519")
            }
        } catch let error as ProofError {
            throw error
        } catch let error as CryptographyError {
            throw ProofError(error)
        } catch {
            throw ProofError(.keyUnsupported, "the JWK cannot be read")
        }
    }

    private static func point(of members: JSONObject, on curve: KeyAlgorithm) throws -> PublicKey {
        let x = try bytes("x", of: members)
        let y = try bytes("y", of: members)
        // RFC 7518 §6.2.1.2: each in the curve's full length. Checked apart, so that one cannot lend to the other.
        guard x.count == curve.coordinateLength, y.count == curve.coordinateLength else {
            throw ProofError(.keyUnsupported, "a coordinate has not the full length of \(curve)")
        }
        return try PublicKey(ecPoint: [0x04] + x + y, algorithm: curve)
    }

    /// A number as RFC 7518 §2 has it: in as few bytes as possible.
    private static func number(_ name: String, of members: JSONObject) throws(ProofError) -> [UInt8] {
        let bytes = try bytes(name, of: members)
        guard bytes.first != 0 else {
            throw ProofError(.parsing, "\(name) begins with a zero byte", path: JSONPointer().appending(name))
        }
        return bytes
    }

    private static func bytes(_ name: String, of members: JSONObject) throws(ProofError) -> [UInt8] {
        let path = JSONPointer().appending(name)
        guard let text = try text(name, of: members) else {
            throw ProofError(.parsing, "the JWK has no \(name)", path: path)
        }
        guard let bytes = try? Base64URL.decode(text) else {
            throw ProofError(.parsing, "\(name) is no base64url without padding", path: path)
        }
        return bytes
    }

    private static func text(_ name: String, of members: JSONObject) throws(ProofError) -> String? {
        guard let value = members[name] else { return nil }
        guard let text = value.string else {
            throw ProofError(.parsing, "\(name) is no string", path: JSONPointer().appending(name))
        }
        return text
    }

    private static func operations(of members: JSONObject) throws(ProofError) -> [String]? {
        guard let value = members["key_ops"] else { return nil }
        let operations = value.array?.compactMap(\.string)
        guard let operations, operations.count == value.array?.count, Set(operations).count == operations.count else {
            throw ProofError(
                .parsing,
                "key_ops is no array of different strings",
                path: JSONPointer().appending("key_ops")
            )
        }
        return operations
    }
}
