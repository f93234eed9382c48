import Cryptography
import JSONCore
import Testing

/// `badge verify --trust` with registries, denials and conditions.
@Suite("Trust files with registries")
struct RegistryTests {
    private static let url = "https://registry.example/registry.json"
    private let workspace: Workspace
    private let badge: [UInt8]
    private var documents: DocumentFolder

    init() async throws {
        workspace = try await Workspace.shared.value
        documents = try DocumentFolder(publishedBy: workspace)
        badge = try workspace.read(try #require(try workspace.badges("credential.jwt").first))
    }

    private static func registry(_ id: String = Workspace.issuerID) -> JSON {
        ["meta": [:], "registry": [id: ["name": "STSI", "location": "Zürich", "url": "https://stsi.example"]]]
    }

    private func verify(
        _ trust: String,
        in folder: String? = nil,
        with documents: DocumentFolder? = nil
    ) async throws -> (code: Int32?, report: Report) {
        let folder = try folder ?? TemporaryFolder.make("trust")
        try FileTree.write(trust + "\n", to: "\(folder)/trust.yaml")
        return try await (documents ?? self.documents).verify(badge, "--trust", "\(folder)/trust.yaml")
    }

    @Test("a listed issuer is trusted, and shown under the registry's name for it")
    func listed() async throws {
        var documents = documents
        try documents.answer(Self.url, Self.registry())
        let trust = "registries: [{name: Community, url: \"\(Self.url)\", cache: 24h}]"
        let (code, report) = try await verify(trust, with: documents)
        #expect(code == 0)
        #expect(report.issuer == "trusted")
        #expect(report.json["trust"] == ["by": "registry", "name": "STSI", "registry": "Community"])
        #expect(report.sentence.contains("issued by STSI (listed in Community"))
    }

    @Test("not in the registry is rejected, a registry out of reach is undetermined")
    func told() async throws {
        let trust = "registries: [{name: Community, url: \"\(Self.url)\"}]"
        let down = try await verify(trust)
        #expect(down.code == 3)
        #expect(down.report.issuer == "unknown")
        #expect(down.report.codes.contains("REGISTRY_UNREACHABLE"))
        var other = documents
        try other.answer(Self.url, Self.registry("did:web:other.example"))
        let absent = try await verify(trust, with: other)
        #expect(absent.code == 2)
        #expect(absent.report.issuer == "untrusted")
        #expect(absent.report.codes.contains("ISSUER_NOT_IN_REGISTRY"))
    }

    @Test("a registry beside the trust file counts where its digest is the pinned one")
    func pinnedFile() async throws {
        let body = Self.registry().serialized()
        let folder = try TemporaryFolder.make("trust")
        try FileTree.write(body, to: "\(folder)/registry.json")
        let digest = DigestAlgorithm.sha256.digest(body).map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
        let good = try await verify("registries: [{file: registry.json, sha256: \(digest)}]", in: folder)
        #expect(good.code == 0)
        #expect(good.report.issuer == "trusted")
        let wrong = String(repeating: "0", count: 64)
        let bad = try await verify("registries: [{file: registry.json, sha256: \"\(wrong)\"}]", in: folder)
        #expect(bad.code == 3)
        #expect(bad.report.codes.contains("REGISTRY_DIGEST_MISMATCH"))
    }

    @Test("who is denied is rejected, whoever lists them")
    func denied() async throws {
        var documents = documents
        try documents.answer(Self.url, Self.registry())
        let trust = """
            issuers: [\(Workspace.issuerID)]
            registries: [{url: "\(Self.url)"}]
            deny: {domains: [badges.example.org]}
            """
        let (code, report) = try await verify(trust, with: documents)
        #expect(code == 2)
        #expect(report.issuer == "untrusted")
        #expect(report.codes.contains("ISSUER_DENIED"))
    }

    @Test("an issuer whose domain looks like a trusted one is warned of")
    func lookalike() async throws {
        let (code, report) = try await verify("domains: [badges.examp1e.org]")
        #expect(code == 2)
        #expect(report.codes.contains("ISSUER_LOOKALIKE"))
        let other = try await verify("domains: [academy.example.net]")
        #expect(!other.report.codes.contains("ISSUER_LOOKALIKE"))
    }
}
