import JSONCore

/// A document with one thing changed in it.
struct DocumentMutation: Sendable, CustomStringConvertible {
    /// What stands at ``path`` instead.
    enum Change: String, Sendable, CaseIterable {
        case removed, null, number, boolean, word, empty, list, object, languageMap, day, localTime, iri
        /// The value twice, as a list; once, as a list; a list's only element, without it.
        case twice, once, alone
        /// A text with a letter more; behind what makes a term of one's own.
        case longer, afterExtension
        /// A member that no class knows, within the object at ``path``.
        case added
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

    /// Every change at every place of a document.
    ///
    /// - Parameters:
    ///   - offset: which of them to begin with, counted from 0.
    ///   - stride: how many to step on from one to the next; a large document has thousands.
    static func all(of document: JSON, offset: Int = 0, stride: Int = 1) -> [DocumentMutation] {
        var places: [(Change, JSONPointer)] = []
        collect(document, JSONPointer(), into: &places)
        return Swift.stride(from: offset, to: places.count, by: stride).map { index in
            let (change, path) = places[index]
            let changed = document.changing(path.tokens[...]) { apply(change, to: $0) }
            return DocumentMutation(change: change, path: path, original: document, document: changed ?? .null)
        }
    }

    /// How many changes a document can have.
    static func count(of document: JSON) -> Int {
        var places: [(Change, JSONPointer)] = []
        collect(document, JSONPointer(), into: &places)
        return places.count
    }

    private static func collect(_ value: JSON, _ path: JSONPointer, into places: inout [(Change, JSONPointer)]) {
        if value.object != nil { places.append((.added, path)) }
        for (name, member) in value.object ?? [:] {
            let place = path.appending(name)
            changes(of: member, at: place, into: &places)
        }
        for (index, element) in (value.array ?? []).enumerated() {
            changes(of: element, at: path.appending(index), into: &places)
        }
    }

    private static func changes(of value: JSON, at path: JSONPointer, into places: inout [(Change, JSONPointer)]) {
        for change in Change.allCases {
            switch change {
            case .added: continue
            case .alone where value.array?.count != 1: continue
            case .longer where value.string == nil, .afterExtension where value.string == nil: continue
            default: places.append((change, path))
            }
        }
        collect(value, path, into: &places)
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
        case .longer: .string((value.string ?? "") + "x")
        case .afterExtension: .string("\(value.string ?? "") ext:x")
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
