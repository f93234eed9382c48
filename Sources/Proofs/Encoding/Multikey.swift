public import Cryptography
public import JSONCore

/// Keys as multibase text with a two-byte code of their kind in front. Source: Controlled Identifiers 1.0 §2.2.2.
///
/// Ed25519, P-256 and P-384; EC points are compressed. Each key has exactly one text.
///
/// *For example:* `try Multikey.text(of: key.publicKey)` is `z6Mk…` for an Ed25519 key, `zDnae…` for P-256 and `z82L…`
/// for P-384.
public enum Multikey {
    /// The text of a public key; throws `KEY_UNSUPPORTED` for RSA, which has none.
    public static func text(of key: PublicKey) throws(ProofError) -> String {
        guard let raw = key.rawRepresentation, let code = Code(of: key.algorithm) else {
            throw ProofError(.keyUnsupported, "a \(key.algorithm) key has no Multikey form")
        }
        return Multibase.base58BTC.encode(code.publicPrefix + raw)
    }

    /// The public key of a text, as in `publicKeyMultibase`.
    ///
    /// Throws `PARSING_ERROR` where it is no base58-btc multibase, `PRIVATE_KEY_EXPOSED` where it is a secret key, and
    /// `KEY_UNSUPPORTED` for another kind of key, a wrong length or a point off the curve.
    public static func publicKey(_ text: String) throws(ProofError) -> PublicKey {
        let bytes = try Multibase.base58BTC.decode(text)
        if Code.allCases.contains(where: { bytes.starts(with: $0.secretPrefix) }) {
            throw ProofError(.privateKeyExposed, "a secret key stands where a public key belongs")
        }
        guard let code = Code.allCases.first(where: { bytes.starts(with: $0.publicPrefix) }) else {
            throw ProofError(.keyTypeUnsupported, "the Multikey is neither Ed25519, P-256 nor P-384")
        }
        let raw = Array(bytes.dropFirst(2))
        // EC points have uncompressed forms too, which would give one key two texts.
        guard raw.count == code.publicLength else {
            throw ProofError(.keyUnsupported, "a Multikey of the wrong length for \(code.algorithm)")
        }
        do throws(CryptographyError) {
            switch code {
            case .ed25519: return try PublicKey(ed25519: raw)
            case .p256, .p384: return try PublicKey(ecPoint: raw, algorithm: code.algorithm)
            }
        } catch {
            throw ProofError(error)
        }
    }

    /// The private key of a text, as in `secretKeyMultibase`: to take over keys from other tools.
    ///
    /// An Ed25519 key may have its public half behind the seed, as older tools write it. Throws `PARSING_ERROR`,
    /// `KEY_UNSUPPORTED`, or `KEY_CONFLICT` where that half is another key's.
    public static func privateKey(_ text: String) throws(ProofError) -> PrivateKey {
        let bytes = try Multibase.base58BTC.decode(text)
        guard let code = Code.allCases.first(where: { bytes.starts(with: $0.secretPrefix) }) else {
            throw ProofError(.keyUnsupported, "no secret Multikey of Ed25519, P-256 or P-384")
        }
        let raw = bytes.dropFirst(2)
        let hasBothHalves = code == .ed25519 && raw.count == 64
        let key: PrivateKey
        do throws(CryptographyError) {
            key = try PrivateKey(
                rawRepresentation: Array(hasBothHalves ? raw.prefix(32) : raw),
                algorithm: code.algorithm
            )
        } catch {
            throw ProofError(error)
        }
        guard !hasBothHalves || key.publicKey.rawRepresentation == Array(raw.suffix(32)) else {
            throw ProofError(.keyConflict, "the two halves of the secret key do not belong together")
        }
        return key
    }

    /// A verification method of a controller document, or a document by itself once it has an `@context`.
    ///
    /// Throws `KEY_UNSUPPORTED` for RSA.
    public static func verificationMethod(
        _ key: PublicKey,
        id: String,
        controller: String
    ) throws(ProofError) -> JSON {
        [
            "id": .string(id), "type": "Multikey", "controller": .string(controller),
            "publicKeyMultibase": .string(try text(of: key)),
        ]
    }

    /// The kinds of keys and their codes, as varints (Controlled Identifiers 1.0 §2.2.2, table of header bytes).
    private enum Code: CaseIterable {
        case ed25519, p256, p384

        init?(of algorithm: KeyAlgorithm) {
            switch algorithm {
            case .ed25519: self = .ed25519
            case .p256: self = .p256
            case .p384: self = .p384
            case .rsa: return nil
            }
        }

        var algorithm: KeyAlgorithm {
            switch self {
            case .ed25519: .ed25519
            case .p256: .p256
            case .p384: .p384
            }
        }

        var publicPrefix: [UInt8] {
            switch self {
            case .ed25519: [0xED, 0x01]
            case .p256: [0x80, 0x24]
            case .p384: [0x81, 0x24]
            }
        }

        var secretPrefix: [UInt8] {
            switch self {
            case .ed25519: [0x80, 0x26]
            case .p256: [0x86, 0x26]
            case .p384: [0x87, 0x26]
            }
        }

        var publicLength: Int {
            switch self {
            case .ed25519: 32
            case .p256: 33
            case .p384: 49
            }
        }
    }
}
