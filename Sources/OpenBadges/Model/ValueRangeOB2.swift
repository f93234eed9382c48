import JSONCore

extension ValueRange {
    /// The ranges that only the tables of Open Badges 2.0 have.
    func checkOB2(_ value: JSON, _ violations: inout Violations) {
        func fail(_ detail: String, _ code: OpenBadgesError.Code = .malformedValue) {
            violations.add(code, detail)
        }
        func expect(_ detail: String, _ isGood: (String) -> Bool) {
            if !(value.string.map(isGood) ?? false) { fail(detail) }
        }

        switch self {
        case .plainText:
            if value.string == nil && value["@value"]?.string == nil { fail("must be text") }
        case .textOrNumber:
            if value.string == nil && value.number == nil { fail("must be text or a number") }
        case .url: expect("must be an http or https URL", PrimitiveText.isURL)
        case .identifier: expect("must be an absolute IRI", PrimitiveText.isIdentifier)
        case .email: expect("must be an e-mail address", PrimitiveText.isEmail)
        case .telephone: expect("must be a telephone number in the form of E.164", PrimitiveText.isTelephone)
        case .hostName: expect("must be the name of a host, without scheme and path", PrimitiveText.isHostName)
        case .language: expect("must be a language tag of BCP 47", LanguageTag.isWellFormed)
        case .types: checkTypes(value, &violations)
        case .kinds(let kinds):
            if value.typeNames.contains(where: kinds.contains) {
                checkTypes(value, &violations)
            } else {
                fail("must be one of \(kinds.sorted().joined(separator: ", "))")
            }
        case .identityKind:
            expect("must be a property that identifies (email, url, telephone, id), or an IRI") { name in
                OB2.Vocabulary.identityKinds.contains(name) || IRI.isAbsolute(name)
            }
        case .webImage(let definition):
            guard let text = value.string else { return definition().check(value, &violations) }
            if text.lowercased().hasPrefix("data:") {
                fail("the image of an assertion must be hosted, and not written into it")
            } else if !PrimitiveText.isIdentifier(text) {
                fail("must be an absolute IRI")
            }
        default:
            break
        }
    }

    /// Every entry is a class of the context, or an IRI, compact ones included.
    private func checkTypes(_ value: JSON, _ violations: inout Violations) {
        func check(_ entry: JSON, _ violations: inout Violations) {
            guard let name = entry.string else { return violations.add(.malformedValue, "must be text") }
            if !OB2.Vocabulary.classes.contains(name) && !IRI.isAbsolute(name) {
                violations.add(.invalidType, "\"type\" is neither a class of the context nor an IRI")
            }
        }
        guard let entries = value.array else {
            guard value.string != nil else {
                return violations.add(.malformedValue, "must be text, or a list of texts")
            }
            return check(value, &violations)
        }
        if entries.isEmpty { violations.add(.cardinality, "an empty \"type\" says nothing") }
        for (index, entry) in entries.enumerated() { violations.enter(index) { check(entry, &$0) } }
    }
}

extension JSON {
    /// The names in the value of a `type`, single or several.
    var typeNames: [String] {
        string.map { [$0] } ?? array?.compactMap(\.string) ?? []
    }
}
