/// The name of a check, as it stands in reports.
public struct CheckName: RawRepresentable, Sendable, Hashable {
    public let rawValue: String
    public init(rawValue: String) { self.rawValue = rawValue }

    public static let container = Self(rawValue: "container")
    public static let json = Self(rawValue: "json")
    public static let context = Self(rawValue: "context")
    public static let type = Self(rawValue: "type")
    public static let schema = Self(rawValue: "schema")
    public static let subject = Self(rawValue: "subject")
    public static let result = Self(rawValue: "result")
    public static let proof = Self(rawValue: "proof")
    public static let key = Self(rawValue: "key")
    public static let claims = Self(rawValue: "claims")
    public static let refresh = Self(rawValue: "refresh")
    public static let status = Self(rawValue: "status")
    public static let dates = Self(rawValue: "dates")
    public static let recipient = Self(rawValue: "recipient")
    public static let endorsement = Self(rawValue: "endorsement")
    public static let issuer = Self(rawValue: "issuer")
    public static let image = Self(rawValue: "image")

    /// The checks that every verification makes, in the order in which they are reported (Open Badges 3.0 §9.1).
    public static let standard: [CheckName] = [
        container, json, context, type, schema, subject, result, proof, key, claims, refresh, status, dates,
        recipient, endorsement, issuer, image,
    ]

    var rank: Int { Self.standard.firstIndex(of: self) ?? Self.standard.count }
    /// Whether it is one of the caller's own, beside those of the standard.
    var isOwn: Bool { rank == Self.standard.count }
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
