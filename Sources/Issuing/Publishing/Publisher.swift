import Cryptography
import JSONCore
import OpenBadges
import Proofs

/// Renders the hosted directory from the ledger: everything that a verifier asks for, byte for byte the same each time.
///
/// A file is written beside its place and renamed, and only where it says something else than the one that is there;
/// so whoever reads meanwhile sees whole files, and a second run changes nothing.
public struct Publisher: Sendable {
    /// How many files there are, and how many of them had to be written.
    public struct Summary: Sendable, Hashable {
        public var files = 0
        public var written = 0
        public var badges = 0
    }

    private let workspace: Workspace
    private let ledger: Ledger
    private let directory: String

    /// - Parameter directory: where to; the workspace's `public/` if left out.
    /// - Throws: ``IssuingError`` `WORKSPACE_MISSING` where nothing was issued yet.
    public init(workspace: Workspace, directory: String? = nil) throws(IssuingError) {
        guard FileStore.exists(workspace.ledgerPath) else {
            throw IssuingError(
                .notFound,
                "nothing was issued yet",
                file: workspace.ledgerPath,
                hint: "badge issue RESULTS first"
            )
        }
        self.workspace = workspace
        self.directory = directory ?? workspace.publicDirectory
        ledger = try workspace.openLedger(readOnly: true)
    }

    /// Publishes everything.
    ///
    /// - Parameter progress: called after each badge with the number done and their total.
    public func publish(progress: (Int, Int) -> Void = { _, _ in }) throws(IssuingError) -> Summary {
        let keys = try keys()
        try ledger.checkIssuer(workspace.configuration)
        var output = Output(directory: directory)
        for document in try IssuerDocuments(
            configuration: workspace.configuration,
            keys: keys,
            signed: try ledger.signedForms()
        ).all() {
            try output.write(document.path, Self.pretty(document.json))
        }
        let revoked = try ledger.revocations()
        for list in try ledger.statusLists() {
            let path = HostedLayout.statusList(StatusPurpose(rawValue: list.purpose), list.list, form: list.form)
            try output.write(path, list.body)
        }
        var images = BadgeImages(baseURL: workspace.configuration.baseURL)
        for policy in try ledger.policies() { try publish(policy, &images, &output) }

        let total = try ledger.badgeCount()
        var badges = 0
        var revocations: [OB2.RevocationList.Entry] = []
        try ledger.forEachBadge { badge in
            let reason = revoked[badge.id]
            for (form, body) in badge.documents {
                if let reason, form == .ob2Signed, let id = Self.assertionID(body) {
                    revocations.append(.init(id: id, reason: reason))
                }
                // JWS are text; a newline at the end would become part of it for careless readers.
                let isHosted = form == .ob2Hosted
                try output.write(
                    HostedLayout.document(badge.id, form),
                    isHosted ? reason.map { revokedAssertion(badge.id, reason: $0) } ?? body : body
                )
            }
            if let image = try images.image(of: badge) { try output.write(image.path, image.bytes) }
            badges += 1
            progress(badges, total)
        }
        try output.write(HostedLayout.ob2Revocations, Self.pretty(revocationList(revocations)))
        FileStore.synchronize(directory)
        output.summary.badges = badges
        return output.summary
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

    private func publish(
        _ policy: AwardPolicy,
        _ images: inout BadgeImages,
        _ output: inout Output
    ) throws(IssuingError) {
        let documents = AchievementDocuments(policy: policy, baseURL: workspace.configuration.baseURL)
        try output.write(HostedLayout.achievement(documents.slug), Self.pretty(documents.achievementDocument))
        try output.write(HostedLayout.badgeClass(documents.slug), Self.pretty(documents.badgeClassDocument))
        guard let image = documents.image else { return }
        let file = workspace.path("images/\(image.file)")
        guard let bytes = FileBytes.read(file, limit: FileBytes.documentLimit) else {
            throw IssuingError(.fileUnreadable, "the achievement's image cannot be read", file: file)
        }
        try output.write(HostedLayout.image(documents.slug, image.fileExtension), bytes)
        images.add(bytes, file: file, policy: policy.id)
    }

    private func revocationList(_ entries: [OB2.RevocationList.Entry]) -> JSON {
        let layout = HostedLayout(baseURL: workspace.configuration.baseURL)
        return OB2.RevocationList(
            id: layout.url(HostedLayout.ob2Revocations),
            issuer: layout.url(HostedLayout.ob2Issuer),
            entries: entries
        ).json
    }

    /// What is left of a hosted assertion that is revoked. Source: Open Badges 2.0, "Assertion", `revoked`.
    private func revokedAssertion(_ badge: String, reason: String?) -> [UInt8] {
        let layout = HostedLayout(baseURL: workspace.configuration.baseURL)
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

    /// Writes files below a directory, and counts them.
    private struct Output {
        let directory: String
        var summary = Summary()

        init(directory: String) { self.directory = directory }

        mutating func write(_ path: String, _ bytes: [UInt8]) throws(IssuingError) {
            let place = "\(directory)/\(path)"
            let folder = place.lastIndex(of: "/").map { String(place[..<$0]) } ?? directory
            if folder != lastFolder {
                try FileStore.createDirectory(folder)
                lastFolder = folder
            }
            if try FileStore.replace(place, bytes) { summary.written += 1 }
            summary.files += 1
        }

        private var lastFolder = ""
    }
}
