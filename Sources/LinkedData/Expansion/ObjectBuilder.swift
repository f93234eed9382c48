import JSONCore

/// The map `result` of the Expansion algorithm (JSON-LD 1.1 API §5.1), while an object's members are expanded into it.
struct ObjectBuilder {
    var id: String?
    /// Whether there is an `@id` that expanded to nothing.
    var hasNullID = false
    var types: Types = .absent
    /// `@value`; `nil` where there is none, `.null` where it is null.
    var value: JSON?
    var language: String?
    var direction: Direction?
    var index: String?
    var list: [ExpandedValue]?
    var set: (values: [ExpandedValue], isArray: Bool)?
    var graph: [ExpandedValue]?
    var included: [ExpandedValue]?
    var reverse: PropertyMap?
    var properties = PropertyMap()

    /// `@type`, which keeps the form in which it was written until it is known what it belongs to.
    enum Types {
        case absent
        case one(String)
        case many([String])
    }

    var hasType: Bool {
        if case .absent = types { false } else { true }
    }

    /// Whether there is an `@id`, even one that expanded to nothing.
    var hasID: Bool { id != nil || hasNullID }

    /// Whether there is an entry of a keyword.
    func has(_ keyword: Keyword) -> Bool {
        switch keyword {
        case .id: hasID
        case .type: hasType
        case .value: value != nil
        case .language: language != nil
        case .direction: direction != nil
        case .index: index != nil
        case .list: list != nil
        case .set: set != nil
        case .graph: graph != nil
        case .included: included != nil
        case .reverse: reverse != nil
        default: false
        }
    }

    /// Adds types to those that are there.
    mutating func add(types added: Types) {
        switch (types, added) {
        case (.absent, _): types = added
        case (_, .absent): break
        case (.one(let first), .one(let second)): types = .many([first, second])
        case (.one(let first), .many(let rest)): types = .many([first] + rest)
        case (.many(let rest), .one(let last)): types = .many(rest + [last])
        case (.many(let first), .many(let rest)): types = .many(first + rest)
        }
    }

    /// Whether a list or set object has entries that it may not have.
    var hasMoreThanContents: Bool {
        (list != nil && set != nil) || hasID || hasType || language != nil || direction != nil || graph != nil
            || included != nil || reverse != nil || !properties.isEmpty
    }

    /// Whether a value object has entries that it may not have.
    var hasMoreThanValue: Bool {
        hasID || list != nil || set != nil || graph != nil || included != nil || reverse != nil
            || !properties.isEmpty || (hasType && (language != nil || direction != nil))
    }

    /// Whether there is nothing but a language.
    var isLanguageOnly: Bool {
        language != nil && direction == nil && index == nil && isEmptyNode && !hasID
    }

    /// Whether no entry of a node object is there, apart from `@id` and `@index`.
    var isEmptyNode: Bool {
        !hasType && graph == nil && included == nil && reverse == nil && properties.isEmpty
    }
}
