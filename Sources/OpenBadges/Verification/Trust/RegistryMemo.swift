import Cryptography
import Synchronization

/// Registries that were read already: every badge of a folder asks the same ones.
///
/// Every copy of a policy shares its memory.
final class RegistryMemo: Sendable {
    private struct Entry {
        let body: [UInt8]
        let document: Swift.Result<RegistryDocument, RegistryDocument.Refusal>
        let sha256: [UInt8]
    }

    private let entries = Mutex<[Entry]>([])
    /// A registry can change under way, so a few more than a policy can have.
    private static let maximumCount = TrustRegistry.Limits.registries + 4

    /// The document in a body, and the body's digest.
    func document(
        in body: [UInt8]
    ) -> (document: Swift.Result<RegistryDocument, RegistryDocument.Refusal>, sha256: [UInt8]) {
        // Bodies out of one cache share their memory, so that comparing them takes no time.
        if let known = entries.withLock({ entries in entries.first { $0.body == body } }) {
            return (known.document, known.sha256)
        }
        let entry = Entry(
            body: body,
            document: Swift.Result { () throws(RegistryDocument.Refusal) in try RegistryDocument(parsing: body) },
            sha256: DigestAlgorithm.sha256.digest(body)
        )
        entries.withLock { entries in
            if entries.count >= Self.maximumCount { entries.removeFirst() }
            entries.append(entry)
        }
        return (entry.document, entry.sha256)
    }
}
