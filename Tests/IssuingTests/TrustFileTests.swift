import Glibc
import Issuing
import OpenBadges
import Testing

/// `trust.yaml`, as an employer writes it.
@Suite("Trust files")
struct TrustFileTests {
    /// A folder of its own, with files in it; gone when the body ends.
    private func withFolder<Result>(_ files: [String: String], _ body: (String) throws -> Result) throws -> Result {
        var template = Array("/tmp/trust-file-XXXXXX".utf8CString)
        let path = try #require(mkdtemp(&template).map { String(cString: $0) })
        for (name, text) in files {
            let file = try #require(fopen("\(path)/\(name)", "w"))
            _ = text.withCString { fputs($0, file) }
            fclose(file)
        }
        defer {
            for name in files.keys { unlink("\(path)/\(name)") }
            rmdir(path)
        }
        return try body(path)
    }

    static let digest = String(repeating: "ab", count: 32)

    @Test("a trust file says whom to trust, whom not, and whom to ask")
    func whole() throws {
        let text = """
            # whom we believe
            issuers:
              - did:web:exams.example.org
              - did:web:www.credly.example:issuers:*
              - {id: "https://academy.example/issuer.json", name: Academy}
            domains: [bücher.example, stsi.example]
            keys: [NzbLsXh8uDCcd-6MNwXF4W_7noWXFZAfHkxZsRGC9Xs]
            deny:
              issuers: did:web:mill.example
              domains:
                - evil.example
              keys:
            registries:
              - name: Community
                url: https://registry.example/registry.json
                cache: 24h
                type: dcc-legacy
              - file: known.json
                sha256: \(Self.digest)
            """
        let policy = try withFolder(["trust.yaml": text, "known.json": "[]"]) { try TrustFile.read("\($0)/trust.yaml") }
        #expect(policy.allow.issuers.count == 3)
        #expect(policy.allow.names == ["https://academy.example/issuer.json": "Academy"])
        #expect(policy.allow.domains == ["bücher.example", "stsi.example"])
        #expect(policy.allow.keys.count == 1)
        #expect(policy.deny.issuers == ["did:web:mill.example"])
        #expect(policy.deny.domains == ["evil.example"])
        #expect(policy.deny.keys.isEmpty)
        #expect(policy.registries.map(\.name) == ["Community", "known.json"])
        #expect(policy.registries.first?.maximumAge == .seconds(86_400))
        #expect(policy.registries.first?.kind == .dccLegacy)
        #expect(policy.registries.last?.sha256 == Array(repeating: 0xAB, count: 32))
        guard case .copy(let body, let date) = policy.registries.last?.source else {
            Issue.record("the file was not read")
            return
        }
        #expect(body == Array("[]".utf8))
        #expect(date != nil, "a file is as old as its last change")
    }

    @Test(
        "a mistake is told with its place",
        arguments: [
            ("issuers:\n  - did:web:a.example\n  - '*'", "TRUST_FILE_INVALID", 3, 5),
            ("issuer: [a]", "TRUST_FILE_INVALID", 1, 9), ("issuers: {a: b}", "TRUST_FILE_INVALID", 1, 10),
            ("issuers:\n- {id: did:web:a.example, nam: A}", "TRUST_FILE_INVALID", 2, 32),
            ("domains: [a.example, 'https://b.example']", "TRUST_FILE_INVALID", 1, 22),
            ("keys:\n  - abc", "TRUST_FILE_INVALID", 2, 5),
            ("deny:\n  issuers: mill.example", "TRUST_FILE_INVALID", 2, 12),
            ("deny: [mill.example]", "TRUST_FILE_INVALID", 1, 7),
            ("registries:\n  - url: https://a.example/\n    cache: soon", "TRUST_FILE_INVALID", 3, 12),
            ("registries:\n  - url: https://a.example/\n    type: oidf", "TRUST_FILE_INVALID", 3, 11),
            ("registries:\n  - file: missing.json", "TRUST_FILE_INVALID", 2, 11),
            ("registries:\n  - name: A", "TRUST_FILE_INVALID", 2, 5), ("issuers: [", "TRUST_SYNTAX", 2, 1),
            ("keys: [a]\nkeys: [b]", "TRUST_DUPLICATE_KEY", 1, 1), ("- a", "TRUST_TYPE", 1, 1),
            ("issuers: &a [b]\nkeys: *a", "TRUST_UNSUPPORTED", 2, 7),
        ]
    )
    func mistakes(text: String, code: String, line: Int, column: Int) throws {
        let error = try withFolder(["trust.yaml": text]) { folder in
            #expect(throws: IssuingError.self) { try TrustFile.read("\(folder)/trust.yaml") }
        }
        #expect(error?.code.rawValue == code)
        #expect(error?.line == line, "\(String(describing: error))")
        #expect(error?.column == column, "\(String(describing: error))")
        #expect(error?.file?.hasSuffix("/trust.yaml") == true)
    }

    @Test("a file that is not there, and one that is too deep, end in an error and not otherwise")
    func unreadable() throws {
        let missing = #expect(throws: IssuingError.self) { try TrustFile.read("/nowhere/trust.yaml") }
        #expect(missing?.code == .fileUnreadable)
        for depth in [40, 900, 20_000] {
            let text = "issuers: " + String(repeating: "[", count: depth) + String(repeating: "]", count: depth)
            try withFolder(["trust.yaml": text]) { folder in
                _ = #expect(throws: IssuingError.self) { try TrustFile.read("\(folder)/trust.yaml") }
            }
        }
    }

    @Test("what is empty trusts nobody", arguments: ["issuers: []", "issuers:", "issuers: ~\nregistries: []"])
    func empty(text: String) throws {
        let policy = try withFolder(["trust.yaml": text]) { try TrustFile.read("\($0)/trust.yaml") }
        #expect(policy == TrustPolicy())
    }
}
