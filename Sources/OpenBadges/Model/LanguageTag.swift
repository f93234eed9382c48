/// Language tags (BCP 47), by their grammar alone: whether a subtag is registered changes with the years.
///
/// Source: RFC 5646 §2.1.
enum LanguageTag {
    static func isWellFormed(_ text: String) -> Bool {
        // The longest tag that means anything is far shorter; a budget keeps hostile ones cheap.
        guard text.utf8.count <= 255 else { return false }
        var subtags = text.lowercased().split(separator: "-", omittingEmptySubsequences: false)[...]
        guard let first = subtags.popFirst() else { return false }
        if first == "x" { return isPrivateUse(&subtags) }
        // `i-klingon` and its like are older than the grammar; `i` begins nothing else.
        if first == "i" { return subtags.count == 1 && subtags.allSatisfy { isAlphanumeric($0, 2...8) } }
        guard isAlphabetic(first, 2...8) else { return false }
        if first.utf8.count <= 3 {
            var extensions = 0
            while extensions < 3, let next = subtags.first, isAlphabetic(next, 3...3) {
                subtags.removeFirst()
                extensions += 1
            }
        }
        if let script = subtags.first, isAlphabetic(script, 4...4) { subtags.removeFirst() }
        if let region = subtags.first, isAlphabetic(region, 2...2) || isNumeric(region, 3) { subtags.removeFirst() }
        while let variant = subtags.first, isVariant(variant) { subtags.removeFirst() }
        return areExtensions(&subtags)
    }

    private static func areExtensions(_ subtags: inout ArraySlice<Substring>) -> Bool {
        var singletons: Set<Substring> = []
        while let singleton = subtags.popFirst() {
            if singleton == "x" { return isPrivateUse(&subtags) }
            guard isAlphanumeric(singleton, 1...1), singletons.insert(singleton).inserted else { return false }
            var count = 0
            while let next = subtags.first, isAlphanumeric(next, 2...8) {
                subtags.removeFirst()
                count += 1
            }
            guard count > 0 else { return false }
        }
        return true
    }

    private static func isPrivateUse(_ subtags: inout ArraySlice<Substring>) -> Bool {
        !subtags.isEmpty && subtags.allSatisfy { isAlphanumeric($0, 1...8) }
    }

    private static func isVariant(_ text: Substring) -> Bool {
        if isAlphanumeric(text, 5...8) { return true }
        return isAlphanumeric(text, 4...4) && (text.utf8.first.map { (0x30...0x39).contains($0) } ?? false)
    }

    private static func isAlphabetic(_ text: Substring, _ length: ClosedRange<Int>) -> Bool {
        length.contains(text.utf8.count) && text.utf8.allSatisfy { (0x61...0x7A).contains($0) }
    }

    private static func isNumeric(_ text: Substring, _ length: Int) -> Bool {
        text.utf8.count == length && text.utf8.allSatisfy { (0x30...0x39).contains($0) }
    }

    private static func isAlphanumeric(_ text: Substring, _ length: ClosedRange<Int>) -> Bool {
        length.contains(text.utf8.count)
            && text.utf8.allSatisfy { (0x61...0x7A).contains($0) || (0x30...0x39).contains($0) }
    }
}
