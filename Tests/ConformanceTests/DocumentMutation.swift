import JSONCore

/// A document with one thing changed in it.
struct DocumentMutation: Sendable, CustomStringConvertible {
    /// What stands at ``path`` instead.
    enum Change: String, Sendable, CaseIterable {
        case removed, null, number, boolean, word, list, object, languageMap
        /// The value twice, as a list; once, as a list; a list's only element, without it.
        case twice, once, alone
        /// Another text in a text's place; and the text with a letter more, or with a term of one's own behind it.
        case empty, day, localTime, iri, term, digest, longer, afterTerm
        /// A member that no class knows, within the object at ``path``.
        case added

        /// Whether it says anything about a value that is not text.
        fileprivate var isForTextAlone: Bool {
            switch self {
            case .empty, .day, .localTime, .iri, .term, .digest, .longer, .afterTerm: true
            default: false
            }
        }
    }

    let change: Change
    let path: JSONPointer
    let original: JSON
    let document: JSON

    /// What stands at the path now; `nil` where it was removed. (An element that was removed leaves the next in its
    /// place.)
    var value: JSON? { change == .removed ? nil : document.value(at: path) }

    /// The path of the member that was changed, or that the changed element is of.
    private var memberPath: JSONPointer {
        var path = path
        while let last = path.tokens.last, last.allSatisfy(\.isNumber), let parent = path.parent { path = parent }
        return path
    }

    /// What the whole member was, and is.
    var memberValues: (before: JSON?, after: JSON?) {
        (original.value(at: memberPath), document.value(at: memberPath))
    }

    /// The name of the member around that one; empty for a member of the document.
    var owner: String { memberPath.parent?.tokens.last { !$0.allSatisfy(\.isNumber) } ?? "" }

    /// The name of the member that was changed, or that the changed element is of; empty for the document.
    var member: String { memberPath.tokens.last ?? "" }

    var description: String { "\(change.rawValue) \(path)" }

    /// The changes of a document.
    ///
    /// - Parameters:
    ///   - depth: how many steps inwards the last is made.
    ///   - limit: about how many are wanted, evenly spread; a large document has thousands.
    static func all(of document: JSON, depth: Int = .max, limit: Int = .max) -> [DocumentMutation] {
        var places: [(Change, JSONPointer)] = []
        changes(of: document, at: JSONPointer(), depth: depth, into: &places)
        return stride(from: 0, to: places.count, by: max(1, places.count / limit)).map { index in
            let (change, path) = places[index]
            let changed = document.changing(path.tokens[...]) { apply(change, to: $0) }
            return DocumentMutation(change: change, path: path, original: document, document: changed ?? .null)
        }
    }

    private static func changes(
        of value: JSON,
        at path: JSONPointer,
        depth: Int,
        into places: inout [(Change, JSONPointer)]
    ) {
        for change in Change.allCases {
            switch change {
            case .added where value.object == nil: continue
            case .alone where value.array?.count != 1: continue
            case _ where change.isForTextAlone && value.string == nil: continue
            default: places.append((change, path))
            }
        }
        guard depth > 0 else { return }
        for (name, member) in value.object ?? [:] {
            changes(of: member, at: path.appending(name), depth: depth - 1, into: &places)
        }
        for (index, element) in (value.array ?? []).enumerated() {
            changes(of: element, at: path.appending(index), depth: depth - 1, into: &places)
        }
    }

    private static func apply(_ change: Change, to value: JSON) -> JSON? {
        switch change {
        case .removed: nil
        case .null: .null
        case .number: 7
        case .boolean: true
        case .word: "word"
        case .empty: ""
        case .list: []
        case .object: [:]
        case .languageMap: ["en": "word"]
        case .day: "2026-03-01"
        case .localTime: "2026-03-01T12:30:00"
        case .iri: "https://example.org/x"
        case .twice: [value, value]
        case .once: [value]
        case .alone: value[0]
        case .term: "ext:own-1"
        case .digest: .string("sha256$" + String(repeating: "0f", count: 32))
        case .longer: .string((value.string ?? "") + "x")
        case .afterTerm: .string("\(value.string ?? "") ext:x")
        case .added:
            .object(JSONObject(members: (value.object ?? [:]).map { ($0.key, $0.value) } + [("urn:more", 1)]))
        }
    }
}

extension JSON {
    /// The document with another value at a place; `nil` takes a member or an element away.
    fileprivate func changing(_ tokens: ArraySlice<String>, _ change: (JSON) -> JSON?) -> JSON? {
        guard let token = tokens.first else { return change(self) }
        let rest = tokens.dropFirst()
        switch self {
        case .object(let members):
            return .object(
                JSONObject(
                    members: members.compactMap { name, value in
                        guard name == token else { return (name, value) }
                        return value.changing(rest, change).map { (name, $0) }
                    }
                )
            )
        case .array(let elements):
            return .array(
                elements.enumerated().compactMap { index, value in
                    String(index) == token ? value.changing(rest, change) : value
                }
            )
        default: return self
        }
    }
}
