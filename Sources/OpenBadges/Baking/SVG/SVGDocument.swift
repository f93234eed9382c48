/// An SVG that was read once, from end to end: its root, its badges, and what in it is active.
struct SVGDocument {
    /// An element of the two namespaces of badges, whatever stands in it.
    struct Badge {
        var generation: BadgeGeneration
        var range: Range<Int>
        var verify: [UInt8]
        /// The text in CDATA; with other text around it that is more than white space, all of it.
        var body: [UInt8]
        /// Where its prefix is declared.
        var declaration: Int?

        var isEmpty: Bool { verify.withoutOuterSpace.isEmpty && body.withoutOuterSpace.isEmpty }
    }

    /// A declaration of a namespace of badges on the root element.
    struct Declaration {
        var generation: BadgeGeneration
        var prefix: [UInt8]
        /// The attribute, without the white space before it.
        var range: Range<Int>
    }

    let bytes: [UInt8]
    private(set) var root: XMLStartTag
    private(set) var rootNamespace: XMLNamespace
    /// All namespaces that the root declares by the prefix `openbadges`, whichever it is.
    private(set) var declaresPrefix = false
    private(set) var declarations: [Declaration] = []
    private(set) var badges: [Badge] = []
    private(set) var findings: [SVGFinding] = []
    /// Whether the document declares an encoding in which only ASCII is the same as in UTF-8.
    let isASCII: Bool
    /// The declarations that names outside of badges need.
    private var needed: Set<Int> = []
    private let activeContent: BakingOptions.ActiveContent?

    /// The prefix of the specifications' examples, which simple readers look for.
    static let prefix = Array("openbadges".utf8)

    /// - Parameter activeContent: what is to become of it; `nil` where nobody asks, as when a badge is only read.
    ///   Declarations in DOCTYPE are an error unless it is to be stripped.
    /// - Throws: `IMAGE_MALFORMED`, `IMAGE_UNSAFE` where there are entities, `LIMIT_EXCEEDED`.
    init(
        _ bytes: [UInt8],
        activeContent: BakingOptions.ActiveContent? = nil,
        limits: BakingLimits
    ) throws(OpenBadgesError) {
        guard bytes.count <= limits.svgBytes else {
            throw OpenBadgesError(.limitExceeded, "the image is larger than \(limits.svgBytes >> 20) MiB")
        }
        self.bytes = bytes
        self.activeContent = activeContent
        var reader = try XMLReader(bytes, limits: limits)
        var builder = SVGBuilder(bytes, activeContent: activeContent, limits: limits)
        while let event = try reader.next() { try builder.take(event) }
        guard let rootElement = builder.root else { throw reader.scanner.malformed("there is no element") }
        root = rootElement.tag
        rootNamespace = rootElement.name.namespace
        badges = builder.badges
        findings = builder.findings
        needed = builder.needed
        isASCII = try Self.isASCII(reader.encoding, bytes)
        for (attribute, name) in zip(rootElement.tag.attributes, rootElement.attributeNames)
        where name.namespace == .xmlns {
            let prefix = Array(bytes[name.local])
            if prefix == Self.prefix { declaresPrefix = true }
            if case .badge(let generation) = XMLNamespace.known(XMLCharacters.decoded(bytes, attribute.value)) {
                declarations.append(Declaration(generation: generation, prefix: prefix, range: attribute.range))
            }
        }
    }

    /// Every badge in it; `nil` where there is none.
    var bakedImage: BakedImage? {
        var carriers: [BadgeCarrier] = []
        for (place, badge) in badges.enumerated() {
            for (kind, text) in [(BadgeCarrier.Kind.svgAttribute, badge.verify), (.svgBody, badge.body)]
            where !text.withoutOuterSpace.isEmpty {
                carriers.append(BadgeCarrier(generation: badge.generation, kind: kind, bytes: text, place: place))
            }
        }
        return BakedImage(format: .svg, carriers: carriers)
    }

    /// - Throws: `IMAGE_UNSAFE` with the first things that are active, and their lines.
    func requireSafety() throws(OpenBadgesError) {
        guard !findings.isEmpty else { return }
        let shown = findings.sorted { $0.range.lowerBound < $1.range.lowerBound }.prefix(3).map { finding in
            // The range of an attribute begins with the white space before it.
            let start = bytes[finding.range].firstIndex { !XMLCharacters.isSpace($0) } ?? finding.range.lowerBound
            return "line \(XMLScanner.line(of: start, in: bytes)): \(finding.what)"
        }
        let more = findings.count > 3 ? "; and \(findings.count - 3) more" : ""
        throw OpenBadgesError(
            .imageUnsafe,
            "the SVG can run code or fetch from elsewhere: \(shown.joined(separator: "; "))\(more)"
        )
    }

    /// The bytes without the active content (where it is to be stripped), without unwanted badges and without elements
    /// that wait for a badge, and without the declarations that only those needed.
    func removingActiveContentAndBadges(_ isUnwanted: (BadgeGeneration) -> Bool) -> [UInt8] {
        let unwanted = badges.filter { $0.isEmpty || isUnwanted($0.generation) }
        let wasNeeded = Set(unwanted.compactMap(\.declaration))
        return removing(unwanted, active: activeContent == .strip) { wasNeeded.contains($0.range.lowerBound) }
    }

    /// The bytes without some badges, and without every declaration that is of no use then.
    func removingBadges(_ isUnwanted: (BadgeGeneration) -> Bool) -> [UInt8] {
        removing(badges.filter { isUnwanted($0.generation) }, active: false) { _ in true }
    }

    private func removing(
        _ unwanted: [Badge],
        active: Bool,
        declarations isUnwanted: (Declaration) -> Bool
    ) -> [UInt8] {
        let starts = Set(unwanted.map(\.range.lowerBound))
        let kept = badges.filter { !starts.contains($0.range.lowerBound) }.compactMap(\.declaration)
        let needed = self.needed.union(kept)
        let useless = declarations.filter { !needed.contains($0.range.lowerBound) && isUnwanted($0) }
        let unused = useless.map {
            declaration in
            SVGSafety.spaceBefore(declaration.range.lowerBound, bytes)..<declaration.range.upperBound
        }
        let ranges = unwanted.map(\.range) + unused + (active ? findings.map(\.range) : [])
        var merged: [Range<Int>] = []
        for range in ranges.sorted(by: { $0.lowerBound < $1.lowerBound }) {
            if let last = merged.last, range.lowerBound < last.upperBound {
                merged[merged.count - 1] = last.lowerBound..<max(last.upperBound, range.upperBound)
            } else {
                merged.append(range)
            }
        }
        return bytes.removing(merged)
    }

    /// Whether only ASCII may stand in the document, because it declares another encoding than UTF-8.
    private static func isASCII(_ encoding: [UInt8]?, _ bytes: [UInt8]) throws(OpenBadgesError) -> Bool {
        let name = encoding.map { String(decoding: $0, as: UTF8.self) } ?? "utf-8"
        if name == "utf-8" || name == "utf8" { return false }
        // Drawing programs declare these; as long as all is ASCII, nothing depends on it.
        let supersets = name == "us-ascii" || name == "ascii" || name.hasPrefix("iso-8859-") || name == "windows-1252"
        guard supersets, bytes.allSatisfy({ $0 < 0x80 }) else {
            throw OpenBadgesError(.imageMalformed, "the SVG is not in UTF-8; save it in UTF-8")
        }
        return true
    }

    /// Whether bytes begin as an SVG does, well-formed or not.
    static func looksLikeSVG(_ bytes: [UInt8]) -> Bool {
        guard bytes.withoutOuterSpace.first == UInt8(ascii: "<") else { return false }
        let head = Array(bytes.prefix(headLength))
        guard var scanner = try? XMLScanner(head.cutAtCharacter, limits: .standard) else {
            return head.contains(sequence: "<svg")
        }
        do {
            while let token = try scanner.next() {
                guard case .startTag(let tag) = token else { continue }
                let name = scanner.bytes[tag.name]
                return name.elementsEqual("svg".utf8) || name.suffix(4).elementsEqual(":svg".utf8)
            }
        } catch {
            return head.contains(sequence: "<svg") && !head.lowercased.contains(sequence: "<html")
        }
        return false
    }

    /// How far the root element may be from the beginning: licences stand in comments before it.
    private static let headLength = 64 << 10
}

extension [UInt8] {
    /// Without the bytes of a character in UTF-8 that is cut off at the end.
    fileprivate var cutAtCharacter: [UInt8] {
        guard let lead = lastIndex(where: { $0 & 0xC0 != 0x80 }), self[lead] >= 0xC0 else { return self }
        return XMLCharacters.scalar(self, at: lead) == nil ? Array(self[..<lead]) : self
    }
}
