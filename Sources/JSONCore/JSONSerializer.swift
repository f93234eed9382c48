/// How a JSON value is written out.
public enum JSONStyle: Sendable, Hashable {
    /// Without any white space: what is signed and sent.
    case compact
    /// A member or element a line, indented by two spaces: for people, and for published files.
    case pretty
}

extension JSON {
    /// This value as a JSON text in UTF-8.
    ///
    /// Members keep their order and numbers their spelling. In strings only what must be escaped is, in the form of
    /// ECMAScript's `JSON.stringify`; everything beyond ASCII stands for itself.
    public func serialized(_ style: JSONStyle = .compact) -> [UInt8] {
        var sink = ByteSink()
        JSONSerializer.write(self, style, to: &sink)
        return Array(sink.bytes)
    }

    /// Appends this value as a JSON text to what is there already.
    public func serialize(into bytes: inout [UInt8], _ style: JSONStyle = .compact) {
        var sink = ByteSink()
        JSONSerializer.write(self, style, to: &sink)
        bytes.append(contentsOf: sink.bytes)
    }

    /// This value as compact JSON text.
    public var text: String {
        var sink = ByteSink()
        JSONSerializer.write(self, .compact, to: &sink)
        return String(decoding: sink.bytes, as: UTF8.self)
    }
}

/// Writes values as JSON text.
enum JSONSerializer {
    /// Writes a value in a style.
    static func write(_ value: JSON, _ style: JSONStyle, to sink: inout ByteSink) {
        switch style {
        case .compact: write(value, to: &sink)
        case .pretty: write(value, indent: 0, to: &sink)
        }
    }

    private static func write(_ value: JSON, to sink: inout ByteSink) {
        switch value {
        case .array(let elements):
            sink.append(UInt8(ascii: "["))
            var isFirst = true
            for element in elements {
                if !isFirst { sink.append(UInt8(ascii: ",")) }
                isFirst = false
                write(element, to: &sink)
            }
            sink.append(UInt8(ascii: "]"))
        case .object(let members):
            sink.append(UInt8(ascii: "{"))
            var isFirst = true
            for member in members.stored {
                if !isFirst { sink.append(UInt8(ascii: ",")) }
                isFirst = false
                write(member.key, to: &sink)
                sink.append(UInt8(ascii: ":"))
                write(member.value, to: &sink)
            }
            sink.append(UInt8(ascii: "}"))
        default:
            writeScalar(value, to: &sink)
        }
    }

    private static func write(_ value: JSON, indent: Int, to sink: inout ByteSink) {
        switch value {
        case .array(let elements) where !elements.isEmpty:
            sink.append(UInt8(ascii: "["))
            for (index, element) in elements.enumerated() {
                if index > 0 { sink.append(UInt8(ascii: ",")) }
                breakLine(indent + 1, &sink)
                write(element, indent: indent + 1, to: &sink)
            }
            breakLine(indent, &sink)
            sink.append(UInt8(ascii: "]"))
        case .object(let members) where !members.isEmpty:
            sink.append(UInt8(ascii: "{"))
            for (index, member) in members.enumerated() {
                if index > 0 { sink.append(UInt8(ascii: ",")) }
                breakLine(indent + 1, &sink)
                write(member.key, to: &sink)
                sink.append(": ")
                write(member.value, indent: indent + 1, to: &sink)
            }
            breakLine(indent, &sink)
            sink.append(UInt8(ascii: "}"))
        default:
            write(value, to: &sink)
        }
    }

    private static func breakLine(_ indent: Int, _ sink: inout ByteSink) {
        sink.append(UInt8(ascii: "\n"))
        for _ in 0..<indent { sink.append("  ") }
    }

    private static func writeScalar(_ value: JSON, to sink: inout ByteSink) {
        switch value {
        case .null, .array, .object: sink.append("null")
        case .bool(let value): value ? sink.append("true") : sink.append("false")
        case .number(let number): number.literal.withUTF8Bytes { sink.append($0) }
        case .string(let text): write(text, to: &sink)
        }
    }

    /// Writes a string in quotation marks.
    static func write(_ text: String, to sink: inout ByteSink) {
        text.withUTF8Bytes { bytes in
            sink.append(UInt8(ascii: "\""))
            if let base = bytes.baseAddress {
                var start = 0
                while true {
                    let stop = ByteScan.firstEscaped(base, from: start, to: bytes.count)
                    sink.append(base + start, count: stop &- start)
                    guard stop < bytes.count else { break }
                    writeEscape(base[stop], to: &sink)
                    start = stop &+ 1
                }
            }
            sink.append(UInt8(ascii: "\""))
        }
    }

    @inline(never)
    private static func writeEscape(_ byte: UInt8, to sink: inout ByteSink) {
        switch byte {
        case UInt8(ascii: "\""): sink.append("\\\"")
        case UInt8(ascii: "\\"): sink.append("\\\\")
        case 0x08: sink.append("\\b")
        case 0x09: sink.append("\\t")
        case 0x0A: sink.append("\\n")
        case 0x0C: sink.append("\\f")
        case 0x0D: sink.append("\\r")
        default:
            sink.append("\\u00")
            sink.append(hexadecimal(byte >> 4))
            sink.append(hexadecimal(byte & 0x0F))
        }
    }

    private static func hexadecimal(_ digit: UInt8) -> UInt8 {
        digit < 10 ? UInt8(ascii: "0") + digit : UInt8(ascii: "a") + digit - 10
    }
}
