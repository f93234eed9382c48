import Cryptography
import JSONCore
import OpenBadges
import Proofs
import Testing

@Suite("Open Badges 2.0, signed")
struct SignedAssertionTests {
    @Test("a signed badge is verified")
    func good() async throws {
        let report = await Academy.verify(try Academy.sign(), recipient: .email("ada@example.org"))
        #expect(report.isVerified, "\(report.problems)")
        #expect(report.format == .ob2Signed)
        #expect(report.answers.issuer == .domain)
        #expect(report.answers.subject == .match)
        guard case .verified(let badge) = report.verdict else { return }
        #expect(badge.achievement.name == "Algebra I")
        #expect(badge.facts.issuerName == "Example Academy")
        #expect(badge.facts.id == Academy.signedID)
    }

    @Test("other algorithms than RS256 are read, too", arguments: [Exams.p256, Exams.key])
    func algorithms(key: PrivateKey) async throws {
        var web = Academy.web
        web.serve(Academy.keyURL, Academy.keyDocument(key).json)
        #expect(await Academy.verify(try Academy.sign(key: key), web).isVerified)
    }

    @Test("a creator that the issuer does not list is not the issuer's key")
    func unlisted() async throws {
        var web = Academy.web
        let url = "https://evil.example/key.json"
        web.serve(url, Academy.keyDocument(Exams.forger, id: url).json)
        let report = await Academy.verify(try Academy.sign(Academy.signed(creator: url), key: Exams.forger), web)
        #expect(report.verdict == .rejected)
        #expect(report.answers.authentic == .no)
        #expect(report.codes.contains("KEY_NOT_ISSUERS"))
    }

    @Test("a key that says that another owns it is not the issuer's")
    func owner() async throws {
        var web = Academy.web
        web.serve(Academy.keyURL, Academy.keyDocument(owner: "https://evil.example/issuer.json").json)
        let report = await Academy.verify(try Academy.sign(), web)
        #expect(report.answers.authentic == .no)
        #expect(report.codes.contains("KEY_NOT_ISSUERS"))
        var bare = Academy.keyDocument().json
        bare["owner"] = nil
        web.serve(Academy.keyURL, bare)
        #expect(await Academy.verify(try Academy.sign(), web).answers.authentic == .no)
    }

    @Test("somebody else's signature under the issuer's key does not verify")
    func forged() async throws {
        let report = await Academy.verify(try Academy.sign(key: Exams.forger))
        #expect(report.answers.authentic == .no)
        #expect(report.verdict == .rejected)
        let rsa = await Academy.verify(try Academy.sign(key: PrivateKey(generating: .rsa(bits: 2048))))
        #expect(rsa.codes.contains("PROOF_VERIFICATION_ERROR"))
    }

    @Test("of several keys the creator's counts, and each of them may be the creator's")
    func severalKeys() async throws {
        var issuer = Academy.issuer
        let second = "https://academy.example.org/ob2/keys/k2.json"
        issuer.publicKeys = [second, Academy.keyURL]
        var web = Academy.web
        web.serve(Academy.issuerURL, issuer.json)
        web.serve(second, Academy.keyDocument(Exams.key, id: second).json)
        #expect(await Academy.verify(try Academy.sign(), web).isVerified)
        #expect(await Academy.verify(try Academy.sign(Academy.signed(creator: second), key: Exams.key), web).isVerified)
        let crossed = await Academy.verify(try Academy.sign(Academy.signed(creator: second)), web)
        #expect(crossed.answers.authentic == .no)
    }

    @Test("without a creator the issuer's only key counts, and one of several is not guessed")
    func noCreator() async throws {
        let badge = try Academy.sign(Academy.signed(creator: nil))
        #expect(await Academy.verify(badge).isVerified)
        var issuer = Academy.issuer
        issuer.publicKeys = [Academy.keyURL, "https://academy.example.org/ob2/keys/k2.json"]
        var web = Academy.web
        web.serve(Academy.issuerURL, issuer.json)
        let report = await Academy.verify(badge, web)
        #expect(report.answers.authentic == .unknown)
        #expect(report.codes.contains("KEY_NOT_BOUND"))
        issuer.members["publicKey"] = nil
        web.serve(Academy.issuerURL, issuer.json)
        #expect(await Academy.verify(badge, web).answers.authentic == .unknown)
    }

    @Test("an embedded issuer with a key of the forger's own is not looked at")
    func embeddedIssuer() async throws {
        let forgersKey = "https://evil.example/key.json"
        var issuer = Academy.issuer
        issuer.publicKeys = [forgersKey]
        var badge = Academy.badgeClass
        badge.members["issuer"] = issuer.json
        var assertion = Academy.signed(creator: forgersKey)
        assertion.members["badge"] = badge.json
        var web = Academy.web
        web.serve(forgersKey, Academy.keyDocument(Exams.forger, id: forgersKey).json)
        let report = await Academy.verify(try Academy.sign(assertion, key: Exams.forger), web)
        #expect(report.verdict == .rejected)
        #expect(report.answers.authentic == .no)

        // Where the real issuer is out of reach, its embedded copy does not take its place.
        web.remove(Academy.issuerURL)
        #expect(await Academy.verify(try Academy.sign(assertion, key: Exams.forger), web).answers.authentic == .unknown)
    }

    @Test("an embedded class that names another issuer than the hosted one does not decide")
    func embeddedClass() async throws {
        var badge = Academy.badgeClass
        badge.issuer = "https://evil.example/issuer.json"
        badge.name = "Algebra IX"
        var assertion = Academy.signed()
        assertion.members["badge"] = badge.json
        let report = await Academy.verify(try Academy.sign(assertion))
        #expect(report.claims?.name == "Algebra I")
        #expect(report.claims?.issuerID == Academy.issuerURL)
    }

    @Test(
        "a class or an issuer about another id than its URL is not the badge's",
        arguments: [
            Academy.classURL, Academy.issuerURL,
        ]
    )
    func otherID(url: String) async throws {
        var web = Academy.web
        guard case .found(let document) = web.answers[url] else { return }
        var json = try JSON(parsing: document.body)
        json["id"] = "https://academy.example.org/other.json"
        web.serve(url, json)
        let report = await Academy.verify(try Academy.sign(), web)
        #expect(report.verdict == .rejected)
        #expect(report.answers.authentic != .yes)
        #expect(report.answers.content == .violates)
    }

    @Test(
        "a document out of reach leaves it unknown, and never yes",
        arguments: [
            Academy.classURL, Academy.issuerURL, Academy.keyURL,
        ]
    )
    func unreachable(url: String) async throws {
        var web = Academy.web
        let gone = LoadedDocument(url: url, body: [], source: .web)
        let answers: [LoadedDocument.Answer?] = [
            nil, .missing(status: 404), .missing(status: 500), .gone(gone), .found(gone),
        ]
        for answer in answers {
            web.answers[url] = answer
            let report = await Academy.verify(try Academy.sign(), web)
            #expect(report.verdict == .undetermined)
            #expect(report.answers.authentic == .unknown)
            #expect(report.answers.issuer == .unknown)
        }
    }

    @Test("an issuer behind a redirect to another origin is not known by the domain of its id")
    func redirectedIssuer() async throws {
        // Any open redirector of the academy's would otherwise do to sign in its name.
        let id = "https://academy.example.org/redirect?to=https://evil.example/issuer.json"
        var issuer = Academy.issuer
        issuer.id = id
        var badge = Academy.badgeClass
        badge.issuer = id
        badge.id = "https://evil.example/class.json"
        var assertion = Academy.signed()
        assertion.badge = badge.id
        var web = Academy.web
        web.serve(badge.id, badge.json)
        web.serve(id, issuer.json, redirectedTo: "https://evil.example/issuer.json")
        web.serve(Academy.keyURL, Academy.keyDocument(Exams.forger, owner: id).json)
        let report = await Academy.verify(
            try Academy.sign(assertion, key: Exams.forger),
            web,
            trust: TrustPolicy(domains: ["academy.example.org"])
        )
        #expect(report.answers.issuer != .trusted)
        #expect(!report.isVerified)
    }

    // MARK: Revocation

    static let entries: [JSON] = [
        .string(Academy.signedID), ["id": .string(Academy.signedID)],
        ["uid": .string(Academy.signedID), "revocationReason": "Issued in error."],
        ["id": .string(Academy.signedID), "revocationReason": "Honor code violation"],
    ]

    @Test("each form of an entry revokes", arguments: entries)
    func revoked(entry: JSON) async throws {
        var list = Academy.list()
        var web = Academy.web
        for entries: JSON in [[entry], ["urn:uuid:1", entry, ["id": "urn:uuid:2"]], entry] {
            list["revokedAssertions"] = entries
            web.serve(Academy.listURL, list)
            let report = await Academy.verify(try Academy.sign(), web)
            #expect(report.verdict == .rejected)
            #expect(report.answers.current == .no)
            #expect(report.answers.authentic == .yes)
            #expect(report.codes == ["REVOKED"])
            if let reason = entry["revocationReason"]?.string { #expect(report.sentence.contains(reason)) }
        }
    }

    @Test("an entry about another badge does not revoke this one")
    func notRevoked() async throws {
        var web = Academy.web
        web.serve(Academy.listURL, Academy.list([.init(id: Academy.signedID + "0"), .init(id: "urn:uuid:1")]))
        #expect(await Academy.verify(try Academy.sign(), web).isVerified)
    }

    @Test(
        "a list that cannot be had, or is none, leaves it unknown",
        arguments: [
            nil, "", "[]", "{}", "<html>", #"{"id":"https://academy.example.org/ob2/revocations.json"}"#,
            #"{"id":"https://evil.example/list.json","type":"RevocationList","revokedAssertions":[]}"#,
        ]
    )
    func noList(text: String?) async throws {
        var web = Academy.web
        web.remove(Academy.listURL)
        if let text { web.serve(Academy.listURL, text: text) }
        try await expectUnknown(web)
    }

    private func expectUnknown(_ web: Documents) async throws {
        let report = await Academy.verify(try Academy.sign(), web)
        #expect(report.verdict == .undetermined)
        #expect(report.answers.current == .unknown)
        #expect(report.answers.authentic == .yes)
        #expect(report.codes == ["STATUS_RETRIEVAL_ERROR"])
    }

    @Test(
        "a list whose entries cannot be read leaves it unknown",
        arguments: [
            "7", "null", "true", "{}", "[7]", "[null]", #"[["urn:uuid:1"]]"#, #"[{"revocationReason":"x"}]"#,
        ]
    )
    func unreadableEntries(text: String) async throws {
        var list = Academy.list()
        list["revokedAssertions"] = try JSON(parsing: text)
        var web = Academy.web
        web.serve(Academy.listURL, list)
        let report = await Academy.verify(try Academy.sign(), web)
        #expect(report.answers.current == .unknown)
        #expect(report.codes == ["STATUS_RETRIEVAL_ERROR"])
    }

    @Test("a server that answers without the list leaves it unknown")
    func missingList() async throws {
        var web = Academy.web
        for status in [403, 404, 500, 304] {
            web.answers[Academy.listURL] = .missing(status: status)
            try await expectUnknown(web)
        }
        web.takeBack(Academy.listURL, Academy.list())
        try await expectUnknown(web)
    }

    @Test("a list that stands in the issuer's profile revokes as well, with an id or without")
    func embeddedList() async throws {
        var issuer = Academy.issuer.json
        var web = Academy.web
        let list: JSON = ["type": "RevocationList", "revokedAssertions": [.string(Academy.signedID)]]
        for value in [list, [list]] as [JSON] {
            issuer["revocationList"] = value
            web.serve(Academy.issuerURL, issuer)
            let report = await Academy.verify(try Academy.sign(), web)
            #expect(report.codes.contains("REVOKED"), "\(report.codes)")
            #expect(report.answers.current == .no)
        }
        for value in [[list, .string(Academy.listURL)], ["type": "RevocationList"], 7] as [JSON] {
            issuer["revocationList"] = value
            web.serve(Academy.issuerURL, issuer)
            let report = await Academy.verify(try Academy.sign(), web)
            #expect(report.answers.current == .unknown, "\(report.problems)")
            #expect(report.codes.contains("STATUS_RETRIEVAL_ERROR"))
        }
    }

    @Test("a UUID in capitals is the same one")
    func capitals() async throws {
        var web = Academy.web
        web.serve(Academy.listURL, Academy.list([.init(id: Academy.signedID.uppercased())]))
        #expect(await Academy.verify(try Academy.sign(), web).codes == ["REVOKED"])
    }

    @Test("an issuer without a list revokes nothing")
    func withoutList() async throws {
        var issuer = Academy.issuer
        issuer.revocationList = nil
        var web = Academy.web
        web.serve(Academy.issuerURL, issuer.json)
        #expect(await Academy.verify(try Academy.sign(), web).isVerified)
    }
}
