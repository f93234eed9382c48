/// N-Quads (RDF 1.1 N-Quads, W3C Recommendation), read and written.
///
/// *For example:* `NQuads.serialize(try NQuads.parse(bytes))` has each quad once, in canonical form.
public enum NQuads {
    /// The dataset of an N-Quads document.
    ///
    /// - Throws: ``LinkedDataError`` with `PARSING_ERROR` and the line, or `SIZE_LIMIT`.
    public static func parse(
        _ bytes: [UInt8],
        limits: NQuadsLimits = .standard
    ) throws(LinkedDataError) -> RDFDataset {
        guard bytes.count <= limits.bytes else {
            throw LinkedDataError(.sizeLimit, "the text is longer than \(limits.bytes) bytes")
        }
        let outcome = bytes.withUnsafeBytes { bytes -> Result<RDFDataset, LinkedDataError> in
            var parser = NQuadsParser(bytes, allowsGeneralized: limits.allowsBlankNodePredicates)
            do throws(LinkedDataError) {
                return .success(try parser.parse())
            } catch {
                return .failure(error)
            }
        }
        return try outcome.get()
    }

    /// The quads in canonical form, in the order in which they were added; blank nodes keep their labels.
    public static func serialize(_ dataset: RDFDataset) -> [UInt8] {
        var text: [UInt8] = []
        let terms = dataset.bytes
        func append(_ term: Int32) {
            text += terms[Int(dataset.starts[Int(term)])..<Int(dataset.starts[Int(term) + 1])]
            text.append(UInt8(ascii: " "))
        }
        for quad in dataset.quadIndices {
            append(quad.subject)
            append(quad.predicate)
            append(quad.object)
            if quad.graph != QuadIndices.defaultGraph { append(quad.graph) }
            text.append(UInt8(ascii: "."))
            text.append(UInt8(ascii: "\n"))
        }
        return text
    }
}

/// What N-Quads documents may be.
public struct NQuadsLimits: Sendable, Hashable {
    /// Bytes of the document. 16 MiB, as for JSON.
    public var bytes: Int
    /// Whether predicates may be blank nodes, which N-Quads does not know: generalized RDF.
    public var allowsBlankNodePredicates: Bool

    /// What is read unless told otherwise.
    public static let standard = NQuadsLimits()

    /// Limits that differ from the standard in what is given.
    public init(bytes: Int = 16 * 1024 * 1024, allowsBlankNodePredicates: Bool = false) {
        self.bytes = bytes
        self.allowsBlankNodePredicates = allowsBlankNodePredicates
    }
}
