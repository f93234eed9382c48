import JSONCore
import Testing

@Suite("Names that files have")
struct FileNameTests {
    private static let svg = Array("<svg xmlns=\"http://www.w3.org/2000/svg\"><g/></svg>\n".utf8)

    @Test(
        "a badge is found in its file, whatever that is called",
        arguments: ["ada (2).svg", "ADA.SVG", "ada", "ada.png", "ada.svg.txt", "Zeugnis für Ada.svg", "-ada.svg"]
    )
    func names(_ name: String) async throws {
        let workspace = try await Workspace.shared.value
        let badge = try #require(try workspace.badges("credential.jwt").first)
        let folder = try TemporaryFolder.make("names")
        try FileTree.write(Self.svg, to: "\(folder)/logo.svg")
        try FileTree.write(try workspace.read(badge), to: "\(folder)/ada.jwt")
        let baked = try await BadgeCommand.run(["bake", "ada.jwt", "logo.svg", "-o", "./\(name)", "-q"], in: folder)
        #expect(baked.code == 0, "\(baked.speech)")
        let verified = try await BadgeCommand.run(
            ["verify", "./\(name)", "--json", "--offline", "--workspace", workspace.path],
            in: folder
        )
        #expect(verified.code == 0, "\(verified.speech)")
        #expect(try verified.reports.first?.json["input"]?.string == "./\(name)")
    }

    @Test("in a folder, too, capitals and copies are badges")
    func folder() async throws {
        let workspace = try await Workspace.shared.value
        let badge = try workspace.read(try #require(try workspace.badges("credential.jwt").first))
        let folder = try TemporaryFolder.make("names")
        for name in ["ADA.JWT", "ada (2).Jwt", "notes.txt"] { try FileTree.write(badge, to: "\(folder)/\(name)") }
        let verified = try await BadgeCommand.run(
            ["verify", ".", "--json", "--offline", "--workspace", workspace.path],
            in: folder
        )
        #expect(verified.code == 0, "\(verified.speech)")
        #expect(try verified.reports.count == 2)
    }
}
