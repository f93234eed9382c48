import JSONCore

/// `status` of a credential: every entry of its `credentialStatus`, each looked up where it says.
///
/// A failure is what the issuer says, or what the badge itself cannot say; whatever could not be found out is unknown,
/// and never "not revoked". All entries are looked up, so that a revocation is found behind a list that is out of reach.
///
/// | what is found | code | the badge is |
/// |---|---|---|
/// | the entry itself is malformed: no list, a negative index, its id the list's URL, … | `MALFORMED_VALUE_ERROR`, `REQUIRED_PROPERTY_MISSING` | rejected |
/// | the bit is set, for revocation or suspension | `REVOKED`, `SUSPENDED` | rejected |
/// | the list is the issuer's and holds, and contradicts the entry: another purpose, no such index | `STATUS_VERIFICATION_ERROR`, `RANGE_ERROR` | rejected |
/// | the list is the issuer's and holds, and is too short to count | `STATUS_LIST_LENGTH_ERROR` | rejected; warned of for Status List 2021 |
/// | no list, or no answer | `STATUS_RETRIEVAL_ERROR` | undetermined |
/// | a list that nothing proves, of somebody else, not of this time, not to be read | `STATUS_VERIFICATION_ERROR`, `LIMIT_EXCEEDED` | undetermined |
/// | a kind of status, or a set bit with a purpose, that nobody here knows | `STATUS_UNSUPPORTED` | undetermined |
/// | more than one entry, an index that is a number, another name of the issuer | the same codes | warned of |
/// | a kept copy of the list that is older than its `ttl` allows | `STATUS_RETRIEVAL_ERROR` | warned of |
/// | the bit is set, for a message or a refresh | `STATUS_MESSAGE`, `STATUS_REFRESH` | warned of |
///
/// A list that cannot be relied on is its publisher's fault today, and may be mended tomorrow; a signed list that says
/// that there can be no such entry is the issuer's word about the badge.
///
/// Source: Bitstring Status List 1.0 §3.2; 1EdTech VC Revocation List Status Method 1.0; Open Badges 3.0 §9.1 step 4.
enum CredentialStatusCheck {
    /// One for each purpose that there is, twice over.
    private static let maximumEntries = 8

    static func run(_ inspection: inout Inspection) {
        guard inspection.kind != .statusList else {
            // Else lists could name lists without end.
            return inspection.record(.status, .skipped, "a status list has no status of its own")
        }
        guard let value = inspection.credential?.members["credentialStatus"] else {
            return inspection.record(.status, .passed, "the badge names no status list: it cannot be revoked")
        }
        let root = JSONPointer().appending("credentialStatus")
        var answer = StatusAnswer()
        var places = [(value, root)]
        if let values = value.array {
            places = values.enumerated().map { ($1, root.appending($0)) }
            answer.add(
                .schema(.cardinality),
                "Open Badges 3.0 takes a single \"credentialStatus\", not a list",
                severity: .warning,
                at: root
            )
        }
        if places.count > maximumEntries {
            answer.add(.limit, "it has more than \(maximumEntries) status entries", severity: .unknown, at: root)
        }
        for (value, path) in places.prefix(maximumEntries) {
            answer.add(lookUp(CredentialStatus(uncheckedMembers: value.object ?? [:]), at: path, &inspection))
        }
        for problem in answer.ranked { inspection.report(problem) }
        inspection.conclude(.status, otherwise: answer.summary)
    }

    private static func lookUp(
        _ status: CredentialStatus,
        at path: JSONPointer,
        _ inspection: inout Inspection
    ) -> StatusAnswer {
        switch status.kind {
        case .statusList(let form):
            let entry = StatusListEntry(uncheckedMembers: status.members)
            return StatusListLookup(entry: entry, form: form, path: path).run(&inspection)
        case .revocationList:
            return RevocationListLookup(status: status, path: path).run(&inspection)
        case .other:
            var answer = StatusAnswer()
            let types = status.types.isEmpty ? "" : " (\(status.types.joined(separator: ", ")))"
            answer.add(
                .statusUnsupported,
                "its status is of a kind that is not known\(types)",
                severity: .unknown,
                at: path
            )
            return answer
        }
    }
}

/// What one or several entries say.
struct StatusAnswer {
    private(set) var problems: [ProblemDetails] = []
    /// What is known not to be the case, and what the issuer says beside that.
    private(set) var notes: [String] = []

    mutating func add(
        _ code: ProblemDetails.Code,
        _ detail: String,
        severity: ProblemDetails.Severity = .failure,
        at path: JSONPointer
    ) {
        problems.append(ProblemDetails(code: code, severity: severity, detail: detail, check: .status, path: path))
    }

    mutating func note(_ text: String) {
        if !notes.contains(text) { notes.append(text) }
    }

    mutating func add(_ other: StatusAnswer) {
        problems += other.problems
        for text in other.notes { note(text) }
    }

    /// What the issuer decided stands before what else is wrong.
    var ranked: [ProblemDetails] {
        let first: [ProblemDetails.Code] = [.revoked, .suspended]
        return first.flatMap { code in problems.filter { $0.code == code } }
            + problems.filter { !first.contains($0.code) }
    }

    var summary: String {
        notes.isEmpty ? "its issuer says nothing against it" : notes.joined(separator: "; ")
    }
}
