import JSONCore
import Proofs
import Testing

@Suite("A newcomer's first day")
struct FirstDayTests {
    private static let addresses = ["ada@example.org", "carl@example.org", "emmy@example.org", "evariste@example.org"]

    @Test("init, issue, publish and verify work one after the other, with no file edited between")
    func firstBadge() async throws {
        let folder = try TemporaryFolder.make("first")
        let made = try await BadgeCommand.run(["init", "demo"], in: folder)
        #expect(made.code == 0)
        #expect(made.output.isEmpty, "what is said about work is speech, not the product")
        let workspace = Workspace(path: "\(folder)/demo")

        let issued = try await workspace.badge("issue", "results/sample.csv")
        #expect(issued.code == 0)
        #expect(issued.text.contains("awarded: 3"))
        #expect(issued.text.contains("denied: 1 (MARK_NOT_REACHED 1)"))
        #expect(issued.errors.isEmpty)

        let published = try await workspace.badge("publish")
        #expect(published.code == 0)
        #expect(published.text.contains("3 badges in public"))

        let verified = try await workspace.badge("verify", "public/credentials")
        #expect(verified.code == 0)
        #expect(verified.text.contains("verified"))
    }

    @Test("in its workspace each form of each badge is verified, on the issuer's own word and no more")
    func answers() async throws {
        let workspace = try await Workspace.shared.value
        let outcome = try await workspace.badge("verify", "public/credentials", "--json", "--offline")
        #expect(outcome.code == 0)
        let reports = try outcome.reports
        #expect(reports.count == 15)
        #expect(Set(reports.map(\.format)) == ["ob3-jwt", "ob3-proof", "ob2-signed", "ob2-hosted"])
        for report in reports {
            #expect(report.verdict == "verified")
            #expect([report.authentic, report.current, report.content] == ["yes", "yes", "conforms"])
            #expect(report.subject == "not-asked")
            #expect(report.issuer == "self-claimed")
            #expect(report.sentence.contains("checked against local files"))
        }
    }

    @Test("--workspace names the workspace from anywhere; the folder that a badge lies in vouches for nothing")
    func workspaceOption() async throws {
        let workspace = try await Workspace.shared.value
        let badge = workspace.file(try #require(try workspace.badges("credential.jwt").first))
        let elsewhere = try TemporaryFolder.make("elsewhere")
        let named = try await BadgeCommand.run(
            ["verify", badge, "--json", "--offline", "--workspace", workspace.path],
            in: elsewhere
        )
        #expect(named.code == 0)
        #expect(try named.reports.first?.issuer == "self-claimed")
        let alone = try await BadgeCommand.run(["verify", badge, "--json", "--offline"], in: elsewhere)
        #expect(alone.code == 3)
        let report = try #require(try alone.reports.first)
        #expect(report.verdict == "undetermined")
        #expect(report.authentic == "unknown")
        #expect(!report.sentence.contains("local files"))
    }

    @Test("issuing and publishing once more changes no byte and touches no file")
    func secondTime() async throws {
        let workspace = try await Workspace.published()
        let before = try FileTree.entries(of: workspace.file("public"))
        let badges = try Ledger(workspace).badges()
        let issued = try await workspace.succeed("issue", "results/sample.csv")
        #expect(issued.text.contains("awarded: 0"))
        #expect(issued.text.contains("awarded before: 3"))
        let published = try await workspace.succeed("publish")
        #expect(published.text.contains("nothing had to be written"))
        #expect(try FileTree.entries(of: workspace.file("public")) == before)
        #expect(try Ledger(workspace).badges() == badges)
    }

    @Test("the same results at the same time give the same bytes on another machine with the same keys and secret")
    func otherMachine() async throws {
        var trees: [[String: [UInt8]]] = []
        for time in ["2026-04-01T09:00:00+02:00", "2026-04-01T07:00:00Z"] {
            let workspace = try await Workspace.fresh()
            try await workspace.succeed("issue", "results/sample.csv", "--at", time)
            try await workspace.succeed("publish")
            trees.append(try FileTree.contents(of: workspace.file("public")))
        }
        #expect(trees[0] == trees[1])

        // At another time, only the embedded proofs are others, and with them the JWT around them.
        let later = try FileTree.contents(of: try await Workspace.shared.value.file("public"))
        #expect(Set(later.keys) == Set(trees[0].keys))
        var proofs = 0
        for (name, content) in later {
            let first = try #require(trees[0][name])
            // The image holds the JWT, and so differs where that does.
            if name.contains("/badge.") {
                #expect(content != first, "\(name)")
                continue
            }
            guard name.hasSuffix("/credential.jwt") || name.hasSuffix("/credential.json") || name.hasSuffix("/1.json")
            else {
                #expect(content == first, "\(name)")
                continue
            }
            var (one, other) = (try Self.credential(first), try Self.credential(content))
            #expect(one["proof"]?["created"]?.string == "2026-04-01T07:00:00Z")
            #expect(one["proof"] != other["proof"])
            one["proof"] = nil
            other["proof"] = nil
            #expect(one.serialized() == other.serialized(), "\(name)")
            proofs += 1
        }
        #expect(proofs == 7)
    }

    /// What a JWT says, or what a JSON file does.
    private static func credential(_ content: [UInt8]) throws -> JSON {
        try content.first == UInt8(ascii: "{") ? JSON(parsing: content) : OpenedJWS(content).payload
    }

    @Test("whatever the umask, everybody can read what is published", arguments: ["077", "022", "000"])
    func modes(umask: String) async throws {
        let workspace = try await Workspace.fresh()
        for command in [["issue", "results/sample.csv"], ["publish"]] {
            let outcome = try await BadgeCommand.run(command, in: workspace.path, after: "umask \(umask)")
            #expect(outcome.code == 0)
        }
        let entries = try FileTree.entries(of: workspace.path)
        let closed = entries.filter { name, entry in
            name.hasPrefix("public") && entry.permissions != (entry.isFolder ? 0o755 : 0o644)
        }
        #expect(closed.keys.sorted() == [])
        #expect(entries["ledger.sqlite"]?.permissions == 0o600, "the ledger holds addresses")
    }

    @Test("secrets are for their owner alone, whatever the umask", arguments: ["000", "022"])
    func secrets(umask: String) async throws {
        let folder = try TemporaryFolder.make("secrets")
        let outcome = try await BadgeCommand.run(["init", "demo"], in: folder, after: "umask \(umask)")
        #expect(outcome.code == 0)
        let entries = try FileTree.entries(of: "\(folder)/demo")
        #expect(entries["Keys"]?.permissions == 0o700)
        let secrets = entries.filter { $0.key.hasSuffix(".private.pem") || $0.key == "Keys/id.secret" }
        #expect(secrets.count == 3)
        for (name, entry) in secrets { #expect(entry.permissions == 0o600, "\(name)") }
    }

    @Test("no candidate's address or name stands anywhere in the hosted directory, nor inside what is signed")
    func privacy() async throws {
        let workspace = try await Workspace.shared.value
        let files = try FileTree.contents(of: workspace.file("public"))
        #expect(files.count > 15)
        for (name, content) in files {
            var texts = [String(decoding: content, as: UTF8.self)]
            if name.hasSuffix(".jwt") || name.hasSuffix(".jws") {
                for part in content.split(separator: UInt8(ascii: ".")).prefix(2) {
                    texts.append(String(decoding: try Base64URL.decode(part), as: UTF8.self))
                }
            }
            for text in texts.map({ $0.lowercased() }) {
                for address in Self.addresses { #expect(!text.contains(address), "\(name)") }
                for family in ["byron", "gauß", "noether", "galois"] { #expect(!text.contains(family), "\(name)") }
                for result in ["r-0001", "r-0002"] { #expect(!text.contains(result), "\(name)") }
            }
        }
    }
}
