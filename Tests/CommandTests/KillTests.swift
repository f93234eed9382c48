import Glibc
import JSONCore
import Testing

/// `kill -9` at any moment: no badge lost, none issued twice, the ledger intact.
@Suite("Killed, and run again", .serialized)
struct KillTests {
    /// 100,000 rows with OPENBADGES_LONG=1, which takes minutes.
    private static let isLong = getenv("OPENBADGES_LONG").map { $0.pointee == 0x31 } ?? false
    private static let rows = isLong ? 100_000 : 1_200
    private static let rounds = isLong ? 8 : 5
    private static let limit: Duration = isLong ? .seconds(1800) : .seconds(120)
    private static let arguments = ["issue", "results/july.csv", "--at", "2026-04-01T09:00:00Z"]

    private struct Sitting: Sendable {
        /// Not yet issued.
        let workspace: Workspace
        /// What an undisturbed run of the same secret leads to.
        let ids: Set<String>
        let aside: [UInt8]
        let duration: Duration
        let peakKilobytes: Int
        let published: [String: [UInt8]]
    }

    private static let sitting = Task {
        let workspace = try await Workspace.signingFast()
        try FileTree.write(Results.sitting(rows), to: workspace.file("results/july.csv"))
        let undisturbed = try await Workspace.copy(of: workspace)
        let start = ContinuousClock.now
        var peak = 0
        let outcome = try await BadgeCommand.start(arguments, in: undisturbed.path).wait(limit: limit) {
            peak = max(peak, peakKilobytes(of: $0))
        }
        let duration = ContinuousClock.now - start
        try #require(outcome.code == 2, "\(outcome.lastWords)")
        var published: [String: [UInt8]] = [:]
        if !isLong {
            try await undisturbed.succeed("publish")
            published = try FileTree.contents(of: undisturbed.file("public"))
        }
        return Sitting(
            workspace: workspace,
            ids: try Ledger(undisturbed).ids(),
            aside: try undisturbed.read("results/july.set-aside.csv"),
            duration: duration,
            peakKilobytes: peak,
            published: published
        )
    }

    /// The most memory that a process held so far, in KiB (`VmHWM`).
    private static func peakKilobytes(of pid: pid_t) -> Int {
        guard let status = try? FileTree.read("/proc/\(pid)/status") else { return 0 }
        let line = String(decoding: status, as: UTF8.self).split(separator: "\n").first { $0.hasPrefix("VmHWM:") }
        return line.flatMap { Int($0.split(whereSeparator: { $0 == " " || $0 == "\t" })[1]) } ?? 0
    }

    @Test("undisturbed, all who passed are awarded, and memory stays below 200 MB")
    func undisturbed() async throws {
        let sitting = try await Self.sitting.value
        #expect(sitting.ids.count == Results.awards(in: Self.rows))
        #expect(sitting.peakKilobytes > 1000)
        #expect(sitting.peakKilobytes < 200_000, "\(sitting.peakKilobytes) KiB")
        if Self.isLong { print("\(Self.rows) rows: \(sitting.duration), at most \(sitting.peakKilobytes) KiB") }
    }

    @Test("issuing, killed at random moments and run again, ends as if nothing had happened")
    func issuing() async throws {
        let sitting = try await Self.sitting.value
        let workspace = try await Workspace.copy(of: sitting.workspace)
        var kills = 0
        for _ in 0..<Self.rounds {
            let process = try BadgeCommand.start(Self.arguments, in: workspace.path)
            try await Task.sleep(for: sitting.duration * Double.random(in: 0...(kills == 0 ? 0.3 : 0.6)))
            process.kill()
            if try await process.wait().signal == SIGKILL { kills += 1 }
            guard FileTree.exists(workspace.file("ledger.sqlite")) else { continue }
            // What is recorded is right and whole.
            let ledger = try Ledger(workspace)
            guard try ledger.tables().contains("badge") else { continue }
            #expect(try ledger.complaints() == [])
            #expect(try ledger.ids().isSubset(of: sitting.ids))
        }
        #expect(kills > 0)
        let last = try await BadgeCommand.start(Self.arguments, in: workspace.path).wait(limit: Self.limit)
        #expect(last.code == 2, "\(last.lastWords)")
        let ledger = try Ledger(workspace)
        #expect(try ledger.ids() == sitting.ids)
        #expect(try ledger.complaints() == [])
        #expect(try workspace.read("results/july.set-aside.csv") == sitting.aside)
        if !Self.isLong {
            try await workspace.succeed("publish")
            let published = try FileTree.contents(of: workspace.file("public"))
            #expect(published == sitting.published)
        }
    }

    @Test(
        "publishing, killed at random moments and run again, ends as if nothing had happened",
        .disabled(if: isLong, "the short run tries it")
    )
    func publishing() async throws {
        let sitting = try await Self.sitting.value
        let workspace = try await Workspace.copy(of: sitting.workspace)
        _ = try await BadgeCommand.run(Self.arguments, in: workspace.path)
        for _ in 0..<Self.rounds {
            let process = try BadgeCommand.start(["publish"], in: workspace.path)
            try await Task.sleep(for: .milliseconds(Int.random(in: 20...250)))
            process.kill()
            _ = try await process.wait()
        }
        try await workspace.succeed("publish")
        let published = try FileTree.contents(of: workspace.file("public"))
        for (name, content) in sitting.published { #expect(published[name] == content, "\(name)") }
    }

    @Test("what a killed run had half written is gone after the next")
    func leftovers() async throws {
        // What a kill leaves: the file that was being written beside its place, and not yet the file itself.
        let workspace = try await Workspace.published()
        let badge = try #require(try workspace.badges("credential.jwt").first)
        try workspace.write("what stood there before", to: badge)
        let folder = badge.dropLast("credential.jwt".count)
        try workspace.write("eyJhbGciOi", to: "\(folder).credential.jwt.tmp")
        try workspace.write(Results.header, to: "results/.july.set-aside.csv.partial")
        try workspace.write(Results.file([Results.row(1, raw: "NaN")]), to: "results/july.csv")
        #expect(try await workspace.badge("issue", "results/july.csv").code == 2)
        try await workspace.succeed("publish")
        let names = try FileTree.entries(of: workspace.path).keys.filter {
            $0.hasSuffix(".tmp") || $0.contains(".partial")
        }
        #expect(names == [], "it would be hosted for ever, or rows of candidates would lie about")
    }

    @Test("two at once issue everything once")
    func twoAtOnce() async throws {
        let sitting = try await Self.sitting.value
        let workspace = try await Workspace.copy(of: sitting.workspace)
        let first = try BadgeCommand.start(Self.arguments + ["--json"], in: workspace.path)
        let second = try BadgeCommand.start(Self.arguments + ["--json"], in: workspace.path)
        let outcomes = [try await first.wait(limit: Self.limit), try await second.wait(limit: Self.limit)]
        for outcome in outcomes { #expect(outcome.code == 2, "\(outcome.lastWords)") }
        let summaries = try outcomes.map { try #require(try $0.json.last?["summary"]) }
        #expect(summaries.map { $0["awarded"]?.int ?? 0 }.reduce(0, +) == sitting.ids.count)
        #expect(summaries.map { $0["awardedBefore"]?.int ?? 0 }.reduce(0, +) == sitting.ids.count)
        let ledger = try Ledger(workspace)
        #expect(try ledger.ids() == sitting.ids)
        #expect(try ledger.complaints() == [])
        #expect(try workspace.read("results/july.set-aside.csv") == sitting.aside)
    }

    @Test("killed together, two leave nothing that a third cannot finish")
    func killedTogether() async throws {
        let sitting = try await Self.sitting.value
        let workspace = try await Workspace.copy(of: sitting.workspace)
        let processes = try (0..<2).map { _ in try BadgeCommand.start(Self.arguments, in: workspace.path) }
        try await Task.sleep(for: sitting.duration * 0.7)
        for process in processes { process.kill() }
        for process in processes { _ = try await process.wait() }
        let last = try await BadgeCommand.start(Self.arguments, in: workspace.path).wait(limit: Self.limit)
        #expect(last.code == 2)
        #expect(try Ledger(workspace).ids() == sitting.ids)
        #expect(try Ledger(workspace).complaints() == [])
    }
}
