/// Reads one JSON text, by RFC 8259 and nothing beyond it, in one pass over its bytes.
///
/// Arrays and objects recurse, no deeper than the limits allow.
struct JSONParser: ~Copyable {
    let base: UnsafePointer<UInt8>
    let end: Int
    let limits: JSONLimits
    var position = 0
    /// Reused for strings with escapes.
    var unescaped: [UInt8] = []

    private let depthLimit: Int
    private var nodesLeft: Int
    private var elements = ParseStack<JSON>(capacity: 32)
    private var members = ParseStack<JSONObject.Member>(capacity: 64)
    /// Where the failure lies.
    private var trail = PathTrail()

    /// Reads the one value that `text` holds.
    static func parse(_ text: UnsafeBufferPointer<UInt8>, limits: JSONLimits) throws(JSONError) -> JSON {
        guard let base = text.baseAddress, !text.isEmpty else {
            throw JSONError(ParseFailure(.unexpectedEnd, at: 0), in: text, path: JSONPointer(), limits: limits)
        }
        var parser = JSONParser(base: base, end: text.count, limits: limits)
        do throws(ParseFailure) {
            return try parser.parseText()
        } catch {
            throw JSONError(error, in: text, path: parser.trail.pointer, limits: limits)
        }
    }

    private init(base: UnsafePointer<UInt8>, end: Int, limits: JSONLimits) {
        self.base = base
        self.end = end
        self.limits = limits
        depthLimit = min(limits.depth, JSONLimits.maximumDepth)
        nodesLeft = limits.nodes
    }

    private mutating func parseText() throws(ParseFailure) -> JSON {
        guard end <= limits.bytes else { throw ParseFailure(.tooManyBytes, at: limits.bytes) }
        try refuseForeignEncodings()
        let value = try parseValue(depth: 0)
        skipWhitespace()
        guard position == end else { throw ParseFailure(.trailingData, at: position) }
        return value
    }

    /// RFC 8259 §8.1: texts are UTF-8, without a byte order mark.
    private func refuseForeignEncodings() throws(ParseFailure) {
        guard end >= 2 else { return }
        if end >= 3, base[0] == 0xEF, base[1] == 0xBB, base[2] == 0xBF { throw ParseFailure(.byteOrderMark, at: 0) }
        let isMarked = base[0] == 0xFE && base[1] == 0xFF || base[0] == 0xFF && base[1] == 0xFE
        // JSON starts with ASCII, so in both every other byte is zero at first.
        let isWide = base[0] == 0 || base[1] == 0 && (end == 2 || end >= 4 && base[3] == 0)
        if isMarked || isWide { throw ParseFailure(.foreignEncoding, at: 0) }
    }

    private mutating func parseValue(depth: Int) throws(ParseFailure) -> JSON {
        skipWhitespace()
        guard position < end else { throw ParseFailure(.unexpectedEnd, at: end) }
        guard nodesLeft > 0 else { throw ParseFailure(.tooManyNodes, at: position) }
        nodesLeft &-= 1
        switch base[position] {
        case UInt8(ascii: "\""):
            return .string(try parseString().text)
        case UInt8(ascii: "{"):
            return .object(try parseObject(depth: depth &+ 1))
        case UInt8(ascii: "["):
            return .array(try parseArray(depth: depth &+ 1))
        case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"):
            return .number(try parseNumber())
        case UInt8(ascii: "t"):
            try parseWord("true")
            return .bool(true)
        case UInt8(ascii: "f"):
            try parseWord("false")
            return .bool(false)
        case UInt8(ascii: "n"):
            try parseWord("null")
            return .null
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"):
            throw ParseFailure(.unknownWord, at: position)
        default:
            throw ParseFailure(.unexpectedCharacter, at: position)
        }
    }

    private mutating func parseArray(depth: Int) throws(ParseFailure) -> [JSON] {
        guard depth <= depthLimit else { throw ParseFailure(.tooDeep, at: position) }
        position &+= 1
        skipWhitespace()
        if position < end, base[position] == UInt8(ascii: "]") {
            position &+= 1
            return []
        }
        let start = elements.count
        while true {
            do throws(ParseFailure) {
                elements.push(try parseValue(depth: depth))
            } catch {
                trail.leave(elements.count &- start)
                throw error
            }
            skipWhitespace()
            guard position < end else { throw ParseFailure(.unexpectedEnd, at: end) }
            let byte = base[position]
            position &+= 1
            if byte == UInt8(ascii: "]") { return elements.pop(from: start) }
            guard byte == UInt8(ascii: ",") else { throw ParseFailure(.expectedCommaInArray, at: position &- 1) }
            try refuseTrailingComma(before: UInt8(ascii: "]"))
        }
    }

    private mutating func parseObject(depth: Int) throws(ParseFailure) -> JSONObject {
        guard depth <= depthLimit else { throw ParseFailure(.tooDeep, at: position) }
        position &+= 1
        skipWhitespace()
        if position < end, base[position] == UInt8(ascii: "}") {
            position &+= 1
            return JSONObject()
        }
        let start = members.count
        var names = MemberNames()
        while true {
            skipWhitespace()
            guard position < end else { throw ParseFailure(.unexpectedEnd, at: end) }
            let nameOffset = position
            guard base[position] == UInt8(ascii: "\"") else { throw ParseFailure(.expectedName, at: position) }
            let name = try parseString()
            do throws(ParseFailure) {
                guard names.insert(name, after: members.view(from: start)) else {
                    throw ParseFailure(.duplicateMember, at: nameOffset)
                }
                skipWhitespace()
                guard position < end else { throw ParseFailure(.unexpectedEnd, at: end) }
                guard base[position] == UInt8(ascii: ":") else { throw ParseFailure(.expectedColon, at: position) }
                position &+= 1
                let value = try parseValue(depth: depth)
                members.push(JSONObject.Member(key: name.text, value: value))
                names.didAdd(members.view(from: start))
            } catch {
                trail.leave(name.text)
                throw error
            }
            skipWhitespace()
            guard position < end else { throw ParseFailure(.unexpectedEnd, at: end) }
            let byte = base[position]
            position &+= 1
            if byte == UInt8(ascii: "}") {
                return JSONObject(unchecked: members.pop(from: start), index: names.index)
            }
            guard byte == UInt8(ascii: ",") else { throw ParseFailure(.expectedCommaInObject, at: position &- 1) }
            try refuseTrailingComma(before: UInt8(ascii: "}"))
        }
    }

    private mutating func refuseTrailingComma(before closing: UInt8) throws(ParseFailure) {
        let comma = position &- 1
        skipWhitespace()
        if position < end, base[position] == closing { throw ParseFailure(.trailingComma, at: comma) }
    }

    private mutating func parseNumber() throws(ParseFailure) -> JSONNumber {
        let start = position
        let scan = NumberGrammar.scan(base, from: start, to: end)
        guard scan.isNumber else {
            throw ParseFailure(scan.end == end ? .unexpectedEnd : .badNumber, at: scan.end)
        }
        let count = scan.end &- start
        guard count <= limits.numberLength else { throw ParseFailure(.numberTooLong, at: start) }
        position = scan.end
        return JSONNumber(
            unchecked: String(decoding: UnsafeBufferPointer(start: base + start, count: count), as: UTF8.self)
        )
    }

    private mutating func parseWord(_ word: StaticString) throws(ParseFailure) {
        let count = word.utf8CodeUnitCount
        for index in 0..<count {
            guard position &+ index < end else { throw ParseFailure(.unexpectedEnd, at: end) }
            guard base[position &+ index] == word.utf8Start[index] else {
                throw ParseFailure(.unknownWord, at: position)
            }
        }
        position &+= count
    }

    @inline(__always)
    private mutating func skipWhitespace() {
        while position < end {
            let byte = base[position]
            // One comparison lets most bytes through: all white space is at or below the space character.
            guard byte <= 0x20, byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 else { return }
            position &+= 1
        }
    }
}
