/// Every rule that a verification holds a badge to: the check it belongs to, the code of a violation, what follows from
/// one, and where it comes from.
///
/// It is data beside the checks and not a part of them, so that it can be read as a whole: `badge checks` and
/// `docs/checks.md` are made from it, and the tests hold every code that a report bears against it.
///
/// *For example:* `CheckCatalog.rules(of: "KEY_NOT_BOUND").first?.consequence` is `.leavesOpen`.
public enum CheckCatalog {
    /// What a violation does to the badge.
    public enum Consequence: String, Sendable, Hashable, CaseIterable {
        /// The badge is rejected.
        case rejects
        /// An answer becomes *unknown*, and with it the verdict *undetermined*, unless something else rejects the badge.
        case leavesOpen = "leaves open"
        /// The verdict stays; people should know.
        case warns
    }

    /// One rule. Several rules can share a code, and one rule can have several codes where the place tells which it was.
    public struct Rule: Sendable, Hashable {
        /// The check that makes it, as it stands in reports.
        public let check: CheckName
        /// What has to hold, in one sentence.
        public let sentence: String
        /// The codes with which a violation is reported.
        public let codes: [String]
        public let consequence: Consequence
        /// The specification, and the place in it; *ours* where none says so.
        public let source: String

        init(
            _ check: CheckName,
            _ sentence: String,
            _ codes: [ProblemDetails.Code],
            _ consequence: Consequence,
            _ source: String
        ) {
            self.check = check
            self.sentence = sentence
            self.codes = codes.map(\.rawValue)
            self.consequence = consequence
            self.source = source
        }
    }

    /// Every rule: the checks in the order of reports, and within a check the most usual first.
    public static let rules: [Rule] =
        inputRules + schemaRules + subjectRules + proofRules + keyRules + claimRules + statusRules + dateRules
        + recipientRules + endorsementRules + issuerRules + imageRules

    /// Every code, in the order of the rules.
    public static let codes: [String] = {
        var seen: Set<String> = []
        return rules.flatMap(\.codes).filter { seen.insert($0).inserted }
    }()

    /// The rules that report a violation with this code; none where no report bears it.
    public static func rules(of code: String) -> [Rule] {
        rules.filter { $0.codes.contains(code) }
    }

    /// The rules of one check.
    public static func rules(of check: CheckName) -> [Rule] {
        rules.filter { $0.check == check }
    }
}
