import Glibc
import JSONCore
import Testing

@Suite("A ledger in trouble")
struct LedgerTroubleTests {
    @Test("a ledger locked for longer than the wait ends in LEDGER_BUSY, and in nothing else")
    func locked() async throws {
        let workspace = try await Workspace.published()
        try workspace.write(Results.file((1...20).map { Results.row($0) }), to: "results/more.csv")
        let ledger = try Ledger(workspace)
        let before = try ledger.ids()
        try ledger.execute("BEGIN EXCLUSIVE")
        let start = ContinuousClock.now
        let outcome = try await workspace.badge("issue", "results/more.csv", environment: ["BADGE_LEDGER_WAIT": "1"])
        let waited = ContinuousClock.now - start
        #expect(outcome.code == 1)
        #expect(outcome.speech.contains("LEDGER_BUSY"), "\(outcome.speech)")
        #expect(outcome.speech.contains("badge: hint: "))
        #expect(waited >= .seconds(1))
        #expect(waited < .seconds(60), "the wait was \(waited)")
        try ledger.execute("ROLLBACK")
        #expect(try ledger.ids() == before)
        #expect(try await workspace.badge("issue", "results/more.csv").text.contains("awarded: 20"))
    }

    @Test("a lock that ends in time is waited for")
    func released() async throws {
        let workspace = try await Workspace.published()
        try workspace.write(Results.file((1...20).map { Results.row($0) }), to: "results/more.csv")
        let ledger = try Ledger(workspace)
        try ledger.execute("BEGIN IMMEDIATE")
        let process = try BadgeCommand.start(["issue", "results/more.csv"], in: workspace.path)
        try await Task.sleep(for: .milliseconds(800))
        try ledger.execute("ROLLBACK")
        let outcome = try await process.wait()
        #expect(outcome.code == 0, "\(outcome.speech)")
        #expect(outcome.text.contains("awarded: 20"))
    }

    @Test("six that issue into a new ledger at once find it whole, and issue everything once", arguments: 1...4)
    func newLedger(_ round: Int) async throws {
        let workspace = try await Workspace.signingFast()
        try workspace.write(Results.file((1...4).map { Results.row($0) }), to: "results/july.csv")
        let processes = try (0..<6).map { _ in
            try BadgeCommand.start(["issue", "results/july.csv", "--json"], in: workspace.path)
        }
        var awarded = 0
        for process in processes {
            let outcome = try await process.wait()
            #expect(outcome.code == 0, "\(outcome.speech)")
            awarded += try outcome.json.last?["summary"]?["awarded"]?.int ?? 0
        }
        #expect(awarded == 4)
        #expect(try Ledger(workspace).complaints() == [])
    }

    @Test("publish, explain and verify read while another process writes")
    func readers() async throws {
        let workspace = try await Workspace.published()
        let ledger = try Ledger(workspace)
        // As in the midst of a long run: some of it recorded, the next chunk in the making.
        try ledger.execute("PRAGMA user_version = 0")
        try ledger.execute("BEGIN IMMEDIATE")
        for command in [
            ["publish"], ["explain", "ada@example.org"], ["verify", "public/credentials", "--offline", "-q"],
        ] {
            let outcome = try await BadgeCommand.run(
                command,
                in: workspace.path,
                environment: ["BADGE_LEDGER_WAIT": "1"]
            )
            #expect(outcome.code == 0, "\(command): \(outcome.speech)")
        }
        try ledger.execute("ROLLBACK")
    }

    @Test("a ledger of a newer version is left as it is")
    func newer() async throws {
        let workspace = try await Workspace.published()
        try Ledger(workspace).execute("INSERT INTO grdb_migrations (identifier) VALUES ('99-from-the-future')")
        let rows = try Ledger(workspace).badges()
        for command in [["issue", "results/sample.csv"], ["publish"], ["explain", "ada@example.org"]] {
            let outcome = try await BadgeCommand.run(command, in: workspace.path)
            #expect(outcome.code == 1)
            #expect(outcome.speech.contains("ledger.sqlite: LEDGER_NEWER"), "\(outcome.speech)")
            #expect(outcome.speech.contains("badge: hint: update badge"))
        }
        #expect(try Ledger(workspace).badges() == rows)
        // Verifying needs no ledger.
        #expect(try await workspace.badge("verify", "public/credentials", "--offline", "-q").code == 0)
    }

    enum Damage: String, CaseIterable, Sendable {
        case otherFile, zeroedHeader, zeroedMiddle, truncated, otherDatabase, folder
    }

    @Test("a damaged ledger is refused, and never taken for an empty one", arguments: Damage.allCases)
    func damaged(_ damage: Damage) async throws {
        let workspace = try await Workspace.published()
        let path = workspace.file("ledger.sqlite")
        var bytes = try FileTree.read(path)
        switch damage {
        case .otherFile: bytes = Array(String(repeating: "This is no ledger.\n", count: 500).utf8)
        case .zeroedHeader: for place in 0..<100 { bytes[place] = 0 }
        case .zeroedMiddle: for place in 4096..<(bytes.count - 4096) { bytes[place] = 0xA5 }
        case .truncated: bytes = Array(bytes.prefix(bytes.count / 2))
        case .otherDatabase, .folder: break
        }
        for name in ["", "-wal", "-shm"] { unlink(path + name) }
        switch damage {
        case .folder: try FileTree.makeFolder(path)
        case .otherDatabase: try Ledger(workspace).execute("CREATE TABLE decision (a); CREATE TABLE policy (b)")
        default: try FileTree.write(bytes, to: path, mode: 0o600)
        }
        // A file that is no ledger is left as it was found; SQLite itself may repair what it can of one that is.
        let content = damage == .folder ? [] : try FileTree.read(path)
        for command in [["issue", "results/sample.csv"], ["publish"], ["explain", "ada@example.org"]] {
            let outcome = try await BadgeCommand.run(command, in: workspace.path)
            #expect(outcome.signal == nil)
            #expect(outcome.code == 1, "\(command)")
            let codes = damage == .folder ? ["FILE_UNWRITABLE", "LEDGER_DAMAGED"] : ["LEDGER_DAMAGED"]
            #expect(codes.contains { outcome.speech.contains($0) }, "\(command): \(outcome.speech)")
            #expect(!outcome.speech.contains("@example.org"), "an error quotes no row")
        }
        switch damage {
        case .otherFile, .zeroedHeader, .truncated: #expect(try FileTree.read(path) == content, "it is evidence")
        case .otherDatabase: #expect(try Ledger(workspace).tables() == ["decision", "policy"], "it is somebody else's")
        case .zeroedMiddle, .folder: break
        }
    }

    @Test("the ledger takes no changes: what was decided stays")
    func immutable() async throws {
        let workspace = try await Workspace.published()
        let ledger = try Ledger(workspace)
        let statements = [
            "UPDATE decision SET answer = 'award'", "DELETE FROM decision", "UPDATE badge SET validFrom = 'x'",
            "DELETE FROM badge", "UPDATE document SET body = x'00'", "DELETE FROM document",
            "UPDATE policy SET digest = digest",
        ]
        for statement in statements {
            #expect(throws: (any Error).self, "\(statement)") { try ledger.execute(statement) }
        }
        #expect(try ledger.complaints() == [])
    }
}
