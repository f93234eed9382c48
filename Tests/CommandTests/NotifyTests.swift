import Glibc
import JSONCore
import Testing

/// `badge notify`: the letters that policies ask for, each once.
@Suite("Letters")
struct NotifyTests {
    private static let policy = """
        policy: award-policy/1
        id: https://badges.example.org/policies/algebra-2/1
        achievement: {id: algebra-2, name: "Algebra II: Gleichungen & Ungleichungen", image: algebra-1.svg}
        facts:
          module: {kind: completion, match: {activity: ALG-M}}
          invite: {kind: invitation, match: {exam: ALG-1}, produced_by: engine}
          exam: {kind: score, match: {exam: ALG-1}}
        requirements:
          - {id: module, needs: module, status: completed}
          - {id: invite, needs: invite, after: module, then: {mail: exam-url}}
          - {id: mark, needs: exam, score: {min_percent: 60}, within: {period: P7D, of: invite.at}}
          - {id: report, needs: exam, then: {mail: score-report, fields: [correct, percent]}}
        award: {dated: exam.at, expires: P2Y, notify: true}

        """

    private static func line(_ id: String, _ rest: String, _ at: String) -> String {
        #"{"resultId":"\#(id)","candidate":{"email":"Ada@example.org","given":"Ada","family":"Gauß"},"endedAt":"\#(at)",\#(rest)}"#
            + "\n"
    }

    private static func workspace() async throws -> Workspace {
        let workspace = try await Workspace.signingFast()
        try workspace.write(policy, to: "policies/algebra-1.yaml")
        try workspace.edit("issuer.yaml") {
            $0 + "\nexams: {ALG-1: \"https://exams.example.org/algebra?invitation={invitation}\"}\n"
        }
        let module = line(
            "M-1",
            #""kind":"completion","activity":{"id":"ALG-M"},"status":"completed""#,
            "2026-02-01T10:00:00Z"
        )
        try workspace.write(module, to: "results/1.ndjson")
        let exam = line(
            "X-1",
            #""exam":{"id":"ALG-1","name":"Algebra"},"score":{"raw":37,"max":40}"#,
            "2026-03-03T13:25:00Z"
        )
        try workspace.write(exam, to: "results/2.ndjson")
        return workspace
    }

    private struct Letter {
        let headers: [String: String]
        let text: String
        let html: String
        let whole: String

        init(_ bytes: [UInt8]) throws {
            let whole = String(decoding: bytes, as: UTF8.self)
            self.whole = whole
            let head = whole.split(separator: "\r\n\r\n", maxSplits: 1)[0].replacing("\r\n ", with: " ")
            headers = Dictionary(
                head.split(separator: "\r\n").compactMap { line in
                    let parts = line.split(separator: ": ", maxSplits: 1)
                    return parts.count == 2 ? (String(parts[0]), String(parts[1])) : nil
                }
            ) { first, _ in first }
            func part(_ type: String) -> String {
                let parts = whole.split(separator: "Content-Type: text/\(type)", maxSplits: 1)
                guard parts.count == 2 else { return "" }
                let body = parts[1].split(separator: "\r\n\r\n", maxSplits: 1)[1]
                return Letter.decoded(String(body.prefix { $0 != "-" }))
            }
            text = part("plain")
            html = part("html")
        }

        static func decoded(_ base64: String) -> String {
            var bits: UInt32 = 0
            var count = 0
            var bytes: [UInt8] = []
            let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)
            for byte in base64.utf8 {
                guard let value = alphabet.firstIndex(of: byte) else { continue }
                bits = bits << 6 | UInt32(value)
                count += 6
                if count >= 8 {
                    count -= 8
                    bytes.append(UInt8(truncatingIfNeeded: bits >> UInt32(count)))
                }
            }
            return String(decoding: bytes, as: UTF8.self)
        }
    }

    private func letters(_ workspace: Workspace) throws -> [Letter] {
        try FileTree.contents(of: workspace.file("letters/new")).sorted { $0.key < $1.key }.map { try Letter($0.value) }
    }

    @Test("the invitation, the report and the award go out once each, with nobody's address in a URL")
    func once() async throws {
        let workspace = try await Self.workspace()
        try await workspace.succeed("issue", "results/1.ndjson", "--at", "2026-03-01T09:00:00Z")
        #expect(try await workspace.succeed("notify").text == "1 letters in letters/new\n")
        let invitation = try #require(try letters(workspace).first)
        #expect(invitation.headers["To"] == "=?utf-8?B?QWRhIEdhdcOf?= <ada@example.org>")
        #expect(invitation.headers["From"] == "\"Example Examinations Office\" <exams@example.org>")
        #expect(invitation.headers["Date"] == "Sun, 01 Mar 2026 09:00:00 +0000")
        #expect(invitation.headers["Auto-Submitted"] == "auto-generated")
        #expect(invitation.text.contains("https://exams.example.org/algebra?invitation="))
        #expect(!invitation.text.contains("{invitation}"))
        #expect(invitation.text.contains("2026-03-08T09:00:00Z"))
        #expect(invitation.html.contains("Gleichungen &amp; Ungleichungen"))

        try await workspace.succeed("issue", "results/2.ndjson", "--at", "2026-03-04T09:00:00Z")
        try await workspace.succeed("publish")
        #expect(try await workspace.succeed("notify", "--json").json.first?["letters"]?.int == 2)
        let all = try letters(workspace)
        #expect(all.count == 3)
        let report = try #require(all.first { $0.text.contains("37 of 40 correct") })
        #expect(report.text.contains("92.5 %"))
        let award = try #require(all.first { $0.text.contains("linkedin.com") })
        #expect(award.text.contains("issueYear=2026&issueMonth=3&expirationYear=2028&expirationMonth=3&certUrl="))
        #expect(award.text.contains("name=Algebra%20II%3A%20Gleichungen%20%26%20Ungleichungen"))
        #expect(award.whole.contains("Content-Type: image/svg+xml; name=\"badge.svg\""))
        for letter in all {
            for url in letter.text.split(whereSeparator: \.isWhitespace) where url.hasPrefix("https://") {
                #expect(!url.contains("@") && !url.contains("example.org%40") && !url.lowercased().contains("%40"))
            }
            #expect(letter.whole.split(separator: "\r\n").allSatisfy { $0.utf8.count <= 998 })
        }
        #expect(Set(all.compactMap { $0.headers["Message-ID"] }).count == 3)

        // Nothing new, nothing more; and one that was written, but not noted, is written over.
        #expect(try await workspace.succeed("notify").text == "no letter waits\n")
        try await workspace.succeed("issue", "results/1.ndjson", "results/2.ndjson")
        #expect(try await workspace.succeed("notify").text == "no letter waits\n")
        #expect(try FileTree.entries(of: workspace.file("letters/new")).values.allSatisfy { $0.permissions == 0o600 })
    }

    @Test("a workspace's own words, and another language")
    func templates() async throws {
        let workspace = try await Self.workspace()
        try FileTree.makeFolder(workspace.file("templates"))
        try workspace.write(
            "Subject: Prüfung {{achievement}}\n\nHallo {{given}}: {{url}}\n",
            to: "templates/exam-url.de.txt"
        )
        try await workspace.succeed("issue", "results/1.ndjson", "--at", "2026-03-01T09:00:00Z")
        try await workspace.succeed("notify", "--locale", "de")
        let own = try #require(try letters(workspace).first)
        #expect(own.text.hasPrefix("Hallo Ada: https://exams.example.org/"))
        try await workspace.succeed("issue", "results/2.ndjson", "--at", "2026-03-04T09:00:00Z")
        try await workspace.succeed("notify", "--locale", "de")
        #expect(try letters(workspace).contains { $0.text.contains("37 von 40 richtig") })
        try workspace.write("no subject\n", to: "templates/exam-url.de.txt")
        #expect(try await workspace.badge("notify", "--locale", "../de").code == 64)
    }

    @Test("an exam's URL that nobody has said is an error before anything is recorded")
    func withoutURL() async throws {
        let workspace = try await Self.workspace()
        try workspace.edit("issuer.yaml") { $0.replacing("exams:", with: "# exams:") }
        let outcome = try await workspace.badge("issue", "results/1.ndjson")
        #expect(outcome.code == 1)
        #expect(outcome.speech.contains("CONFIGURATION_INVALID"))
        #expect(outcome.speech.contains("exams: {ALG-1: "))
    }
}
