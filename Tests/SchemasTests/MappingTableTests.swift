import Foundation
import Schemas
import Testing

@Suite("Built-in mappings") struct MappingTableTests {
    @Test("every file of mappings/ is embedded under its name") func table() throws {
        let folder = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().appending(path: "Schemas/mappings")
        let files = try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted()
        var count = 0
        let rows = UnsafeBufferPointer(start: embedded_mappings(&count), count: count)
        #expect(rows.map { String(cString: $0.url) + ".yaml" }.sorted() == files)
        for row in rows {
            let bytes = UnsafeBufferPointer(start: row.bytes, count: row.length)
            let file = folder.appending(path: String(cString: row.url) + ".yaml")
            #expect(try Data(contentsOf: file).elementsEqual(bytes))
        }
    }
}
