import Synchronization
import Transport

/// A clock that moves when a test says so.
final class ManualClock: Sendable {
    private let time = Atomic<Int64>(1_767_225_600)

    /// 2026-01-01T00:00:00Z, and what was added to it.
    var now: Int64 { time.load(ordering: .relaxed) }
    func advance(_ seconds: Int64) { time.add(seconds, ordering: .relaxed) }
}

/// What tests of the cache stand on: a clock, a client, and a folder where they want one.
struct CacheBench {
    let clock = ManualClock()
    let limits: HTTPCache.Limits
    let cache: HTTPCache
    let client: HTTPClient

    /// - Parameters:
    ///   - sharing: nothing is shared unless a test is about it, so that each request shows what the headers say.
    init(
        directory: String? = nil,
        sharing: Duration = .zero,
        policy: FetchPolicy = .loose,
        _ change: (inout HTTPCache.Limits) -> Void = { _ in },
        digest: @escaping @Sendable ([UInt8]) -> [UInt8] = { Self.digest($0) }
    ) throws {
        var limits = HTTPCache.Limits.standard
        limits.sharingTime = sharing
        change(&limits)
        self.limits = limits
        let clock = clock
        cache =
            if let directory {
                try HTTPCache(directory: directory, limits: limits, digest: digest, clock: { clock.now })
            } else {
                HTTPCache(limits: limits, clock: { clock.now })
            }
        client = HTTPClient(policy: policy, cache: cache)
    }

    /// Two rounds of FNV-1a: no cryptography, but it sees damage.
    static func digest(_ bytes: [UInt8]) -> [UInt8] {
        [0xCBF2_9CE4_8422_2325 as UInt64, 0x8422_2325_CBF2_9CE4].flatMap { seed in
            let hash = bytes.reduce(seed) { ($0 ^ UInt64($1)) &* 0x100_0000_01B3 }
            return stride(from: 56, through: 0, by: -8).map { UInt8(truncatingIfNeeded: hash >> $0) }
        }
    }

    func get(_ url: String, use: CacheUse = .standard) async throws(TransportError) -> (String, CacheStatus) {
        let response = try await client.get(url, use: use)
        return (String(decoding: response.body, as: UTF8.self), response.cacheStatus)
    }
}
