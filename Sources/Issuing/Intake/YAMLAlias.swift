/// Finds aliases in a YAML text before it is composed.
///
/// A few lines of aliases to aliases expand into more nodes than any machine holds, and the composer follows them. No
/// policy needs them, so they are refused by their looks: a `*name` whose `&name` stands in the same text.
enum YAMLAlias {
    /// Line and column of the first alias.
    static func firstUse(in text: [UInt8]) -> (line: Int, column: Int)? {
        let anchors = Set(names(after: UInt8(ascii: "&"), in: text).map(\.name))
        guard !anchors.isEmpty else { return nil }
        guard let alias = names(after: UInt8(ascii: "*"), in: text).first(where: { anchors.contains($0.name) }) else {
            return nil
        }
        return text.withUnsafeBytes { TextPosition.of(alias.offset, in: $0, firstLine: 1) }
    }

    /// The words behind a sign that begins a word itself.
    private static func names(after sign: UInt8, in text: [UInt8]) -> [(name: [UInt8], offset: Int)] {
        text.indices.compactMap { index in
            guard text[index] == sign, index == 0 || !isNameByte(text[index - 1]) else { return nil }
            let name = text[(index + 1)...].prefix(while: isNameByte)
            return name.isEmpty ? nil : (Array(name), index)
        }
    }

    private static func isNameByte(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), UInt8(ascii: "-"):
            true
        default: false
        }
    }
}
