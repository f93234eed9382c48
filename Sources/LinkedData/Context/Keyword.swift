/// The keywords of JSON-LD 1.1 (§1.7), without those of framing.
enum Keyword: String, Sendable, CaseIterable {
    case base = "@base"
    case container = "@container"
    case context = "@context"
    case direction = "@direction"
    case graph = "@graph"
    case id = "@id"
    case `import` = "@import"
    case included = "@included"
    case index = "@index"
    case json = "@json"
    case language = "@language"
    case list = "@list"
    case nest = "@nest"
    case none = "@none"
    case prefix = "@prefix"
    case propagate = "@propagate"
    case protected = "@protected"
    case reverse = "@reverse"
    case set = "@set"
    case type = "@type"
    case value = "@value"
    case version = "@version"
    case vocab = "@vocab"
}

extension String {
    /// Whether the text starts as keywords do.
    @inline(__always)
    var startsLikeKeyword: Bool { utf8.first == UInt8(ascii: "@") }

    /// Whether the text has the form of a keyword, `"@"1*ALPHA`: such terms are reserved and ignored.
    var hasKeywordForm: Bool {
        let bytes = utf8
        guard bytes.first == UInt8(ascii: "@"), bytes.count > 1 else { return false }
        return bytes.dropFirst().allSatisfy { ($0 | 0x20) >= UInt8(ascii: "a") && ($0 | 0x20) <= UInt8(ascii: "z") }
    }
}

/// Base direction of a string.
enum Direction: String, Sendable {
    case leftToRight = "ltr"
    case rightToLeft = "rtl"
}
