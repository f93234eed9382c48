/// What in an SVG can run code or fetch from elsewhere when somebody opens it.
///
/// A badge is passed on and opened by people who trust its issuer; what it could do in their browser, it could do in
/// the issuer's name.
struct SVGFinding {
    /// What to take out.
    var range: Range<Int>
    /// What it is, in words.
    var what: String
}

/// The rules. They go by names without their prefixes, in any namespace: too much is found rather than too little.
enum SVGSafety {
    /// What an element is in itself, or in one of its attributes.
    enum Verdict {
        case safe
        /// The whole element has to go.
        case element(what: String)
        /// Some attributes have to go, each with the white space before it.
        case attributes([SVGFinding])
    }

    static func verdict(on element: XMLElement, in bytes: [UInt8]) -> Verdict {
        let name = bytes[element.name.local].lowercased
        let label = String(decoding: name.prefix(40), as: UTF8.self)
        if element.name.namespace == .xhtml { return .element(what: "the HTML element \(label)") }
        if active.contains(label) { return .element(what: "the element \(label)") }
        var findings: [SVGFinding] = []
        for (attribute, attributeName) in zip(element.tag.attributes, element.attributeNames) {
            let value = XMLCharacters.decoded(bytes, attribute.value)
            if animations.contains(label), bytes[attributeName.local].elementsEqual("attributeName".utf8),
                isActive(animated: value)
            {
                return .element(what: "the element \(label) that changes a link or a handler")
            }
            guard let danger = danger(in: attributeName, value, bytes) else { continue }
            let text = String(decoding: bytes[attribute.name].prefix(40), as: UTF8.self)
            findings.append(
                SVGFinding(
                    range: spaceBefore(attribute.range.lowerBound, bytes)..<attribute.range.upperBound,
                    what: "the attribute \(text) of \(label), which \(danger)"
                )
            )
        }
        return findings.isEmpty ? .safe : .attributes(findings)
    }

    /// Where the white space before an attribute begins.
    static func spaceBefore(_ index: Int, _ bytes: [UInt8]) -> Int {
        var index = index
        while index > 0, XMLCharacters.isSpace(bytes[index - 1]) { index -= 1 }
        return index
    }

    /// Elements that run code, embed another document, or play what is elsewhere. Those of HTML go by their namespace:
    /// some of their names (`source`) are also those of metadata.
    private static let active: Set<String> = [
        "script", "handler", "listener", "foreignobject", "iframe", "embed", "object", "audio", "video",
    ]
    private static let animations: Set<String> = [
        "animate", "animatecolor", "animatemotion", "animatetransform", "set",
    ]
    /// Attributes that browsers follow.
    private static let references: Set<String> = ["href", "src", "srcset", "action", "formaction", "data", "ping"]

    private static func danger(in name: XMLName, _ value: [UInt8], _ bytes: [UInt8]) -> String? {
        if name.namespace == .xmlns { return nil }
        let local = bytes[name.local].lowercased
        let label = String(decoding: local, as: UTF8.self)
        if name.namespace == .xml { return label == "base" ? "changes what references mean" : nil }
        if label.hasPrefix("on") { return "runs code" }
        if references.contains(label) {
            // Browsers skip white space and control characters, in the middle of a scheme, too.
            let target = value.filter { $0 > 0x20 && $0 != 0x7F }.lowercased
            return SVGReference.isInside(target[...]) ? nil : "leads elsewhere"
        }
        // Every presentation attribute is CSS; one without a parenthesis can name nothing.
        guard value.contains(UInt8(ascii: "(")) || label == "style" else { return nil }
        return SVGStyle.danger(in: value)
    }

    private static func isActive(animated name: [UInt8]) -> Bool {
        let name = name.withoutOuterSpace.lowercased
        let local = name.lastIndex(of: UInt8(ascii: ":")).map { name[($0 + 1)...] } ?? name[...]
        return local.elementsEqual("href".utf8) || local.starts(with: "on".utf8)
    }
}
