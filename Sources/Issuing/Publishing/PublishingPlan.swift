import JSONCore
import OpenBadges

/// What was published last, for each directory: so that the next run looks only at what has changed since, and takes away
/// only what is ours.
///
/// It lies beside the ledger, in `publishing.json`, and can be thrown away: then the next run looks at everything.
struct PublishingPlan {
    /// How far a directory is.
    struct Mark: Sendable, Hashable {
        /// The digest of all that badges are rendered with, beside the ledger: images, layout.
        var material: String
        /// The number of the last badge that is published.
        var badge: Int
        /// The number of the last change of a status that is published.
        var status: Int
        /// The number of the last signature made again that is published.
        var signature: Int
    }

    private let path: String
    private let target: String
    private var targets: JSONObject
    /// How far the directory is; `nil` where it was never published to the end.
    private(set) var mark: Mark?
    /// The files of ours that belong to no badge.
    private(set) var files: Set<String>

    /// Reads the plan; one that cannot be read is none.
    ///
    /// - Parameter target: the directory, under a name that tells it from others.
    init(path: String, target: String) {
        (self.path, self.target) = (path, target)
        let json = FileBytes.read(path, limit: 64 << 20).flatMap { try? JSON(parsing: $0) }
        targets = json?["targets"]?.object ?? [:]
        let own = targets[target]
        files = Set((own?["files"]?.array ?? []).compactMap(\.string))
        guard let material = own?["material"]?.string, let badge = own?["badge"]?.int,
            let status = own?["status"]?.int, let signature = own?["signature"]?.int
        else { return }
        mark = Mark(material: material, badge: badge, status: status, signature: signature)
    }

    /// Notes files before they are written: whatever happens then, they are known to be ours.
    mutating func note(_ paths: some Sequence<String>) throws(IssuingError) {
        let all = files.union(paths)
        guard all != files else { return }
        files = all
        try save()
    }

    /// Notes that everything is published, and which files are no longer there.
    mutating func finish(_ mark: Mark, without removed: [String]) throws(IssuingError) {
        self.mark = mark
        files.subtract(removed)
        try save()
    }

    private mutating func save() throws(IssuingError) {
        var own: JSONObject = ["files": .array(files.sorted().map(JSON.string))]
        if let mark {
            own["material"] = .string(mark.material)
            own["badge"] = JSON(mark.badge)
            own["status"] = JSON(mark.status)
            own["signature"] = JSON(mark.signature)
        }
        targets[target] = .object(own)
        let json: JSON = ["targets": .object(targets)]
        _ = try FileStore.replace(path, json.serialized(.pretty) + [0x0A], mode: 0o600)
    }
}
