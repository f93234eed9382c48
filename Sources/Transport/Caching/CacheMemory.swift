/// Answers in memory, by key: as many as fit, the ones used last.
struct CacheMemory {
    struct Entry {
        let response: StoredResponse
        /// When this process last heard from the server that it holds; nil where it was read from disk.
        let heard: Int64?
        fileprivate var lastUse: UInt64
    }

    private let maximumBytes: Int
    private var entries: [CacheKey: Entry] = [:]
    private var bytes = 0
    private var uses: UInt64 = 0

    init(maximumBytes: Int) { self.maximumBytes = maximumBytes }

    mutating func entry(_ key: CacheKey) -> Entry? {
        guard var entry = entries[key] else { return nil }
        uses += 1
        entry.lastUse = uses
        entries[key] = entry
        return entry
    }

    mutating func keep(_ response: StoredResponse, heard: Int64?, for key: CacheKey) {
        remove(key)
        let size = response.size
        // One that would push out most of the others is not worth it.
        guard size <= maximumBytes / 4 else { return }
        uses += 1
        bytes += size
        entries[key] = Entry(response: response, heard: heard, lastUse: uses)
        if bytes > maximumBytes { shrink() }
    }

    mutating func remove(_ key: CacheKey) {
        guard let entry = entries.removeValue(forKey: key) else { return }
        bytes -= entry.response.size
    }

    /// Lets go of a quarter at a time, so that sorting them is seldom.
    private mutating func shrink() {
        for (key, _) in entries.map({ ($0.key, $0.value.lastUse) }).sorted(by: { $0.1 < $1.1 }) {
            guard bytes > maximumBytes / 4 * 3 else { break }
            remove(key)
        }
    }
}
