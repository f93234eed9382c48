/// A register of issuers that somebody else keeps, and the caller's conditions for believing it.
///
/// *For example:* in a trust file,
/// `registries: [{name: Members, url: "https://registry.example/registry.json", cache: 7d}]`.
public struct TrustRegistry: Sendable, Hashable {
    /// The form of its document.
    public enum Kind: String, Sendable, Hashable, CaseIterable {
        /// `{"meta": …, "registry": {"did:…": {"name", "location", "url"}}}`, as the Digital Credentials Consortium
        /// published it first.
        case dccLegacy = "dcc-legacy"
        /// A list of registries: `[{"name", "type": "dcc-legacy", "url"}, …]`.
        case knownRegistries = "known-registries"
    }

    /// Where its document is.
    public enum Source: Sendable, Hashable {
        /// Fetched by the verifier's loader, as every document is.
        case url(String)
        /// At hand already, with its date if that is known.
        case copy([UInt8], date: Timestamp?)
    }

    /// What reports call it.
    public let name: String
    public let source: Source
    /// How old a copy of it may be; without one, as old as it is.
    public let maximumAge: Duration?
    /// The SHA-256 that its document has to have.
    public let sha256: [UInt8]?
    /// `nil` where the document itself may tell.
    public let kind: Kind?

    public init(
        name: String,
        source: Source,
        maximumAge: Duration? = nil,
        sha256: [UInt8]? = nil,
        kind: Kind? = nil
    ) {
        self.name = name
        self.source = source
        self.maximumAge = maximumAge
        self.sha256 = sha256
        self.kind = kind
    }

    /// How much registries may ask for.
    enum Limits {
        /// Registries of a policy, those that its lists name included. The list of the Digital Credentials Consortium
        /// names a handful.
        static let registries = 16
        /// The largest register known has some hundred issuers, in 60 KB.
        static let bytes = 8 << 20
    }

    /// Reads `90s`, `30m`, `24h`, `7d` or `2w`.
    static func age(_ text: String) -> Duration? {
        guard let unit = text.utf8.last, let count = Int64(text.utf8.count > 1 ? text.dropLast() : ""),
            // Beyond a century no unit overflows, and no copy is meant.
            1...3_153_600_000 ~= count, text.utf8.first != UInt8(ascii: "+")
        else { return nil }
        switch unit {
        case UInt8(ascii: "s"): return .seconds(count)
        case UInt8(ascii: "m"): return .seconds(count * 60)
        case UInt8(ascii: "h"): return .seconds(count * 3_600)
        case UInt8(ascii: "d"): return .seconds(count * 86_400)
        case UInt8(ascii: "w"): return .seconds(count * 604_800)
        default: return nil
        }
    }
}
