import FoundationEssentials
import GRDB
import JSONCore
import OpenBadges

extension Ledger {
    /// Badges are signed with their URLs in them, so a ledger belongs to one issuer at one place.
    func checkIssuer(_ configuration: IssuerConfiguration) throws(IssuingError) {
        try read { try Self.checkIssuer(configuration, in: $0) }
    }

    private static func checkIssuer(_ configuration: IssuerConfiguration, in database: Database) throws {
        guard let row = try Row.fetchOne(database, sql: "SELECT id, baseURL FROM issuer") else { return }
        let (id, baseURL): (String, String) = (row[0], row[1])
        guard id == configuration.issuerID, baseURL == configuration.baseURL else {
            throw IssuingError(
                .issuerChanged,
                "the ledger's badges are signed for \(baseURL), and issuer.yaml says something else now",
                hint: "put base_url and issuer back, or make a new workspace for the new place"
            )
        }
    }

    /// Notes the issuer and the policies of a run; a policy that was used before has to say the same.
    static func register(
        _ policies: [AwardPolicy],
        digests: [String],
        of configuration: IssuerConfiguration,
        in database: Database
    ) throws {
        try checkIssuer(configuration, in: database)
        try database.execute(
            sql: "INSERT OR IGNORE INTO issuer (one, id, baseURL) VALUES (1, ?, ?)",
            arguments: [configuration.issuerID, configuration.baseURL]
        )
        let find = try database.cachedStatement(sql: "SELECT digest FROM policy WHERE id = ?")
        for (policy, digest) in zip(policies, digests) {
            guard let known = try String.fetchOne(find, arguments: [policy.id]) else {
                try checkAchievement(of: policy, configuration.baseURL, in: database)
                try database.execute(
                    sql: "INSERT INTO policy (id, digest, document) VALUES (?, ?, ?)",
                    arguments: [policy.id, digest, Data(policy.digestSource)]
                )
                continue
            }
            guard known == digest else {
                throw IssuingError(
                    .policyChanged,
                    "the policy \(policy.id) was used before and says something else now",
                    hint: "give the changed policy a new id, such as one with a higher number at its end"
                )
            }
        }
    }

    /// Two policies may award one achievement, and not two achievements under one name: the second would overwrite what
    /// the badges of the first name as theirs.
    private static func checkAchievement(of policy: AwardPolicy, _ baseURL: String, in database: Database) throws {
        let own = AchievementDocuments(policy: policy, baseURL: baseURL)
        for other in try policies(in: database) {
            let theirs = AchievementDocuments(policy: other, baseURL: baseURL)
            guard own.slug == theirs.slug, own.achievement != theirs.achievement else { continue }
            throw IssuingError(
                .achievementTaken,
                "the policy \(other.id) has published another achievement as \(own.slug)",
                hint: "give the achievement of the new policy an id of its own, such as \(own.slug)-2"
            )
        }
    }

    /// Records an answer, and the badge it led to.
    static func record(
        _ answer: CandidatePlan.Answer,
        of candidate: String,
        policyDigest: String,
        _ badge: BadgeTemplate.Badge?,
        at issuedAt: Timestamp,
        in database: Database
    ) throws {
        let receipt = answer.decision.json(policyDigest: policyDigest, factsDigest: answer.facts)
        let decision = try database.cachedStatement(
            sql: """
                INSERT INTO decision (policy, candidate, result, revision, answer, facts, receipt, decidedAt)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?)
                """
        )
        try decision.execute(arguments: [
            answer.decision.policy, candidate, answer.result, answer.revision,
            answer.decision.decision.rawValue, answer.facts, Data(receipt.serialized()), issuedAt.description,
        ])
        guard let badge, let dated = answer.decision.dated else { return }
        let number = database.lastInsertedRowID
        let insert = try database.cachedStatement(
            sql: "INSERT INTO badge (id, decision, validFrom, issuedAt) VALUES (?, ?, ?, ?)"
        )
        try insert.execute(arguments: [badge.id, number, dated.description, issuedAt.description])
        let document = try database.cachedStatement(
            sql: "INSERT INTO document (badge, form, kid, body) VALUES (?, ?, ?, ?)"
        )
        for (form, kid, body) in badge.documents {
            try document.execute(arguments: [badge.id, form.rawValue, kid, Data(body)])
        }
    }

    /// The policies that were used, as they were understood then.
    public func policies() throws(IssuingError) -> [AwardPolicy] {
        try read { try Self.policies(in: $0) }
    }

    private static func policies(in database: Database) throws -> [AwardPolicy] {
        try Row.fetchAll(database, sql: "SELECT id, document FROM policy ORDER BY id").map { row in
            let document = try row.withUnsafeData(atIndex: 1) { data in data.map { Array($0) } ?? [] }
            return try AwardPolicy(parsing: document, file: "ledger")
        }
    }
}
