import JSONCore
import Schemas
import Testing

@Suite("The embedded documents")
struct ManifestTests {
    private static let documents: [EmbeddedDocument] = {
        var count = 0
        return Array(UnsafeBufferPointer(start: embedded_documents(&count), count: count))
    }()

    private static func json(_ document: EmbeddedDocument) throws -> JSON {
        try JSON(parsing: UnsafeBufferPointer(start: document.bytes, count: document.length))
    }

    @Test("the table has a row for each URL, alias and version of the manifest, in its order, and no other")
    func table() throws {
        let manifest = try Self.json(embedded_manifest().pointee)
        var expected: [String] = []
        for context in try #require(manifest["contexts"]?.array) {
            let url = try #require(context["url"]?.string)
            for name in [url] + (context["aliases"]?.array ?? []).compactMap(\.string) {
                for (number, version) in try #require(context["versions"]?.array).enumerated() {
                    expected.append("\(name) \(number) \(try #require(version["file"]?.string))")
                }
            }
        }
        let rows = Self.documents.map { "\(String(cString: $0.url)) \($0.version) \(String(cString: $0.file))" }
        #expect(rows == expected)
        #expect(Set(rows).count == rows.count)
    }

    @Test("each official digest of the manifest is a SHA-256 and stands for one file only")
    func digests() throws {
        let manifest = try Self.json(embedded_manifest().pointee)
        let versions = try #require(manifest["contexts"]?.array).flatMap { $0["versions"]?.array ?? [] }
        let digests = versions.flatMap { $0["equals"]?.array?.compactMap(\.string) ?? [] }
        #expect(digests.allSatisfy { $0.count == 64 && $0.allSatisfy { "0123456789abcdef".contains($0) } })
        #expect(Set(digests).count == digests.count)
        #expect(versions.allSatisfy { $0["equals"]?.array?.isEmpty == false })
    }

    @Test("each document is strict JSON that bears a context")
    func documents() throws {
        for document in Self.documents {
            let json = try Self.json(document)
            #expect(json["@context"] != nil, "\(String(cString: document.file))")
        }
    }
}
