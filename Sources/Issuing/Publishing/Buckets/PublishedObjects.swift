import Dispatch
import Synchronization

/// Puts files into a bucket where they differ from what is there, several at a time. Any thread may.
final class PublishedObjects: PublishTarget {
    private let bucket: Bucket
    private let isDryRun: Bool
    private let report: @Sendable (Publisher.Change, String) -> Void
    /// The objects that are there, with their tags; `nil` where only what is known to have changed is put.
    private let there: [String: String]?
    private let state = Mutex(State())
    /// How many requests are under way.
    private let places = DispatchSemaphore(value: PublishedObjects.parallel)

    private static let parallel = 16

    private struct State {
        var summary = Publisher.Summary()
        var failure: IssuingError?
    }

    init(
        _ bucket: Bucket,
        there: [String: String]?,
        isDryRun: Bool,
        report: @escaping @Sendable (Publisher.Change, String) -> Void
    ) {
        (self.bucket, self.there, self.isDryRun, self.report) = (bucket, there, isDryRun, report)
    }

    var summary: Publisher.Summary { state.withLock { $0.summary } }

    func write(_ path: String, _ bytes: [UInt8]) throws(IssuingError) {
        state.withLock { $0.summary.files += 1 }
        let old = there?[path]
        if let old, old == Bucket.tag(of: bytes) { return }
        state.withLock { $0.summary.written += 1 }
        report(old == nil ? .add : .change, path)
        guard !isDryRun else { return }
        let kind = WebServer.kinds.first { "/\(path)".hasSuffix($0.ending) }
        let isKnownNew = there != nil && old == nil
        try begin { [bucket] () async throws(IssuingError) in
            let isPut = try await bucket.put(
                path,
                bytes,
                type: kind?.type ?? "application/octet-stream",
                seconds: kind?.seconds ?? 300,
                isNew: isKnownNew
            )
            // Somebody was faster: what is there is looked at, and written over only if it is another.
            guard !isPut, try await bucket.tag(path) != Bucket.tag(of: bytes) else { return }
            _ = try await bucket.put(
                path,
                bytes,
                type: kind?.type ?? "application/octet-stream",
                seconds: kind?.seconds ?? 300,
                isNew: false
            )
        }
    }

    func write(_ badge: String, _ files: [(name: String, bytes: [UInt8])]) throws(IssuingError) {
        let folder = HostedLayout.folder(badge)
        for file in files { try write("\(folder)/\(file.name)", file.bytes) }
        let names = Set(files.map(\.name))
        for other in ["badge.png", "badge.svg"] where !names.contains(other) && there?["\(folder)/\(other)"] != nil {
            try remove("\(folder)/\(other)")
        }
    }

    func remove(_ path: String) throws(IssuingError) {
        if let there, there[path] == nil { return }
        state.withLock { $0.summary.removed += 1 }
        report(.remove, path)
        guard !isDryRun else { return }
        try begin { [bucket] () async throws(IssuingError) in try await bucket.remove(path) }
    }

    /// Waits until all is done.
    func finish() throws(IssuingError) {
        for _ in 0..<Self.parallel { places.wait() }
        for _ in 0..<Self.parallel { places.signal() }
        if let failure = state.withLock({ $0.failure }) { throw failure }
    }

    /// Begins a request as soon as there is a place for it; what went wrong before is thrown here.
    private func begin(_ work: @escaping @Sendable () async throws(IssuingError) -> Void) throws(IssuingError) {
        places.wait()
        if let failure = state.withLock({ $0.failure }) {
            places.signal()
            throw failure
        }
        Task.detached { [self] in
            do throws(IssuingError) {
                try await work()
            } catch {
                state.withLock { $0.failure = $0.failure ?? error }
            }
            places.signal()
        }
    }
}
