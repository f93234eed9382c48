/// Puts together what an SVG holds, event by event.
struct SVGBuilder {
    private enum Role {
        case plain
        /// A badge, by its place in ``badges``.
        case badge(Int)
        /// A style sheet, which none inside it can be again.
        case style
        /// Something active that goes as a whole.
        case active(what: String)
    }

    private(set) var root: XMLElement?
    private(set) var badges: [SVGDocument.Badge] = []
    private(set) var findings: [SVGFinding] = []
    private(set) var needed: Set<Int> = []

    private var open: [(start: Int, role: Role)] = []
    /// How many of the open elements are active: inside them nothing more is searched for.
    private var activeCount = 0
    /// The text of the open style sheet, if there is one.
    private var style: [UInt8]?
    /// The text of the open badge: all of it, and what is in CDATA.
    private var text: [UInt8] = []
    private var cdata: [UInt8] = []
    /// Whether there is more than white space outside of CDATA.
    private var hasPlainText = false
    private let bytes: [UInt8]
    private let activeContent: BakingOptions.ActiveContent?
    private let limits: BakingLimits

    init(_ bytes: [UInt8], activeContent: BakingOptions.ActiveContent?, limits: BakingLimits) {
        self.bytes = bytes
        self.activeContent = activeContent
        self.limits = limits
    }

    mutating func take(_ event: XMLReader.Event) throws(OpenBadgesError) {
        switch event {
        case .start(let element): try start(element)
        case .end(let index): try end(index)
        case .text(let range): try take(text: XMLCharacters.decoded(bytes, range), isCDATA: false)
        case .cdata(let range): try take(text: Array(bytes[range]), isCDATA: true)
        case .instruction(let range, let target):
            // Style sheets, of which XML has its own way of naming.
            guard activeContent != nil, bytes[target].starts(with: "xml-".utf8) else { return }
            try add(range, "a style sheet from elsewhere")
        case .doctype(let subset):
            guard let subset else { return }
            let what = "declarations in DOCTYPE, which can make entities"
            guard activeContent == .strip else {
                let line = XMLScanner.line(of: subset.lowerBound, in: bytes)
                throw OpenBadgesError(.imageUnsafe, "line \(line): there are \(what)")
            }
            try add(subset, what)
        }
    }

    private mutating func start(_ element: XMLElement) throws(OpenBadgesError) {
        let start = element.tag.range.lowerBound
        if root == nil {
            guard bytes[element.name.local].elementsEqual("svg".utf8),
                element.name.namespace == .svg || element.name.namespace == .none
            else { throw XMLScanner.malformed("the root element is not that of an SVG", bytes, at: start) }
            root = element
        }
        if case .badge? = open.last?.role {
            throw XMLScanner.malformed("there is an element inside the badge", bytes, at: start)
        }
        if let badge = try badge(element) {
            badges.append(badge)
            guard badges.count <= limits.carriers else {
                throw OpenBadgesError(.limitExceeded, "there are more than \(limits.carriers) badges in the image")
            }
            open.append((start, .badge(badges.count - 1)))
            return
        }
        for name in [element.name] + element.attributeNames {
            if let declaration = name.declaration { needed.insert(declaration) }
        }
        open.append((start, try role(of: element)))
    }

    private mutating func role(of element: XMLElement) throws(OpenBadgesError) -> Role {
        if activeContent == nil || activeCount > 0 { return .plain }
        switch SVGSafety.verdict(on: element, in: bytes) {
        case .safe: break
        case .element(let what):
            activeCount += 1
            return .active(what: what)
        case .attributes(let found):
            for finding in found { try add(finding.range, finding.what) }
        }
        guard style == nil, bytes[element.name.local].lowercased.elementsEqual("style".utf8) else { return .plain }
        style = []
        return .style
    }

    private func badge(_ element: XMLElement) throws(OpenBadgesError) -> SVGDocument.Badge? {
        guard case .badge(let generation) = element.name.namespace,
            bytes[element.name.local].elementsEqual(generation.element.utf8)
        else { return nil }
        var verify: [UInt8] = []
        for (attribute, name) in zip(element.tag.attributes, element.attributeNames)
        where name.namespace == .none && bytes[name.local].elementsEqual("verify".utf8) {
            verify = XMLCharacters.decoded(bytes, attribute.value)
        }
        guard verify.count <= limits.credentialBytes else { throw tooLarge }
        let start = element.tag.range.lowerBound
        return SVGDocument.Badge(
            generation: generation,
            range: start..<start,
            verify: verify,
            body: [],
            declaration: element.name.declaration
        )
    }

    private mutating func take(text piece: [UInt8], isCDATA: Bool) throws(OpenBadgesError) {
        style? += piece
        guard case .badge? = open.last?.role else { return }
        guard text.count + piece.count <= limits.credentialBytes else { throw tooLarge }
        text += piece
        if isCDATA {
            cdata += piece
        } else if !piece.allSatisfy(XMLCharacters.isSpace) {
            hasPlainText = true
        }
    }

    private mutating func end(_ index: Int) throws(OpenBadgesError) {
        guard let (start, role) = open.popLast() else { return }
        switch role {
        case .plain: break
        case .active(let what):
            activeCount -= 1
            try add(start..<index, what)
        case .style:
            if let danger = SVGStyle.danger(in: style ?? []) {
                try add(start..<index, "a style sheet that \(danger)")
            }
            style = nil
        case .badge(let place):
            badges[place].range = start..<index
            badges[place].body = hasPlainText || cdata.isEmpty ? text : cdata
            (text, cdata, hasPlainText) = ([], [], false)
        }
    }

    private mutating func add(_ range: Range<Int>, _ what: String) throws(OpenBadgesError) {
        guard findings.count < limits.findings else {
            throw OpenBadgesError(.limitExceeded, "there are more than \(limits.findings) active things in the SVG")
        }
        findings.append(SVGFinding(range: range, what: what))
    }

    private var tooLarge: OpenBadgesError {
        OpenBadgesError(.limitExceeded, "the badge is larger than \(limits.credentialBytes) bytes")
    }
}

extension BadgeGeneration {
    /// OB 2.0 Baking, "SVGs"; OB 3.0 §5.3.2
    var namespace: String { self == .ob2 ? "http://openbadges.org" : "https://purl.imsglobal.org/ob/v3p0" }

    /// The name of the element, without its prefix.
    var element: String { self == .ob2 ? "assertion" : "credential" }
}
