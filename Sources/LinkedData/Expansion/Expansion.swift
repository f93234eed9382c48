public import JSONCore

/// JSON-LD documents into expanded form and into RDF (JSON-LD 1.1 API §5 and §8), by a store of contexts.
///
/// Everything is synchronous and pure: contexts have been loaded before.
///
/// *For example:*
/// ```swift
/// let expansion = Expansion(store: store)
/// let expanded = try expansion.expanded(credential)
/// let dataset = try expansion.dataset(of: credential)
/// ```
public struct Expansion: Sendable {
    /// The contexts that documents may use.
    public let store: ContextStore
    /// How documents are processed.
    public let options: JSONLDOptions

    /// An expansion by contexts and options; the default options are safe mode without a base.
    public init(store: ContextStore, options: JSONLDOptions = JSONLDOptions()) {
        self.store = store
        self.options = options
    }

    /// The document in expanded form: an array of node objects.
    ///
    /// - Throws: ``LinkedDataError`` with the code of the JSON-LD API, or of safe mode or a limit, and the place.
    public func expanded(_ json: JSON) throws(LinkedDataError) -> JSON {
        .array(try expand(json, checksIRIs: true).map(\.json))
    }

    /// Looks whether the document can be expanded, and nothing of it would be lost, without making anything of it.
    ///
    /// - Throws: ``LinkedDataError`` as ``expanded(_:)`` does.
    public func check(_ json: JSON) throws(LinkedDataError) {
        _ = try expand(json, checksIRIs: true)
    }

    /// The RDF dataset of the document (JSON-LD 1.1 API §8.1).
    ///
    /// - Throws: ``LinkedDataError`` as ``expanded(_:)`` does, and `conflicting indexes`.
    public func dataset(of json: JSON) throws(LinkedDataError) -> RDFDataset {
        var conversion = RDFConversion(options: options)
        do throws(LinkedDataError) {
            try conversion.convert(try expand(json, checksIRIs: false))
        } catch {
            // Where the conversion met an IRI that it would have to drop, it does not know where that stands:
            // expanding again, and looking at each IRI, tells.
            if error.isDataLoss || error.code == .invalidTypedValue { _ = try expand(json, checksIRIs: true) }
            throw error
        }
        return conversion.dataset
    }

    /// JSON-LD 1.1 API §9.1, `expand()`.
    func expand(_ json: JSON, checksIRIs: Bool) throws(LinkedDataError) -> [ExpandedValue] {
        var expander = Expander(store: store, options: options, checksIRIs: checksIRIs)
        var active = store.initialContext(base: options.base)
        if let context = options.expandContext {
            let local = context["@context"] ?? context
            active = try expander.contexts.process(active, local: local, baseURL: expander.baseURL)
        }
        var values: [ExpandedValue] = []
        _ = try expander.expand(active, .none, json, into: &values)
        // A lone graph without a name is its nodes.
        if values.count == 1, values[0].isGraph, case .node(let node) = values[0], node.id == nil, node.index == nil,
            let graph = node.graph
        {
            return graph
        }
        return values
    }
}
