/// Whether two words are one slip of the hand apart: a letter more, less, other, or two that changed places.
///
/// Source: Damerau-Levenshtein distance, in its restricted form, of exactly one; found without a table.
enum SingleEdit {
    static func separates(_ left: [Unicode.Scalar], _ right: [Unicode.Scalar]) -> Bool {
        let (short, long) = left.count <= right.count ? (left, right) : (right, left)
        guard long.count - short.count <= 1, left != right else { return false }
        var start = 0
        while start < short.count, short[start] == long[start] { start += 1 }
        if short.count < long.count {
            return short[start...].elementsEqual(long[(start + 1)...])
        }
        if short[(start + 1)...].elementsEqual(long[(start + 1)...]) {
            // `school1` and `school2` are two of a row, and nobody's slip.
            return !(isDigit(short[start]) && isDigit(long[start]))
        }
        return start + 1 < short.count && short[start] == long[start + 1] && short[start + 1] == long[start]
            && short[(start + 2)...].elementsEqual(long[(start + 2)...])
    }

    private static func isDigit(_ scalar: Unicode.Scalar) -> Bool { "0"..."9" ~= scalar }
}
