import JSONCore

/// What the copy that was handed in says otherwise than the one that the host serves, which is the one that counts.
enum HostedCopyDifferences {
    static func report(from given: OB2.Reading, to served: OB2.Reading, _ inspection: inout Inspection) {
        // Of a revoked badge its host may leave nothing but the word.
        guard served.members["revoked"]?.bool != true else { return }
        var names = given.members.keys
        names += served.members.keys.filter { given.members[$0] == nil }
        for name in names where !ignored.contains(name) {
            let left = normalized(name, given.members[name])
            let right = normalized(name, served.members[name])
            guard left != right, inspection.related.notes.count < maximumNotes else { continue }
            let what = left == nil ? "lacks" : right == nil ? "has, and the hosted one has not," : "differs in"
            inspection.related.notes.append(
                ProblemDetails(
                    code: .hostedCopyDiffers,
                    severity: .warning,
                    detail: "the copy that was handed in \(what) \"\(name)\"; the hosted one counts",
                    check: .proof,
                    path: given.place(of: JSONPointer().appending(name))
                )
            )
        }
    }

    /// A copy with more differences than this is another badge; the first few say so.
    private static let maximumNotes = 10

    /// The context says how it is written, not what; a JSON-LD reader writes them anew.
    private static let ignored: Set<String> = ["@context", "type"]

    /// Two ways of writing one thing are no difference: a time, an embedded class and its id, a list of one.
    private static func normalized(_ name: String, _ value: JSON?) -> JSON? {
        guard let value else { return nil }
        switch name {
        case "issuedOn", "expires":
            return value.string.flatMap(ISO8601.timestamp).map { .string($0.description) } ?? value
        case "badge":
            return value["id"] ?? value
        case "verification":
            return OB2.VerificationObject(badgeValue: value)?.kind.map { .string("\($0)") } ?? value
        default:
            return value.array?.count == 1 ? value[0] : value
        }
    }
}
