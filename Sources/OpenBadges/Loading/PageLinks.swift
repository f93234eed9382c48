import Transport

/// What a page for people says about the badge behind it: an alternate form, JSON within it, the badge's picture.
///
/// Only these three are looked for, in the tags that hold them: this is no reader of HTML.
struct PageLinks {
    enum Link: Hashable {
        /// `<link rel="alternate" type="application/json">`, or the picture of `og:image`, which may be baked.
        case url(String)
        /// The content of a `<script type="application/ld+json">`.
        case document([UInt8])
    }

    /// Alternate forms first, then JSON in the page, then pictures; each once, and few.
    let links: [Link]

    /// A page with more than these is no badge's page.
    private static let maximumLinks = 4
    private static let maximumTags = 20_000

    /// - Parameter url: the page's own, against which its references are resolved.
    init(page: [UInt8], url: String) {
        let base = try? WebURL(url)
        var alternates: [Link] = []
        var documents: [Link] = []
        var pictures: [Link] = []
        func append(_ reference: String?, to list: inout [Link]) {
            guard let reference, let target = try? base?.resolving(reference).description else { return }
            list.append(.url(target))
        }
        var scanner = TagScanner(bytes: page)
        for _ in 0..<Self.maximumTags {
            guard let tag = scanner.next() else { break }
            switch tag.name {
            case "link":
                let relations = tag.attributes["rel"]?.lowercased().split(separator: " ") ?? []
                guard relations.contains("alternate"), Self.isJSON(tag.attributes["type"]) else { continue }
                append(tag.attributes["href"], to: &alternates)
            case "meta":
                let property = tag.attributes["property"] ?? tag.attributes["name"]
                if property?.lowercased() == "og:image" { append(tag.attributes["content"], to: &pictures) }
            case "script" where Self.isJSON(tag.attributes["type"]):
                documents.append(.document(scanner.text(upTo: "</script")))
            default: break
            }
        }
        var seen: Set<Link> = []
        let unique = (alternates + documents + pictures).filter { seen.insert($0).inserted }
        links = Array(unique.prefix(Self.maximumLinks))
    }

    /// Whether bytes are a page: they begin as one, after what may stand before it.
    static func isPage(_ bytes: [UInt8]) -> Bool {
        let start = bytes.prefix(1024)
        guard let first = start.firstIndex(where: { $0 > 0x20 && $0 != 0xEF && $0 != 0xBB && $0 != 0xBF }),
            start[first] == UInt8(ascii: "<")
        else { return false }
        let text = String(decoding: start, as: UTF8.self).lowercased()
        return text.contains("<!doctype html") || text.contains("<html") || text.contains("<head")
    }

    private static func isJSON(_ type: String?) -> Bool {
        guard let type = type?.lowercased().prefix(while: { $0 != ";" }) else { return false }
        return type == "application/json" || type.hasSuffix("+json")
    }
}

/// Reads the tags of a page one after the other.
private struct TagScanner {
    struct Tag {
        let name: String
        let attributes: [String: String]
    }

    let bytes: [UInt8]
    private var position = 0

    init(bytes: [UInt8]) {
        self.bytes = bytes
    }

    /// The next opening tag; `nil` at the end.
    mutating func next() -> Tag? {
        while let open = bytes[position...].firstIndex(of: UInt8(ascii: "<")) {
            position = open + 1
            if bytes[position...].starts(with: Array("!--".utf8)) {
                _ = text(upTo: "-->")
                continue
            }
            let name = word()
            if !name.isEmpty { return Tag(name: name.lowercased(), attributes: attributes()) }
        }
        position = bytes.count
        return nil
    }

    /// What stands up to an end, whose letters may be large or small, and after which the scanner goes on.
    mutating func text(upTo end: String) -> [UInt8] {
        let end = Array(end.utf8)
        let start = position
        while position < bytes.count {
            if bytes.count - position >= end.count,
                zip(bytes[position...], end).allSatisfy({ $0 == $1 || ($0 | 0x20) == $1 })
            {
                defer { position += end.count }
                return Array(bytes[start..<position])
            }
            position += 1
        }
        return Array(bytes[start...])
    }

    private mutating func attributes() -> [String: String] {
        var attributes: [String: String] = [:]
        while position < bytes.count {
            skipSpace()
            guard position < bytes.count, bytes[position] != UInt8(ascii: ">") else { break }
            let name = word().lowercased()
            guard !name.isEmpty else {
                position += 1
                continue
            }
            skipSpace()
            guard position < bytes.count, bytes[position] == UInt8(ascii: "=") else { continue }
            position += 1
            skipSpace()
            attributes[name] = value()
        }
        position = min(position + 1, bytes.count)
        return attributes
    }

    private mutating func value() -> String {
        guard position < bytes.count else { return "" }
        let quote = bytes[position]
        let start: Int
        if quote == UInt8(ascii: "\"") || quote == UInt8(ascii: "'") {
            start = position + 1
            position = bytes[start...].firstIndex(of: quote) ?? bytes.count
            defer { position = min(position + 1, bytes.count) }
            return Self.unescaped(bytes[start..<position])
        }
        start = position
        position = bytes[start...].firstIndex { $0 <= 0x20 || $0 == UInt8(ascii: ">") } ?? bytes.count
        return Self.unescaped(bytes[start..<position])
    }

    private mutating func word() -> String {
        let start = position
        while position < bytes.count {
            switch bytes[position] {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: ":"), UInt8(ascii: "_"):
                position += 1
            default: return String(decoding: bytes[start..<position], as: UTF8.self)
            }
        }
        return String(decoding: bytes[start..<position], as: UTF8.self)
    }

    private mutating func skipSpace() {
        while position < bytes.count, bytes[position] <= 0x20 { position += 1 }
    }

    /// A URL in an attribute has its ampersands escaped; nothing else of HTML's names occurs in one.
    private static func unescaped(_ text: ArraySlice<UInt8>) -> String {
        let text = String(decoding: text, as: UTF8.self)
        guard text.contains("&") else { return text }
        return text.split(separator: "&amp;", omittingEmptySubsequences: false).joined(separator: "&")
    }
}
