import JSONCore
import LinkedData

/// `context` of Open Badges 1 and 2: is it the specification's, and can what stands beside it be followed?
///
/// Source: Open Badges 2.0, "Open Badges in Linked Data".
enum OB2ContextCheck {
    static func run(_ inspection: inout Inspection) {
        let related = inspection.related
        if related.isGone { return inspection.record(.context, .skipped, "the host has taken the badge back") }
        guard !related.nodes.isEmpty else {
            return inspection.record(.context, .skipped, "there is nothing to check")
        }
        for node in related.nodes { check(node, &inspection) }
        inspection.conclude(.context, otherwise: "the contexts of the specification")
    }

    private static func check(_ node: OB2Documents.Node, _ inspection: inout Inspection) {
        let reading = node.reading
        let place = node.path.appending("@context")
        let urls = JSON.object(reading.original).contexts
        let isOwn = urls.contains { OB2.Vocabulary.contexts.contains($0) || OB1.contexts.contains($0) }
        // 1.0 has none, and within another document its context holds.
        if !isOwn, reading.version >= .v11, !node.isEmbedded {
            let isBadge = node.path.isRoot
            let name = isBadge ? "@context" : "the @context of its \(reading.role.name)"
            inspection.report(
                .context,
                "\(name) must name \(OB2.context)",
                check: .context,
                severity: isBadge && !reading.bringsOwnContext ? .failure : .warning,
                at: place
            )
        }
        guard let problem = reading.problem else { return }
        // A context that is not at hand says nothing against the badge; it cannot be read, that is all.
        let isUnknown =
            [.loadingRemoteContextFailed, .workLimit, .sizeLimit, .depthLimit].contains(problem.code)
        inspection.report(
            .named(problem.code.rawValue, "The JSON-LD cannot be read"),
            problem.detail,
            check: .context,
            severity: isUnknown ? .unknown : .failure,
            at: JSONPointer(node.path.description + problem.path.description)
        )
    }
}
