/// A start tag, or an empty element's tag: where its parts stand.
struct XMLStartTag {
    struct Attribute {
        /// From the first byte of its name to its closing quotation mark.
        var range: Range<Int>
        var name: Range<Int>
        /// Between the quotation marks, with references as they stand.
        var value: Range<Int>
    }

    var range: Range<Int>
    var name: Range<Int>
    var attributes: [Attribute]
    /// `<a/>`.
    var isEmpty: Bool
}

/// What markup an XML document is made of.
enum XMLToken {
    case declaration(encoding: Range<Int>?)
    case doctype(internalSubset: Range<Int>?)
    case comment
    case instruction(Range<Int>, target: Range<Int>)
    case startTag(XMLStartTag)
    case endTag(Range<Int>, name: Range<Int>)
    case text(Range<Int>)
    case cdata(Range<Int>)
}

/// Cuts an XML 1.0 document into its markup, over the bytes as they lie. It resolves nothing and fetches nothing.
///
/// For example: `<a b="c"/>` is one start tag, of the name `a`, with one attribute.
struct XMLScanner {
    let bytes: [UInt8]
    private(set) var offset = 0
    private let maximumAttributes: Int

    /// - Throws: `IMAGE_MALFORMED` where the bytes are not UTF-8, or hold a character that XML does not allow.
    init(_ bytes: [UInt8], limits: BakingLimits) throws(OpenBadgesError) {
        self.bytes = bytes
        maximumAttributes = limits.attributes
        if let index = XMLCharacters.firstIllegal(bytes) {
            throw Self.malformed("there is a byte that is not UTF-8, or a character that XML forbids", bytes, at: index)
        }
        if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { offset = 3 }
    }

    /// The next piece of markup or text, or `nil` at the end.
    mutating func next() throws(OpenBadgesError) -> XMLToken? {
        guard offset < bytes.count else { return nil }
        guard bytes[offset] == UInt8(ascii: "<") else { return try text() }
        if starts(with: "</") { return try endTag() }
        if starts(with: "<?") { return try instruction() }
        if starts(with: "<!--") { return try comment() }
        if starts(with: "<![CDATA[") { return try cdata() }
        if starts(with: "<!DOCTYPE") { return try doctype() }
        return try startTag()
    }

    func malformed(_ detail: String, at index: Int? = nil) -> OpenBadgesError {
        Self.malformed(detail, bytes, at: index ?? offset)
    }

    static func malformed(_ detail: String, _ bytes: [UInt8], at index: Int) -> OpenBadgesError {
        OpenBadgesError(.imageMalformed, "line \(line(of: index, in: bytes)): \(detail)")
    }

    /// The line of an index, from 1.
    static func line(of index: Int, in bytes: [UInt8]) -> Int {
        bytes[..<min(index, bytes.count)].count { $0 == 0x0A } + 1
    }

    // MARK: Text

    private mutating func text() throws(OpenBadgesError) -> XMLToken {
        let start = offset
        while offset < bytes.count, bytes[offset] != UInt8(ascii: "<") {
            if bytes[offset] == UInt8(ascii: "&") {
                try skipReference(before: bytes.count)
            } else if bytes[offset] == UInt8(ascii: "]"), starts(with: "]]>") {
                throw malformed("]]> stands outside CDATA")
            } else {
                offset += 1
            }
        }
        return .text(start..<offset)
    }

    private mutating func skipReference(before limit: Int) throws(OpenBadgesError) {
        switch XMLCharacters.reference(bytes, at: offset, before: limit) {
        case .character(_, let end): offset = end
        case .malformed: throw malformed("an & begins no reference")
        case .entity:
            let line = Self.line(of: offset, in: bytes)
            throw OpenBadgesError(.imageUnsafe, "line \(line): there is an entity, which could stand for anything")
        }
    }

    private mutating func cdata() throws(OpenBadgesError) -> XMLToken {
        let start = offset + 9
        return .cdata(start..<(try skip(past: "]]>", from: start, "a CDATA section") - 3))
    }

    private mutating func comment() throws(OpenBadgesError) -> XMLToken {
        let begin = offset
        let end = try skip(past: "--", from: offset + 4, "a comment")
        guard end < bytes.count, bytes[end] == UInt8(ascii: ">") else {
            throw malformed("-- stands inside a comment", at: begin)
        }
        offset = end + 1
        return .comment
    }

    /// Moves behind the next occurrence of a text, and returns where that is.
    private mutating func skip(past text: String, from: Int, _ what: String) throws(OpenBadgesError) -> Int {
        let begin = offset
        offset = min(from, bytes.count)
        let first = text.utf8.first
        while offset < bytes.count {
            if bytes[offset] == first, starts(with: text) {
                offset += text.utf8.count
                return offset
            }
            offset += 1
        }
        throw malformed("\(what) has no end", at: begin)
    }

    // MARK: Tags

    private mutating func startTag() throws(OpenBadgesError) -> XMLToken {
        let start = offset
        offset += 1
        let name = try self.name()
        let attributes = try self.attributes()
        let isEmpty = starts(with: "/>")
        guard isEmpty || starts(with: ">") else { throw malformed("a tag has no end") }
        offset += isEmpty ? 2 : 1
        return .startTag(XMLStartTag(range: start..<offset, name: name, attributes: attributes, isEmpty: isEmpty))
    }

    private mutating func endTag() throws(OpenBadgesError) -> XMLToken {
        let start = offset
        offset += 2
        let name = try self.name()
        skipSpace()
        guard starts(with: ">") else { throw malformed("an end tag has no end") }
        offset += 1
        return .endTag(start..<offset, name: name)
    }

    /// Attributes with white space before each, up to what is none.
    private mutating func attributes() throws(OpenBadgesError) -> [XMLStartTag.Attribute] {
        var attributes: [XMLStartTag.Attribute] = []
        while true {
            let hasSpace = skipSpace()
            guard offset < bytes.count else { throw malformed("a tag has no end") }
            let byte = bytes[offset]
            if byte == UInt8(ascii: ">") || byte == UInt8(ascii: "/") || byte == UInt8(ascii: "?") { return attributes }
            guard hasSpace else { throw malformed("there is no space before an attribute") }
            guard attributes.count < maximumAttributes else {
                throw OpenBadgesError(.limitExceeded, "an element has more than \(maximumAttributes) attributes")
            }
            attributes.append(try attribute())
        }
    }

    private mutating func attribute() throws(OpenBadgesError) -> XMLStartTag.Attribute {
        let name = try self.name()
        skipSpace()
        guard starts(with: "=") else { throw malformed("an attribute has no value") }
        offset += 1
        skipSpace()
        guard offset < bytes.count, bytes[offset] == UInt8(ascii: "\"") || bytes[offset] == UInt8(ascii: "'") else {
            throw malformed("an attribute's value is not in quotation marks")
        }
        let quote = bytes[offset]
        offset += 1
        let start = offset
        while offset < bytes.count, bytes[offset] != quote {
            switch bytes[offset] {
            case UInt8(ascii: "<"): throw malformed("there is a < in an attribute's value")
            case UInt8(ascii: "&"): try skipReference(before: bytes.count)
            default: offset += 1
            }
        }
        guard offset < bytes.count else { throw malformed("an attribute's value has no end", at: start) }
        offset += 1
        return XMLStartTag.Attribute(range: name.lowerBound..<offset, name: name, value: start..<(offset - 1))
    }

    private mutating func name() throws(OpenBadgesError) -> Range<Int> {
        let start = offset
        while offset < bytes.count, let (value, length) = XMLCharacters.scalar(bytes, at: offset),
            offset == start ? XMLCharacters.isNameStart(value) : XMLCharacters.isName(value)
        {
            offset += length
        }
        guard offset > start else { throw malformed("there is no name where one must be") }
        return start..<offset
    }

    @discardableResult
    private mutating func skipSpace() -> Bool {
        let start = offset
        while offset < bytes.count, XMLCharacters.isSpace(bytes[offset]) { offset += 1 }
        return offset > start
    }

    private func starts(with text: String) -> Bool {
        bytes[offset...].starts(with: text.utf8)
    }

    // MARK: Declarations

    private mutating func instruction() throws(OpenBadgesError) -> XMLToken {
        let start = offset
        offset += 2
        let target = try name()
        guard bytes[target].lowercased != Array("xml".utf8) else {
            guard start == 0 || start == 3 && bytes[0] == 0xEF else {
                throw malformed("the XML declaration does not stand at the beginning", at: start)
            }
            return try declaration()
        }
        guard starts(with: "?>") || skipSpace() else { throw malformed("an instruction's name has no end") }
        let end = try skip(past: "?>", from: offset, "an instruction")
        return .instruction(start..<end, target: target)
    }

    /// `<?xml version="1.0" encoding="UTF-8" standalone="no"?>`, of which the last two may be left out. §2.8
    private mutating func declaration() throws(OpenBadgesError) -> XMLToken {
        let attributes = try self.attributes()
        guard starts(with: "?>") else { throw malformed("the XML declaration has no end") }
        offset += 2
        let names = attributes.map { String(decoding: bytes[$0.name], as: UTF8.self) }
        guard
            [["version"], ["version", "encoding"], ["version", "standalone"], ["version", "encoding", "standalone"]]
                .contains(names), bytes[attributes[0].value].elementsEqual("1.0".utf8)
        else { throw malformed("the XML declaration is not one of XML 1.0") }
        return .declaration(encoding: names.firstIndex(of: "encoding").map { attributes[$0].value })
    }

    /// A name, an identifier of a DTD elsewhere (which is never fetched), and a subset in square brackets. §2.8
    private mutating func doctype() throws(OpenBadgesError) -> XMLToken {
        let begin = offset
        offset += 9
        guard skipSpace() else { throw malformed("DOCTYPE has no name") }
        _ = try name()
        var subset: Range<Int>?
        while offset < bytes.count {
            switch bytes[offset] {
            case UInt8(ascii: ">"):
                offset += 1
                return .doctype(internalSubset: subset)
            case UInt8(ascii: "\""), UInt8(ascii: "'"): try skipQuoted()
            case UInt8(ascii: "[") where subset == nil:
                let start = offset
                try skipSubset()
                subset = start..<offset
            case UInt8(ascii: "["), UInt8(ascii: "<"), UInt8(ascii: "&"): throw malformed("DOCTYPE is not well-formed")
            default: offset += 1
            }
        }
        throw malformed("DOCTYPE has no end", at: begin)
    }

    /// Everything up to the bracket that closes the subset: none in a literal, a comment or an instruction does.
    private mutating func skipSubset() throws(OpenBadgesError) {
        let begin = offset
        offset += 1
        while offset < bytes.count {
            if starts(with: "<!--") {
                _ = try comment()
            } else if starts(with: "<?") {
                _ = try skip(past: "?>", from: offset + 2, "an instruction")
            } else if bytes[offset] == UInt8(ascii: "\"") || bytes[offset] == UInt8(ascii: "'") {
                try skipQuoted()
            } else if bytes[offset] == UInt8(ascii: "]") {
                offset += 1
                return
            } else {
                offset += 1
            }
        }
        throw malformed("the declarations in DOCTYPE have no end", at: begin)
    }

    private mutating func skipQuoted() throws(OpenBadgesError) {
        let begin = offset
        guard let end = bytes[(offset + 1)...].firstIndex(of: bytes[offset]) else {
            throw malformed("a literal has no end", at: begin)
        }
        offset = end + 1
    }
}

extension Sequence<UInt8> {
    /// The bytes with the letters of ASCII in lower case.
    var lowercased: [UInt8] {
        map { (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains($0) ? $0 | 0x20 : $0 }
    }
}
