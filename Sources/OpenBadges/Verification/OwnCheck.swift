public import JSONCore

/// A check of the caller's own, run after those of the standard: a rule of the house that no specification knows.
///
/// It sees what the badge says, and what the other checks found; it cannot make a bad badge good. A failure rejects the
/// badge, an unknown leaves it undetermined.
///
/// *For example:*
/// ```swift
/// let recent = OwnCheck("recent") { badge in
///     guard let from = badge.claims?.validFrom, from.seconds < cutoff else { return [] }
///     return [.init(.failure, code: "TOO_OLD", "issued before the syllabus was renewed")]
/// }
/// let verifier = Verifier(checks: [recent])
/// ```
public struct OwnCheck: Sendable {
    /// What a check of one's own may look at.
    public struct Badge: Sendable {
        /// The document in which the claims stand, unverified unless `outcomes` say otherwise.
        public let document: JSON?
        public let claims: BadgeClaims?
        public let outcomes: [CheckOutcome]
        public let at: Timestamp
    }

    /// Something that it found.
    public struct Finding: Sendable {
        let severity: ProblemDetails.Severity
        let code: String
        let detail: String
        let path: JSONPointer?

        /// - Parameter code: a stable name in capitals; it stands in the report as it is.
        public init(_ severity: ProblemDetails.Severity, code: String, _ detail: String, at path: JSONPointer? = nil) {
            (self.severity, self.code, self.detail, self.path) = (severity, code, detail, path)
        }
    }

    let name: CheckName
    let find: @Sendable (Badge) -> [Finding]

    /// - Parameter name: as it stands in reports. That of a standard check is taken: it gets `own-` before it.
    public init(_ name: String, _ find: @escaping @Sendable (Badge) -> [Finding]) {
        let own = CheckName(rawValue: name)
        self.name = own.isOwn ? own : CheckName(rawValue: "own-\(name)")
        self.find = find
    }

    func run(on inspection: inout Inspection) {
        let badge = Badge(
            document: inspection.credential?.json ?? inspection.assertion?.json,
            claims: ReportAssembly.claims(of: inspection),
            outcomes: inspection.checks,
            at: inspection.options.at
        )
        for finding in find(badge) {
            let code = ProblemDetails.Code(finding.code, "A rule of the verifier's own")
            inspection.report(code, finding.detail, check: name, severity: finding.severity, at: finding.path)
        }
        inspection.conclude(name, otherwise: "nothing speaks against it")
    }
}
