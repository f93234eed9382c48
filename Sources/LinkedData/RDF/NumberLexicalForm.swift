import Glibc
import JSONCore

/// How a JSON number is written in RDF (JSON-LD 1.1 API §8.6).
enum NumberLexicalForm {
    /// The canonical lexical form, and the datatype that a number has where nothing says otherwise.
    ///
    /// A number without fraction below 10²¹ is an integer, all others are doubles. JSON's numbers are taken as
    /// IEEE 754 doubles, as every other JSON-LD processor does; `nil` where a number is beyond those.
    static func text(_ number: JSONNumber, isDouble: Bool) -> (text: String, datatype: String)? {
        if !isDouble, let integer = number.int, integer.magnitude <= 1 << 53 {
            return (String(integer), Vocabulary.xsdInteger)
        }
        let double = number.double
        guard double.isFinite else { return nil }
        if !isDouble, double.rounded(.towardZero) == double, abs(double) < 1e21 {
            // An exact decimal expansion; -0 is 0.
            return (formatted("%.0f", double == 0 ? 0 : double), Vocabulary.xsdInteger)
        }
        return (doubleText(double), Vocabulary.xsdDouble)
    }

    /// `%1.15E` without needless zeros: `1.0E-1`, `1.0E21`, `5.0941278E1`.
    private static func doubleText(_ double: Double) -> String {
        let text = formatted("%1.15E", double)
        guard let mark = text.firstIndex(of: "E") else { return text }
        var mantissa = text[..<mark]
        while mantissa.last == "0" { mantissa = mantissa.dropLast() }
        if let last = mantissa.last, !("0"..."9").contains(last) { mantissa += "0" }
        let exponent = Int(text[text.index(after: mark)...].drop { $0 == "+" }) ?? 0
        return mantissa + "E" + String(exponent)
    }

    private static func formatted(_ format: String, _ value: Double) -> String {
        var buffer = [CChar](repeating: 0, count: 64)
        let length = withVaList([value]) { vsnprintf(&buffer, buffer.count, format, $0) }
        // A locale may have another decimal mark than a point.
        let bytes = buffer.prefix(max(0, Int(length))).map { byte in
            let isDigitOrSign =
                (byte >= 48 && byte <= 57) || byte == CChar(UInt8(ascii: "-")) || byte == CChar(UInt8(ascii: "+"))
                || byte == CChar(UInt8(ascii: "E"))
            return isDigitOrSign ? UInt8(bitPattern: byte) : UInt8(ascii: ".")
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}
