/// What stands between the fields of a row.
public enum Delimiter: UInt8, Sendable, Hashable, CaseIterable {
    /// `,`
    case comma = 0x2C
    /// `;`, where the comma is the decimal sign
    case semicolon = 0x3B
    /// The tabulator
    case tab = 0x09

    /// By the sign itself or by its name.
    public init?(name: String) {
        switch name {
        case ",", "comma": self = .comma
        case ";", "semicolon": self = .semicolon
        case "\t", "tab": self = .tab
        default: return nil
        }
    }

    /// The one that stands most often in a header line, outside of quotes; the comma where none does.
    static func sniffed(from header: UnsafeRawBufferPointer) -> Delimiter {
        var counts: [Delimiter: Int] = [:]
        var (isQuoted, hasBegun) = (false, false)
        for byte in header {
            if byte == 0x22 { isQuoted.toggle() }
            if isQuoted { continue }
            if byte == 0x0A || byte == 0x0D {
                if hasBegun { break }
                continue
            }
            hasBegun = true
            if let delimiter = Delimiter(rawValue: byte) { counts[delimiter, default: 0] += 1 }
        }
        // Of those that stand equally often the comma goes first.
        return allCases.dropFirst().reduce(.comma) { counts[$1, default: 0] > counts[$0, default: 0] ? $1 : $0 }
    }
}
