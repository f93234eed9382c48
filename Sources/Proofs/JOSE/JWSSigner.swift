public import Cryptography
internal import JSONCore

/// Signs payloads as compact JWS (RFC 7515 §7.1) with one key and one header, both prepared once.
///
/// One thread at a time: it is not `Sendable`; make one for each thread.
///
/// For example:
/// ```swift
/// let signer = try JWSSigner(key: key, kid: "https://exams.example.org/keys/1.jwk", typ: "JWT")
/// let badge = try signer.compact(payload: credential)
/// ```
public final class JWSSigner {
    /// The algorithm in the header.
    public let algorithm: SignatureAlgorithm
    private let signer: Signer
    /// The encoded header and the dot behind it.
    private let prefix: [UInt8]
    private var signature: [UInt8]

    /// - Parameters:
    ///   - algorithm: the key's own by default; another is `ALGORITHM_MISMATCH`.
    ///   - kid: the name of the key, or the URL where it can be had.
    ///   - typ: the media type of the whole, such as `JWT`.
    ///   - embedsKey: whether the public key itself goes into the header as `jwk`.
    public init(
        key: PrivateKey,
        algorithm: SignatureAlgorithm? = nil,
        kid: String? = nil,
        typ: String? = nil,
        embedsKey: Bool = false
    ) throws(ProofError) {
        let algorithm = algorithm ?? .preferred(for: key.algorithm)
        do throws(CryptographyError) {
            signer = try key.signer(algorithm)
        } catch {
            throw ProofError(error)
        }
        self.algorithm = algorithm
        var header: JSON = ["alg": .string(algorithm.rawValue)]
        if let kid { header["kid"] = .string(kid) }
        if embedsKey { header["jwk"] = .object(JWK.required(of: key.publicKey)) }
        if let typ { header["typ"] = .string(typ) }
        var prefix: [UInt8] = []
        Base64URL.encode(header.serialized(), into: &prefix)
        self.prefix = prefix + [UInt8(ascii: ".")]
        signature = [UInt8](repeating: 0, count: signer.signatureLength)
    }

    /// The compact JWS of a payload.
    public func compact(payload: [UInt8]) throws(ProofError) -> [UInt8] {
        try payload.withUnsafeBufferPointer { payload throws(ProofError) in
            try compact(payload: UnsafeRawBufferPointer(payload))
        }
    }

    /// The compact JWS of a payload.
    ///
    /// The payload is encoded straight into the text that is signed, and the signature behind it: one allocation.
    public func compact(payload: UnsafeRawBufferPointer) throws(ProofError) -> [UInt8] {
        let encodedPayload = prefix.count..<(prefix.count + Base64URL.encodedLength(payload.count))
        let count = encodedPayload.upperBound + 1 + Base64URL.encodedLength(signature.count)
        var text = [UInt8](repeating: 0, count: count)
        do throws(CryptographyError) {
            try text.withUnsafeMutableBufferPointer { text throws(CryptographyError) in
                let text = UnsafeMutableRawBufferPointer(text)
                text.copyBytes(from: prefix)
                Base64URL.encode(payload, into: UnsafeMutableRawBufferPointer(rebasing: text[encodedPayload]))
                let input = UnsafeRawBufferPointer(rebasing: UnsafeRawBufferPointer(text)[..<encodedPayload.upperBound])
                try signature.withUnsafeMutableBufferPointer { signature throws(CryptographyError) in
                    try signer.sign(input, into: UnsafeMutableRawBufferPointer(signature))
                    text[encodedPayload.upperBound] = UInt8(ascii: ".")
                    Base64URL.encode(
                        UnsafeRawBufferPointer(signature),
                        into: UnsafeMutableRawBufferPointer(rebasing: text[(encodedPayload.upperBound + 1)...])
                    )
                }
            }
        } catch {
            throw ProofError(error)
        }
        return text
    }
}
