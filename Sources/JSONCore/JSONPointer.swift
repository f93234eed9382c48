/// A place in a JSON document, as in RFC 6901.
///
/// Reports and errors name places with it. The pointer `""` is the whole document.
///
/// *For example:* `JSONPointer().appending("proof").appending(0)` is `/proof/0`.
public struct JSONPointer: Sendable, CustomStringConvertible {
    // The text itself, because pointers are mostly made and shown, and seldom taken apart.
    private let text: String

    /// The whole document.
    public init() {
        text = ""
    }

    /// Reads a pointer's text; `nil` where it is neither empty nor starts with `/`, or has a `~` without 0 or 1.
    public init?(_ text: String) {
        let bytes = text.utf8
        guard bytes.isEmpty || bytes.first == UInt8(ascii: "/") else { return nil }
        var escaping = false
        for byte in bytes {
            if escaping, byte != UInt8(ascii: "0"), byte != UInt8(ascii: "1") { return nil }
            escaping = byte == UInt8(ascii: "~")
        }
        guard !escaping else { return nil }
        self.text = text
    }

    private init(unchecked text: String) {
        self.text = text
    }

    /// The pointer as text, escaped: `/a~1b/0`.
    public var description: String { text }

    /// Whether this is the whole document.
    public var isRoot: Bool { text.isEmpty }

    /// The unescaped names and indices, from the document inwards.
    public var tokens: [String] {
        guard !isRoot else { return [] }
        return text.utf8.dropFirst().split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false)
            .map { token in
                guard token.contains(UInt8(ascii: "~")) else { return String(token) ?? "" }
                return Self.unescaped(token)
            }
    }

    /// The place one step outwards; `nil` for the whole document.
    public var parent: JSONPointer? {
        guard let slash = text.utf8.lastIndex(of: UInt8(ascii: "/")) else { return nil }
        return JSONPointer(unchecked: String(text[..<slash]))
    }

    /// The member of that name, one step inwards.
    public func appending(_ key: String) -> JSONPointer {
        guard key.utf8.contains(where: { $0 == UInt8(ascii: "~") || $0 == UInt8(ascii: "/") }) else {
            return JSONPointer(unchecked: text + "/" + key)
        }
        var escaped: [UInt8] = []
        for byte in key.utf8 {
            switch byte {
            case UInt8(ascii: "~"): escaped += [UInt8(ascii: "~"), UInt8(ascii: "0")]
            case UInt8(ascii: "/"): escaped += [UInt8(ascii: "~"), UInt8(ascii: "1")]
            default: escaped.append(byte)
            }
        }
        return JSONPointer(unchecked: text + "/" + String(decoding: escaped, as: UTF8.self))
    }

    /// The element of that index, one step inwards.
    public func appending(_ index: Int) -> JSONPointer {
        JSONPointer(unchecked: text + "/" + String(index))
    }

    private static func unescaped(_ token: Substring.UTF8View) -> String {
        var bytes: [UInt8] = []
        var escaping = false
        for byte in token {
            if escaping {
                bytes.append(byte == UInt8(ascii: "1") ? UInt8(ascii: "/") : UInt8(ascii: "~"))
                escaping = false
            } else if byte == UInt8(ascii: "~") {
                escaping = true
            } else {
                bytes.append(byte)
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}

extension JSONPointer: Hashable {
    /// Whether both name the same place, code point by code point.
    public static func == (left: JSONPointer, right: JSONPointer) -> Bool {
        left.text.hasSameBytes(as: right.text)
    }

    /// Hashes the text.
    public func hash(into hasher: inout Hasher) {
        hasher.combine(text)
    }
}

extension JSON {
    /// The value at a place in this document; `nil` where there is none.
    ///
    /// An array index is written in decimal without leading zeros; `-` names no value.
    public func value(at pointer: JSONPointer) -> JSON? {
        var value = self
        for token in pointer.tokens {
            switch value {
            case .object(let object):
                guard let member = object[token] else { return nil }
                value = member
            case .array(let elements):
                guard let index = Self.arrayIndex(token), index < elements.count else { return nil }
                value = elements[index]
            default:
                return nil
            }
        }
        return value
    }

    private static func arrayIndex(_ token: String) -> Int? {
        let digits = token.utf8
        guard digits.allSatisfy({ $0 >= UInt8(ascii: "0") && $0 <= UInt8(ascii: "9") }) else { return nil }
        guard digits.count == 1 || digits.first != UInt8(ascii: "0") else { return nil }
        return Int(token)
    }
}
