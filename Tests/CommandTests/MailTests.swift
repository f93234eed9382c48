import JSONCore
import Testing

/// `badge notify --smtp`, against a real server.
@Suite("Letters by SMTP", .enabled(if: MailServer.python != nil, "python3-aiosmtpd is not installed"))
struct MailTests {
    private static let policy = """
        policy: award-policy/1
        id: https://badges.example.org/policies/algebra-2/1
        achievement: {id: algebra-2, name: Algebra II, image: algebra-1.svg}
        facts:
          exam: {kind: score, match: {exam: ALG-1}}
        requirements:
          - {id: mark, needs: exam, score: {min_percent: 60}}
          - {id: report, needs: exam, then: {mail: score-report, fields: [correct, percent]}}
        award: {dated: exam.at}

        """

    /// A workspace in which so many score reports wait, each for another candidate.
    private func waiting(_ count: Int, more: String = "") async throws -> Workspace {
        let workspace = try await Workspace.fresh()
        try workspace.write(Self.policy, to: "policies/algebra-1.yaml")
        var rows = "resultId,exam.id,candidate.email,score.raw,score.max,endedAt\n"
        for number in 0..<count {
            rows += "R-\(number),ALG-1,candidate\(number)@example.org,\(number % 20),40,2026-03-01T12:00:00Z\n"
        }
        try workspace.write(rows + more, to: "results/all.csv")
        try await workspace.succeed("issue", "results/all.csv")
        return workspace
    }

    @Test("a thousand letters go through a server that fails now and then, and each arrives once")
    func thousand() async throws {
        let workspace = try await waiting(1000)
        let server = try await MailServer(faults: true)
        defer { server.stop() }
        let outcome = try await workspace.badge(
            "notify",
            "--smtp",
            "smtp://127.0.0.1:\(server.port)",
            "--rounds",
            "8",
            "--json"
        )
        #expect(outcome.code == 0, "\(outcome.lastWords)")
        #expect(try outcome.json.first?["sent"]?.int == 1000)
        let letters = try server.letters()
        #expect(letters.count == 1000)
        #expect(Set(letters.map(\.id)).count == 1000)
        #expect(Set(letters.map(\.recipient)).count == 1000)
        #expect(try server.faults() > 50)
        let again = try await workspace.badge("notify", "--smtp", "smtp://127.0.0.1:\(server.port)", "--json")
        #expect(again.code == 0)
        #expect(try again.json.first?["sent"]?.int == 0)
        #expect(try server.letters().count == 1000)
    }

    @Test("a recipient that the server does not know is told, and keeps no other letter back") func refused()
        async throws
    {
        let more = "R-x,ALG-1,nobody@example.org,1,40,2026-03-01T12:00:00Z\n"
        let workspace = try await waiting(3, more: more)
        let server = try await MailServer(faults: false)
        defer { server.stop() }
        let outcome = try await workspace.badge("notify", "--smtp", "smtp://localhost:\(server.port)")
        #expect(outcome.code == 2)
        #expect(outcome.text == "3 letters sent\n")
        #expect(outcome.speech.contains("550"))
        #expect(!outcome.speech.contains("nobody@"))
        #expect(try server.letters().count == 3)
    }

    @Test("a server that is away leaves the letters where they are") func away() async throws {
        let workspace = try await waiting(2)
        let server = try await MailServer(faults: false)
        server.stop()
        let outcome = try await workspace.badge(
            "notify",
            "--smtp",
            "smtp://127.0.0.1:\(server.port)",
            "--rounds",
            "1",
            "--json"
        )
        #expect(outcome.code == 3)
        #expect(try outcome.json.first?["postponed"]?.int == 2)
        let second = try await MailServer(faults: false)
        defer { second.stop() }
        let later = try await workspace.badge("notify", "--smtp", "smtp://127.0.0.1:\(second.port)", "--json")
        #expect(try later.json.first?["sent"]?.int == 2)
    }

    @Test(
        "what could be overheard, or read from the command line, is refused",
        arguments: [
            (["--smtp", "smtp://user:secret@127.0.0.1"], "USER_INFO_REFUSED"),
            (["--smtp", "mail.example.org"], "URL_MALFORMED"),
            (["--smtp", "smtp://127.0.0.1:x"], "URL_MALFORMED"),
        ]
    ) func unsafe(options: [String], code: String) async throws {
        let workspace = try await Workspace.published()
        let outcome = try await BadgeCommand.run(["notify"] + options, in: workspace.path)
        #expect(outcome.code == 1)
        #expect(outcome.speech.contains(code))
        #expect(!outcome.speech.contains("secret"))
    }
}
