import JSONCore
import Testing

/// `badge publish --to s3://…`, against a server that speaks S3 and looks every signature over.
@Suite("Publishing to a bucket", .enabled(if: BucketServer.python != nil, "moto is not installed: see .ci/run"))
struct BucketTests {
    private func publish(_ workspace: Workspace, _ server: BucketServer, _ more: String...) async throws
        -> ChildProcess.Outcome
    {
        try await BadgeCommand.run(
            ["publish", "--to", "s3://badges/site"] + more,
            in: workspace.path,
            environment: server.environment
        )
    }

    @Test("a bucket has what a folder has, with types; a second time nothing is put, and only what changed later")
    func same() async throws {
        let workspace = try await Workspace.signingFast()
        try await workspace.succeed("issue", "results/sample.csv")
        try await workspace.succeed("publish")
        let server = try await BucketServer(faults: false)
        defer { server.stop() }
        let dry = try await publish(workspace, server, "--dry-run", "--json")
        #expect(dry.code == 0, "\(dry.lastWords)")
        #expect(try server.log().allSatisfy { !$0.hasPrefix("PUT") })
        let first = try await publish(workspace, server, "--json")
        #expect(first.code == 0, "\(first.lastWords)")
        let folder = try FileTree.contents(of: workspace.file("public"))
        let objects = try await server.objects()
        #expect(Set(objects.keys) == Set(folder.keys.map { "site/\($0)" }))
        for (name, content) in folder { #expect(objects["site/\(name)"] == content, "\(name)") }
        #expect(try dry.json.last?["written"] == first.json.last?["written"])
        let types = try server.types()
        #expect(types["site/.well-known/did.json"] == "application/did+ld+json max-age=300")
        #expect(
            types.first { $0.key.hasSuffix(".jwt") && $0.key.contains("credentials") }?.value
                == "application/vc+jwt max-age=300"
        )

        let puts = try server.log().count { $0.hasPrefix("PUT") }
        let second = try await publish(workspace, server, "--json")
        #expect(try second.json.last?["written"]?.int == 0)
        #expect(try server.log().count { $0.hasPrefix("PUT") } == puts)
        try await workspace.succeed("revoke", "ada@example.org")
        let third = try await publish(workspace, server, "--json")
        // Two forms of the list, the assertion, the list of revocations.
        #expect(try third.json.last?["written"]?.int == 4)
        #expect(try server.log().allSatisfy { !$0.hasPrefix("bad-signature") })
    }

    @Test("a service that answers 500 and 503 and cuts the line takes it all in the end") func faults() async throws {
        let workspace = try await Workspace.signingFast()
        try await workspace.succeed("issue", "results/sample.csv")
        try await workspace.succeed("publish")
        let server = try await BucketServer(faults: true)
        defer { server.stop() }
        let outcome = try await publish(workspace, server, "--json")
        #expect(outcome.code == 0, "\(outcome.lastWords)")
        let folder = try FileTree.contents(of: workspace.file("public"))
        let objects = try await server.objects()
        #expect(objects.count == folder.count)
        for (name, content) in folder { #expect(objects["site/\(name)"] == content, "\(name)") }
        #expect(try server.log().count { $0.hasPrefix("fault") } >= 3)
    }

    @Test("what is there already, and was not listed, is not written over blindly") func raced() async throws {
        let workspace = try await Workspace.signingFast()
        try await workspace.succeed("issue", "results/sample.csv")
        let server = try await BucketServer(faults: false)
        defer { server.stop() }
        async let one = publish(workspace, server, "--json")
        async let other = publish(workspace, server, "--json")
        let outcomes = try await [one, other]
        #expect(outcomes.allSatisfy { $0.code == 0 }, "\(outcomes.map(\.lastWords))")
        try await workspace.succeed("publish")
        let folder = try FileTree.contents(of: workspace.file("public"))
        let objects = try await server.objects()
        for (name, content) in folder { #expect(objects["site/\(name)"] == content, "\(name)") }
    }

    @Test("wrong credentials, and a bucket that is not there, are told without a secret") func refused() async throws {
        let workspace = try await Workspace.signingFast()
        try await workspace.succeed("issue", "results/sample.csv")
        let server = try await BucketServer(faults: false)
        defer { server.stop() }
        var environment = server.environment
        environment["AWS_SECRET_ACCESS_KEY"] = "not-the-secret"
        let wrong = try await BadgeCommand.run(
            ["publish", "--to", "s3://badges/site"],
            in: workspace.path,
            environment: environment
        )
        #expect(wrong.code == 1)
        #expect(wrong.speech.contains("BUCKET_REFUSED"))
        #expect(wrong.speech.contains("SignatureDoesNotMatch"))
        #expect(!wrong.speech.contains("not-the-secret"))
        let none = try await BadgeCommand.run(["publish", "--to", "s3://badges"], in: workspace.path)
        #expect(none.speech.contains("CREDENTIALS_MISSING"))
        let malformed = try await workspace.badge("publish", "--to", "s3://B")
        #expect(malformed.speech.contains("BUCKET_MALFORMED"))
    }
}
