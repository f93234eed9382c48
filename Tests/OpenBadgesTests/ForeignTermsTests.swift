import JSONCore
import LinkedData
import OpenBadges
import Testing

/// Badges in other words than the specification's own terms, which its context all the same maps to them.
@Suite("Open Badges 2.0, other vocabularies")
struct ForeignTermsTests {
    private func verify(_ assertion: JSON, _ change: (inout Documents) -> Void = { _ in }) async -> VerificationReport {
        var web = Academy.web
        web.serve(Academy.hostedID, assertion)
        change(&web)
        return await Academy.verify(assertion.serialized(), web)
    }

    private static let obi = "https://w3id.org/openbadges#"

    @Test("full IRIs, prefixes and keywords are read as the terms that they stand for")
    func iris() async {
        let assertion: JSON = [
            "@context": ["https://w3id.org/openbadges/v2", ["ob": .string(Self.obi)]],
            "@id": .string(Academy.hostedID), "@type": [.string(Self.obi + "Assertion")],
            "ob:recipient": Academy.recipient.json, "obi:badge": .string(Academy.classURL),
            "https://w3id.org/openbadges#verify": ["type": "ob:HostedBadge"], "issuedOn": "2026-03-01T12:30:00Z",
            "https://a.example/unknown": "ignored",
        ]
        let report = await verify(assertion)
        #expect(report.isVerified, "\(report.problems)")
        #expect(report.claims?.recipient == Academy.recipient.identity)
        guard case .verified(let badge) = report.verdict else { return }
        #expect(badge.document == assertion, "the document is the one that was verified, as it came")
    }

    @Test("an identity keeps its kind through other words", arguments: ["email", "url", "telephone", "id"])
    func identityKinds(kind: String) async throws {
        let values = [
            "email": "ada@example.org", "url": "https://ada.example/", "telephone": "+64010",
            "id": "did:web:ada.example",
        ]
        var assertion = Academy.hosted().json
        let identity = try #require(values[kind])
        assertion["@context"] = ["https://w3id.org/openbadges/v2", ["x": "https://a.example/x"]]
        assertion["recipient"] = ["type": .string(kind), "hashed": false, "identity": .string(identity)]
        let report = await verify(assertion)
        #expect(report.isVerified, "\(report.problems)")
        assertion["recipient"] = ["type": .string(kind), "hashed": false, "identity": "no such thing"]
        #expect(await verify(assertion).problem("MALFORMED_VALUE_ERROR")?.path?.description == "/recipient/identity")
    }

    @Test("a term that another context gives another meaning is not the specification's")
    func redefined() async {
        var badge = Academy.badgeClass.json
        badge["@context"] = ["https://w3id.org/openbadges/v2", ["name": "https://a.example/nickname"]]
        let report = await verify(Academy.hosted().json) { $0.serve(Academy.classURL, badge) }
        #expect(report.verdict == .rejected)
        #expect(report.problem("REQUIRED_PROPERTY_MISSING")?.path?.description == "/badge")
        badge["schema:name"] = "Algebra I"
        let prefixed = await verify(Academy.hosted().json) { $0.serve(Academy.classURL, badge) }
        #expect(prefixed.isVerified, "\(prefixed.problems)")
        #expect(prefixed.claims?.name == "Algebra I")
    }

    @Test("a type of the document's own context is one, and an unknown word is none")
    func ownTypes() async {
        var assertion = Academy.hosted().json
        assertion["type"] = ["Assertion", "Diploma"]
        #expect(await verify(assertion).problem("INVALID_TYPE")?.path?.description == "/type/1")
        assertion["@context"] = ["https://w3id.org/openbadges/v2", ["Diploma": "https://a.example/Diploma"]]
        #expect(await verify(assertion).isVerified)
    }

    @Test("two names of one property are two values of it")
    func twice() async {
        var assertion = Academy.hosted().json
        assertion["obi:badge"] = "https://evil.example/class.json"
        #expect(await verify(assertion).problem("CARDINALITY_VIOLATION")?.path?.description == "/badge")
        var both = Academy.hosted().json
        both["verify"] = ["type": "SignedBadge"]
        #expect(await verify(both).problem("CARDINALITY_VIOLATION")?.path?.description == "/verification")
        both["verify"] = both["verification"]
        #expect(await verify(both).isVerified)
    }

    @Test("a context that is not at hand leaves open what the badge says")
    func unknownContext() async {
        var assertion = Academy.hosted().json
        assertion["@context"] = ["https://w3id.org/openbadges/v2", "https://a.example/context.json"]
        let report = await verify(assertion)
        #expect(report.verdict == .undetermined)
        #expect(report.answers.content == .unknown)
        #expect(report.codes == ["LOADING_REMOTE_CONTEXT_FAILED"])
        // What is missing under it may be there under another name.
        assertion["issuedOn"] = nil
        #expect(await verify(assertion).answers.content == .unknown)
    }

    @Test("contexts that contradict themselves are named", arguments: [["@context": 7], ["x": ["@id": 7]]] as [JSON])
    func brokenContext(context: JSON) async {
        var assertion = Academy.hosted().json
        assertion["@context"] = ["https://w3id.org/openbadges/v2", context]
        let report = await verify(assertion)
        #expect(report.verdict == .rejected)
        #expect(report.outcome(of: .context) == .failed)
    }

    @Test(
        "without the specification's context it is no badge of it",
        arguments: [nil, "https://w3id.org/openbadges/invalid", [], [:], "http://w3id.org/openbadges/v2", 7] as [JSON?]
    )
    func noContext(context: JSON?) async {
        var assertion = Academy.hosted().json
        assertion["@context"] = context
        let report = await verify(assertion)
        #expect(report.verdict == .rejected)
        #expect(report.problem("INVALID_CONTEXT")?.path?.description == "/@context")
    }

    @Test("contexts within the document that say the same are read, with a warning")
    func inlineContext() async throws {
        let context = try #require(KnownContexts.current.document(OB2.context)?["@context"])
        var assertion = Academy.hosted().json
        assertion["@context"] = context
        let report = await verify(assertion)
        #expect(report.isVerified, "\(report.problems)")
        #expect(report.codes == ["INVALID_CONTEXT"])
        assertion["@context"] = ["Assertion": "https://a.example/Assertion"]
        #expect(await verify(assertion).verdict == .rejected)
    }

    @Test("the older mapping of a term is understood, too")
    func olderMapping() async {
        var badge = Academy.badgeClass.json
        badge["@context"] = ["https://w3id.org/openbadges/v2", ["x": "https://a.example/x"]]
        badge["alignment"] = [
            ["targetName": "x", "targetUrl": "https://a.example/", "http://schema.org/targetFramework": 7]
        ]
        let report = await verify(Academy.hosted().json) { $0.serve(Academy.classURL, badge) }
        let place = report.problem("MALFORMED_VALUE_ERROR")?.path?.description
        #expect(place?.hasPrefix("/badge/alignment") == true)
    }

    @Test("deep and wide documents end in an answer")
    func hostile() async {
        var deep: JSON = ["x:y": 1]
        for _ in 0..<100 { deep = ["obi:evidence": deep] }
        var assertion = Academy.hosted().json
        assertion["obi:evidence"] = deep
        #expect(await verify(assertion).checks.map(\.check) == CheckName.standard)
        var wide = Academy.hosted().json
        wide["obi:evidence"] = .array(Array(repeating: ["obi:narrative": 7], count: 5000))
        let report = await verify(wide)
        #expect(report.verdict == .rejected)
        #expect(report.problems.count < 500)
    }

    // MARK: What is no assertion

    static let notAwards: [(JSON, String)] = [
        (Academy.badgeClass.json, "badge class"), (Academy.issuer.json, "issuer"),
        (Academy.keyDocument().json, "key"), (Academy.list(), "revocation list"),
    ]

    @Test("a part of a badge is read as well as one, and is none", arguments: notAwards)
    func parts(document: JSON, name: String) async {
        let report = await Academy.verify(document.serialized())
        #expect(report.format == .ob2Hosted)
        #expect(report.verdict == .undetermined)
        #expect(report.answers.content == .unknown)
        #expect(report.codes == ["NOT_A_BADGE"])
        #expect(report.sentence.contains(name))
        var wrong = document
        wrong["id"] = "nowhere"
        let refused = await Academy.verify(wrong.serialized())
        #expect(refused.verdict == .rejected)
        #expect(refused.problem("MALFORMED_VALUE_ERROR")?.path?.description == "/id")
    }

    @Test("a badge class as the input has its issuer looked up")
    func badgeClass() async {
        var web = Academy.web
        var issuer = Academy.issuer.json
        issuer["email"] = nil
        web.serve(Academy.issuerURL, issuer)
        let report = await Academy.verify(Academy.badgeClass.json.serialized(), web)
        #expect(report.problem("REQUIRED_PROPERTY_MISSING")?.path?.description == "/issuer")
    }

    @Test("other people's profiles and endorsements are none of Open Badges")
    func others() async {
        for text in [#"{"type":"Profile","id":"https://a.example/"}"#, #"{"type":"Endorsement"}"#] {
            let report = await Academy.verify(Array(text.utf8))
            #expect(report.format == .none)
            #expect(report.codes == ["NOT_A_BADGE"])
            #expect(report.verdict == .rejected)
        }
    }
}
