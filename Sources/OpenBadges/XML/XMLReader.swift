/// The namespaces that matter to badges; all others by a number that the reader gives them.
enum XMLNamespace: Hashable {
    case none, svg, xhtml, xlink, xml, xmlns
    case badge(BadgeGeneration)
    case other(Int)

    /// The namespace of a URI, unless it is one of the others.
    static func known(_ uri: [UInt8]) -> XMLNamespace? {
        uri.isEmpty ? XMLNamespace.none : known.first { $0.uri.utf8.elementsEqual(uri) }?.namespace
    }

    private static let known: [(uri: String, namespace: XMLNamespace)] = [
        ("http://www.w3.org/2000/svg", .svg), ("http://www.w3.org/1999/xhtml", .xhtml),
        ("http://www.w3.org/1999/xlink", .xlink), ("http://www.w3.org/XML/1998/namespace", .xml),
        ("http://www.w3.org/2000/xmlns/", .xmlns), (BadgeGeneration.ob2.namespace, .badge(.ob2)),
        (BadgeGeneration.ob3.namespace, .badge(.ob3)),
    ]
}

/// A name with its prefix resolved. Namespaces in XML 1.0
struct XMLName {
    var namespace: XMLNamespace
    /// Where what follows the colon stands, or all of it.
    var local: Range<Int>
    /// Where the attribute stands that declares the prefix; `nil` for names without one.
    var declaration: Int?
}

/// An element as it begins: its tag, and the names in it.
struct XMLElement {
    var tag: XMLStartTag
    var name: XMLName
    /// The names of the tag's attributes, in their order.
    var attributeNames: [XMLName]
}

/// Reads a well-formed, namespace-well-formed XML 1.0 document from its markup, without a DTD.
struct XMLReader {
    enum Event {
        case start(XMLElement)
        /// Where the element ends. An empty element has one, too.
        case end(Int)
        case text(Range<Int>)
        case cdata(Range<Int>)
        case instruction(Range<Int>, target: Range<Int>)
        case doctype(internalSubset: Range<Int>?)
    }

    private struct Binding {
        var prefix: ArraySlice<UInt8>
        var namespace: XMLNamespace
        var declaration: Int
    }

    private(set) var scanner: XMLScanner
    /// The encoding that the document declares, in lower case.
    private(set) var encoding: [UInt8]?

    /// The elements that are open: their names, and how many bindings there were before.
    private var open: [(name: Range<Int>, bindings: Int)] = []
    private var bindings: [Binding] = []
    /// The numbers of the namespaces that are not known: a URI can be long, and is looked at once.
    private var others: [[UInt8]: Int] = [:]
    private var otherURIs: [[UInt8]] = []
    private var hasRoot = false
    private var hasDoctype = false
    private var isEmptyElement = false
    private let limits: BakingLimits

    private var bytes: [UInt8] { scanner.bytes }

    init(_ bytes: [UInt8], limits: BakingLimits) throws(OpenBadgesError) {
        scanner = try XMLScanner(bytes, limits: limits)
        self.limits = limits
    }

    /// What comes next, or `nil` at the end of a whole document.
    ///
    /// - Throws: `IMAGE_MALFORMED`, `IMAGE_UNSAFE` where there is an entity, `LIMIT_EXCEEDED`.
    mutating func next() throws(OpenBadgesError) -> Event? {
        if isEmptyElement {
            isEmptyElement = false
            close()
            return .end(scanner.offset)
        }
        while let token = try scanner.next() {
            switch token {
            case .comment: continue
            case .declaration(let encoding): self.encoding = encoding.map { bytes[$0].lowercased }
            case .doctype(let subset):
                guard !hasRoot, !hasDoctype else {
                    throw scanner.malformed("DOCTYPE does not stand before all elements")
                }
                hasDoctype = true
                return .doctype(internalSubset: subset)
            case .instruction(let range, let target): return .instruction(range, target: target)
            case .startTag(let tag): return .start(try begin(tag))
            case .endTag(let range, let name):
                guard let last = open.last, bytes[last.name] == bytes[name] else {
                    throw scanner.malformed("an end tag has no start tag", at: range.lowerBound)
                }
                close()
                return .end(range.upperBound)
            case .text(let range):
                if !open.isEmpty { return .text(range) }
                guard bytes[range].allSatisfy(XMLCharacters.isSpace) else {
                    throw scanner.malformed("there is text outside the root element", at: range.lowerBound)
                }
            case .cdata(let range):
                guard !open.isEmpty else { throw scanner.malformed("there is text outside the root element") }
                return .cdata(range)
            }
        }
        guard open.isEmpty, hasRoot else { throw scanner.malformed("the document ends before its end") }
        return nil
    }

    private mutating func begin(_ tag: XMLStartTag) throws(OpenBadgesError) -> XMLElement {
        guard !hasRoot || !open.isEmpty else {
            throw scanner.malformed("there is a second root element", at: tag.range.lowerBound)
        }
        guard open.count < limits.depth else {
            throw OpenBadgesError(.limitExceeded, "elements are nested more than \(limits.depth) deep")
        }
        hasRoot = true
        open.append((tag.name, bindings.count))
        isEmptyElement = tag.isEmpty
        for attribute in tag.attributes { try bind(attribute) }
        let name = try resolve(tag.name, isAttribute: false)
        var attributeNames: [XMLName] = []
        attributeNames.reserveCapacity(tag.attributes.count)
        for attribute in tag.attributes { attributeNames.append(try resolve(attribute.name, isAttribute: true)) }
        try checkUnique(tag, attributeNames)
        return XMLElement(tag: tag, name: name, attributeNames: attributeNames)
    }

    private mutating func close() {
        guard let element = open.popLast() else { return }
        bindings.removeSubrange(element.bindings...)
    }

    /// Takes note of `xmlns="…"` and `xmlns:prefix="…"`.
    private mutating func bind(_ attribute: XMLStartTag.Attribute) throws(OpenBadgesError) {
        let (prefix, local) = try split(attribute.name)
        let isDefault = prefix == nil && bytes[local].elementsEqual("xmlns".utf8)
        guard isDefault || prefix.map({ bytes[$0].elementsEqual("xmlns".utf8) }) == true else { return }
        let namespace = number(XMLCharacters.decoded(bytes, attribute.value))
        let isXML = !isDefault && bytes[local].elementsEqual("xml".utf8)
        // Two prefixes are the specification's own, and no prefix can be unbound. Namespaces §3
        guard isDefault || namespace != .none && !bytes[local].elementsEqual("xmlns".utf8),
            isXML == (namespace == .xml), namespace != .xmlns
        else { throw scanner.malformed("a namespace is declared as none can be", at: attribute.range.lowerBound) }
        guard bindings.count < limits.namespaces else {
            throw OpenBadgesError(.limitExceeded, "more than \(limits.namespaces) namespaces are declared at one place")
        }
        let declaration = attribute.range.lowerBound
        bindings.append(Binding(prefix: isDefault ? [] : bytes[local], namespace: namespace, declaration: declaration))
    }

    /// The URI of a namespace that is none of the known ones; `nil` for those.
    func uri(of namespace: XMLNamespace) -> String? {
        guard case .other(let number) = namespace else { return nil }
        return String(decoding: otherURIs[number], as: UTF8.self)
    }

    private mutating func number(_ uri: [UInt8]) -> XMLNamespace {
        if let known = XMLNamespace.known(uri) { return known }
        if let number = others[uri] { return .other(number) }
        others[uri] = otherURIs.count
        otherURIs.append(uri)
        return .other(otherURIs.count - 1)
    }

    private func resolve(_ name: Range<Int>, isAttribute: Bool) throws(OpenBadgesError) -> XMLName {
        let (prefix, local) = try split(name)
        guard let prefix else {
            // The default namespace is none of attributes'. Namespaces §6.2
            if isAttribute {
                let isDeclaration = bytes[local].elementsEqual("xmlns".utf8)
                return XMLName(namespace: isDeclaration ? .xmlns : .none, local: local)
            }
            let binding = bindings.last { $0.prefix.isEmpty }
            return XMLName(namespace: binding?.namespace ?? .none, local: local)
        }
        if let binding = bindings.last(where: { $0.prefix == bytes[prefix] }) {
            return XMLName(namespace: binding.namespace, local: local, declaration: binding.declaration)
        }
        if bytes[prefix].elementsEqual("xml".utf8) { return XMLName(namespace: .xml, local: local) }
        guard isAttribute, bytes[prefix].elementsEqual("xmlns".utf8) else {
            throw scanner.malformed("a name's prefix is not declared", at: name.lowerBound)
        }
        return XMLName(namespace: .xmlns, local: local)
    }

    /// Prefix and local part.
    private func split(_ name: Range<Int>) throws(OpenBadgesError) -> (prefix: Range<Int>?, local: Range<Int>) {
        guard let colon = bytes[name].firstIndex(of: UInt8(ascii: ":")) else { return (nil, name) }
        let local = (colon + 1)..<name.upperBound
        guard colon > name.lowerBound,
            let (first, _) = local.isEmpty ? nil : XMLCharacters.scalar(bytes, at: colon + 1),
            XMLCharacters.isNameStart(first), !bytes[local].contains(UInt8(ascii: ":"))
        else { throw scanner.malformed("a name has its colon where none can be", at: name.lowerBound) }
        return (name.lowerBound..<colon, local)
    }

    /// No attribute twice, under whatever prefixes. Namespaces §6.3
    private func checkUnique(_ tag: XMLStartTag, _ names: [XMLName]) throws(OpenBadgesError) {
        guard names.count > 1 else { return }
        var seen = Set<UniqueName>(minimumCapacity: names.count)
        for (attribute, name) in zip(tag.attributes, names)
        where !seen.insert(UniqueName(namespace: name.namespace, local: bytes[name.local])).inserted {
            throw scanner.malformed("an attribute stands twice", at: attribute.range.lowerBound)
        }
    }

    private struct UniqueName: Hashable {
        var namespace: XMLNamespace
        var local: ArraySlice<UInt8>
    }
}
