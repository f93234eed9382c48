/// The formats that can be checked; any other is left alone, as the specification has it.
enum SchemaFormat: String, Sendable {
    case dateTime = "date-time"
    case date, time, duration
    case email
    case internationalEmail = "idn-email"
    case hostname
    case ipv4, ipv6
    case uri, iri
    case uriReference = "uri-reference"
    case iriReference = "iri-reference"
    case uriTemplate = "uri-template"
    case uuid
    case jsonPointer = "json-pointer"
    case relativeJSONPointer = "relative-json-pointer"
    case regex

    /// Whether a text has the format.
    func accepts(_ text: String) -> Bool {
        switch self {
        case .regex:
            // Whether it could be matched here does not matter, only whether it is one.
            if case .failure(let error) = Result(catching: { () throws(RegularExpressionError) in
                try RegularExpressionParser.parse(text)
            }) {
                return error.reason == .unsupported
            }
            return true
        case .jsonPointer: return JSONPointer(text) != nil
        case .relativeJSONPointer: return text.withUTF8Bytes { Self.isRelativePointer(Array($0)) }
        case .dateTime: return text.withUTF8Bytes { FormatScanner($0).isWhole { $0.dateTime() } }
        case .date: return text.withUTF8Bytes { FormatScanner($0).isWhole { $0.date() } }
        case .time: return text.withUTF8Bytes { FormatScanner($0).isWhole { $0.time() } }
        case .duration: return text.withUTF8Bytes { FormatScanner($0).isWhole { $0.duration() } }
        case .uuid: return text.withUTF8Bytes { FormatScanner($0).isWhole { $0.uuid() } }
        case .ipv4: return text.withUTF8Bytes { FormatScanner($0).isWhole { $0.ipv4() } }
        case .ipv6: return text.withUTF8Bytes { FormatScanner($0).isWhole { $0.ipv6() } }
        case .hostname: return text.withUTF8Bytes { FormatScanner($0).isWhole { $0.hostname() } }
        case .email: return text.withUTF8Bytes { FormatScanner($0).isWhole { $0.email(beyondASCII: false) } }
        case .internationalEmail:
            return text.withUTF8Bytes { FormatScanner($0).isWhole { $0.email(beyondASCII: true) } }
        case .uriTemplate: return text.withUTF8Bytes { FormatScanner($0).isWhole { $0.uriTemplate() } }
        case .uri, .uriReference:
            return text.withUTF8Bytes { URISyntax.accepts($0, isAbsolute: self == .uri, beyondASCII: false) }
        case .iri, .iriReference:
            return text.withUTF8Bytes { URISyntax.accepts($0, isAbsolute: self == .iri, beyondASCII: true) }
        }
    }

    /// A number of levels upwards, and a pointer or `#` from there.
    private static func isRelativePointer(_ bytes: [UInt8]) -> Bool {
        let digits = bytes.prefix { UInt8(ascii: "0")...UInt8(ascii: "9") ~= $0 }
        guard let first = digits.first, digits.count == 1 || first != UInt8(ascii: "0") else { return false }
        let rest = bytes[digits.count...]
        return rest.elementsEqual("#".utf8) || JSONPointer(String(decoding: rest, as: UTF8.self)) != nil
    }
}
