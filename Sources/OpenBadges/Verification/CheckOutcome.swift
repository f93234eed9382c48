/// The checks of a verification, in the order in which they are reported (Open Badges 3.0 §9.1).
public enum CheckName: String, Sendable, Hashable, CaseIterable {
    case container, json, context, type, schema, subject, result, proof, key, claims, refresh, status, dates
    case recipient, endorsement, issuer, image

    var rank: Int { Self.allCases.firstIndex(of: self) ?? 0 }
}

/// What one check found out. A check that did not run says so, and why; none is ever left out of a report.
public struct CheckOutcome: Sendable, Hashable {
    public enum Outcome: String, Sendable, Hashable {
        case passed, failed
        /// It ran, and the answer cannot be known.
        case undetermined
        /// It did not run: nothing to check, or an earlier check took away what it needs.
        case skipped
        /// It passed, with something that people should know.
        case warned
    }

    public let check: CheckName
    public let outcome: Outcome
    public let detail: String

    init(_ check: CheckName, _ outcome: Outcome, _ detail: String) {
        self.check = check
        self.outcome = outcome
        self.detail = PrintableText.of(detail)
    }
}
