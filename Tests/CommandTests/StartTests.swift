import Testing

@Suite("What a start costs")
struct StartTests {
    /// The dynamic linker says on standard error what it loads.
    private static let talkative = ["LD_DEBUG": "files"]

    /// libcurl brings some thirty libraries with it, and loading them takes as long as all else together.
    @Test("libcurl is not loaded unless something is fetched")
    func withoutNetwork() async throws {
        let workspace = try await Workspace.shared.value
        let badge = try #require(try workspace.badges("credential.jwt").first)
        let offline = try await BadgeCommand.run(
            ["verify", badge, "--offline", "--workspace", workspace.path],
            in: workspace.path,
            environment: Self.talkative
        )
        #expect(offline.code == 0)
        #expect(offline.speech.contains("libcrypto.so"))
        #expect(!offline.speech.contains("libcurl.so"))

        // A label of more than 63 letters: the resolver gives up without asking the network.
        let url = "https://\(String(repeating: "a", count: 70)).invalid/badge"
        let online = try await BadgeCommand.run(["verify", url], in: workspace.path, environment: Self.talkative)
        #expect(online.code == 3)
        #expect(online.speech.contains("libcurl.so"))
    }
}
