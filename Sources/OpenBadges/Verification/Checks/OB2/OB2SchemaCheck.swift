import JSONCore

/// `schema` of Open Badges 1 and 2: every document of the badge against the table of its class.
///
/// Source: Open Badges 2.0, "Data Classes".
enum OB2SchemaCheck {
    static func run(_ inspection: inout Inspection) {
        let related = inspection.related
        if related.isGone { return inspection.record(.schema, .skipped, "the host has taken the badge back") }
        guard !related.nodes.isEmpty else {
            return inspection.record(.schema, .skipped, "there is nothing to check")
        }
        for note in related.notes where note.check == .schema { inspection.report(note) }
        for node in related.nodes { check(node, &inspection) }
        checkParts(&inspection)
        OB2ImageCheck.run(&inspection)
        OB2ExtensionCheck.run(&inspection)
        inspection.conclude(.schema, otherwise: "as the data model of the specification says")
    }

    private static func check(_ node: OB2Documents.Node, _ inspection: inout Inspection) {
        let reading = node.reading
        var lenient: Set<String> = []
        if node.isEmbedded, reading.id == nil {
            lenient.insert("id")
            report(.idMissing, "its \(reading.role.name) has no id of its own", node, &inspection)
        }
        // The official validator lets a badge class without an image pass, and so there are many.
        if reading.role == .badgeClass, reading.members["image"] == nil {
            lenient.insert("image")
            report(.schema(.required), "the badge class has no image", node, &inspection)
        }
        // Both official validators take a key without a type for what it is.
        if reading.role == .key, reading.members["type"] == nil {
            lenient.insert("type")
            report(.schema(.required), "its key has no type", node, &inspection)
        }
        if reading.role == .issuer, let id = reading.id, !IRI.isWeb(id) {
            report(.issuerIDNotURL, "the id of the issuer is no URL, so nobody can look it up", node, &inspection)
        }
        checkCriteria(node, &inspection)
        let definition = reading.definition.with(optional: lenient)
        let name = node.path.isRoot ? "" : "its \(reading.role.name): "
        for violation in definition.violations(in: .object(withoutParts(reading))) {
            inspection.report(
                .schema(violation.code),
                name + violation.detail,
                check: .schema,
                // What is written under a context that nobody has may mean anything.
                severity: reading.problem == nil ? .failure : .unknown,
                at: node.place(violation.path)
            )
        }
    }

    /// A blank node names nothing that could be looked up, so criteria of nothing else say nothing.
    private static func checkCriteria(_ node: OB2Documents.Node, _ inspection: inout Inspection) {
        guard node.reading.role == .badgeClass, let criteria = node.reading.members["criteria"]?.object,
            criteria["narrative"] == nil, criteria["id"]?.string?.hasPrefix("_:") == true
        else { return }
        inspection.report(
            .schema(.required),
            "its badge class: Criteria needs \"id\" or \"narrative\"",
            check: .schema,
            at: node.place(JSONPointer().appending("criteria"))
        )
    }

    private static func report(
        _ code: ProblemDetails.Code,
        _ detail: String,
        _ node: OB2Documents.Node,
        _ inspection: inout Inspection
    ) {
        inspection.report(code, detail, check: .schema, severity: .warning, at: node.path)
    }

    /// The document without those within it, which are checked as documents of their own.
    private static func withoutParts(_ reading: OB2.Reading) -> JSONObject {
        var members = reading.members
        for name in ["badge", "issuer", "publicKey", "endorsement", "revocationList"] {
            members[name] = members[name].map(reference)
        }
        if let creator = members["verification"]?["creator"] {
            members["verification"]?["creator"] = reference(to: creator)
        }
        return members
    }

    /// Stands for a document that has no id.
    private static let embedded: JSON = "urn:uuid:00000000-0000-0000-0000-000000000000"

    private static func reference(to value: JSON) -> JSON {
        switch value {
        case .object(let object): object["id"]?.string.flatMap { IRI.isWeb($0) ? .string($0) : nil } ?? embedded
        case .array(let values): .array(values.map { $0.object == nil ? $0 : reference(to: $0) })
        default: value
        }
    }

    /// What has to be fetched, and is not there.
    private static func checkParts(_ inspection: inout Inspection) {
        let related = inspection.related
        guard inspection.assertion?.revoked != true else { return }
        let path = JSONPointer()
        let isClass = related.role == .badgeClass
        if inspection.assertion != nil { checkPart(related.badgeClass, at: path.appending("badge"), &inspection) }
        guard inspection.badgeClass != nil || related.role == .endorsement else { return }
        let issuer = isClass || related.role == .endorsement ? path : path.appending("badge")
        checkPart(related.issuer, at: issuer.appending("issuer"), &inspection)
    }

    private static func checkPart<Value>(
        _ part: OB2Documents.Part<Value>,
        at path: JSONPointer,
        _ inspection: inout Inspection
    ) {
        switch part {
        case .found, .embedded: break
        case .wrong(let code, let detail): inspection.report(code, detail, check: .schema, at: path)
        case .unavailable(let detail):
            inspection.report(.unreachable, detail, check: .schema, severity: .unknown, at: path)
        }
    }
}
