import Testing

@Suite("The folder of schemas")
struct SchemaFilesTests {
    @Test("each file of it is embedded, and the manifest says what it is", arguments: ["contexts", "json-schema"])
    func files(folder: String) throws {
        let manifest = try #require(Repository.text("Schemas/manifest.json"))
        let sources = try ["embedded.c", "embedded_schemas.c"].map { try #require(Repository.text("Schemas/\($0)")) }
        let names = Repository.names(in: "Schemas/\(folder)")
        #expect(names.count > 10)
        for name in names {
            #expect(manifest.contains("\"\(folder)/\(name)\""), "\(name)")
            #expect(sources.contains { $0.contains("#embed \"\(folder)/\(name)\"") }, "\(name)")
        }
    }
}
