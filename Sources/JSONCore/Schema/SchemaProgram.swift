/// A compiled schema: an arena of nodes and their instructions, which refer to one another by index.
///
/// Nodes and instructions hold nothing that is counted, so that evaluation runs through them without touching a
/// reference; names, values and patterns lie in tables beside them.
final class SchemaProgram: Sendable {
    /// A subschema.
    struct Node: Sendable {
        /// Its instructions, in the order in which they apply.
        var instructions: Range<Int>
        /// The schema resource that it belongs to: what `$dynamicRef` looks through.
        let resource: Int
        /// Whether it is the schema `false`.
        var isFalse = false
        /// Whether it has `unevaluatedProperties` or `unevaluatedItems`, so that what is evaluated must be noted.
        var notesEvaluated = false
    }

    /// An instruction with the keyword that it comes from.
    struct Instruction: Sendable {
        let keyword: SchemaKeyword
        let operation: SchemaOperation
    }

    /// A place in a document, for reports.
    struct Location: Sendable {
        let document: Int
        let pointer: JSONPointer
    }

    /// The `enum` or `const` of a schema.
    struct Enumeration: Sendable {
        let values: [JSON]
        /// The values as names, where all are strings.
        let strings: JSONObject?
        /// What comparing with all of them costs.
        let weight: Int
        /// The values for a person.
        let text: String
    }

    /// `properties`, `patternProperties` and `additionalProperties`, which depend on one another.
    struct Shape: Sendable {
        var properties = JSONObject()
        /// The subschema for each of `properties`, by position.
        var nodes: [Int] = []
        var patterns: [(pattern: Int, node: Int)] = []
        /// -1 where there is none.
        var additional = -1
    }

    /// Names of members.
    struct Names: Sendable {
        let list: [String]
        /// What looking for all of them costs.
        let weight: Int

        init(_ list: [String]) {
            self.list = list
            weight = list.reduce(0) { $0 + 1 + $1.utf8.count / 64 } / 2
        }
    }

    /// What a member of a name makes necessary.
    struct Dependency: Sendable {
        let name: String
        let required: Names
        /// -1 where there is none.
        let node: Int
    }

    /// What `$dynamicRef` and `$recursiveRef` can mean.
    struct DynamicAnchor: Sendable {
        let initial: Int
        /// Node by resource, for the resources that have the anchor.
        var targets: [Int: Int] = [:]
        /// How many of the resources the compiler has asked for the anchor.
        var resourcesSeen = 0
    }

    let nodes: [Node]
    let instructions: [Instruction]
    /// Lists of nodes, one behind the other.
    let lists: [Int]
    let enumerations: [Enumeration]
    let numbers: [SchemaNumber]
    let patterns: [RegularExpression]
    let shapes: [Shape]
    let names: [Names]
    let dependencies: [[Dependency]]
    let dynamicAnchors: [DynamicAnchor]
    /// The place of each node.
    let locations: [Location]
    /// The URIs of the documents.
    let documents: [String]
    let references: [String]

    /// The node of the whole schema.
    let root: Int

    init(_ parts: SchemaProgramParts, root: Int, documents: [String], references: [String]) {
        nodes = parts.nodes
        instructions = parts.instructions
        lists = parts.lists
        enumerations = parts.enumerations
        numbers = parts.numbers
        patterns = parts.patterns
        shapes = parts.shapes
        names = parts.names
        dependencies = parts.dependencies
        dynamicAnchors = parts.dynamicAnchors
        locations = parts.locations
        self.root = root
        self.documents = documents
        self.references = references
    }

    /// Where a keyword stands: the document's URI and the pointer in it.
    func location(of keyword: SchemaKeyword, in node: Int) -> String {
        let place = locations[node]
        let pointer = keyword == .none ? place.pointer : place.pointer.appending(keyword.rawValue)
        return documents[place.document] + "#" + pointer.description
    }
}

/// A program being put together.
struct SchemaProgramParts {
    var nodes: [SchemaProgram.Node] = []
    var instructions: [SchemaProgram.Instruction] = []
    var lists: [Int] = []
    var enumerations: [SchemaProgram.Enumeration] = []
    var numbers: [SchemaNumber] = []
    var patterns: [RegularExpression] = []
    var shapes: [SchemaProgram.Shape] = []
    var names: [SchemaProgram.Names] = []
    var dependencies: [[SchemaProgram.Dependency]] = []
    var dynamicAnchors: [SchemaProgram.DynamicAnchor] = []
    var locations: [SchemaProgram.Location] = []
}

extension Array {
    /// Adds an element, and returns its index.
    mutating func place(_ element: Element) -> Int {
        append(element)
        return count - 1
    }
}
