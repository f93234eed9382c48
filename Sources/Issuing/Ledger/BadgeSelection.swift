import GRDB
import JSONCore
import OpenBadges

/// Which badges are meant.
public enum BadgeSelection: Sendable, Hashable {
    /// The badge of that UUID, or of a URL that has it.
    case badge(String)
    /// All badges of a candidate, by their e-mail address.
    case candidate(String)
    /// All badges of a policy, by its id.
    case policy(String)
}

extension Workspace {
    /// The badges that are meant and are not revoked, oldest first. A candidate's are those under all of their addresses.
    ///
    /// - Throws: ``IssuingError`` `NOT_FOUND` where there are none at all of that name.
    public func badges(_ selection: BadgeSelection, in ledger: Ledger) throws(IssuingError) -> [String] {
        guard case .candidate(let email) = selection else { return try ledger.badges(selection) }
        return try ledger.badges(selection, aliases: addresses(of: email))
    }

    /// All addresses under which the ledger may know a candidate.
    public func addresses(of email: String) throws(IssuingError) -> [String] {
        let aliases = try aliases()
        return aliases.keys(of: aliases.name(of: CandidateKey.normalized(email)))
    }
}

extension Ledger {
    /// The badges that are meant and are not revoked, oldest first.
    ///
    /// - Throws: ``IssuingError`` `NOT_FOUND` where there are none at all of that name.
    func badges(_ selection: BadgeSelection, aliases: [String] = []) throws(IssuingError) -> [String] {
        let found = try read { database -> [(String, Bool)] in
            let (condition, arguments): (String, StatementArguments) =
                switch selection {
                case .badge(let name): ("badge.id = ?", [UUIDText.first(in: name) ?? name])
                case .candidate(let email):
                    (
                        "decision.candidate IN (SELECT value FROM json_each(?))",
                        [Self.list([CandidateKey.normalized(email)] + aliases)]
                    )
                case .policy(let id): ("decision.policy = ?", [id])
                }
            return try Row.fetchAll(
                database,
                sql: """
                    SELECT badge.id, (SELECT isSet FROM statusChange
                        WHERE statusChange.badge = badge.id AND purpose = 'revocation'
                        ORDER BY number DESC LIMIT 1)
                    FROM badge JOIN decision ON decision.number = badge.decision
                    WHERE \(condition) ORDER BY badge.decision
                    """,
                arguments: arguments
            ).map { ($0[0], ($0[1] as Int?) == 1) }
        }
        guard !found.isEmpty else {
            throw IssuingError(
                .notFound,
                "the ledger has no such badge",
                hint: "give a badge's id or URL, a file of it, or a candidate's e-mail address"
            )
        }
        // Of one that is named, the answer may be that it was so before; of many, those are passed over.
        if case .badge = selection { return found.map(\.0) }
        return found.filter { !$0.1 }.map(\.0)
    }

    private static func list(_ texts: [String]) -> String { JSON.array(texts.map(JSON.string)).text }
}
