import JSONCore
import OpenBadges
import Testing

/// The kinds of status that came before: Status List 2021, and 1EdTech's lists of revoked ids.
@Suite("Older kinds of status")
struct OlderStatusTests {
    typealias Lists = StatusLists

    // MARK: Status List 2021

    private static let olderContext: JSON = "https://w3id.org/vc/status-list/2021/v1"

    private static func olderEntry(_ change: (inout JSON) -> Void = { _ in }) -> JSON {
        Lists.entry {
            $0["type"] = "StatusList2021Entry"
            change(&$0)
        }
    }

    private static func olderList(_ bits: BitstringStatusList, as form: Lists.Form) throws -> [UInt8] {
        let list = try Lists.credential(bits) { list in
            list["@context"] = [
                "https://www.w3.org/2018/credentials/v1", olderContext, "https://w3id.org/security/data-integrity/v2",
            ]
            list["type"] = ["VerifiableCredential", "StatusList2021Credential"]
            list["issuanceDate"] = list["validFrom"]
            list["expirationDate"] = list["validUntil"]
            list["validFrom"] = nil
            list["validUntil"] = nil
            var subject = list["credentialSubject"] ?? .null
            subject["type"] = "StatusList2021"
            subject["ttl"] = nil
            subject["encodedList"] = .string(String((subject["encodedList"]?.string ?? "").dropFirst()))
            list["credentialSubject"] = subject
        }
        return try Lists.signed(list, as: form)
    }

    @Test("a list of 2021 is read like one of today", arguments: Lists.Form.allCases)
    func older(form: Lists.Form) async throws {
        for (set, codes) in [([], []), ([Lists.index], ["REVOKED"])] as [([Int], [String])] {
            let web = try Lists.web(Self.olderList(Lists.bits(set), as: form))
            let report = try await Lists.report(Self.olderEntry(), contexts: [Self.olderContext], web)
            #expect(report.codes == codes, "\(report.problems)")
            #expect(report.isVerified == set.isEmpty)
            let ended = try await Lists.report(
                Self.olderEntry(),
                contexts: [Self.olderContext],
                web,
                at: Exams.time("2028-03-01T12:30:01Z")
            )
            #expect(ended.codes == ["STATUS_VERIFICATION_ERROR"])
        }
    }

    @Test("a list of 2021 may be shorter, with a warning")
    func short() async throws {
        let web = try Lists.web(Self.olderList(Lists.bits(count: 100_000), as: .jwt))
        let report = try await Lists.report(Self.olderEntry(), contexts: [Self.olderContext], web)
        #expect(report.isVerified)
        #expect(report.codes == ["STATUS_LIST_LENGTH_ERROR"])
        let outside = Self.olderEntry { $0["statusListIndex"] = "100000" }
        let range = try await Lists.report(outside, contexts: [Self.olderContext], web)
        #expect(range.codes == ["RANGE_ERROR", "STATUS_LIST_LENGTH_ERROR"])
        #expect(range.verdict == .rejected)
    }

    @Test("an entry of one kind does not lead to a list of the other")
    func mixed() async throws {
        let today = Lists.web(try Lists.published([Lists.index]))
        let report = try await Lists.report(Self.olderEntry(), contexts: [Self.olderContext], today)
        #expect(report.codes == ["STATUS_VERIFICATION_ERROR"])
        #expect(report.verdict == .undetermined)
    }

    // MARK: 1EdTech's list of revoked ids

    private static let listURL = "https://exams.example.org/revocations"
    private static let extensions: JSON = "https://purl.imsglobal.org/spec/ob/v3p0/extensions.json"
    private static let id = Exams.credential().id

    private static func list(_ entries: [CredentialRevocationList.Entry] = [], issuer: String = Exams.did) -> JSON {
        CredentialRevocationList(id: listURL, issuer: issuer, entries: entries).json
    }

    private static func report(
        _ list: JSON?,
        url: String = listURL,
        redirectedTo final: String? = nil
    ) async throws -> VerificationReport {
        var web = Lists.web
        if let list { web.serve(url, list, redirectedTo: final) }
        let status = CredentialStatus(revocationList: url)
        return try await Lists.report(status.json, contexts: [extensions], web)
    }

    @Test("a badge that is listed is revoked, with the reason")
    func listed() async throws {
        let revoked = try await Self.report(
            Self.list([.init(id: "urn:uuid:1"), .init(id: Self.id, reason: "Issued in error.")])
        )
        #expect(revoked.verdict == .rejected)
        #expect(revoked.codes == ["REVOKED"])
        #expect(revoked.sentence.contains("Issued in error."))
        let bare = try await Self.report(["revokedCredential": [["id": .string(Self.id)]]])
        #expect(bare.codes == ["REVOKED"])
        let older = try await Self.report(["revokedCredentials": [["id": .string(Self.id), "revoked": true]]])
        #expect(older.codes == ["REVOKED"])
    }

    @Test("a badge that is not listed, or listed as not revoked, holds")
    func notListed() async throws {
        for list in [
            Self.list(), Self.list([.init(id: "urn:uuid:1")]), Self.list([.init(id: Self.id, isRevoked: false)]),
            ["id": .string(Self.listURL), "issuer": ["id": .string(Exams.did)]],
        ] {
            let report = try await Self.report(list)
            #expect(report.isVerified, "\(report.problems)")
        }
    }

    @Test("a list of revoked ids that cannot be had leaves the badge unknown")
    func retrieval() async throws {
        for list in [nil, [:], [], ["error": "not found"], 7] as [JSON?] {
            let report = try await Self.report(list)
            #expect(report.codes == ["STATUS_RETRIEVAL_ERROR"])
            #expect(report.verdict == .undetermined)
            #expect(report.answers.current == .unknown)
        }
        let moved = try await Self.report(Self.list(), redirectedTo: "https://evil.example/revocations")
        #expect(moved.codes == ["STATUS_RETRIEVAL_ERROR"])
    }

    @Test("a list of revoked ids that leaves a doubt cannot clear a badge")
    func doubt() async throws {
        let url = "http://exams.example.org/revocations"
        for report in [
            try await Self.report(Self.list(issuer: "did:web:other.example.org")),
            try await Self.report(["revokedCredential": [["id": .string(Self.id), "revoked": "yes"]]]),
            try await Self.report(["revokedCredential": [7]]),
            try await Self.report(Self.list(), url: url),
        ] {
            #expect(report.codes == ["STATUS_VERIFICATION_ERROR"])
            #expect(report.verdict == .undetermined)
        }
        let revoked = try await Self.report(Self.list([.init(id: Self.id)], issuer: "did:web:other.example.org"))
        #expect(revoked.codes == ["REVOKED"])
    }

    @Test("an entry without the URL of its list is the badge's own fault")
    func noURL() async throws {
        for (id, code) in [
            (nil, "REQUIRED_PROPERTY_MISSING"), ("urn:uuid:1", "MALFORMED_VALUE_ERROR"),
        ] as [(JSON?, String)] {
            var status: JSON = ["type": "1EdTechRevocationList"]
            status["id"] = id
            let report = try await Lists.report(status, contexts: [Self.extensions], Lists.web)
            #expect(report.codes == [code])
            #expect(report.verdict == .rejected)
        }
    }

    @Test("a list of many thousand ids is searched for each badge of a verifier")
    func many() async throws {
        var entries = (0..<8_000).map { CredentialRevocationList.Entry(id: "urn:uuid:\($0)", reason: "Closed.") }
        entries.append(.init(id: Self.id))
        var web = Lists.web
        web.serve(Self.listURL, Self.list(entries))
        let verifier = Verifier(loader: web)
        let status = CredentialStatus(revocationList: Self.listURL).json
        for _ in 0..<2 {
            let report = await verifier.verify(
                try Lists.badge(status, contexts: [Self.extensions]),
                options: VerificationOptions(at: Exams.now)
            )
            #expect(report.codes == ["REVOKED"])
        }
    }
}
