import JSONCore

extension ValueRange {
    /// The ranges that only the tables of Open Badges 2.0 have.
    func checkOB2(_ value: JSON, at path: JSONPointer, into found: inout [OpenBadgesError]) {
        func fail(_ detail: String, _ code: OpenBadgesError.Code = .malformedValue) {
            found.append(OpenBadgesError(code, detail, at: path))
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
        case .types: checkTypes(value, at: path, into: &found)
        case .kinds(let kinds):
            if value.typeNames.contains(where: kinds.contains) {
                checkTypes(value, at: path, into: &found)
            } else {
                fail("must be one of \(kinds.sorted().joined(separator: ", "))")
            }
        case .identityKind:
            expect("must be a property that identifies (email, url, telephone, id), or an IRI") { name in
                OB2.Vocabulary.identityKinds.contains(name) || IRI.isAbsolute(name)
            }
        case .webImage(let definition):
            guard let text = value.string else { return definition().check(value, at: path, into: &found) }
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
    private func checkTypes(_ value: JSON, at path: JSONPointer, into found: inout [OpenBadgesError]) {
        guard value.string != nil || value.array != nil else {
            return found.append(OpenBadgesError(.malformedValue, "must be text, or a list of texts", at: path))
        }
        if value.array?.isEmpty == true {
            return found.append(OpenBadgesError(.cardinality, "an empty \"type\" says nothing", at: path))
        }
        for (index, entry) in (value.array ?? [value]).enumerated() {
            let place = value.array == nil ? path : path.appending(index)
            guard let name = entry.string else {
                found.append(OpenBadgesError(.malformedValue, "must be text", at: place))
                continue
            }
            if !OB2.Vocabulary.classes.contains(name) && !IRI.isAbsolute(name) {
                found.append(
                    OpenBadgesError(.invalidType, "\"type\" is neither a class of the context nor an IRI", at: place)
                )
            }
        }
    }
}

extension JSON {
    /// The names in the value of a `type`, single or several.
    var typeNames: [String] {
        string.map { [$0] } ?? array?.compactMap(\.string) ?? []
    }
}
