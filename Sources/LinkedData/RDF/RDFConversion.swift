import JSONCore

/// Deserialize JSON-LD to RDF (JSON-LD 1.1 API §8.1), from expanded form.
///
/// Node Map Generation (§7.2) only gathers what stands about a node in several places and takes out repetitions; a
/// dataset is a set and does both by itself. So quads are written while the tree is walked. What node maps would do
/// beyond that is done here: blank nodes are relabelled, indexes of a node must agree, and equal values with a
/// direction are one blank node.
struct RDFConversion {
    private(set) var dataset = RDFDataset()
    private let options: JSONLDOptions
    private let rdfType: Int32
    private var blankNodeCount = 0
    private var blankNodes: [ExactText: Int32] = [:]
    private var indexes: [GraphNode: String] = [:]
    private var compoundLiterals: Set<CompoundLiteral> = []

    private struct GraphNode: Hashable {
        let graph: Int32
        let node: Int32
    }

    private struct CompoundLiteral: Hashable {
        let graph: Int32
        let subject: Int32
        let predicate: Int32
        let value: JSON
        let language: ExactText?
        let direction: String
        let index: ExactText?
    }

    /// No term: the IRI is not well-formed.
    private static let none: Int32 = -2

    init(options: JSONLDOptions) {
        self.options = options
        rdfType = dataset.iri(Vocabulary.rdfType)
    }

    /// Converts the values of an expanded document.
    mutating func convert(_ values: [ExpandedValue]) throws(LinkedDataError) {
        try convert(values, graph: QuadIndices.defaultGraph)
    }

    private mutating func convert(_ values: [ExpandedValue], graph: Int32) throws(LinkedDataError) {
        for case .node(let node) in values { _ = try convert(node, graph: graph) }
    }

    // MARK: Nodes

    /// Writes a node and all below it; its term.
    private mutating func convert(_ node: ExpandedNode, graph: Int32) throws(LinkedDataError) -> Int32 {
        let subject: Int32
        if let id = node.id {
            subject = try reference(id)
        } else if node.hasNullID {
            subject = Self.none
        } else {
            subject = newBlankNode()
        }
        if let index = node.index { try check(index: index, of: GraphNode(graph: graph, node: subject)) }
        for type in node.types ?? [] {
            try insert(subject, rdfType, try reference(type), graph)
        }
        var start = 0
        for entry in node.properties.entries {
            let predicate = try self.predicate(entry.property, isWellFormed: entry.isWellFormed)
            for position in start..<entry.end {
                let object = try object(node.properties.values[position], subject, predicate, graph)
                try insert(subject, predicate, object, graph)
            }
            start = entry.end
        }
        if let reverse = node.reverse {
            var start = 0
            for entry in reverse.entries {
                let predicate = try self.predicate(entry.property)
                for position in start..<entry.end {
                    let other = try object(reverse.values[position], subject, predicate, graph)
                    try insert(other, predicate, subject, graph)
                }
                start = entry.end
            }
        }
        if let values = node.graph { try convert(values, graph: subject) }
        if let included = node.included { try convert(included, graph: graph) }
        return subject
    }

    private mutating func check(index: String, of node: GraphNode) throws(LinkedDataError) {
        if let other = indexes.updateValue(index, forKey: node), !other.isExactly(index) {
            throw LinkedDataError(.conflictingIndexes, "a node has two different indexes")
        }
    }

    private mutating func insert(
        _ subject: Int32,
        _ predicate: Int32,
        _ object: Int32,
        _ graph: Int32
    ) throws(LinkedDataError) {
        // A subject, predicate, object or graph that is not well-formed leaves the quad out.
        guard subject >= 0, predicate >= 0, object >= 0, graph >= QuadIndices.defaultGraph else { return }
        dataset.insert(QuadIndices(subject: subject, predicate: predicate, object: object, graph: graph))
        if dataset.isTooLarge { throw LinkedDataError(.sizeLimit, "the terms of the dataset are too long") }
    }

    // MARK: Terms

    private mutating func newBlankNode() -> Int32 {
        defer { blankNodeCount += 1 }
        return dataset.blankNode(blankNodeCount)
    }

    /// The term of an `@id` or `@type`.
    private mutating func reference(_ id: String) throws(LinkedDataError) -> Int32 {
        let term = dataset.iri(id)
        if term >= 0 { return term }
        if id.isBlankNodeIdentifier {
            if let known = blankNodes[ExactText(id)] { return known }
            let term = newBlankNode()
            blankNodes[ExactText(id)] = term
            return term
        }
        if options.safe { throw LinkedDataError(.relativeIRI, "an identifier is not an absolute IRI") }
        return Self.none
    }

    private mutating func predicate(
        _ property: String,
        isWellFormed: Bool = false
    ) throws(LinkedDataError) -> Int32 {
        let term = dataset.iri(property, isWellFormed ? .known : .strict)
        if term >= 0 { return term }
        if property.isBlankNodeIdentifier, options.produceGeneralizedRDF { return try reference(property) }
        if options.safe { throw LinkedDataError(.relativeIRI, "a property is not an absolute IRI") }
        return Self.none
    }

    /// Object to RDF Conversion (§8.2), which for nodes writes what is below them too.
    private mutating func object(
        _ value: ExpandedValue,
        _ subject: Int32,
        _ predicate: Int32,
        _ graph: Int32,
        isInList: Bool = false
    ) throws(LinkedDataError) -> Int32 {
        switch value {
        case .literal(let value, let datatype):
            return try literal(value, datatype: datatype)
        case .reference(let id):
            guard let id else { return Self.none }
            return try reference(id)
        case .node(let node):
            return try convert(node, graph: graph)
        case .list(let list):
            return try convert(list.items, subject, predicate, graph)
        case .annotated(let value):
            guard let direction = value.direction, let style = options.rdfDirection else {
                return try literal(value.value, datatype: value.datatype, language: value.language)
            }
            let language = value.language?.lowercased()
            if let tag = value.language, !WellFormedness.isLanguageTag(tag) { return Self.none }
            let text = value.value.string ?? ""
            if style == .i18nDatatype {
                let datatype = Vocabulary.i18n + (language ?? "") + "_" + direction.rawValue
                return dataset.literal(text, .datatype(datatype))
            }
            let compound = CompoundLiteral(
                graph: graph,
                subject: subject,
                predicate: predicate,
                value: value.value,
                language: value.language.map { ExactText($0) },
                direction: direction.rawValue,
                index: value.index.map { ExactText($0) }
            )
            if !isInList, !compoundLiterals.insert(compound).inserted { return Self.none }
            let node = newBlankNode()
            try insert(node, dataset.iri(Vocabulary.rdfValue), dataset.literal(text, .none), graph)
            if let language {
                try insert(node, dataset.iri(Vocabulary.rdfLanguage), dataset.literal(language, .none), graph)
            }
            let directionLiteral = dataset.literal(direction.rawValue, .none)
            try insert(node, dataset.iri(Vocabulary.rdfDirection), directionLiteral, graph)
            return node
        }
    }

    /// List to RDF Conversion (§8.3).
    private mutating func convert(
        _ items: [ExpandedValue],
        _ subject: Int32,
        _ predicate: Int32,
        _ graph: Int32
    ) throws(LinkedDataError) -> Int32 {
        let end = dataset.iri(Vocabulary.rdfNil)
        guard !items.isEmpty else { return end }
        let first = dataset.iri(Vocabulary.rdfFirst)
        let rest = dataset.iri(Vocabulary.rdfRest)
        let head = newBlankNode()
        var node = head
        for (position, item) in items.enumerated() {
            try insert(node, first, try object(item, subject, predicate, graph, isInList: true), graph)
            let next = position + 1 < items.count ? newBlankNode() : end
            try insert(node, rest, next, graph)
            node = next
        }
        return head
    }

    private mutating func literal(
        _ value: JSON,
        datatype: String?,
        language: String? = nil
    ) throws(LinkedDataError) -> Int32 {
        var datatype = datatype
        if let type = datatype {
            if type == Keyword.json.rawValue { return try jsonLiteral(value) }
            // Asking for its term is how the dataset remembers which IRIs were checked.
            guard dataset.iri(type) >= 0 else {
                if options.safe { throw LinkedDataError(.relativeIRI, "a datatype is not an absolute IRI") }
                return Self.none
            }
        }
        switch value {
        case .string(let text):
            if let language {
                guard WellFormedness.isLanguageTag(language) else { return Self.none }
                return dataset.literal(text, .language(language))
            }
            guard let datatype, datatype != Vocabulary.xsdString else { return dataset.literal(text, .none) }
            return dataset.literal(text, .datatype(datatype))
        case .bool(let flag):
            return dataset.literal(flag ? "true" : "false", .datatype(datatype ?? Vocabulary.xsdBoolean))
        case .number(let number):
            guard let form = NumberLexicalForm.text(number, isDouble: datatype == Vocabulary.xsdDouble) else {
                throw LinkedDataError(.invalidValueObjectValue, "a number is beyond what a double can hold")
            }
            datatype = datatype ?? form.datatype
            guard let datatype, datatype != Vocabulary.xsdString else { return dataset.literal(form.text, .none) }
            return dataset.literal(form.text, .datatype(datatype))
        case .null, .array, .object:
            return Self.none
        }
    }

    private mutating func jsonLiteral(_ value: JSON) throws(LinkedDataError) -> Int32 {
        do {
            let canonical = try value.canonicalized()
            return dataset.literal(String(decoding: canonical, as: UTF8.self), .datatype(Vocabulary.rdfJSON))
        } catch {
            throw LinkedDataError(.invalidJSONLiteral, error.detail, path: error.path)
        }
    }
}
