import Cryptography
import OpenBadges
import Testing

@Suite("The README keeps its word")
struct ReadmeTests {
    private static let readme = Repository.text("README.md") ?? ""

    @Test("the README has fewer than 200 lines, and its limitations")
    func isShort() {
        #expect(Self.readme.split(separator: "\n", omittingEmptySubsequences: false).count < 200)
        #expect(Self.readme.contains("## Limitations"))
    }

    @Test("its Swift blocks are the code that these tests compile and run")
    func swiftBlocksAreCompiled() throws {
        let blocks = Self.blocks(of: "swift")
        #expect(blocks.count == 2)
        let own = Self.squeezed(try #require(Repository.text("Tests/RepositoryTests/ReadmeTests.swift")))
        for block in blocks {
            for line in block.split(separator: "\n") where !line.hasPrefix("import ") {
                let line = Self.squeezed(String(line))
                #expect(line.isEmpty || own.contains(line), "not compiled here: \(line)")
            }
        }
    }

    @Test("a badge that is issued as the README says verifies as the README says")
    func examplesWork() async throws {
        let key = try PrivateKey(generating: .p256)
        let issuer = try Issuer(
            profile: Profile(id: "https://exams.example.org/issuer", name: "Example Exams"),
            key: key
        )
        let algebra = Achievement(
            id: "https://exams.example.org/achievements/algebra-1",
            name: "Algebra I",
            description: "First-year algebra.",
            criteria: "Scored 60 % or more in the final exam."
        )
        let badge = try issuer.issue(algebra, to: .email("ada@example.org"), result: .percent(87))

        let published = [issuer.kid: issuer.keyDocument]
        #expect(await check(badge, loader: Published(documents: published)) == "Algebra I, 1 result")
        #expect(await check(badge, loader: Published(documents: [:])).contains("KEY_"))
    }

    func check(_ badge: [UInt8], loader: any DocumentLoader = WebLoader()) async -> String {
        let verifier = Verifier(trusting: ["https://exams.example.org/issuer"], loader: loader)
        let report = await verifier.verify(badge)
        switch report.verdict {
        case .verified(let badge): return "\(badge.achievement.name), \(badge.facts.results.count) result"
        case .rejected, .undetermined: return report.problems.map(\.description).joined(separator: "\n")
        }
    }

    @Test("every command that the README's table names is in the command's sources")
    func commandsExist() throws {
        let commands = Self.readme.split(separator: "\n").filter { $0.hasPrefix("| `badge ") }
            .compactMap { $0.dropFirst("| `badge ".count).split(whereSeparator: { " `".contains($0) }).first }
        #expect(commands.count >= 7)
        let sources = Repository.swiftFiles(in: "Sources/badge").compactMap(Repository.text).joined()
        for command in commands {
            #expect(sources.contains("commandName: \"\(command)\""), "\(command) is no command")
        }
    }

    private static func blocks(of language: String) -> [String] {
        readme.components(separatedBy: "```\(language)\n").dropFirst().compactMap {
            $0.components(separatedBy: "\n```").first
        }
    }

    private static func squeezed(_ text: String) -> String {
        text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
    }

    private struct Published: DocumentLoader {
        let documents: [String: [UInt8]]

        func load(_ url: String) async -> LoadedDocument.Answer {
            guard let body = documents[url] else { return .missing(status: 404) }
            return .found(LoadedDocument(url: url, body: body, source: .web))
        }
    }
}
