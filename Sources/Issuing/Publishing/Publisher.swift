import Cryptography
import JSONCore
import OpenBadges

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
        try output.write(HostedLayout.ob2Revocations, Self.pretty(revocations))
        var images = BadgeImages(baseURL: workspace.configuration.baseURL)
        for policy in try ledger.policies() { try publish(policy, &images, &output) }

        let total = try ledger.badgeCount()
        var badges = 0
        try ledger.forEachBadge { badge in
            for (form, body) in badge.documents {
                // JWS are text; a newline at the end would become part of it for careless readers.
                try output.write(HostedLayout.document(badge.id, form), body)
            }
            if let image = try images.image(of: badge) { try output.write(image.path, image.bytes) }
            badges += 1
            progress(badges, total)
        }
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

    private var revocations: JSON {
        let layout = HostedLayout(baseURL: workspace.configuration.baseURL)
        return OB2.RevocationList(
            id: layout.url(HostedLayout.ob2Revocations),
            issuer: layout.url(HostedLayout.ob2Issuer),
            entries: []
        ).json
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
