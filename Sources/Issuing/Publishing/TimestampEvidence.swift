import Cryptography
import JSONCore
import OpenBadges

/// What is published so that badges of a compromised key that are older than the compromise can be told from forged ones:
/// the authorities' replies, and for each signature its place in the tree that a reply is about.
///
/// Nothing, as long as no key is compromised: until then the ledger keeps it.
struct TimestampEvidence {
    private let ledger: Ledger
    private let layout: HostedLayout
    /// Since when each compromised key does not count.
    private let ends: [String: Timestamp]
    private let timestamps: [(timestamp: LedgerTimestamp, time: Timestamp)]

    init(_ ledger: Ledger, events: [String: KeyEvent], layout: HostedLayout) throws(IssuingError) {
        (self.ledger, self.layout) = (ledger, layout)
        ends = events.filter { $0.value.kind == .compromised }.mapValues(\.since)
        guard let last = ends.values.max() else {
            timestamps = []
            return
        }
        timestamps = try ledger.timestamps().compactMap { timestamp in
            // One that is younger than the compromise shows nothing.
            guard let reply = try? TimestampReply(der: timestamp.reply), let time = Timestamp(seconds: reply.time),
                time < last
            else { return nil }
            return (timestamp, time)
        }
    }

    var isEmpty: Bool { timestamps.isEmpty }

    /// What the files follow from, as lines.
    var material: [String] {
        isEmpty
            ? [] : ends.map { "compromised \($0.key) \($0.value)" }.sorted() + ["timestamps \(timestamps.count)"]
    }

    /// The files, with their paths.
    func forEachFile(_ body: (String, [UInt8]) throws(IssuingError) -> Void) throws(IssuingError) {
        for (timestamp, time) in timestamps {
            let leaves = try ledger.leaves(of: timestamp.span)
            let covered = leaves.indices.filter { index in
                leaves[index].kid.flatMap { ends[$0] }.map { time < $0 } ?? false
            }
            guard !covered.isEmpty else { continue }
            let path = HostedLayout.timestamp(timestamp.number)
            try body(path, timestamp.reply)
            let tree = MerkleTree(leaves: leaves.map(\.digest))
            for index in covered {
                let place = SignatureTimestamp(
                    timestamp: layout.url(path),
                    index: index,
                    count: leaves.count,
                    path: tree.path(of: index)
                )
                let name = SignatureTimestamp.name(of: leaves[index].digest)
                try body(HostedLayout.timestamps + name, place.json.serialized() + [0x0A])
            }
        }
    }
}
