import Synchronization

/// What one badge's verification has found out and another's can use: badges of one issuer share status lists.
///
/// Bounded, and forgotten with the documents that it rests on.
final class SharedFindings: Sendable {
    struct Entry<Value: Sendable>: Sendable {
        let value: Value
        let restsOnWorkspace: Bool
    }

    private let entries = Mutex<[String: any Sendable]>([:])
    /// A decoded status list takes 16 KB and more.
    private static let maximumEntries = 256

    func entry<Value>(_ name: String) -> Entry<Value>? {
        entries.withLock { $0[name] as? Entry<Value> }
    }

    func keep(_ name: String, _ entry: Entry<some Sendable>) {
        entries.withLock { entries in
            if entries.count >= Self.maximumEntries { entries.removeAll() }
            entries[name] = entry
        }
    }
}
