import Glibc
import Testing

@Suite("A full disk")
struct FullDiskTests {
    /// A small file system in memory; only root can mount one.
    private final class SmallDisk {
        let path: String

        init(kilobytes: Int) throws {
            path = try TemporaryFolder.make("disk")
            guard mount("tmpfs", path, "tmpfs", 0, "size=\(kilobytes)k") == 0 else {
                throw ChildProcess.Failure("mount: \(errno)")
            }
        }

        func grow() throws {
            // MS_REMOUNT
            guard mount("tmpfs", path, "tmpfs", 32, "size=64m") == 0 else {
                throw ChildProcess.Failure("remount: \(errno)")
            }
        }

        // MNT_DETACH
        deinit { umount2(path, 2) }

        static let canMount = (try? SmallDisk(kilobytes: 4)) != nil
    }

    private static let rows = 200

    /// A workspace with a sitting, and the badges that it leads to where nothing goes wrong.
    private static let undisturbed = Task {
        let workspace = try await Workspace.signingFast()
        try FileTree.write(Results.sitting(rows), to: workspace.file("results/july.csv"))
        let untouched = try await Workspace.copy(of: workspace)
        let outcome = try await workspace.badge("issue", "results/july.csv", "--at", "2026-04-01T09:00:00Z")
        try await workspace.succeed("publish")
        #expect(outcome.code == 2)
        let published = try FileTree.contents(of: workspace.file("public"))
        let aside = try workspace.text("results/july.set-aside.csv")
        return (workspace, untouched, try Ledger(workspace).badges(), published, aside)
    }

    /// Runs a command until it no longer fails for want of room; there has to be a failure, and no other kind.
    private func expectFull(_ outcome: ChildProcess.Outcome) {
        #expect(outcome.code == 1)
        #expect(outcome.lastWords.contains("DISK_FULL"))
        #expect(!outcome.speech.contains("@example.org"))
    }

    @Test(
        "issuing stops with DISK_FULL, keeps what it recorded, and goes on when there is room",
        .enabled(if: SmallDisk.canMount, "only root can mount a small file system"),
        arguments: [0, 24, 120, 800]
    )
    func issuing(spare: Int) async throws {
        let (_, untouched, badges, _, aside) = try await Self.undisturbed.value
        // What the workspace takes itself, and that many kilobytes more.
        let disk = try SmallDisk(kilobytes: 144 + spare)
        let copied = try await ChildProcess(["/bin/cp", "-a", untouched.path, "\(disk.path)/demo"], in: "/").wait()
        try #require(copied.code == 0, "\(copied.speech)")
        let workspace = Workspace(path: "\(disk.path)/demo")
        let full = try await workspace.badge("issue", "results/july.csv", "--at", "2026-04-01T09:00:00Z")
        expectFull(full)
        try disk.grow()
        if FileTree.exists(workspace.file("ledger.sqlite")) {
            let recorded = try? Ledger(workspace).badges()
            for (id, forms) in recorded ?? [:] { #expect(badges[id] == forms) }
        }
        let whole = try await workspace.badge("issue", "results/july.csv", "--at", "2026-04-01T09:00:00Z")
        #expect(whole.code == 2, "\(whole.lastWords)")
        #expect(try Ledger(workspace).badges() == badges)
        #expect(try Ledger(workspace).complaints() == [])
        #expect(try workspace.text("results/july.set-aside.csv") == aside)
        #expect(
            try FileTree.names(in: workspace.file("results"))
                == ["july.csv", "july.set-aside.csv", "july.set-aside.problems.ndjson", "sample.csv"]
        )
    }

    @Test(
        "publishing stops with DISK_FULL, leaves whole files only, and goes on when there is room",
        .enabled(if: SmallDisk.canMount, "only root can mount a small file system"),
        arguments: [4, 100, 600]
    )
    func publishing(kilobytes: Int) async throws {
        let (workspace, _, _, published, _) = try await Self.undisturbed.value
        let disk = try SmallDisk(kilobytes: kilobytes)
        expectFull(try await workspace.badge("publish", "--to", "\(disk.path)/public"))
        if FileTree.exists("\(disk.path)/public") {
            for (name, content) in try FileTree.contents(of: "\(disk.path)/public") {
                #expect(published[name] == content, "\(name)")
            }
        }
        try disk.grow()
        let whole = try await workspace.badge("publish", "--to", "\(disk.path)/public")
        #expect(whole.code == 0, "\(whole.lastWords)")
        #expect(try FileTree.contents(of: "\(disk.path)/public") == published)
    }

    @Test("a limit on the size of files is met like a full disk, and harms nothing", arguments: [16, 64, 256])
    func fileSizeLimit(kilobytes: Int) async throws {
        let (_, untouched, badges, _, _) = try await Self.undisturbed.value
        let workspace = try await Workspace.copy(of: untouched)
        let arguments = ["issue", "results/july.csv", "--at", "2026-04-01T09:00:00Z"]
        // Where the signal is ignored the write fails; where it is not, it is a kill like any other.
        for signal in ["trap '' XFSZ", ":"] {
            let outcome = try await BadgeCommand.run(
                arguments,
                in: workspace.path,
                after: "\(signal); ulimit -f \(kilobytes * 2)"
            )
            #expect(outcome.code == 1 || (signal == ":" && outcome.signal == SIGXFSZ))
            if outcome.code == 1 {
                #expect(!outcome.lastWords.contains("LEDGER_DAMAGED"), "nothing is damaged")
            }
        }
        let whole = try await workspace.badge("issue", "results/july.csv", "--at", "2026-04-01T09:00:00Z")
        #expect(whole.code == 2, "\(whole.lastWords)")
        #expect(try Ledger(workspace).badges() == badges)
        #expect(try Ledger(workspace).complaints() == [])
    }

    @Test(
        "no workspace is left half-made",
        .enabled(if: SmallDisk.canMount, "only root can mount a small file system")
    )
    func initialization() async throws {
        let disk = try SmallDisk(kilobytes: 8)
        let outcome = try await BadgeCommand.run(["init", "demo"], in: disk.path)
        expectFull(outcome)
        try disk.grow()
        let again = try await BadgeCommand.run(["init", "demo"], in: disk.path)
        #expect(again.code == 0, "what was half made must not be in the way: \(again.speech)")
    }
}
