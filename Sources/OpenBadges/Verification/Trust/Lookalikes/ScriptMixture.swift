/// Alphabets whose letters look like each other's: no honest label mixes them.
///
/// Source: Unicode Technical Standard 39 §5, reduced to the scripts that are used against Latin.
enum ScriptMixture {
    private enum Script: Int { case latin, greek, cyrillic }

    /// `Latin and Cyrillic`, where a label has letters of both; `nil` where it has letters of one or none.
    static func description(of scalars: [Unicode.Scalar]) -> String? {
        let scripts = Set(scalars.compactMap(script(of:)))
        guard scripts.count > 1 else { return nil }
        let names = scripts.sorted { $0.rawValue < $1.rawValue }.map { script in
            switch script {
            case .latin: "Latin"
            case .greek: "Greek"
            case .cyrillic: "Cyrillic"
            }
        }
        return names.joined(separator: " and ")
    }

    /// Whether a character is a Latin letter, or one that every script uses: a digit, a hyphen.
    static func isLatin(_ scalar: Unicode.Scalar) -> Bool { scalar.isASCII || script(of: scalar) == .latin }

    private static func script(of scalar: Unicode.Scalar) -> Script? {
        switch scalar.value {
        case 0x41...0x5A, 0x61...0x7A, 0xC0...0xD6, 0xD8...0xF6, 0xF8...0x2AF, 0x1E00...0x1EFF, 0xFF21...0xFF3A,
            0xFF41...0xFF5A:
            .latin
        case 0x370...0x3FF, 0x1F00...0x1FFF: .greek
        case 0x400...0x52F, 0x1C80...0x1C8F, 0x2DE0...0x2DFF, 0xA640...0xA69F: .cyrillic
        default: nil
        }
    }
}
