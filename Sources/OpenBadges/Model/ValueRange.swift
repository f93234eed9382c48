import JSONCore

/// What a property may hold: the specification's primitive types, enumerations and classes.
enum ValueRange: Sendable {
    /// Text, or a language map or language-tagged value in its place.
    case text
    case boolean
    case number
    /// An absolute IRI.
    case iri
    /// An absolute IRI, or a `data:` URL with an image in it.
    case imageIRI
    /// A date and time with a zone (`2026-03-01T12:30:00Z`).
    case dateTime
    /// The same in the wider forms of ISO 8601 that Open Badges 2.0 allows (``ISO8601``).
    case dateTimeISO8601
    /// A day (`1815-12-10`).
    case date
    /// One of the terms of an enumeration, or an extension of it (`ext:…`). Open Badges 3.0 §C.2.
    case term(Set<String>)
    /// One of a closed set of terms.
    case closedTerm(Set<String>)
    /// Three base64url segments (Open Badges 3.0 §E, CompactJws).
    case compactJWS
    /// `sha256$` or `md5$` and the digest in hexadecimal.
    case identityHash
    /// A BCP 47 tag in the specification's shape.
    case languageTag
    /// An object of a class.
    case object(@Sendable () -> ClassDefinition)
    /// An IRI, or an object of a class in its place.
    case reference(@Sendable () -> ClassDefinition)
    /// The IRI of an image, or an object of a class in its place.
    case imageReference(@Sendable () -> ClassDefinition)
    /// A JSON-LD context, a type list: checked elsewhere.
    case anything

    // Open Badges 2.0, "Data Types".

    /// Text, plain or as a JSON-LD value with a language; no language map, which its context does not have.
    case plainText
    case textOrNumber
    /// An `http` or `https` URL.
    case url
    /// An absolute IRI or a blank node; a `urn:uuid:` with a UUID in it.
    case identifier
    case email
    /// E.164.
    case telephone
    /// A host's name without scheme or path.
    case hostName
    /// BCP 47 in full.
    case language
    /// `type`: class names of the context, or IRIs; at least one.
    case types
    /// `type` of a verification: one of these has to be among the names.
    case kinds(Set<String>)
    /// `type` of an identity: the property that identifies, as a term of the context or an IRI.
    case identityKind
    /// The URL of an image, or an object of a class in its place; no `data:` URL.
    case webImage(@Sendable () -> ClassDefinition)

    var isArray: Bool {
        switch self {
        case .anything, .types, .kinds: true
        default: false
        }
    }

    func check(_ value: JSON, _ violations: inout Violations) {
        func fail(_ detail: String) { violations.add(.malformedValue, detail) }

        switch self {
        case .anything:
            break
        case .text:
            if value.string == nil && !Self.isLanguageMap(value) { fail("must be text") }
        case .boolean:
            if value.bool == nil { fail("must be true or false") }
        case .number:
            if value.number == nil { fail("must be a number") }
        case .iri:
            if !(value.string.map(IRI.isAbsolute) ?? false) { fail("must be an absolute IRI") }
        case .imageIRI:
            guard let text = value.string, IRI.isAbsolute(text) else { return fail("must be an absolute IRI") }
            if text.hasPrefix("data:") && !Self.isImageData(text) { fail("must be PNG or SVG data") }
        case .dateTime:
            if value.string.flatMap(Timestamp.init(_:)) == nil { fail("must be a date and time with a zone") }
        case .dateTimeISO8601:
            if value.string.flatMap(ISO8601.timestamp) == nil { fail("must be a date and time with a zone") }
        case .date:
            if !(value.string.map(Timestamp.isDate) ?? false) { fail("must be a date (YYYY-MM-DD)") }
        case .term(let terms):
            if !(value.string.map { terms.contains($0) || Self.isExtensionTerm($0) } ?? false) {
                fail("must be a term of the enumeration, or an extension term (\"ext:…\")")
            }
        case .closedTerm(let terms):
            if !(value.string.map(terms.contains) ?? false) {
                fail("must be one of \(terms.sorted().joined(separator: ", "))")
            }
        case .compactJWS:
            if !(value.string.map(Self.isCompactJWS) ?? false) { fail("must be a compact JWS") }
        case .identityHash:
            if !(value.string.map(IdentityHash.isHash) ?? false) { fail("must be sha256$ or md5$ and a digest") }
        case .languageTag:
            if !(value.string.map(Self.isLanguageTag) ?? false) { fail("must be a language tag") }
        case .object(let definition):
            definition().check(value, &violations)
        case .imageReference(let definition):
            if value.string != nil {
                ValueRange.imageIRI.check(value, &violations)
            } else {
                definition().check(value, &violations)
            }
        case .reference(let definition):
            if let text = value.string {
                if !IRI.isAbsolute(text) { fail("must be an absolute IRI, or an object") }
            } else {
                definition().check(value, &violations)
            }
        default:
            checkOB2(value, &violations)
        }
    }

    private static func isLanguageMap(_ value: JSON) -> Bool {
        guard let map = value.object, !map.isEmpty else { return false }
        return map.allSatisfy { $0.value.string != nil }
    }

    static func isImageData(_ url: String) -> Bool {
        url.hasPrefix("data:image/png") || url.hasPrefix("data:image/svg+xml")
    }

    private static func isExtensionTerm(_ text: String) -> Bool {
        guard text.hasPrefix("ext:"), text.utf8.count > 4 else { return false }
        return text.utf8.dropFirst(4).allSatisfy { byte in
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "."), UInt8(ascii: "-"), UInt8(ascii: "_"):
                true
            default: false
            }
        }
    }

    private static func isCompactJWS(_ text: String) -> Bool {
        let parts = text.utf8.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
        guard parts.count == 3, !parts[0].isEmpty, !parts[2].isEmpty else { return false }
        return parts.allSatisfy { $0.allSatisfy(\.isBase64URL) }
    }

    /// The specification's pattern: a language of two to four letters, a script, a region.
    private static func isLanguageTag(_ text: String) -> Bool {
        var parts = text.split(separator: "-", omittingEmptySubsequences: false)[...]
        func lower(_ part: Substring) -> Bool { part.utf8.allSatisfy { (0x61...0x7A).contains($0) } }
        func upper(_ part: Substring) -> Bool { part.utf8.allSatisfy { (0x41...0x5A).contains($0) } }
        guard let language = parts.popFirst(), (2...4).contains(language.utf8.count), lower(language) else {
            return false
        }
        if let script = parts.first, script.utf8.count == 4, upper(script.prefix(1)), lower(script.dropFirst()) {
            parts.removeFirst()
        }
        if let region = parts.first {
            let isCountry = region.utf8.count == 2 && upper(region)
            let isArea = region.utf8.count == 3 && region.utf8.allSatisfy { $0 >= 0x30 && $0 <= 0x39 }
            if isCountry || isArea { parts.removeFirst() }
        }
        return parts.isEmpty
    }
}

extension UInt8 {
    /// Whether the byte stands in the alphabet of base64url (RFC 4648 §5).
    var isBase64URL: Bool {
        switch self {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "_"):
            true
        default: false
        }
    }
}
