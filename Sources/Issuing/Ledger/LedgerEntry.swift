import GRDB
public import JSONCore
import OpenBadges

/// The forms in which a badge is signed and published.
public enum BadgeForm: String, Sendable, Hashable, CaseIterable {
    /// Open Badges 3.0 as VC-JWT.
    case ob3JWT = "ob3-jwt"
    /// Open Badges 3.0 with an embedded proof.
    case ob3Proof = "ob3-proof"
    /// Open Badges 2.0 as JWS.
    case ob2Signed = "ob2-signed"
    /// Open Badges 2.0, hosted.
    case ob2Hosted = "ob2-hosted"

    /// The generation of the standard that it is of.
    var generation: AwardPolicy.Generation {
        switch self {
        case .ob3JWT, .ob3Proof: .ob3
        case .ob2Signed, .ob2Hosted: .ob2
        }
    }

    /// The file under which the form is published, in the badge's own folder.
    var fileName: String {
        switch self {
        case .ob3JWT: "credential.jwt"
        case .ob3Proof: "credential.json"
        case .ob2Signed: "assertion.jws"
        case .ob2Hosted: "assertion.json"
        }
    }
}

/// One badge of the ledger, with its forms.
public struct LedgerBadge: Sendable, Hashable {
    /// 36 characters.
    public let id: String
    public let policy: String
    public let result: String
    public let revision: Int
    public let validFrom: String
    public let issuedAt: String
    public let documents: [BadgeForm: [UInt8]]
}

/// One answer of the ledger.
public struct LedgerDecision: Sendable, Hashable {
    public let number: Int64
    public let policy: String
    public let candidate: String
    public let result: String
    public let revision: Int
    public let answer: String
    public let facts: String
    /// What was decided and why, requirement by requirement.
    public let receipt: JSON
    public let decidedAt: String
    /// The badge's UUID, where the answer was an award.
    public let badge: String?
}

extension Ledger {
    /// Everything that was decided about a candidate (by e-mail address) or a result (by its id), oldest first.
    public func decisions(about name: String) throws(IssuingError) -> [LedgerDecision] {
        let key = CandidateKey.normalized(name)
        return try read { database in
            try Self.decisions(
                database,
                "WHERE decision.result = ? OR decision.candidate = ? OR decision.candidate = ? OR badge.id = ?",
                [name, name, key, name]
            )
        }
    }

    /// Where each candidate stands under each policy: the award that stands, or else the newest answer; in the order in
    /// which they first came.
    public func standings() throws(IssuingError) -> [LedgerDecision] {
        try read { database in
            let rows = try Row.fetchAll(
                database,
                sql: """
                    SELECT policy, candidate, max(CASE WHEN answer = 'award' AND revision = (
                        SELECT max(revision) FROM decision AS other
                        WHERE other.policy = decision.policy AND other.candidate = decision.candidate)
                    THEN number END), max(number) FROM decision GROUP BY policy, candidate ORDER BY min(number)
                    """
            )
            return try rows.flatMap { row in
                let number: Int64 = row[2] ?? row[3]
                return try Self.decisions(database, "WHERE decision.number = ?", [number])
            }
        }
    }

    /// All decisions, oldest first, a few thousand at a time.
    public func forEachDecision(_ body: (LedgerDecision) throws -> Void) throws(IssuingError) {
        var last: Int64 = 0
        while true {
            let page = try read { database in
                try Self.decisions(database, "WHERE decision.number > ?", [last], limit: 1000)
            }
            guard let end = page.last else { return }
            do {
                for decision in page { try body(decision) }
            } catch {
                throw Self.issuingError(error, path)
            }
            last = end.number
        }
    }

    /// The forms that each key has signed.
    func signedForms() throws(IssuingError) -> [String: Set<BadgeForm>] {
        try read { database in
            var signed: [String: Set<BadgeForm>] = [:]
            let sql = """
                SELECT DISTINCT kid, form FROM document WHERE kid IS NOT NULL
                UNION SELECT DISTINCT kid, form FROM signature
                """
            for row in try Row.fetchAll(database, sql: sql) {
                guard let form = BadgeForm(rawValue: row[1]) else { continue }
                signed[row[0], default: []].insert(form)
            }
            return signed
        }
    }

    /// How many badges there are.
    public func badgeCount() throws(IssuingError) -> Int {
        try read { try Int.fetchOne($0, sql: "SELECT count(*) FROM badge") ?? 0 }
    }

    /// How far the ledger is: the numbers of its last badge, of its last change of a status, and of the last signature that
    /// was made again.
    func head() throws(IssuingError) -> (badge: Int, status: Int, signature: Int) {
        try read { database in
            let badge = try Int.fetchOne(database, sql: "SELECT max(decision) FROM badge") ?? 0
            let status = try Int.fetchOne(database, sql: "SELECT max(number) FROM statusChange") ?? 0
            return (badge, status, try Int.fetchOne(database, sql: "SELECT max(number) FROM signature") ?? 0)
        }
    }

    /// Badges some at a time, so that memory stays flat: first those that are newer than one, in the order in which they
    /// were issued, then older ones whose status has changed since, or that were signed again.
    func forEachPage(
        after badge: Int,
        changedAfter status: Int,
        signedAfter signature: Int,
        _ body: ([LedgerBadge]) throws -> Void
    ) throws(IssuingError) {
        let size = 500
        var last = badge
        while true {
            let (page, end) = try read { database in
                let numbers = try Row.fetchAll(
                    database.cachedStatement(
                        sql: "SELECT decision, id FROM badge WHERE decision > ? ORDER BY decision LIMIT ?"
                    ),
                    arguments: [last, size]
                )
                return (try Self.badges(numbers.map { $0[1] }, in: database), numbers.last?[0] as Int?)
            }
            guard let end else { break }
            try Self.call(body, page, path)
            last = end
        }
        guard badge > 0 else { return }
        let changed = try read { database in
            try String.fetchAll(
                database,
                sql: """
                    SELECT badge.id FROM statusChange JOIN badge ON badge.id = statusChange.badge
                    WHERE statusChange.number > ? AND badge.decision <= ?
                    UNION SELECT badge.id FROM signature JOIN badge ON badge.id = signature.badge
                    WHERE signature.number > ? AND badge.decision <= ?
                    """,
                arguments: [status, badge, signature, badge]
            )
        }
        for start in stride(from: 0, to: changed.count, by: size) {
            let ids = Array(changed[start..<min(start + size, changed.count)])
            try Self.call(body, try read { try Self.badges(ids, in: $0) }, path)
        }
    }

    private static func call(
        _ body: ([LedgerBadge]) throws -> Void,
        _ page: [LedgerBadge],
        _ path: String
    ) throws(IssuingError) {
        do {
            try body(page)
        } catch {
            throw issuingError(error, path)
        }
    }

    static func badges(_ ids: [String], in database: Database) throws -> [LedgerBadge] {
        let find = try database.cachedStatement(
            sql: """
                SELECT badge.id, decision.policy, decision.result, decision.revision, badge.validFrom, badge.issuedAt
                FROM badge JOIN decision ON decision.number = badge.decision WHERE badge.id = ?
                """
        )
        // A badge that was signed again is the newer one.
        let forms = try database.cachedStatement(
            sql: """
                SELECT form, coalesce((SELECT signature.body FROM signature
                    WHERE signature.badge = document.badge AND signature.form = document.form
                    ORDER BY number DESC LIMIT 1), body) FROM document WHERE badge = ?
                """
        )
        return try ids.compactMap { id in
            guard let row = try Row.fetchOne(find, arguments: [id]) else { return nil }
            var documents: [BadgeForm: [UInt8]] = [:]
            for document in try Row.fetchAll(forms, arguments: [id]) {
                guard let form = BadgeForm(rawValue: document[0]) else { continue }
                documents[form] = try document.withUnsafeData(atIndex: 1) { data in data.map { Array($0) } ?? [] }
            }
            return LedgerBadge(
                id: id,
                policy: row[1],
                result: row[2],
                revision: row[3],
                validFrom: row[4],
                issuedAt: row[5],
                documents: documents
            )
        }
    }

    /// The last badge that was issued and is none of some.
    func newestBadge(except revoked: Set<String>) throws(IssuingError) -> LedgerBadge? {
        try read { database in
            let ids = try String.fetchCursor(database, sql: "SELECT id FROM badge ORDER BY decision DESC")
            while let id = try ids.next() {
                if !revoked.contains(id) { return try Self.badges([id], in: database).first }
            }
            return nil
        }
    }

    /// Whether a badge was issued in a form.
    func has(_ form: BadgeForm, _ badge: String) throws(IssuingError) -> Bool {
        try read { database in
            try Int.fetchOne(
                database,
                sql: "SELECT 1 FROM document WHERE badge = ? AND form = ?",
                arguments: [badge, form.rawValue]
            ) != nil
        }
    }

    /// The signed assertions of Open Badges 2.0 among some badges: what a list of revocations names.
    func signedAssertions(of badges: [String]) throws(IssuingError) -> [(badge: String, body: [UInt8])] {
        try read { database in
            let find = try database.cachedStatement(
                sql: "SELECT body FROM document WHERE badge = ? AND form = 'ob2-signed'"
            )
            return try badges.compactMap { badge in
                try Row.fetchOne(find, arguments: [badge]).map { row in
                    (badge, try row.withUnsafeData(atIndex: 0) { data in data.map { Array($0) } ?? [] })
                }
            }
        }
    }

    private static func decisions(
        _ database: Database,
        _ condition: String,
        _ arguments: StatementArguments,
        limit: Int = 1000
    ) throws -> [LedgerDecision] {
        try Row.fetchAll(
            database,
            sql: """
                SELECT decision.number, decision.policy, decision.candidate, decision.result, decision.revision,
                       decision.answer, decision.facts, decision.receipt, decision.decidedAt, badge.id
                FROM decision LEFT JOIN badge ON badge.decision = decision.number
                \(condition) ORDER BY decision.number LIMIT \(limit)
                """,
            arguments: arguments
        ).map { row in
            let receipt = try row.withUnsafeData(atIndex: 7) { data in data.map { Array($0) } ?? [] }
            return LedgerDecision(
                number: row[0],
                policy: row[1],
                candidate: row[2],
                result: row[3],
                revision: row[4],
                answer: row[5],
                facts: row[6],
                receipt: (try? JSON(parsing: receipt)) ?? .null,
                decidedAt: row[8],
                badge: row[9]
            )
        }
    }
}

/// The one spelling under which the ledger knows a candidate: trimmed, in lower case.
enum CandidateKey {
    static func normalized(_ email: String) -> String {
        Recipient.email(email).normalized
    }
}
