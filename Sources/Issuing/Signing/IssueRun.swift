import Cryptography
import Dispatch
public import OpenBadges

/// One run of issuing: decides results by policies, signs what is awarded, and records every answer in the ledger.
///
/// Results go through in chunks. A chunk is decided, signed and recorded in one transaction: a signature that was not
/// recorded never leaves the process, and a run that is killed has done some chunks whole and the others not at all.
/// Running it again with the same results changes nothing.
public final class IssueRun {
    public struct Options: Sendable {
        /// When the badges are issued; read once, and kept in the ledger.
        public var issuedAt: Timestamp
        /// Decide, and sign and record nothing.
        public var isDryRun = false
        /// Only results whose share this is: number `index` (from 0) of `count`.
        public var shard: Shard?

        public init(issuedAt: Timestamp) { self.issuedAt = issuedAt }
    }

    /// A share of the results, the same on every machine.
    public struct Shard: Sendable, Hashable {
        let index: Int
        let count: Int

        /// `nil` unless 0 ≤ index < count.
        public init?(index: Int, count: Int) {
            guard count > 0, (0..<count).contains(index) else { return nil }
            self.index = index
            self.count = count
        }

        func contains(_ result: String) -> Bool {
            let digest = DigestAlgorithm.sha256.digest(Array(result.utf8))
            let number = digest.prefix(8).reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
            return number % UInt64(count) == UInt64(index)
        }
    }

    /// What became of one result under one policy.
    public struct Outcome: Sendable {
        public let result: String
        public let decision: AwardDecision
        /// The badge's UUID, where there is one.
        public let badge: String?
        /// False where an earlier run had given this answer already.
        public let isNew: Bool
    }

    /// As many as keep both cores busy and the transaction short.
    static let chunkSize = 512

    private let ledger: Ledger?
    private let templates: [BadgeTemplate]
    private let policyDigests: [String]
    private let configuration: IssuerConfiguration
    private let signers: [BadgeSigners]
    private let options: Options

    /// Prepares all that is the same for each result: policies, keys, signers.
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
        templates = policies.map { BadgeTemplate(policy: $0, configuration: configuration, identity: identity) }
        policyDigests = policies.map { Hexadecimal.encode(DigestAlgorithm.sha256.digest($0.digestSource)) }
        try Self.checkImages(workspace, policies)
        var keys: [BadgeForm: PrivateKey] = [:]
        var opened: [String: PrivateKey] = [:]
        for form in configuration.forms {
            guard let kid = configuration.keys[form], form != .ob2Hosted else { continue }
            if opened[kid] == nil { opened[kid] = try workspace.keyStore.privateKey(kid, passphrase: passphrase) }
            keys[form] = opened[kid]
        }
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
    }

    /// Decides, signs and records results, in their order.
    ///
    /// - Returns: the outcomes, one for each policy that a result matches; one that says `unmatched` where none does.
    public func issue(_ results: [ExamResult]) throws(IssuingError) -> [Outcome] {
        var outcomes: [Outcome] = []
        var start = 0
        let results = results.filter { options.shard?.contains($0.resultID) ?? true }
        while start < results.count {
            let end = min(start + Self.chunkSize, results.count)
            outcomes += try issue(chunk: results[start..<end])
            start = end
        }
        return outcomes
    }

    /// Ends the run: everything recorded is safe against a loss of power.
    public func finish() throws(IssuingError) {
        if !options.isDryRun { try ledger?.synchronize() }
    }

    private func issue(chunk: ArraySlice<ExamResult>) throws(IssuingError) -> [Outcome] {
        guard let ledger else {
            var plan = ChunkPlan(policies: templates.map(\.policy), digests: policyDigests)
            for result in chunk { plan.add(result, history: .empty) }
            return plan.outcomes
        }
        if options.isDryRun {
            return try ledger.read { database in
                var plan = ChunkPlan(policies: templates.map(\.policy), digests: policyDigests)
                for result in chunk { plan.add(result, history: try .init(of: result, in: database)) }
                return plan.outcomes
            }
        }
        return try ledger.write { database in
            try Ledger.register(
                templates.map(\.policy),
                digests: policyDigests,
                of: configuration,
                in: database
            )
            var plan = ChunkPlan(policies: templates.map(\.policy), digests: policyDigests)
            for result in chunk { plan.add(result, history: try .init(of: result, in: database)) }
            let badges = try sign(plan.answers)
            for (answer, badge) in zip(plan.answers, badges) {
                try Ledger.record(answer, badge, at: options.issuedAt, in: database)
            }
            return plan.outcomes(badges: badges)
        }
    }

    /// Signs the awards among the answers, on every core.
    private func sign(_ answers: [ChunkPlan.Answer]) throws -> [BadgeTemplate.Badge?] {
        var badges = [Swift.Result<BadgeTemplate.Badge?, IssuingError>](repeating: .success(nil), count: answers.count)
        let count = signers.count
        badges.withUnsafeMutableBufferPointer { badges in
            // Each thread has a signer of its own and writes only every count-th place.
            nonisolated(unsafe) let badges = badges
            nonisolated(unsafe) let signers = signers
            let templates = templates
            let issuedAt = options.issuedAt
            DispatchQueue.concurrentPerform(iterations: count) { thread in
                for index in stride(from: thread, to: answers.count, by: count) {
                    let answer = answers[index]
                    guard answer.decision.decision == .award, let dated = answer.decision.dated else { continue }
                    do throws(IssuingError) {
                        badges[index] = .success(
                            try templates[answer.policy].badge(
                                for: answer.result,
                                revision: answer.revision,
                                dated: dated,
                                validUntil: answer.decision.validUntil,
                                issuedAt: issuedAt,
                                signers: signers[thread]
                            )
                        )
                    } catch {
                        badges[index] = .failure(error)
                    }
                }
            }
        }
        return try badges.map { try $0.get() }
    }

    /// Open Badges 2.0 requires an image, and it is better to hear of a missing one before anything is signed.
    private static func checkImages(_ workspace: Workspace, _ policies: [AwardPolicy]) throws(IssuingError) {
        let needsImage = workspace.configuration.forms.contains { $0 == .ob2Hosted || $0 == .ob2Signed }
        for policy in policies {
            guard let image = AchievementDocuments(policy: policy, baseURL: workspace.configuration.baseURL).image
            else {
                if needsImage {
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
