import Glibc
import JSONCore
import Testing

/// `badge ledger timestamp`: badges that are older than a compromise of their key stay good.
@Suite("Timestamps", .enabled(if: TimestampServer.isPossible, "openssl and python3 are not installed"))
struct TimestampTests {
    private func issue(_ workspace: Workspace, _ number: Int, at time: String) async throws -> String {
        let rows = """
            resultId,exam.id,candidate.email,score.raw,score.max,endedAt
            K-\(number),ALG-1,k\(number)@example.org,39,40,\(time)

            """
        try workspace.write(rows, to: "results/k\(number).csv")
        try await workspace.succeed("issue", "results/k\(number).csv", "--at", time)
        let explained = try await workspace.succeed("explain", "k\(number)@example.org", "--json").json
        return try #require(explained.first?["badge"]?.string)
    }

    @discardableResult
    private func stamp(_ workspace: Workspace, _ authority: TimestampServer) async throws -> ChildProcess.Outcome {
        try await workspace.succeed(
            "ledger",
            "timestamp",
            "--authority",
            authority.url,
            "--certificates",
            authority.certificate,
            "--json"
        )
    }

    /// Every published form at a time after the compromise.
    private func reports(_ workspace: Workspace, _ arguments: String...) async throws -> [JSON] {
        try await BadgeCommand.run(
            ["verify", "public/credentials", "--json", "--offline", "--at", "2027-06-01T00:00:00Z"] + arguments,
            in: workspace.path
        ).json.filter { $0["format"]?.string != "ob2-hosted" }
    }

    private func verdicts(_ reports: [JSON], of badge: String) -> Set<String> {
        Set(
            reports.filter { $0["input"]?.string?.contains(badge) ?? false }.compactMap { $0["verdict"]?.string }
        )
    }

    @Test("of a compromised key badges with a timestamp verify, and those without are unknown") func compromised()
        async throws
    {
        let authority = try await TimestampServer()
        defer { authority.stop() }
        let workspace = try await Workspace.signingFast()
        // Several timestamps, of trees of several sizes.
        var stamped: [String] = []
        for (round, size) in [1, 2, 5].enumerated() {
            for number in 0..<size {
                stamped.append(try await issue(workspace, round * 10 + number, at: "2026-03-1\(round)T12:00:00Z"))
            }
            let line = try #require(try await stamp(workspace, authority).json.first)
            #expect((line["signatures"]?.int ?? 0) % size == 0)
            #expect((line["signatures"]?.int ?? 0) >= size * 2)
        }
        #expect(try await stamp(workspace, authority).json.first?["signatures"]?.int == 0)
        let bare = try await issue(workspace, 99, at: "2026-05-10T12:00:00Z")
        try await workspace.succeed("publish")
        #expect(!FileTree.exists(workspace.file("public/timestamps")))

        let keys = try await workspace.succeed("key", "list", "--json").json.filter {
            $0["signs"]?.array?.isEmpty == false
        }
        try await workspace.succeed("key", "rotate", "--ob2")
        for kid in keys.compactMap({ $0["kid"]?.string }) {
            try await workspace.succeed("key", "compromised", kid, "--since", "2027-01-01T00:00:00Z")
        }
        try await workspace.succeed("publish")
        let without = try await reports(workspace)
        let with = try await reports(workspace, "--timestamp-authority", authority.certificate)
        let strange = try await reports(workspace, "--timestamp-authority", authority.stranger)
        for badge in stamped {
            #expect(verdicts(without, of: badge) == ["undetermined"])
            #expect(
                verdicts(with, of: badge) == ["verified"],
                "\(with.first { $0["verdict"] != "verified" }?.text ?? "")"
            )
            #expect(verdicts(strange, of: badge) == ["undetermined"])
        }
        #expect(verdicts(with, of: bare) == ["undetermined"])
        let codes = with.flatMap { $0["problems"]?.array ?? [] }.compactMap { $0["code"]?.string }
        #expect(codes.contains("KEY_REVOKED_LATER"))

        // Whoever keeps the documents can name an authority later, when the issuer is no more.
        let kept = try await BadgeCommand.run(
            [
                "verify", workspace.file("public/credentials"), "--archive", "kept", "--offline",
                "--at", "2027-06-01T00:00:00Z", "--json",
            ],
            in: workspace.path
        )
        #expect(kept.code == 3)
        let elsewhere = try TemporaryFolder.make("elsewhere")
        let old = try #require(stamped.first)
        let later = try await BadgeCommand.run(
            [
                "verify", workspace.file("public/credentials/\(old.prefix(2))/\(old)/credential.jwt"), "--json",
                "--documents", workspace.file("kept"), "--offline", "--at", "2027-06-01T00:00:00Z",
                "--timestamp-authority", authority.certificate,
            ],
            in: elsewhere
        )
        #expect(later.code == 0, "\(later.text)")

        // What is published is what anybody can check; publishing again changes nothing; the ledger moves with it.
        #expect(try await workspace.succeed("publish", "--json").json.first?["written"]?.int == 0)
        let root = try #require(try Ledger(workspace).timestampRoots().last)
        #expect(try await authority.accepts(workspace.file("public/timestamps/3.tsr"), digest: root))
        #expect(try await workspace.badge("ledger", "check").code == 0)
        let export = try await workspace.succeed("ledger", "export")
        try workspace.write(export.text, to: "ledger.ndjson")
        for ending in ["", "-wal", "-shm"] { unlink(workspace.file("ledger.sqlite\(ending)")) }
        try await workspace.succeed("ledger", "import", "ledger.ndjson")
        #expect(try await workspace.succeed("publish", "--json").json.first?["written"]?.int == 0)
    }

    @Test("a timestamp that is younger than the compromise shows nothing") func late() async throws {
        let authority = try await TimestampServer()
        defer { authority.stop() }
        let workspace = try await Workspace.signingFast()
        let badge = try await issue(workspace, 1, at: "2026-03-10T12:00:00Z")
        try await stamp(workspace, authority)
        let keys = try await workspace.succeed("key", "list", "--json").json.compactMap { $0["kid"]?.string }
        try await workspace.succeed("key", "rotate", "--ob2")
        for kid in keys { try await workspace.succeed("key", "compromised", kid, "--since", "2026-04-01T00:00:00Z") }
        try await workspace.succeed("publish")
        #expect(!FileTree.exists(workspace.file("public/timestamps")))
        let reports = try await reports(workspace, "--timestamp-authority", authority.certificate)
        #expect(verdicts(reports, of: badge) == ["undetermined"])
    }

    @Test("an authority that fails, or that is another than its certificates say, changes nothing") func refused()
        async throws
    {
        let authority = try await TimestampServer()
        defer { authority.stop() }
        let workspace = try await Workspace.signingFast()
        _ = try await issue(workspace, 1, at: "2026-03-10T12:00:00Z")
        for (url, certificates, code) in [
            (authority.url + "busy", authority.certificate, "TIMESTAMP_REFUSED"),
            (authority.url, authority.stranger, "TIMESTAMP_REFUSED"),
            ("http://127.0.0.1:9/", authority.certificate, "TIMESTAMP_REFUSED"),
            ("nonsense", authority.certificate, "TIMESTAMP_REFUSED"),
            (authority.url, workspace.file("issuer.yaml"), "CERTIFICATE_UNREADABLE"),
            (authority.url, workspace.file("nothing.pem"), "FILE_UNREADABLE"),
        ] {
            let outcome = try await workspace.badge(
                "ledger",
                "timestamp",
                "--authority",
                url,
                "--certificates",
                certificates
            )
            #expect(outcome.code == 1)
            #expect(outcome.speech.contains(code), "\(outcome.lastWords)")
        }
        #expect(try Ledger(workspace).timestampRoots() == [])
    }
}
