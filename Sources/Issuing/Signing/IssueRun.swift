import Cryptography
import GRDB
import JSONCore
public import OpenBadges

/// One run of issuing: takes facts in, decides by policies, signs what is awarded, and records every answer.
///
/// First all records are noted; then all candidates whom they are about are decided, each with everything that is known
/// of them, so that the order of records and files does not matter. Candidates go through in chunks. A chunk is decided,
/// signed and recorded in one transaction: a signature that was not recorded never leaves the process, and a run that
/// is killed has done some chunks whole and the others not at all. Running it again with the same results changes
/// nothing.
public final class IssueRun {
    /// What a run does.
    public struct Options: Sendable {
        /// When the badges are issued; read once, and kept in the ledger. Facts of a later date are passed over.
        public var issuedAt: Timestamp
        /// Decide, and sign and record nothing.
        public var isDryRun = false
        /// Only candidates whose share this is: number `index` (from 0) of `count`.
        public var shard: Shard?
        /// The endorsements that go into the badges that they are about.
        public var endorsements = Endorsements.none

        /// A run at that time.
        public init(issuedAt: Timestamp) { self.issuedAt = issuedAt }
    }

    /// What became of a candidate's facts under one policy.
    public struct Outcome: Sendable {
        /// The record that the answer is about.
        public let result: String
        /// The answer.
        public let decision: AwardDecision
        /// The badge's UUID, where there is one.
        public let badge: String?
        /// False where an earlier run had given this answer already.
        public let isNew: Bool
        /// The id that the badge has in Open Badges 3.0, or would have, where it is or would be awarded.
        public var credential: String?
    }

    /// As many as keep both cores busy and the transaction short.
    static let chunkSize = 512

    /// How many records said something else than the ledger knew.
    public private(set) var corrected = 0

    private let ledger: Ledger?
    private let scratch: RunScratch
    private let templates: [BadgeTemplate]
    private let policyDigests: [String]
    private let configuration: IssuerConfiguration
    private let aliases: CandidateAliases
    private let identity: BadgeIdentity
    private let signers: [BadgeSigners]
    private let letters: LetterWriter
    private let options: Options
    private var isRegistered = false

    /// Prepares all that is the same for each candidate: policies, keys, signers.
    ///
    /// - Throws: ``IssuingError`` where a key, the secret or the ledger cannot be used, or a policy that was used
    ///   before says something else now.
    public init(
        workspace: Workspace,
        policies: [AwardPolicy],
        options: Options,
        passphrase: KeyStore.PassphraseSource? = nil
    ) throws(IssuingError) {
        self.options = options
        let configuration = workspace.configuration
        self.configuration = configuration
        let identity = try workspace.identity()
        self.identity = identity
        aliases = try workspace.aliases()
        templates = policies.map { policy in
            BadgeTemplate(
                policy: policy,
                configuration: configuration,
                identity: identity,
                endorsements: options.endorsements
            )
        }
        policyDigests = policies.map { Hexadecimal.encode(DigestAlgorithm.sha256.digest($0.digestSource)) }
        letters = try LetterWriter(configuration: configuration, policies: policies)
        try Self.checkImages(workspace, templates)
        let keys = try workspace.signingKeys(passphrase: passphrase)
        let threads = options.isDryRun ? 1 : max(1, Processors.count)
        var signers: [BadgeSigners] = []
        for _ in 0..<threads { signers.append(try BadgeSigners(configuration: configuration, keys: keys)) }
        self.signers = signers
        // A dry run leaves nothing behind, not even an empty ledger.
        if options.isDryRun && !FileStore.exists(workspace.ledgerPath) {
            ledger = nil
        } else {
            ledger = try workspace.openLedger(readOnly: options.isDryRun)
        }
        try ledger?.checkKeys(configuration)
        scratch = try RunScratch(hasFacts: options.isDryRun)
    }

    /// Notes records, in their order; ``decide(_:)`` decides whom they are about.
    ///
    /// - Returns: an outcome for each record that no policy asks for; these are not kept.
    public func note(_ records: [ExamResult]) throws(IssuingError) -> [Outcome] {
        var unmatched: [Outcome] = []
        var own: [(record: ExamResult, candidate: String)] = []
        for record in records {
            let candidate = aliases.name(of: record.candidate)
            guard options.shard?.contains(candidate) ?? true else { continue }
            if templates.contains(where: { $0.policy.matches(record) }) {
                own.append((record, candidate))
            } else if let first = templates.first {
                // Any policy of another exam says the same: this result is not its business.
                let decision = first.policy.decide(record)
                unmatched.append(.init(result: record.resultID, decision: decision, badge: nil, isNew: true))
            }
        }
        var start = 0
        while start < own.count {
            let end = min(start + Self.chunkSize, own.count)
            try note(own[start..<end])
            start = end
        }
        return unmatched
    }

    private func note(_ chunk: ArraySlice<(record: ExamResult, candidate: String)>) throws(IssuingError) {
        let time = options.issuedAt
        /// Notes in one database, and gives back whose facts have changed.
        func note(in database: Database) throws -> [(candidate: String, record: String)] {
            var touched: [(candidate: String, record: String)] = []
            for (record, candidate) in chunk {
                let key = CandidateKey.normalized(record.candidate.email)
                let (notice, previous) = try Ledger.note(record, of: key, at: time, in: database)
                if notice == .corrected { corrected += 1 }
                touched.append((candidate, record.resultID))
                // Whoever had it before has it no more.
                if let previous { touched.append((aliases.name(of: previous), record.resultID)) }
            }
            return touched
        }
        let touched: [(candidate: String, record: String)]
        if options.isDryRun {
            touched = try scratch.write { try note(in: $0) }
        } else if let ledger {
            touched = try ledger.write { database in
                try register(in: database)
                return try note(in: database)
            }
        } else {
            touched = []
        }
        try scratch.touch(touched)
    }

    /// Takes up every candidate of whom there are facts and no final answer, whether or not they came in this run.
    public func resume() throws(IssuingError) {
        guard let ledger else { return }
        let open = try ledger.openCandidates().map { aliases.name(of: $0) }
        try scratch.touch(open.filter { options.shard?.contains($0) ?? true }.map { ($0, "") })
    }

    /// How many candidates wait to be decided.
    public var waiting: Int { get throws(IssuingError) { try scratch.count } }

    /// Decides, signs and records whatever was noted.
    ///
    /// - Parameter body: gets the outcomes of some candidates at a time, in the order in which these first came.
    public func decide(_ body: ([Outcome]) throws -> Void) throws {
        while true {
            let candidates = try scratch.next(Self.chunkSize)
            guard !candidates.isEmpty else { return }
            try body(try decide(candidates))
            try scratch.drop(candidates)
        }
    }

    /// Ends the run: everything recorded is safe against a loss of power.
    public func finish() throws(IssuingError) {
        if !options.isDryRun { try ledger?.synchronize() }
    }

    private func decide(_ candidates: [RunScratch.Candidate]) throws(IssuingError) -> [Outcome] {
        guard !options.isDryRun else {
            return try scratch.read { scratch in
                guard let ledger else {
                    return try candidates.flatMap { outcomes(try plan($0, in: [scratch]), badges: []) }
                }
                return try ledger.read { database in
                    try candidates.flatMap { outcomes(try plan($0, in: [database, scratch]), badges: []) }
                }
            }
        }
        guard let ledger else { return [] }
        return try ledger.write { database in
            try register(in: database)
            let plans = try candidates.map { try plan($0, in: [database]) }
            return try record(plans, in: database)
        }
    }

    /// Notes the policies once; one that was used before has to say the same.
    private func register(in database: Database) throws {
        guard !isRegistered else { return }
        try Ledger.register(templates.map(\.policy), digests: policyDigests, of: configuration, in: database)
        isRegistered = true
    }

    /// What is to be answered about a candidate, and what has to be done before they can be: an invitation is a fact.
    ///
    /// - Parameter databases: the ledger, and in a dry run behind it what was noted in the run.
    private func plan(_ candidate: RunScratch.Candidate, in databases: [Database]) throws -> CandidatePlan {
        let keys = aliases.keys(of: candidate.name)
        let history =
            options.isDryRun && databases.count == 1 && ledger == nil
            ? .empty : try CandidateHistory(of: keys, in: databases[0])
        var invited: [StoredFact] = []
        while true {
            var facts: [StoredFact] = []
            for database in databases {
                let own = try Ledger.facts(of: keys, in: database)
                // What came in the run is newer than what the ledger has under the same id.
                let ids = facts.isEmpty ? [] : Set(own.map(\.record.resultID))
                facts = facts.filter { !ids.contains($0.record.resultID) } + own
            }
            facts += invited
            let shared = try databases.lazy.compactMap { try Ledger.sharedIdentifier(of: facts, keys, in: $0) }.first
            var plan = CandidatePlan(
                candidate: candidate.name,
                facts: facts,
                touched: candidate.records,
                history: history,
                sharedIdentifier: shared
            )
            for (number, template) in templates.enumerated() {
                plan.decide(by: template.policy, number: number, asOf: options.issuedAt)
            }
            let invitations = plan.effects.compactMap { effect in
                invitation(effect.effect, by: templates[effect.policy].policy, to: candidate.name, facts)
            }
            guard !invitations.isEmpty else { return plan }
            if options.isDryRun {
                invited += invitations.map { StoredFact(record: $0, digest: $0.digest, version: 0) }
            } else {
                for record in invitations {
                    _ = try Ledger.note(record, of: candidate.name, at: options.issuedAt, in: databases[0])
                }
            }
        }
    }

    private func invitation(
        _ effect: AwardDecision.Effect,
        by policy: AwardPolicy,
        to candidate: String,
        _ facts: [StoredFact]
    ) -> ExamResult? {
        guard case .invitation(let fact, let exam, let form) = effect else { return nil }
        let subject = BadgeIdentity.Subject(policy: policy.id, candidate: candidate, result: fact, revision: 0)
        let id = "invitation:" + identity.invitationID(subject)
        guard !facts.contains(where: { $0.record.resultID == id }) else { return nil }
        var record = ExamResult(
            resultID: id,
            exam: .init(id: exam, form: form),
            candidate: facts.last?.record.candidate ?? .init(email: candidate),
            endedAt: .init(options.issuedAt)
        )
        record.candidate.email = candidate
        record.kind = .invitation
        return record
    }

    /// Signs and records what is new, and gives back all outcomes.
    private func record(_ plans: [CandidatePlan], in database: Database) throws -> [Outcome] {
        let answers = plans.flatMap { plan in plan.answers.map { (plan: plan, answer: $0) } }
        let places = try places(for: answers.map(\.answer), in: database)
        let badges = try SigningThreads(templates: templates, signers: signers, issuedAt: options.issuedAt)
            .sign(answers.map(\.answer), places)
        var lists = StatusSigning(configuration: configuration, at: options.issuedAt, in: database)
        for (number, (plan, answer)) in answers.enumerated() {
            try Ledger.record(
                answer,
                of: plan.candidate,
                policyDigest: policyDigests[answer.policy],
                badges[number],
                at: options.issuedAt,
                in: database
            )
            if let badge = badges[number] {
                for place in places[number] { try lists.add(badge.id, at: place, dated: answer.award?.dated) }
            }
            if let badge = answer.supersedes {
                try lists.set(.revocation, true, for: badge, reason: "superseded: a result was corrected")
            }
        }
        try lists.sign(with: signers[0])
        var next = 0
        return try plans.flatMap { plan -> [Outcome] in
            let own = Array(badges[next..<(next + plan.answers.count)])
            next += plan.answers.count
            try post(plan, own, in: database)
            return outcomes(plan, badges: own)
        }
    }

    private func outcomes(_ plan: CandidatePlan, badges: [BadgeTemplate.Badge?]) -> [Outcome] {
        plan.entries.map { entry in
            switch entry {
            case .known(let outcome): return outcome
            case .new(let index):
                let answer = plan.answers[index]
                let template = templates[answer.policy]
                let id = answer.award.map { template.badgeID(template.subject($0, revision: answer.revision)) }
                return .init(
                    result: answer.result,
                    decision: answer.decision,
                    badge: badges.isEmpty ? nil : badges[index]?.id,
                    isNew: true,
                    credential: id.map(template.credentialID)
                )
            }
        }
    }

    // Status.

    /// The places in the status lists for each badge that is to be signed.
    private func places(for answers: [CandidatePlan.Answer], in database: Database) throws -> [[StatusEntry]] {
        guard signers[0].canSignLists else { return answers.map { _ in [] } }
        var lists = try configuration.statusPurposes.map { try StatusPlaces($0, in: database) }
        return try answers.map { answer in
            guard let award = answer.award else { return [] }
            let template = templates[answer.policy]
            guard template.forms.contains(where: { $0.generation == .ob3 }) else { return [] }
            let subject = template.subject(award, revision: answer.revision)
            return try lists.indices.map { index in
                try lists[index].next(firstChoice: identity.statusIndex(subject, lists[index].purpose))
            }
        }
    }

    // Letters.

    private func post(_ plan: CandidatePlan, _ badges: [BadgeTemplate.Badge?], in database: Database) throws {
        for (number, effect) in plan.effects {
            guard let letter = letters.letter(effect, policy: number, to: plan) else { continue }
            try post(letter, policy: number, plan.candidate, in: database)
        }
        for (answer, badge) in zip(plan.answers, badges) {
            guard let badge, let award = answer.award, templates[answer.policy].policy.award.notify else { continue }
            let letter = letters.award(badge.id, award, policy: answer.policy)
            try post(letter, policy: answer.policy, plan.candidate, in: database)
        }
    }

    private func post(
        _ letter: LetterWriter.Draft,
        policy: Int,
        _ candidate: String,
        in database: Database
    ) throws {
        try Ledger.post(
            letter.template,
            policy: templates[policy].policy.id,
            candidate: candidate,
            about: letter.about,
            values: letter.values,
            at: options.issuedAt,
            in: database
        )
    }

    /// Open Badges 2.0 requires an image, and it is better to hear of a missing one before anything is signed.
    private static func checkImages(_ workspace: Workspace, _ templates: [BadgeTemplate]) throws(IssuingError) {
        for template in templates {
            let policy = template.policy
            guard let image = AchievementDocuments(policy: policy, baseURL: workspace.configuration.baseURL).image
            else {
                if template.forms.contains(where: { $0.generation == .ob2 }) {
                    throw IssuingError(
                        .configurationInvalid,
                        "Open Badges 2.0 requires an image, and the achievement of \(policy.id) has none",
                        hint: "put a PNG or SVG into images/ and name it as achievement.image"
                    )
                }
                continue
            }
            let file = workspace.path("images/\(image.file)")
            guard ["png", "svg"].contains(image.fileExtension), FileStore.exists(file) else {
                throw IssuingError(
                    .configurationInvalid,
                    "the achievement's image must be a PNG or SVG in images/",
                    file: file
                )
            }
        }
    }
}
