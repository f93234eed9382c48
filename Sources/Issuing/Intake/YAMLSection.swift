import JSONCore
import Yams

/// One mapping of a YAML file, asked for by key and type; every error has its file, line and column.
///
/// Keys that nobody asks for are errors: a misspelt `min_percent` must never award a badge to everybody.
struct YAMLSection {
    /// Which errors it throws: `POLICY_…`, `MAPPING_…`, `CONFIGURATION_…`, `TRUST_…`.
    enum Family: String, Sendable {
        case policy = "POLICY"
        case mapping = "MAPPING"
        case configuration = "CONFIGURATION"
        case trust = "TRUST"

        func code(_ name: String) -> IssuingError.Code { IssuingError.Code(rawValue: rawValue + "_" + name) }
    }

    let path: JSONPointer
    private let family: Family
    private let file: String
    private let mark: Mark?
    private let pairs: [(key: String, keyMark: Mark?, node: Node)]

    /// Reads a file's text, whose top must be a mapping.
    init(parsing text: some Sequence<UInt8>, file: String, family: Family, limit: Int) throws(IssuingError) {
        let bytes = Array(text)
        guard bytes.count <= limit else {
            throw IssuingError(family.code("TOO_LARGE"), "the file is larger than \(limit) bytes", file: file)
        }
        guard let text = String(validating: bytes, as: UTF8.self) else {
            throw IssuingError(family.code("SYNTAX"), "the file is not UTF-8", file: file)
        }
        if let place = YAMLAlias.firstUse(in: bytes) {
            throw IssuingError(
                family.code("UNSUPPORTED"),
                "anchors and aliases are not read",
                file: file,
                line: place.line,
                column: place.column,
                hint: "write the value out where it is meant"
            )
        }
        let node: Node?
        do {
            node = try Parser(yaml: text, resolver: .basic, encoding: .utf8).singleRoot()
        } catch {
            throw Self.syntaxError(error, file, family)
        }
        guard let node else {
            throw IssuingError(family.code("SYNTAX"), "the file is empty", file: file, line: 1, column: 1)
        }
        try self.init(node, JSONPointer(), file, family)
    }

    private init(_ node: Node, _ path: JSONPointer, _ file: String, _ family: Family) throws(IssuingError) {
        (self.path, self.file, self.family, mark) = (path, file, family, node.mark)
        guard case .mapping(let mapping) = node else {
            throw Self.error(family, "TYPE", "expected a mapping of keys and values", file, node.mark, path)
        }
        var pairs: [(key: String, keyMark: Mark?, node: Node)] = []
        for (key, value) in mapping {
            guard case .scalar(let scalar) = key else {
                throw Self.error(family, "TYPE", "a key must be a plain word", file, key.mark, path)
            }
            pairs.append((scalar.string, scalar.mark, value))
        }
        self.pairs = pairs
    }

    /// The keys, in their order.
    var keys: [String] { pairs.map(\.key) }

    /// Refuses keys that are not known: those of a later version by another code, as ignoring them would be wrong.
    func allow(_ known: Set<String>, later: Set<String> = []) throws(IssuingError) {
        for pair in pairs where !known.contains(pair.key) {
            let place = path.appending(pair.key)
            if later.contains(pair.key) {
                let detail = "\"\(pair.key)\" is not supported by this version"
                throw Self.error(family, "UNSUPPORTED", detail, file, pair.keyMark, place)
            }
            throw Self.error(
                family,
                "UNKNOWN_KEY",
                "there is no key \"\(pair.key)\" here",
                file,
                pair.keyMark,
                place,
                hint: "known here: " + known.sorted().joined(separator: ", ")
            )
        }
    }

    /// An error at a key of this section, or at the section itself.
    func error(_ name: String, _ detail: String, at key: String? = nil, hint: String? = nil) -> IssuingError {
        guard let key, let pair = pairs.first(where: { $0.key == key }) else {
            return Self.error(family, name, detail, file, mark, path, hint: hint)
        }
        return Self.error(family, name, detail, file, pair.node.mark ?? pair.keyMark, path.appending(key), hint: hint)
    }

    /// The error of a key that must be there.
    func missing(_ key: String, hint: String? = nil) -> IssuingError {
        error("KEY_MISSING", "\"\(key)\" is missing here", hint: hint)
    }

    private func node(_ key: String) -> Node? {
        guard let node = pairs.first(where: { $0.key == key })?.node else { return nil }
        // `key:` with nothing, `~` or `null` behind it counts as absent.
        if case .scalar(let scalar) = node, scalar.isNull { return nil }
        return node
    }

    /// Whether a key has a value.
    func has(_ key: String) -> Bool { node(key) != nil }

    /// Whether a key's value is a single word or text, not a list or a mapping.
    func isScalar(_ key: String) -> Bool {
        if case .scalar = node(key) { true } else { false }
    }

    /// Whether a key's value is a list.
    func isList(_ key: String) -> Bool {
        if case .sequence = node(key) { true } else { false }
    }

    /// A text as written: numbers keep their spelling, so that an id `007` stays one.
    func text(_ key: String) throws(IssuingError) -> String? {
        guard let node = node(key) else { return nil }
        guard case .scalar(let scalar) = node else { throw error("TYPE", "expected a text", at: key) }
        guard !scalar.string.trimmed.isEmpty else { throw error("TYPE", "expected a text that is not empty", at: key) }
        return scalar.string
    }

    /// A text that must be there.
    func requiredText(_ key: String) throws(IssuingError) -> String {
        guard let text = try text(key) else { throw missing(key) }
        return text
    }

    /// A number in its exact spelling; one in quotes is a text and refused.
    func decimal(_ key: String) throws(IssuingError) -> ExactDecimal? {
        guard let node = node(key) else { return nil }
        guard case .scalar(let scalar) = node, scalar.isPlain, let number = ExactDecimal(scalar.string) else {
            throw error("TYPE", "expected a number", at: key)
        }
        return number
    }

    /// True or false, without quotes.
    func truth(_ key: String) throws(IssuingError) -> Bool? {
        guard let node = node(key) else { return nil }
        guard case .scalar(let scalar) = node, scalar.isPlain, ["true", "false"].contains(scalar.string) else {
            throw error("TYPE", "expected true or false", at: key)
        }
        return scalar.string == "true"
    }

    /// One of some words.
    func word<Word: RawRepresentable<String> & CaseIterable>(
        _ key: String,
        of type: Word.Type
    ) throws(IssuingError) -> Word? {
        guard let text = try text(key) else { return nil }
        guard let word = Word(rawValue: text) else {
            let words = Word.allCases.map(\.rawValue).joined(separator: ", ")
            throw error("TYPE", "expected one of \(words)", at: key)
        }
        return word
    }

    /// A text or a list of texts; none of them empty, unless that is a value of its own.
    func texts(_ key: String, canBeEmpty: Bool = false) throws(IssuingError) -> [String]? {
        guard let node = node(key) else { return nil }
        guard case .sequence(let sequence) = node else { return try text(key).map { [$0] } }
        var texts: [String] = []
        for element in sequence {
            guard case .scalar(let scalar) = element, canBeEmpty || !scalar.string.trimmed.isEmpty else {
                throw Self.error(family, "TYPE", "expected a text", file, element.mark, path.appending(key))
            }
            texts.append(scalar.string)
        }
        return texts
    }

    /// A mapping.
    func section(_ key: String) throws(IssuingError) -> YAMLSection? {
        guard let node = node(key) else { return nil }
        return try YAMLSection(node, path.appending(key), file, family)
    }

    /// A list of mappings.
    func sections(_ key: String) throws(IssuingError) -> [YAMLSection]? {
        guard let node = node(key) else { return nil }
        guard case .sequence(let sequence) = node else { throw error("TYPE", "expected a list", at: key) }
        var sections: [YAMLSection] = []
        for (index, element) in sequence.enumerated() {
            sections.append(try YAMLSection(element, path.appending(key).appending(index), file, family))
        }
        return sections
    }

    /// A list of lists of texts.
    func lists(_ key: String) throws(IssuingError) -> [[String]]? {
        guard let node = node(key) else { return nil }
        guard case .sequence(let sequence) = node else { throw error("TYPE", "expected a list", at: key) }
        var lists: [[String]] = []
        for (index, element) in sequence.enumerated() {
            let place = path.appending(key).appending(index)
            guard case .sequence(let inner) = element else {
                throw Self.error(family, "TYPE", "expected a list", file, element.mark, place)
            }
            var texts: [String] = []
            for node in inner {
                guard case .scalar(let scalar) = node, !scalar.string.trimmed.isEmpty else {
                    throw Self.error(family, "TYPE", "expected a text", file, node.mark, place)
                }
                texts.append(scalar.string)
            }
            lists.append(texts)
        }
        return lists
    }

    /// An element of a list that may hold texts and mappings.
    enum Element {
        case text(String)
        case section(YAMLSection)
    }

    /// A text, a mapping, or a list of these.
    func elements(_ key: String) throws(IssuingError) -> [Element] {
        guard let node = node(key) else { return [] }
        let place = path.appending(key)
        guard case .sequence(let sequence) = node else { return [try element(node, place)] }
        var elements: [Element] = []
        for (index, node) in sequence.enumerated() { elements.append(try element(node, place.appending(index))) }
        return elements
    }

    private func element(_ node: Node, _ path: JSONPointer) throws(IssuingError) -> Element {
        guard case .scalar(let scalar) = node else { return .section(try YAMLSection(node, path, file, family)) }
        guard !scalar.string.trimmed.isEmpty else {
            throw Self.error(family, "TYPE", "expected a text that is not empty", file, node.mark, path)
        }
        return .text(scalar.string)
    }

    /// The section as JSON, for readers that know no YAML: every scalar a text as written, what is empty left out.
    var json: JSON {
        var members = JSONObject()
        for pair in pairs where has(pair.key) { members[pair.key] = Self.json(pair.node, Self.maximumDepth) }
        return .object(members)
    }

    /// Deeper than any file of ours; what lies below reads as empty, and is refused as such.
    private static let maximumDepth = 16

    private static func json(_ node: Node, _ depth: Int) -> JSON {
        guard depth > 0 else { return .null }
        switch node {
        case .scalar(let scalar): return scalar.isNull ? .null : .string(scalar.string)
        case .sequence(let sequence): return .array(sequence.map { json($0, depth - 1) })
        case .mapping(let mapping):
            var members = JSONObject()
            for (key, value) in mapping {
                let value = json(value, depth - 1)
                if !value.isNull { members[key.scalar?.string ?? ""] = value }
            }
            return .object(members)
        case .alias: return .null
        }
    }

    /// The error at a place of ``json``, or at what lies nearest around it.
    func error(_ code: IssuingError.Code, _ detail: String, at pointer: JSONPointer) -> IssuingError {
        var mark = mark
        var node: Node?
        for (index, token) in pointer.tokens.enumerated() {
            let next: Node?
            switch node {
            case nil where index == 0: next = pairs.first { $0.key == token }?.node
            case .mapping(let mapping): next = mapping.first { $0.key.scalar?.string == token }?.value
            case .sequence(let sequence):
                next = Int(token).flatMap { sequence.indices.contains($0) ? sequence[$0] : nil }
            default: next = nil
            }
            guard let next else { break }
            (node, mark) = (next, next.mark ?? mark)
        }
        return IssuingError(code, detail, file: file, line: mark?.line, column: mark?.column, path: pointer)
    }

    private static func error(
        _ family: Family,
        _ name: String,
        _ detail: String,
        _ file: String,
        _ mark: Mark?,
        _ path: JSONPointer,
        hint: String? = nil
    ) -> IssuingError {
        IssuingError(
            family.code(name),
            detail,
            file: file,
            line: mark?.line,
            column: mark?.column,
            path: path,
            hint: hint
        )
    }

    private static func syntaxError(_ error: any Error, _ file: String, _ family: Family) -> IssuingError {
        let code = family.code("SYNTAX")
        switch error as? YamlError {
        case .scanner(_, let problem, let mark, _), .parser(_, let problem, let mark, _),
            .composer(_, let problem, let mark, _):
            return IssuingError(code, "not YAML: \(problem)", file: file, line: mark.line, column: mark.column)
        case .duplicatedKeysInMapping(let keys, let context):
            let detail = "the key \"\(keys.first ?? "")\" stands twice in one mapping"
            let mark = context.mark
            return IssuingError(
                family.code("DUPLICATE_KEY"),
                detail,
                file: file,
                line: mark.line,
                column: mark.column
            )
        case .reader(let problem, _, _, _):
            return IssuingError(code, "not YAML: \(problem)", file: file)
        default:
            return IssuingError(code, "not YAML", file: file)
        }
    }
}

extension Node.Scalar {
    /// Whether it stands without quotes and is no block: only then can it be a number or null.
    fileprivate var isPlain: Bool { style == .plain || style == .any }
    fileprivate var isNull: Bool { isPlain && ["", "~", "null", "Null", "NULL"].contains(string) }
}
