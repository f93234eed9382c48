import Glibc
import JSONCore
import Testing

/// `badge ledger`: whole or not, copied, moved.
@Suite("Care of the ledger")
struct LedgerCareTests {
    /// A workspace with a bit of everything in its ledger.
    private func workspace() async throws -> Workspace {
        let workspace = try await Workspace.signingFast()
        try await workspace.succeed("issue", "results/sample.csv")
        try await workspace.succeed("revoke", "ada@example.org", "--reason", "a mistake")
        return workspace
    }

    private func head(_ workspace: Workspace) async throws -> String {
        let check = try await workspace.badge("ledger", "check", "--json")
        #expect(check.code == 0, "\(check.text)")
        return try #require(try check.json.first?["head"]?.string)
    }

    @Test("a ledger that nobody has meddled with is whole, and its head is that of every later one")
    func whole() async throws {
        let workspace = try await workspace()
        let first = try await head(workspace)
        #expect(first.count == 64)
        #expect(try await head(workspace) == first)
        let rows =
            "resultId,exam.id,candidate.email,score.raw,score.max,endedAt\nR-9,ALG-1,zoe@example.org,39,40,2026-03-01T13:25:00Z\n"
        try workspace.write(rows, to: "results/more.csv")
        try await workspace.succeed("issue", "results/more.csv")
        #expect(try await head(workspace) != first)
        let against = try await workspace.badge("ledger", "check", "--head", first)
        #expect(against.code == 0)
        let foreign = try await workspace.badge("ledger", "check", "--head", String(repeating: "0", count: 64))
        #expect(foreign.code == 2)
        #expect(foreign.text.contains("head"))
    }

    @Test(
        "a row that was altered, taken out, added or moved is found",
        arguments: [
            "DROP TRIGGER decisionIsFinal; UPDATE decision SET candidate = 'eve@example.org' WHERE number = 1",
            "DROP TRIGGER documentIsFinal; UPDATE document SET body = x'00' WHERE form = 'ob3-jwt'",
            "DROP TRIGGER statusChangeIsKept; DELETE FROM statusChange",
            "DROP TRIGGER factIsFinal; UPDATE fact SET number = number + 1000 WHERE number = 1",
            "INSERT INTO statusChange (badge, purpose, isSet, changedAt) SELECT id, 'revocation', 0, '2030' FROM badge LIMIT 1",
            "INSERT INTO identifier (type, value, candidate) VALUES ('systemId', '1', 'eve@example.org')",
            "DROP TRIGGER policyIsNoted; INSERT INTO policy SELECT id || '2', digest, document FROM policy",
            "DROP TRIGGER linkIsKept; DELETE FROM link WHERE number = 1",
            "DROP TRIGGER linkIsFinal; UPDATE link SET tables = '{}' WHERE number = 2",
            "DROP TRIGGER policyIsImmutable; UPDATE policy SET document = x'7B7D'",
        ]
    ) func meddled(sql: String) async throws {
        let workspace = try await workspace()
        #expect(try await workspace.badge("ledger", "check").code == 0)
        try Ledger(workspace).execute(sql)
        let check = try await workspace.badge("ledger", "check", "--json")
        #expect(check.code == 2, "\(sql)")
        #expect(try check.json.first?["whole"]?.bool == false)
        #expect(try check.json.first?["problems"]?.array?.isEmpty == false)
    }

    @Test("an export makes the same ledger, with which issuing goes on") func move() async throws {
        let workspace = try await workspace()
        let head = try await head(workspace)
        let export = try await workspace.succeed("ledger", "export")
        try workspace.write(export.text, to: "ledger.ndjson")
        let there = try await workspace.badge("ledger", "import", "ledger.ndjson")
        #expect(there.code == 1)
        #expect(there.speech.contains("ALREADY_EXISTS"))

        let other = try await Workspace.copy(of: workspace)
        for name in ["ledger.sqlite", "ledger.sqlite-wal", "ledger.sqlite-shm"] where FileTree.exists(other.file(name))
        {
            unlink(other.file(name))
        }
        let imported = try await other.succeed("ledger", "import", "ledger.ndjson", "--json")
        #expect(try imported.json.first?["head"]?.string == head)
        #expect(try await other.succeed("ledger", "export").text == export.text)
        #expect(try Ledger(other).badges() == Ledger(workspace).badges())
        let again = try await other.succeed("issue", "results/sample.csv")
        #expect(again.text.contains("awarded: 0"))
        for workspace in [workspace, other] { try await workspace.succeed("publish") }
        #expect(
            try FileTree.contents(of: workspace.file("public")) == FileTree.contents(of: other.file("public"))
        )
    }

    @Test("an export that was changed is refused, and leaves nothing behind") func badExport() async throws {
        let workspace = try await workspace()
        let export = try await workspace.succeed("ledger", "export").text
        let other = try await Workspace.fresh()
        for (name, text) in [
            ("changed", export.replacing("a mistake", with: "no mistake")),
            ("shorter", export.split(separator: "\n").dropLast().joined(separator: "\n")),
            (
                "one more",
                export
                    + (export.split(separator: "\n").first { $0.contains("\"table\":\"policy\"") } ?? "").replacing(
                        "/1\"",
                        with: "/2\""
                    ) + "\n"
            ),
            ("other", "{}\n"),
            ("foreign", export.replacing("\"table\":\"fact\"", with: "\"table\":\"grdb_migrations\"")),
        ] {
            try other.write(text, to: "bad.ndjson")
            let outcome = try await other.badge("ledger", "import", "bad.ndjson")
            #expect(outcome.code == 1, "\(name)")
            #expect(outcome.speech.contains("LEDGER_DAMAGED"), "\(name): \(outcome.lastWords)")
            #expect(try FileTree.names(in: other.path).allSatisfy { !$0.hasPrefix("ledger.sqlite") }, "\(name)")
        }
    }

    @Test("a backup is a ledger, and is never written over") func backup() async throws {
        let workspace = try await workspace()
        let head = try await head(workspace)
        try await workspace.succeed("ledger", "backup", "copy.sqlite")
        let copy = try #require(try FileTree.entries(of: workspace.path)["copy.sqlite"])
        #expect(copy.permissions == 0o600)
        #expect(try await workspace.badge("ledger", "backup", "copy.sqlite").code == 1)
        let other = try await Workspace.copy(of: workspace)
        for name in ["ledger.sqlite", "ledger.sqlite-wal", "ledger.sqlite-shm"] where FileTree.exists(other.file(name))
        {
            unlink(other.file(name))
        }
        try FileTree.write(copy.content, to: other.file("ledger.sqlite"), mode: 0o600)
        #expect(try await self.head(other) == head)
    }
}
