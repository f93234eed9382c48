import JSONCore
import Proofs

/// The two generations of the standard, which images keep in places of their own.
public enum BadgeGeneration: String, Sendable, Hashable, CaseIterable {
    case ob2
    case ob3

    /// What people call it.
    var name: String { self == .ob2 ? "Open Badges 2.0" : "Open Badges 3.0" }

    /// The keyword of the text chunk of a PNG. OB 3.0 §5.3.1; OB 2.0 Baking, "PNGs".
    var keyword: [UInt8] { self == .ob2 ? Self.ob2Keyword : Self.ob3Keyword }

    private static let ob2Keyword = Array("openbadges".utf8)
    private static let ob3Keyword = Array("openbadgecredential".utf8)
}

/// One place of an image that holds a badge, and what stands there: unverified, and as it stands.
public struct BadgeCarrier: Sendable, Hashable {
    /// The kinds of places.
    public enum Kind: String, Sendable, Hashable, CaseIterable {
        /// An iTXt chunk of a PNG: what both specifications ask for.
        case iTXt = "iTXt"
        /// An iTXt chunk whose text is compressed, which both specifications forbid.
        case compressedITXt = "iTXt-compressed"
        /// A tEXt chunk of a PNG: what came before Open Badges 1.0, and holds a URL as a rule.
        case tEXt = "tEXt"
        /// A zTXt chunk of a PNG: a tEXt chunk that some program compressed when it saved the image again.
        case zTXt = "zTXt"
        /// The attribute `verify` of an element of an SVG.
        case svgAttribute = "svg-attribute"
        /// The text of an element of an SVG.
        case svgBody = "svg-body"
    }

    /// What a text looks like.
    public enum Content: String, Sendable, Hashable {
        case jws, json, url, other
    }

    /// The generation that the place is meant for; what stands there may be of the other (``claimedGeneration``).
    public let generation: BadgeGeneration
    public let kind: Kind
    /// The text as it stands: inflated, or with the references of XML resolved, but with all its white space.
    public let bytes: [UInt8]
    /// Which chunk or element of the image it is from: an attribute and a body of one element share theirs.
    let place: Int

    /// What the text looks like, by its first and its other characters.
    public var content: Content {
        let text = bytes.withoutOuterSpace
        if text.first == UInt8(ascii: "{") { return .json }
        if text.starts(with: Array("https://".utf8)) || text.starts(with: Array("http://".utf8)) { return .url }
        return text.isCompactJWSText ? .jws : .other
    }

    /// The generation of the credential that stands there, by its types; `nil` where it cannot be told.
    public var claimedGeneration: BadgeGeneration? {
        (try? BakeableCredential.read(bytes.withoutOuterSpace, limits: .standard))?.generation
    }
}

extension [UInt8] {
    /// What is left without a byte order mark before, and white space around.
    var withoutOuterSpace: ArraySlice<UInt8> {
        func isSpace(_ byte: UInt8) -> Bool { byte == 0x20 || (0x09...0x0D).contains(byte) }
        let text = starts(with: [0xEF, 0xBB, 0xBF]) ? self[3...] : self[...]
        guard let start = text.firstIndex(where: { !isSpace($0) }), let end = text.lastIndex(where: { !isSpace($0) })
        else { return [] }
        return text[start...end]
    }
}

extension ArraySlice<UInt8> {
    /// Three parts in the characters of base64url.
    var isCompactJWSText: Bool {
        var dots = 0
        for byte in self {
            if byte == UInt8(ascii: ".") {
                dots += 1
            } else if !byte.isBase64URL {
                return false
            }
        }
        return dots == 2
    }
}
