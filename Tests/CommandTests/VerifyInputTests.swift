import JSONCore
import Testing

@Suite("What `badge verify` is given")
struct VerifyInputTests {
    private let workspace: Workspace
    private let good: String

    init() async throws {
        let workspace = try await Workspace.shared.value
        self.workspace = workspace
        good = try #require(try workspace.badges("credential.jwt").first)
    }

    /// A badge whose issuer nobody can ask, and one that is none.
    private func folder() throws -> String {
        let folder = try TemporaryFolder.make("inputs")
        var jws = try OpenedJWS(workspace.read(good))
        jws.payload["issuer"]?["id"] = "did:web:nobody.example"
        jws.payload["iss"] = "did:web:nobody.example"
        jws.header["kid"] = "did:web:nobody.example#key"
        try FileTree.write(jws.compact(), to: "\(folder)/unknown.jwt")
        try FileTree.write("Dear employer, I have a badge.", to: "\(folder)/letter.json")
        try FileTree.write(try workspace.read(good), to: "\(folder)/good.jwt")
        return folder
    }

    private func verify(_ inputs: [String], in folder: String, input: [UInt8] = []) async throws -> ChildProcess.Outcome
    {
        try await BadgeCommand.run(
            ["verify"] + inputs + ["--json", "--offline", "--workspace", workspace.path],
            in: folder,
            input: input
        )
    }

    @Test("of several inputs each has its report, and the gravest decides: 1, 2, 3, 0")
    func precedence() async throws {
        let folder = try folder()
        let cases: [([String], Int32, Int)] = [
            (["good.jwt"], 0, 1), (["unknown.jwt"], 3, 1), (["letter.json"], 2, 1), (["missing.jwt"], 1, 0),
            (["good.jwt", "unknown.jwt"], 3, 2), (["unknown.jwt", "letter.json", "good.jwt"], 2, 3),
            (["missing.jwt", "letter.json", "unknown.jwt", "good.jwt"], 1, 3), (["good.jwt", "good.jwt"], 0, 2),
        ]
        for (inputs, code, reports) in cases {
            let outcome = try await verify(inputs, in: folder)
            #expect(outcome.code == code, "\(inputs)")
            #expect(try outcome.reports.map { $0.json["input"]?.string } == inputs.filter { $0 != "missing.jwt" })
            #expect(try outcome.reports.count == reports)
        }
    }

    @Test("a file that is not there ends in 1, and is named")
    func missing() async throws {
        let outcome = try await verify(["missing.jwt"], in: folder())
        #expect(outcome.code == 1)
        #expect(outcome.output.isEmpty)
        #expect(outcome.speech == "badge: error: missing.jwt: No such file or directory\n")
        let empty = try await verify(["."], in: TemporaryFolder.make("empty"))
        #expect(empty.code == 1)
    }

    @Test("`-` is standard input")
    func standardInput() async throws {
        let outcome = try await verify(["-"], in: folder(), input: try workspace.read(good))
        #expect(outcome.code == 0)
        #expect(try outcome.reports.first?.json["input"]?.string == "-")
        let lines = [0x0A] + (try workspace.read(good)) + [0x0D, 0x0A]
        #expect(try await verify(["-"], in: folder(), input: lines).code == 0)
        #expect(try await verify(["-"], in: folder()).code == 2)
    }

    @Test(
        "what can be read and is no badge is rejected as one that is none",
        arguments: [
            ("", "NOT_A_BADGE"), (" \n\t ", "NOT_A_BADGE"), ("A letter.", "NOT_A_BADGE"), ("{}", "NOT_A_BADGE"),
            ("[]", "NOT_A_BADGE"), ("{\"type\":\"Assertion\"", "PARSING_ERROR"), ("{\"a\":1,\"a\":2}", "PARSING_ERROR"),
            ("eyJhbGciOiJSUzI1NiJ9.eyJ0eXBlIjo", "PARSING_ERROR"), ("a.b.c", "PARSING_ERROR"),
            ("eyJhbGciOiJSUzI1NiJ9.e30.AAAA", "NOT_A_BADGE"), ("..", "PARSING_ERROR"),
            ("\u{89}PNG\r\n", "NOT_A_BADGE"), ("%PDF-1.7", "NOT_A_BADGE"), ("<svg xmlns='x'/>", "NOT_A_BADGE"),
            ("{\"type\":[\"VerifiableCredential\"]}", "NOT_A_BADGE"),
        ]
    )
    func notABadge(_ text: String, _ code: String) async throws {
        let bytes = text.hasPrefix("\u{89}") ? [0x89] + Array(text.utf8.dropFirst(2)) : Array(text.utf8)
        let outcome = try await verify(["-"], in: folder(), input: bytes)
        #expect(outcome.code == 2)
        let report = try #require(try outcome.reports.first)
        #expect(report.verdict == "rejected")
        #expect(report.content == "violates")
        #expect(report.format == "none")
        #expect(report.codes.contains(code), "\(report.codes)")
        #expect(report.sentence.hasSuffix("."))
    }

    @Test("hostile depth and size neither crash nor hang")
    func hostile() async throws {
        let deep = String(repeating: "[", count: 200_000)
        let inputs: [[UInt8]] = [
            Array(("{\"type\":\"OpenBadgeCredential\",\"a\":" + deep).utf8), Array(repeating: 0x2E, count: 1_000_000),
            Array(repeating: 0, count: 100_000), Array(repeating: UInt8(ascii: "a"), count: 9 << 20),
            Array("{\"type\":[\"VerifiableCredential\",\"OpenBadgeCredential\"]}".utf8),
            Array(
                "{\"type\":\"Assertion\",\"@context\":\"https://w3id.org/openbadges/v2\",\"id\":7,\"badge\":[]}".utf8
            ),
        ]
        for input in inputs {
            let outcome = try await verify(["-"], in: folder(), input: input)
            #expect(outcome.code == 2)
            #expect(try outcome.reports.first?.verdict == "rejected")
        }
    }

    @Test(
        "a URL that cannot be fetched is undetermined",
        arguments: [
            "https://badges.example.org/nothing.json", "https://127.0.0.1:1/a.json", "https://[::1]/a.json",
            "http://badges.example.org/a.json", "https://169.254.169.254/latest", "https://", "https://a b/",
        ]
    )
    func unreachable(_ url: String) async throws {
        // Without --offline: addresses of the machine itself and of its network are never asked.
        let outcome = try await BadgeCommand.run(["verify", url, "--json"], in: workspace.path)
        #expect(outcome.code == 3)
        let report = try #require(try outcome.reports.first)
        #expect(report.verdict == "undetermined")
        #expect(report.codes == ["DOCUMENT_UNREACHABLE"])
        #expect([report.authentic, report.current, report.content] == ["unknown", "unknown", "unknown"])
    }

    @Test("a URL that can be fetched is verified")
    func url() async throws {
        let url = Workspace.baseURL + good.dropFirst("public".count)
        let outcome = try await workspace.badge("verify", url, "--json", "--offline")
        #expect(outcome.code == 0)
        #expect(try outcome.reports.first?.json["input"]?.string == url)
    }

    @Test("a documents folder without an index is an error, and an index never leaves its folder")
    func documents() async throws {
        let folder = try TemporaryFolder.make("index")
        let badge = workspace.file(good)
        for index in [nil, "[", "[]", "{\"https://a.example/\": 7}"] {
            if let index { try FileTree.write(index, to: "\(folder)/index.json") }
            let outcome = try await BadgeCommand.run(["verify", badge, "--documents", "."], in: folder)
            #expect(outcome.code == 1)
            #expect(outcome.speech.hasPrefix("badge: error: "))
        }
        let did = workspace.file("public/.well-known/did.json")
        let url = "\(Workspace.baseURL)/.well-known/did.json"
        for path in [did, "../\(did.dropFirst())"] {
            try FileTree.write(JSON.object([url: .string(path)]).serialized(), to: "\(folder)/index.json")
            let outcome = try await BadgeCommand.run(
                ["verify", badge, "--documents", ".", "--offline", "--json"],
                in: folder
            )
            #expect(outcome.code == 3)
        }
    }
}
