internal import JSONCore

/// How much of a JWS is read.
public struct JWSLimits: Sendable, Hashable {
    /// Bytes of the whole text. 16 MiB, as for a JSON text: a badge has 4 kB, one with images inside some hundred kB.
    public var bytes: Int
    /// Characters of the header. 16 KiB: with an RSA-4096 `jwk` and a long `kid` it has about 2 kB.
    public var header: Int
    /// Characters of the signature. 1,024: RSA-4096 needs 683.
    public var signature: Int

    /// What verification and all commands use unless told otherwise.
    public static let standard = JWSLimits()

    /// Limits that differ from the standard in what is given.
    public init(bytes: Int = 16 * 1024 * 1024, header: Int = 16 * 1024, signature: Int = 1024) {
        self.bytes = bytes
        self.header = header
        self.signature = signature
    }

    /// Headers are shallow: `jwk` is an object in the header, and its `key_ops` an array.
    var headerJSON: JSONLimits {
        JSONLimits(bytes: header, depth: 16, nodes: 1_000)
    }
}
