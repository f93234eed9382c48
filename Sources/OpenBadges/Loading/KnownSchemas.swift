import JSONCore
import Schemas
import Synchronization

/// The JSON Schemas that are embedded, by their own URLs and by the official ones that they answer for.
///
/// Source: `Schemas/manifest.json`.
enum KnownSchemas {
    /// The schema of a URL, if it is one of them. Each is read when a badge first names it.
    static func schema(_ url: String) -> JSON? {
        read.withLock { read in
            if let known = read[url] { return known }
            var count = 0
            let rows = UnsafeBufferPointer(start: embedded_schemas(&count), count: count)
            guard let row = rows.first(where: { String(cString: $0.url) == url }) else { return nil }
            let schema = try? JSON(parsing: Array(UnsafeBufferPointer(start: row.bytes, count: row.length)))
            read[url] = schema
            return schema
        }
    }

    private static let read = Mutex<[String: JSON]>([:])
}
