import Cryptography
import Dispatch
import JSONCore
import OpenBadges
import Proofs

/// Renders the hosted directory from the ledger: everything that a verifier asks for, byte for byte the same each time.
///
/// A file is written beside its place and renamed, and only where it says something else than the one that is there; a
/// badge's folder comes into its place whole. So whoever reads meanwhile sees whole files, a second run changes nothing,
/// and one that was interrupted is made good by running it again. Of a large directory only what has changed since is
/// looked at: ``PublishingPlan``.
public struct Publisher: Sendable {
    /// What a run does.
    public struct Options: Sendable {
        /// Look at every file, and not only at what has changed since the last run.
        public var isFull = false
        /// Say what would change, and change nothing.
        public var isDryRun = false

        /// Only what has changed.
        public init() {}
    }

    /// What became of a file.
    public enum Change: String, Sendable, Hashable {
        case add, change, remove
    }

    /// How many files were looked at, and how many of them had to be written.
    public struct Summary: Sendable, Hashable {
        public var files = 0
        public var written = 0
        /// Files of ours that are no longer part of the directory.
        public var removed = 0
        public var badges = 0
        /// Whether every badge was looked at.
        public var isFull = true
    }

    private let workspace: Workspace
    private let ledger: Ledger
    private let place: Place
    private let options: Options

    /// Where it is published to.
    private enum Place: Sendable {
        case folder(String)
        case bucket(BucketLocation)

        /// The name under which the plan knows it.
        var name: String {
            switch self {
            case .folder(let path): FileStore.absolute(path)
            case .bucket(let location): "s3://\(location.bucket)/\(location.prefix)"
            }
        }
    }

    /// Directories of fewer badges are looked at whole each time: that takes less than a second.
    static let smallDirectory = 5_000

    /// - Parameter directory: where to; the workspace's `public/` if left out.
    /// - Throws: ``IssuingError`` `NOT_FOUND` where nothing was issued yet.
    public init(
        workspace: Workspace,
        directory: String? = nil,
        options: Options = Options()
    ) throws(IssuingError) {
        try self.init(workspace, .folder(directory ?? workspace.publicDirectory), options)
    }

    /// - Parameter bucket: where to.
    /// - Throws: ``IssuingError`` `NOT_FOUND` where nothing was issued yet.
    public init(
        workspace: Workspace,
        bucket: BucketLocation,
        options: Options = Options()
    ) throws(IssuingError) {
        try self.init(workspace, .bucket(bucket), options)
    }

    private init(_ workspace: Workspace, _ place: Place, _ options: Options) throws(IssuingError) {
        guard FileStore.exists(workspace.ledgerPath) else {
            throw IssuingError(
                .notFound,
                "nothing was issued yet",
                file: workspace.ledgerPath,
                hint: "badge issue RESULTS first"
            )
        }
        self.workspace = workspace
        self.place = place
        self.options = options
        ledger = try workspace.openLedger(readOnly: true)
    }

    /// Publishes everything.
    ///
    /// - Parameters:
    ///   - report: called for each file that changes, or would.
    ///   - progress: called now and then with the number of badges done and their total.
    public func publish(
        report: @escaping @Sendable (Change, String) -> Void = { _, _ in },
        progress: (Int, Int) -> Void = { _, _ in }
    ) throws(IssuingError) -> Summary {
        try ledger.checkIssuer(workspace.configuration)
        let head = try ledger.head()
        let reasons = try ledger.revocations()
        var images = BadgeImages(baseURL: workspace.configuration.baseURL)
        let events = try ledger.keyEvents()
        let evidence = try TimestampEvidence(ledger, events: events, layout: layout)
        let documents = try documents(reasons, events, evidence, &images)
        let material = Self.material(images, evidence)
        var plan = PublishingPlan(
            path: workspace.path("publishing.json"),
            target: place.name
        )
        let total = try ledger.badgeCount()
        let mark = plan.mark
        let isFull =
            options.isFull || total <= Self.smallDirectory || mark == nil || mark?.material != material
            || !isThere
        let output = try target(isFull: isFull, report)
        if !options.isDryRun { try plan.note(documents.map(\.path)) }
        // Keys refer to them.
        if isFull { try evidence.forEachFile { path, bytes throws(IssuingError) in try output.write(path, bytes) } }
        for document in documents { try output.write(document.path, document.bytes) }

        var done = 0
        let since = isFull ? nil : mark
        try ledger.forEachPage(
            after: since?.badge ?? 0,
            changedAfter: since?.status ?? 0,
            signedAfter: since?.signature ?? 0
        ) { page in
            try images.prepare(for: page)
            try write(page, images, reasons, output)
            done += page.count
            progress(done, isFull ? total : max(done, 1))
        }
        // What a killed run has written was noted before, so nothing of ours is forgotten, and nothing else touched.
        let planned = Set(documents.map(\.path))
        let stale = plan.files.subtracting(planned).sorted()
        for path in stale { try output.remove(path) }
        try output.finish()
        if !options.isDryRun {
            try plan.finish(
                .init(material: material, badge: head.badge, status: head.status, signature: head.signature),
                without: stale
            )
        }
        var summary = output.summary
        (summary.badges, summary.isFull) = (total, isFull)
        return summary
    }

    /// Whether there is a directory to go on with; what became of a bucket meanwhile, its list says.
    private var isThere: Bool {
        if case .folder(let path) = place { FileStore.isDirectory(path) } else { true }
    }

    private func target(
        isFull: Bool,
        _ report: @escaping @Sendable (Change, String) -> Void
    ) throws(IssuingError) -> any PublishTarget {
        switch place {
        case .folder(let path): return PublishedFiles(directory: path, isDryRun: options.isDryRun, report: report)
        case .bucket(let location):
            let bucket = Bucket(location)
            let there = isFull ? try Waiting.value { () async throws(IssuingError) in try await bucket.list() } : nil
            return PublishedObjects(bucket, there: there, isDryRun: options.isDryRun, report: report)
        }
    }

    private var layout: HostedLayout { HostedLayout(baseURL: workspace.configuration.baseURL) }

    /// What belongs to no single badge: keys, profiles, achievements, status lists; in the order in which it is written,
    /// so that nothing refers to what is not there yet.
    private func documents(
        _ reasons: [String: String?],
        _ events: [String: KeyEvent],
        _ evidence: TimestampEvidence,
        _ images: inout BadgeImages
    ) throws(IssuingError) -> [(path: String, bytes: [UInt8])] {
        var documents: [(path: String, bytes: [UInt8])] = []
        for document in try IssuerDocuments(
            configuration: workspace.configuration,
            keys: try keys(),
            signed: try ledger.signedForms(),
            events: events,
            hasTimestamps: !evidence.isEmpty
        ).all() {
            documents.append((document.path, Self.pretty(document.json)))
        }
        for policy in try ledger.policies() { documents += try self.documents(of: policy, &images) }
        for list in try ledger.statusLists() {
            let path = HostedLayout.statusList(StatusPurpose(rawValue: list.purpose), list.list, form: list.form)
            documents.append((path, list.body))
        }
        if workspace.configuration.has1EdTechList {
            documents.append((HostedLayout.revokedCredentials, Self.pretty(try revokedCredentials())))
        }
        var entries: [OB2.RevocationList.Entry] = []
        for (badge, body) in try ledger.signedAssertions(of: reasons.keys.sorted()) {
            guard let id = Self.assertionID(body) else { continue }
            entries.append(.init(id: id, reason: reasons[badge] ?? nil))
        }
        documents.append((HostedLayout.ob2Revocations, Self.pretty(revocationList(entries))))
        return documents
    }

    /// What badges are rendered with beside the ledger: where it changes, all of them are looked at.
    private static func material(_ images: BadgeImages, _ evidence: TimestampEvidence) -> String {
        let lines = ["layout 1"] + images.material + evidence.material
        return Hexadecimal.encode(DigestAlgorithm.sha256.digest(Array(lines.joined(separator: "\n").utf8)))
    }

    /// Writes the files of some badges, on every core.
    private func write(
        _ page: [LedgerBadge],
        _ images: BadgeImages,
        _ reasons: [String: String?],
        _ output: any PublishTarget
    ) throws(IssuingError) {
        let count = min(Processors.count, page.count)
        var failures = [IssuingError?](repeating: nil, count: max(count, 1))
        failures.withUnsafeMutableBufferPointer { failures in
            // Each thread writes only its own place.
            nonisolated(unsafe) let failures = failures
            DispatchQueue.concurrentPerform(iterations: count) { thread in
                do throws(IssuingError) {
                    for index in stride(from: thread, to: page.count, by: count) {
                        let badge = page[index]
                        try output.write(badge.id, try files(of: badge, images, reason: reasons[badge.id]))
                    }
                } catch {
                    failures[thread] = error
                }
            }
        }
        if let failure = failures.lazy.compactMap({ $0 }).first { throw failure }
    }

    private func files(
        of badge: LedgerBadge,
        _ images: BadgeImages,
        reason: String??
    ) throws(IssuingError) -> [(name: String, bytes: [UInt8])] {
        var files: [(name: String, bytes: [UInt8])] = []
        // JWS are text; a newline at the end would become part of it for careless readers.
        for (form, body) in badge.documents.sorted(by: { $0.key.rawValue < $1.key.rawValue }) {
            let isRevoked = form == .ob2Hosted && reason != nil
            files.append((form.fileName, isRevoked ? revokedAssertion(badge.id, reason: reason ?? nil) : body))
        }
        if let image = try images.image(of: badge) { files.append(("badge.\(image.format.rawValue)", image.bytes)) }
        return files
    }

    /// Every key of the workspace; those that the configuration names have to be there, and none may be an example.
    private func keys() throws(IssuingError) -> [(kid: String, key: PublicKey)] {
        let store = workspace.keyStore
        for kid in Set(workspace.configuration.keys.values).sorted() { _ = try store.publicKey(kid) }
        let keys = try workspace.publicKeys()
        for (kid, key) in keys where ExampleKeys.contain(key) {
            throw IssuingError(
                .keyPublic,
                "the key \(kid) is an example whose private half everybody has",
                hint: "badge key generate makes one of your own; name it in issuer.yaml"
            )
        }
        return keys
    }

    private func documents(
        of policy: AwardPolicy,
        _ images: inout BadgeImages
    ) throws(IssuingError) -> [(path: String, bytes: [UInt8])] {
        let documents = AchievementDocuments(policy: policy, baseURL: workspace.configuration.baseURL)
        var files = [
            (HostedLayout.achievement(documents.slug), Self.pretty(documents.achievementDocument)),
            (HostedLayout.badgeClass(documents.slug), Self.pretty(documents.badgeClassDocument)),
        ]
        guard let image = documents.image else { return files }
        let file = workspace.path("images/\(image.file)")
        guard let bytes = FileBytes.read(file, limit: FileBytes.documentLimit) else {
            throw IssuingError(.fileUnreadable, "the achievement's image cannot be read", file: file)
        }
        files.append((HostedLayout.image(documents.slug, image.fileExtension), bytes))
        images.add(bytes, file: file, policy: policy.id)
        return files
    }

    /// Source: 1EdTech, Verifiable Credentials Revocation List Status Method 1.0.
    private func revokedCredentials() throws(IssuingError) -> JSON {
        let entries = try ledger.revokedForGood().compactMap { revoked in
            revoked.forms.contains { $0.generation == .ob3 }
                ? CredentialRevocationList.Entry(
                    id: layout.credentialID(revoked.badge, forms: revoked.forms),
                    reason: revoked.reason
                ) : nil
        }
        return CredentialRevocationList(
            id: layout.url(HostedLayout.revokedCredentials),
            issuer: workspace.configuration.issuerID,
            entries: entries
        ).json
    }

    private func revocationList(_ entries: [OB2.RevocationList.Entry]) -> JSON {
        return OB2.RevocationList(
            id: layout.url(HostedLayout.ob2Revocations),
            issuer: layout.url(HostedLayout.ob2Issuer),
            entries: entries
        ).json
    }

    /// What is left of a hosted assertion that is revoked. Source: Open Badges 2.0, "Assertion", `revoked`.
    private func revokedAssertion(_ badge: String, reason: String?) -> [UInt8] {
        return JSON.members([
            ("@context", .string(OB2.context)),
            ("type", "Assertion"),
            ("id", .string(layout.url(HostedLayout.document(badge, .ob2Hosted)))),
            ("revoked", true),
            ("revocationReason", reason.map(JSON.string)),
        ]).serialized()
    }

    /// The id of an assertion of our own, from the payload of its JWS.
    private static func assertionID(_ jws: [UInt8]) -> String? {
        let parts = jws.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
        guard parts.count == 3, let payload = try? Base64URL.decode(Array(parts[1])) else { return nil }
        return (try? JSON(parsing: payload))?["id"]?.string
    }

    private static func pretty(_ json: JSON) -> [UInt8] { json.serialized(.pretty) + [0x0A] }
}
