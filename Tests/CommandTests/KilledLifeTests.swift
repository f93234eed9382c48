import Glibc
import JSONCore
import Testing

/// `kill -9` at any moment of a badge's life: issuing, revoking, letters, publishing, new keys. 200 kills with
/// OPENBADGES_LONG=1, some of them otherwise.
@Suite("Killed at any point of a badge's life")
struct KilledLifeTests {
    private static let isLong = getenv("OPENBADGES_LONG").map { $0.pointee == 0x31 } ?? false
    private static let kills = isLong ? 200 : 15
    private static let rows = 400

    /// What is done, one after the other. Each step can be done again, and then changes nothing.
    private static let steps: [[String]] = [
        ["issue", "results/july.csv", "--at", "2026-04-01T09:00:00Z"],
        ["revoke", "--list", "revoked.txt", "--reason", "a mistake", "--at", "2026-04-02T09:00:00Z"],
        ["notify", "--to", "letters"],
        ["publish", "--at", "2026-04-03T09:00:00Z"],
        ["issue", "results/august.csv", "--at", "2026-05-01T09:00:00Z"],
        ["publish", "--at", "2026-05-02T09:00:00Z"],
    ]

    private static func prepared() async throws -> Workspace {
        let workspace = try await Workspace.signingFast()
        try workspace.edit("policies/algebra-1.yaml") { $0.replacing("award: {", with: "award: {notify: true, ") }
        func file(_ range: Range<Int>) -> String {
            range.reduce("resultId,exam.id,candidate.email,score.raw,score.max,endedAt\n") { text, number in
                text + "R-\(number),ALG-1,c\(number)@example.org,\(number % 41),40,2026-03-01T13:25:00Z\n"
            }
        }
        try workspace.write(file(0..<rows), to: "results/july.csv")
        try workspace.write(file(rows..<(rows + 100)), to: "results/august.csv")
        // Of every 41 results some are no awards; those named here are.
        let revoked = (0..<rows).filter { $0 % 41 > 30 }.prefix(40).map { "c\($0)@example.org" }
        try workspace.write(revoked.joined(separator: "\n") + "\n", to: "revoked.txt")
        return workspace
    }

    @Test("run again, everything ends as if nothing had happened") func life() async throws {
        let workspace = try await Self.prepared()
        let undisturbed = try await Workspace.copy(of: workspace)
        var durations: [Duration] = []
        for step in Self.steps {
            let start = ContinuousClock.now
            // Not through the turnstile, whose waiting would count.
            let outcome = try await BadgeCommand.start(step, in: undisturbed.path).wait()
            try #require(outcome.code == 0, "\(step): \(outcome.lastWords)")
            durations.append(ContinuousClock.now - start)
        }
        var killed = 0
        for (step, duration) in zip(Self.steps, durations) {
            for _ in 0..<(Self.kills / Self.steps.count + 1) {
                let process = try BadgeCommand.start(step, in: workspace.path)
                try await Task.sleep(for: duration * Double.random(in: 0.05...0.95))
                process.kill()
                if try await process.wait().signal == SIGKILL { killed += 1 }
                guard FileTree.exists(workspace.file("ledger.sqlite")), try Ledger(workspace).tables().contains("link")
                else {
                    continue
                }
                #expect(try await workspace.badge("ledger", "check").code == 0)
            }
            let outcome = try await BadgeCommand.run(step, in: workspace.path)
            #expect(outcome.code == 0, "\(step): \(outcome.lastWords)")
        }
        #expect(killed > 0)
        #expect(try Ledger(workspace).complaints() == [])
        #expect(try Ledger(workspace).ids() == Ledger(undisturbed).ids())
        let letters = try FileTree.names(in: workspace.file("letters/new")).sorted()
        #expect(letters.count > 100)
        #expect(try letters == FileTree.names(in: undisturbed.file("letters/new")).sorted())
        let (one, other) = (
            try FileTree.contents(of: workspace.file("public")), try FileTree.contents(of: undisturbed.file("public"))
        )
        #expect(Set(one.keys) == Set(other.keys))
        #expect(try workspace.json("public/ob2/revocations.json")["revokedAssertions"]?.array?.count == 40)
        let different = one.keys.filter { one[$0] != other[$0] }
        #expect(different.isEmpty, "\(different.prefix(5))")
    }

    @Test("a rotation that is killed leaves an issuer.yaml whose keys are there, and signing goes on") func rotation()
        async throws
    {
        let workspace = try await Self.prepared()
        try await workspace.succeed("issue", "results/july.csv")
        for _ in 0..<(Self.kills / 3) {
            let process = try BadgeCommand.start(["key", "rotate"], in: workspace.path)
            try await Task.sleep(for: .milliseconds(Int.random(in: 5...60)))
            process.kill()
            _ = try await process.wait()
            let list = try await workspace.succeed("key", "list", "--json").json
            let uses = list.flatMap { $0["signs"]?.array ?? [] }.compactMap(\.string)
            #expect(Set(uses) == ["ob3-jwt", "ob3-proof", "ob2-signed"], "\(list)")
        }
        try await workspace.succeed("key", "rotate")
        try await workspace.succeed("issue", "results/august.csv")
        try await workspace.succeed("publish")
        let badges = try workspace.badges("credential.json")
        for file in [badges.first, badges.last].compactMap({ $0 }) {
            #expect(try await workspace.badge("verify", file, "--json").json.first?["verdict"]?.string == "verified")
        }
        #expect(try FileTree.names(in: workspace.path).allSatisfy { !$0.hasSuffix(".tmp") })
    }

    @Test(
        "a directory that cannot be written to is told, and nothing is lost",
        .disabled(if: getuid() == 0, "root may write anywhere")
    )
    func readOnly() async throws {
        let workspace = try await Self.prepared()
        try await workspace.succeed("issue", "results/july.csv")
        try FileTree.makeFolder(workspace.file("public"))
        try FileTree.setMode(0o500, of: workspace.file("public"))
        let outcome = try await workspace.badge("publish")
        #expect(outcome.code == 1)
        #expect(outcome.speech.contains("FILE_UNWRITABLE"))
        try FileTree.setMode(0o755, of: workspace.file("public"))
        #expect(try await workspace.badge("publish").code == 0)
    }
}
