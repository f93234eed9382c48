public import Cryptography
internal import Glibc
internal import JSONCore

/// A signed text in the compact form (RFC 7515 §7.1): `header.payload.signature`.
///
/// Reading one checks its form only; nothing in it may be believed before ``isValid(for:)-(PublicKey)`` has answered
/// `true` for a key that is known to be the right one.
///
/// For example:
/// ```swift
/// let jws = try JWS(compact: text.utf8)
/// let good = try jws.isValid(for: issuerKey)
/// ```
public struct JWS: Sendable, Hashable {
    /// What the signer says about the signature.
    public let header: JWSHeader
    /// What was signed, decoded.
    public let payload: [UInt8]
    /// The signature, decoded.
    public let signature: [UInt8]
    /// The compact form, without white space around it.
    public let compact: [UInt8]
    private let signingInputCount: Int

    /// The bytes that the signature is over: the first two parts and the dot between them.
    public var signingInput: ArraySlice<UInt8> { compact[..<signingInputCount] }

    /// Reads a compact JWS: exactly three parts in strict base64url, the header a JSON object.
    ///
    /// The payload may be empty, and so may the signature, which then verifies with no key.
    ///
    /// - Parameter trimmingWhiteSpace: whether spaces, tabs and line ends around the whole are left out first, as
    ///   files have them. Nothing inside is ever skipped.
    /// - Throws: `PARSING_ERROR` or `SIZE_LIMIT`.
    public init(
        compact text: some Sequence<UInt8>,
        limits: JWSLimits = .standard,
        trimmingWhiteSpace: Bool = false
    ) throws(ProofError) {
        var bytes = Array(text)
        if trimmingWhiteSpace { bytes = JWS.trimmed(bytes) }
        guard bytes.count <= limits.bytes else {
            throw ProofError(.sizeLimit, "a JWS of more than \(limits.bytes) bytes")
        }
        guard let parts = JWSParts(bytes) else {
            throw ProofError(.parsing, "a compact JWS has exactly three parts with dots between them")
        }
        guard parts.header.count <= limits.header, parts.signature.count <= limits.signature else {
            throw ProofError(.sizeLimit, "the JWS has a header or a signature beyond all need")
        }
        header = try JWSHeader(JWS.decode(bytes, parts.header, "header"), limits: limits)
        payload = try JWS.decode(bytes, parts.payload, "payload")
        signature = try JWS.decode(bytes, parts.signature, "signature")
        signingInputCount = parts.payload.upperBound
        compact = bytes
    }

    /// Whether the signature is this key's.
    ///
    /// Throws what ``JWSHeader/acceptedAlgorithm()`` throws, and `ALGORITHM_MISMATCH` where the header's algorithm
    /// does not suit the key.
    public func isValid(for key: PublicKey) throws(ProofError) -> Bool {
        let algorithm = try header.acceptedAlgorithm()
        do throws(CryptographyError) {
            return try isValid(by: key.verifier(algorithm))
        } catch {
            throw ProofError(error)
        }
    }

    /// Whether the signature is this key's, if the JWK may verify it: see ``JWK/verificationKey(for:)``.
    public func isValid(for key: JWK) throws(ProofError) -> Bool {
        try isValid(for: key.verificationKey(for: header.acceptedAlgorithm()))
    }

    /// Whether the signature is the verifier's key's: for many signatures of one key.
    public func isValid(for verifier: SignatureVerifier) throws(ProofError) -> Bool {
        guard try header.acceptedAlgorithm() == verifier.algorithm else {
            throw ProofError(.algorithmMismatch, "the header names another algorithm than the key's")
        }
        do throws(CryptographyError) {
            return try isValid(by: verifier)
        } catch {
            throw ProofError(error)
        }
    }

    private func isValid(by verifier: SignatureVerifier) throws(CryptographyError) -> Bool {
        try compact.withUnsafeBufferPointer { compact throws(CryptographyError) in
            try signature.withUnsafeBufferPointer { signature throws(CryptographyError) in
                try verifier.isValid(
                    signature: UnsafeRawBufferPointer(signature),
                    for: UnsafeRawBufferPointer(rebasing: UnsafeRawBufferPointer(compact)[..<signingInputCount])
                )
            }
        }
    }

    private static func decode(_ bytes: [UInt8], _ part: Range<Int>, _ name: String) throws(ProofError) -> [UInt8] {
        let decoded = bytes.withUnsafeBytes { Base64URL.decodeIfValid(UnsafeRawBufferPointer(rebasing: $0[part])) }
        guard let decoded else { throw ProofError(.parsing, "the \(name) is no base64url without padding") }
        return decoded
    }

    private static func trimmed(_ bytes: [UInt8]) -> [UInt8] {
        let isSpace = { (byte: UInt8) in byte == 0x20 || (0x09...0x0D).contains(byte) }
        guard let first = bytes.firstIndex(where: { !isSpace($0) }),
            let last = bytes.lastIndex(where: { !isSpace($0) })
        else { return [] }
        return first == 0 && last == bytes.count - 1 ? bytes : Array(bytes[first...last])
    }
}

/// Where the three parts of a compact JWS lie; a fourth would show as a dot in the signature, which is no base64url.
private struct JWSParts {
    let header: Range<Int>
    let payload: Range<Int>
    let signature: Range<Int>

    init?(_ bytes: [UInt8]) {
        let dots = bytes.withUnsafeBytes { bytes -> (Int, Int)? in
            guard let first = JWSParts.dot(in: bytes, from: 0),
                let second = JWSParts.dot(in: bytes, from: first + 1)
            else { return nil }
            return (first, second)
        }
        guard let (first, second) = dots else { return nil }
        header = 0..<first
        payload = (first + 1)..<second
        signature = (second + 1)..<bytes.count
    }

    private static func dot(in bytes: UnsafeRawBufferPointer, from start: Int) -> Int? {
        guard start < bytes.count, let base = bytes.baseAddress else { return nil }
        guard let found = memchr(base + start, Int32(UInt8(ascii: ".")), bytes.count - start) else { return nil }
        return UnsafeRawPointer(found) - base
    }
}
