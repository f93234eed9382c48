import JSONCore
import Testing

@Suite("The verification report")
struct ReportShapeTests {
    private let workspace: Workspace

    init() async throws { workspace = try await Workspace.shared.value }

    private static let checks = [
        "container", "json", "context", "type", "schema", "subject", "result", "proof", "key", "claims", "refresh",
        "status", "dates", "recipient", "endorsement", "issuer", "image",
    ]
    private static let answers = [
        "authentic": ["yes", "no", "unknown"], "current": ["yes", "no", "unknown"],
        "subject": ["match", "mismatch", "not-asked", "unknown"],
        "issuer": ["trusted", "domain", "self-claimed", "untrusted", "unknown"],
        "content": ["conforms", "violates", "unknown"],
    ]

    /// One of every kind: verified, rejected, undetermined, no badge at all, gone, unreachable.
    private func reports() async throws -> [Report] {
        let folder = try TemporaryFolder.make("shape")
        try FileTree.write("A letter.", to: "\(folder)/letter.json")
        try FileTree.write("{\"type\":", to: "\(folder)/half.json")
        try FileTree.write("{\"type\":[\"VerifiableCredential\",\"OpenBadgeCredential\"]}", to: "\(folder)/empty.json")
        try FileTree.write(try unsignedCredential().serialized(), to: "\(folder)/unsigned.json")
        let gone = "https://badges.example.net/gone.json"
        var documents = try DocumentFolder()
        try documents.answer(gone, status: 410)
        let inputs = [workspace.file("public/credentials"), folder, gone, "https://nobody.example/1.jwt"]
        let options = ["--json", "--offline", "--documents", documents.path, "--recipient", "ada@example.org"]
        let here = try await BadgeCommand.run(
            ["verify"] + inputs + options + ["--workspace", workspace.path],
            in: folder
        )
        let elsewhere = try await BadgeCommand.run(["verify"] + inputs + options, in: folder)
        return try here.reports + elsewhere.reports
    }

    /// What a JWT says, without its signature and without the proof inside it.
    private func unsignedCredential() throws -> JSON {
        var jws = try OpenedJWS(workspace.read(try #require(try workspace.badges("credential.jwt").first)))
        jws.payload["proof"] = nil
        return jws.payload
    }

    @Test("has every field, every check exactly once in order, and a verdict that follows from its answers")
    func shape() async throws {
        let reports = try await reports()
        #expect(reports.count == 42)
        #expect(Set(reports.map(\.verdict)) == ["verified", "rejected", "undetermined"])
        for report in reports {
            let members = try #require(report.json.object)
            #expect(
                members.keys == ["input", "format", "verdict", "answers", "badge", "checks", "problems", "sentence"]
            )
            let answers = try #require(report.json["answers"]?.object)
            #expect(answers.keys == ["authentic", "current", "subject", "issuer", "content"])
            for (name, values) in Self.answers { #expect(values.contains(answers[name]?.string ?? ""), "\(name)") }
            try expectChecks(of: report)
            try expectProblems(of: report)
            expectVerdict(of: report)
            if let badge = report.json["badge"]?.object {
                #expect(
                    badge.keys == ["id", "name", "issuer", "recipient", "validFrom", "validUntil", "results"]
                )
                #expect(badge["issuer"]?.object?.keys == ["id", "name"])
            } else {
                #expect(report.json["badge"]?.isNull == true)
            }
            #expect(report.sentence.hasSuffix("."))
        }
    }

    private func expectChecks(of report: Report) throws {
        let checks = try #require(report.json["checks"]?.array)
        #expect(checks.map { $0["check"]?.string ?? "" } == Self.checks)
        for check in checks {
            #expect(check.object?.keys == ["check", "outcome", "detail"])
            #expect(check["detail"]?.string?.isEmpty == false, "a check that did not run says why")
            #expect(["passed", "failed", "undetermined", "skipped", "warned"].contains(check["outcome"]?.string))
        }
    }

    private func expectProblems(of report: Report) throws {
        for problem in try #require(report.json["problems"]?.array) {
            #expect(problem.object?.keys == ["code", "title", "detail", "check", "path"])
            let code = problem["code"]?.string ?? ""
            #expect(!code.isEmpty && code.allSatisfy { $0.isUppercase || $0.isNumber || $0 == "_" }, "\(code)")
            #expect(Self.checks.contains(problem["check"]?.string ?? ""))
        }
        if report.verdict != "verified" { #expect(!report.codes.isEmpty) }
    }

    private func expectVerdict(of report: Report) {
        let isNo = report.authentic == "no" || report.current == "no" || report.content == "violates"
        let isUnknown = [report.authentic, report.current, report.content].contains("unknown")
        if isNo || report.subject == "mismatch" {
            #expect(report.verdict == "rejected")
        } else if isUnknown || report.subject == "unknown" {
            #expect(report.verdict == "undetermined")
        } else {
            #expect(report.verdict == "verified")
        }
    }

    @Test("a credential without proof is rejected, whatever it says")
    func unsigned() async throws {
        let outcome = try await workspace.badge(
            "verify",
            "-",
            "--json",
            "--offline",
            input: try unsignedCredential().serialized()
        )
        #expect(outcome.code == 2)
        #expect(try outcome.reports.first?.codes.contains("PROOF_MISSING") == true)
    }

    @Test("text for people says the same, without colour unless on a terminal, and never against NO_COLOR")
    func colour() async throws {
        let badge = try #require(try workspace.badges("credential.jwt").first)
        let arguments = ["verify", badge, "--offline"]
        let plain = try await BadgeCommand.run(arguments, in: workspace.path)
        #expect(plain.text.hasPrefix("\(badge): verified\n"))
        #expect(!plain.output.contains(0x1B))
        #expect(
            try await BadgeCommand.run(arguments + ["--color", "always"], in: workspace.path).output.contains(0x1B)
        )

        func onTerminal(_ options: [String], _ environment: [String: String] = [:]) async throws -> Bool {
            let outcome = try await BadgeCommand.run(
                arguments + options,
                in: workspace.path,
                environment: environment,
                terminal: PseudoTerminal()
            )
            #expect(outcome.text.contains("verified"))
            return outcome.output.contains(0x1B)
        }
        #expect(try await onTerminal([]))
        #expect(try await !onTerminal([], ["NO_COLOR": "1"]))
        #expect(try await onTerminal([], ["NO_COLOR": ""]), "an empty NO_COLOR says nothing")
        #expect(try await !onTerminal(["--color", "never"]))
    }

    @Test("text for people fits their terminal, and goes elsewhere in whole lines")
    func width() async throws {
        let badge = try #require(try workspace.badges("credential.jwt").first)
        let arguments = ["verify", badge, "--offline", "--color", "never", "-v"]
        let plain = try await BadgeCommand.run(arguments, in: workspace.path)
        let narrow = try await BadgeCommand.run(arguments, in: workspace.path, terminal: PseudoTerminal(columns: 60))
        let lines = narrow.text.split(whereSeparator: \.isNewline).dropFirst()
        #expect(lines.count > plain.text.split(separator: "\n").count)
        #expect(lines.allSatisfy { $0.count <= 60 || !$0.dropFirst(4).contains(" ") }, "\(lines)")
        func words(_ text: some StringProtocol) -> [Substring] { String(text).split { $0 == " " || $0.isNewline } }
        // The time of the verification is another.
        #expect(words(narrow.text).count == words(plain.text).count)
        let unknown = try await BadgeCommand.run(arguments, in: workspace.path, terminal: PseudoTerminal())
        #expect(unknown.text.split(whereSeparator: \.isNewline).count == plain.text.split(separator: "\n").count)
    }

    @Test("nothing in a badge can speak to the terminal")
    func controlCharacters() async throws {
        var jws = try OpenedJWS(workspace.read(try #require(try workspace.badges("credential.jwt").first)))
        jws.payload["credentialSubject"]?["achievement"]?["name"] = "Algebra\u{1B}[2J\u{202E}\u{7}\r\nverified"
        jws.payload["issuer"]?["name"] = "\u{1B}]0;owned\u{7}"
        for options in [[], ["--verbose"], ["--color", "never"]] {
            let outcome = try await BadgeCommand.run(
                ["verify", "-", "--offline"] + options,
                in: workspace.path,
                input: jws.compact()
            )
            #expect(outcome.code == 2)
            #expect(!outcome.text.unicodeScalars.contains { $0 == "\u{1B}" || $0 == "\u{202E}" || $0 == "\u{7}" })
            #expect(!outcome.text.contains("\nverified"), "a name has no lines")
        }
    }

    @Test("-q leaves the exit code to speak, -v says every check")
    func loudness() async throws {
        let badge = try #require(try workspace.badges("credential.jwt").first)
        let quiet = try await workspace.badge("verify", badge, "--offline", "-q")
        #expect(quiet.code == 0)
        #expect(quiet.output.isEmpty && quiet.errors.isEmpty)
        let verbose = try await workspace.badge("verify", badge, "--offline", "-v")
        for check in Self.checks { #expect(verbose.text.contains("\n  \(check): "), "\(check)") }
    }
}
