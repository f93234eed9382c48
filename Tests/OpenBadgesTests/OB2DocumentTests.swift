import Cryptography
import JSONCore
import OpenBadges
import Testing

/// The documents that a badge names: embedded ones, ones under another id, keys, images, the hosted copy.
@Suite("Open Badges 2.0, documents")
struct OB2DocumentTests {
    private func verify(
        _ assertion: OB2.Assertion = Academy.hosted(),
        _ change: (inout Documents) -> Void = { _ in }
    ) async -> VerificationReport {
        var web = Academy.web
        web.serve(assertion.id, assertion.json)
        change(&web)
        return await Academy.verify(assertion.json.serialized(), web)
    }

    @Test("an embedded class is fetched all the same, and the fetched one decides")
    func embedded() async {
        var badge = Academy.badgeClass
        badge.name = "Algebra IX"
        badge.members["description"] = nil
        badge.members["issuer"] = Academy.issuer.json
        var assertion = Academy.hosted()
        assertion.members["badge"] = badge.json
        let report = await verify(assertion)
        #expect(report.isVerified, "\(report.problems)")
        #expect(report.claims?.name == "Algebra I")

        // Out of reach, what is there is judged, and still not believed.
        let offline = await verify(assertion) { $0.remove(Academy.classURL) }
        #expect(offline.verdict == .rejected)
        #expect(offline.problem("REQUIRED_PROPERTY_MISSING")?.path?.description == "/badge")
        #expect(offline.problem("DOCUMENT_UNREACHABLE") != nil)
    }

    @Test("a class without an id is read where it stands, with a warning; its issuer decides as ever")
    func withoutID() async {
        var badge = Academy.badgeClass
        badge.members["id"] = nil
        var assertion = Academy.hosted()
        assertion.members["badge"] = badge.json
        let report = await verify(assertion)
        #expect(report.isVerified, "\(report.problems)")
        #expect(report.codes == ["ID_MISSING"])
        #expect(report.claims?.name == "Algebra I")
        badge.members["name"] = 7
        assertion.members["badge"] = badge.json
        let wrong = await verify(assertion)
        #expect(wrong.problem("MALFORMED_VALUE_ERROR")?.path?.description == "/badge/name")
    }

    @Test(
        "an issuer that cannot be looked up is nobody's word",
        arguments: ["urn:uuid:6f0d4e6e-6f3e-4f7c-9a53-0c6a3a1c2b10", "_:b0", nil]
    )
    func issuerWithoutURL(id: String?) async throws {
        var issuer = Academy.issuer.json
        issuer["id"] = id.map(JSON.string)
        issuer["verification"] = ["startsWith": "https://academy.example.org/"]
        var badge = Academy.badgeClass
        badge.members["issuer"] = issuer
        let hosted = await verify { $0.serve(Academy.classURL, badge.json) }
        #expect(hosted.verdict == .undetermined)
        #expect(hosted.answers.authentic == .unknown)
        #expect(hosted.answers.issuer == .unknown)
        #expect(hosted.codes.contains("KEY_NOT_BOUND"))
        #expect(hosted.codes.contains(id == nil ? "ID_MISSING" : "ISSUER_ID_NOT_URL"))
        var web = Academy.web
        web.serve(Academy.classURL, badge.json)
        let signed = await Academy.verify(try Academy.sign(), web)
        #expect(signed.answers.authentic == .unknown)
        #expect(signed.codes.contains("KEY_NOT_BOUND"))
    }

    @Test("a document that names another id is asked for by that, with a warning")
    func otherID() async throws {
        let moved = "https://academy.example.org/badges/algebra/new.json"
        var badge = Academy.badgeClass
        badge.id = moved
        let report = await verify { web in
            web.serve(Academy.classURL, badge.json)
            web.serve(moved, badge.json)
        }
        #expect(report.isVerified, "\(report.problems)")
        #expect(report.codes == ["ID_MISMATCH"])
        #expect(report.problems.first?.path?.description == "/badge")
        // It is asked once, and not on and on.
        let circle = await verify { web in
            web.serve(Academy.classURL, badge.json)
            web.serve(moved, Academy.badgeClass.json)
        }
        #expect(circle.verdict == .rejected)
        #expect(circle.answers.content == .violates)
    }

    @Test("a hosted badge that names another id is asked for by that; it counts, and the difference is told")
    func otherHostedID() async {
        let moved = "https://academy.example.org/assertions/moved.json"
        var served = Academy.hosted(id: moved)
        served.recipient = OB2.IdentityObject(hashing: "grace@example.org", salt: "s")
        let report = await verify { web in
            web.serve(Academy.hostedID, served.json)
            web.serve(moved, served.json)
        }
        #expect(report.isVerified, "\(report.problems)")
        #expect(report.claims?.id == moved)
        #expect(report.claims?.recipient == served.recipient.identity)
        #expect(Set(report.codes) == ["ID_MISMATCH", "HOSTED_COPY_DIFFERS"])
        let circle = await verify { web in
            web.serve(Academy.hostedID, served.json)
            web.serve(moved, Academy.hosted().json)
        }
        #expect(circle.answers.authentic == .no)
        #expect(circle.codes.contains("HOSTED_DIFFERS"))
    }

    @Test("each difference between the copy and the hosted badge is told with its place")
    func differences() async {
        var given = Academy.hosted()
        given.recipient = OB2.IdentityObject(plain: "mallory@example.org")
        given.expires = Exams.expires
        given.badge = "https://evil.example/class.json"
        given.members["issuedOn"] = "2026-03-02T12:30:00Z"
        given.narrative = "x"
        let report = await Academy.verify(given.json.serialized())
        #expect(report.isVerified)
        #expect(report.outcome(of: .proof) == .warned)
        let places = report.problems.filter { $0.code.rawValue == "HOSTED_COPY_DIFFERS" }.map { $0.path?.description }
        #expect(Set(places) == ["/recipient", "/expires", "/badge", "/issuedOn", "/narrative"])
        #expect(!report.problems.contains { $0.detail.contains("mallory") })
    }

    @Test("another way of writing the same is no difference")
    func sameCopy() async {
        var given = Academy.hosted()
        given.members["issuedOn"] = "2026-03-01T13:30:00+01:00"
        given.members["badge"] = Academy.badgeClass.json
        given.members["verification"] = nil
        given.members["verify"] = ["type": ["hosted"]]
        let report = await Academy.verify(given.json.serialized())
        #expect(report.isVerified)
        #expect(report.codes.isEmpty, "\(report.problems)")
        var many = Academy.hosted().json
        for number in 0..<1000 { many["x\(number)"] = 1 }
        #expect(await Academy.verify(many.serialized()).problems.count <= 10)
    }

    // MARK: Keys

    private func verifySigned(_ change: (inout Documents) -> Void) async throws -> VerificationReport {
        var web = Academy.web
        change(&web)
        return await Academy.verify(try Academy.sign(), web)
    }

    @Test("a key that was revoked or has expired no longer counts")
    func revokedKey() async throws {
        for (name, value) in [
            ("revoked", true as JSON), ("revoked", "2026-01-01T00:00:00Z"), ("expires", "2026-02-01T00:00:00Z"),
        ] {
            var key = Academy.keyDocument()
            key.members[name] = value
            let report = try await verifySigned { $0.serve(Academy.keyURL, key.json) }
            #expect(report.answers.authentic == .no)
            #expect(report.codes.contains("KEY_REVOKED"))
        }
        for name in ["revoked", "expires"] {
            var key = Academy.keyDocument()
            key.members[name] = "2026-04-01T00:00:00Z"
            let report = try await verifySigned { $0.serve(Academy.keyURL, key.json) }
            #expect(report.answers.authentic == .unknown, "that it is older, only the badge says")
            #expect(report.codes.contains("KEY_REVOKED_LATER"))
        }
        var key = Academy.keyDocument()
        key.members["revoked"] = false
        key.members["expires"] = "2030-01-01T00:00:00Z"
        #expect(try await verifySigned { $0.serve(Academy.keyURL, key.json) }.isVerified)
    }

    @Test("the profile may hold the key itself; one with a URL is fetched by that, one without is the profile's word")
    func keyWithinProfile() async throws {
        var issuer = Academy.issuer
        issuer.members["publicKey"] = [Academy.keyDocument(Exams.forger).json]
        let fetched = try await verifySigned { $0.serve(Academy.issuerURL, issuer.json) }
        #expect(fetched.isVerified, "\(fetched.problems)")
        var key = Academy.keyDocument().json
        key["id"] = nil
        issuer.members["publicKey"] = key
        var web = Academy.web
        web.serve(Academy.issuerURL, issuer.json)
        let bare = await Academy.verify(try Academy.sign(Academy.signed(creator: nil)), web)
        #expect(bare.isVerified, "\(bare.problems)")
        #expect(bare.codes == ["ID_MISSING"])
        key["owner"] = "https://evil.example/issuer.json"
        issuer.members["publicKey"] = key
        web.serve(Academy.issuerURL, issuer.json)
        let foreign = await Academy.verify(try Academy.sign(Academy.signed(creator: nil)), web)
        #expect(foreign.codes.contains("KEY_NOT_ISSUERS"))
    }

    @Test("a key within the badge is nobody's")
    func keyWithinBadge() async throws {
        var assertion = Academy.signed()
        assertion.members["verification"] = [
            "type": "SignedBadge", "creator": Academy.keyDocument(Exams.forger).json,
        ]
        let report = await Academy.verify(try Academy.sign(assertion, key: Exams.forger))
        #expect(report.answers.authentic == .no)
        assertion.members["verification"] = ["type": "SignedBadge", "creator": Academy.keyDocument().json]
        #expect(await Academy.verify(try Academy.sign(assertion)).isVerified)
    }

    @Test("a creator of an issuer without keys is not the issuer's")
    func creatorWithoutKeys() async throws {
        var issuer = Academy.issuer
        issuer.members["publicKey"] = nil
        let report = try await verifySigned { $0.serve(Academy.issuerURL, issuer.json) }
        #expect(report.answers.authentic == .no)
        #expect(report.codes.contains("KEY_NOT_ISSUERS"))
    }

    @Test("what is wrong with a key document has its place")
    func keyDocument() async throws {
        var key = Academy.keyDocument().json
        key["type"] = "Profile"
        let other = try await verifySigned { $0.serve(Academy.keyURL, key) }
        #expect(other.problem("CLASS_MISMATCH")?.path?.description == "/verification/creator/type")
        key["type"] = nil
        let none = try await verifySigned { $0.serve(Academy.keyURL, key) }
        #expect(none.isVerified)
        #expect(none.codes == ["REQUIRED_PROPERTY_MISSING"])
        key = Academy.keyDocument().json
        key["publicKeyPem"] = "-----BEGIN PUBLIC KEY-----"
        let unreadable = try await verifySigned { $0.serve(Academy.keyURL, key) }
        #expect(unreadable.codes.contains("KEY_UNREADABLE"))
        #expect(unreadable.answers.authentic == .unknown)
    }

    @Test("an algorithm that few validators read is told", arguments: [Exams.p256, Exams.key])
    func algorithms(key: PrivateKey) async throws {
        var web = Academy.web
        web.serve(Academy.keyURL, Academy.keyDocument(key).json)
        let report = await Academy.verify(try Academy.sign(key: key), web)
        #expect(report.isVerified)
        #expect(report.codes == ["UNUSUAL_ALGORITHM"])
        #expect(report.outcome(of: .proof) == .warned)
    }

    @Test("a revocation list that says it is another issuer's is told, and read")
    func listIssuer() async throws {
        var list = Academy.list()
        list["issuer"] = "https://evil.example/issuer.json"
        let report = try await verifySigned { $0.serve(Academy.listURL, list) }
        #expect(report.isVerified)
        #expect(report.codes == ["STATUS_LIST_ISSUER"])
        let entry: JSON = .string(Academy.signedID)
        list["revokedAssertions"] = [entry]
        #expect(try await verifySigned { $0.serve(Academy.listURL, list) }.codes == ["REVOKED"])
    }

    // MARK: Images

    private static let png = "data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAE="
    private static let svg = "data:image/svg+xml;base64,PHN2ZyB4bWxucz0iaHR0cDovL3d3dy53My5vcmcvMjAwMC9zdmciLz4="

    @Test(
        "a class's image may be written into it, as PNG or SVG",
        arguments: [png, svg, "data:image/svg+xml,%3Csvg/%3E"]
    )
    func dataImage(url: String) async {
        var badge = Academy.badgeClass
        badge.image = url
        let report = await verify { $0.serve(Academy.classURL, badge.json) }
        #expect(report.isVerified, "\(report.problems)")
        #expect(report.codes.isEmpty)
    }

    @Test(
        "an image that is said to be a PNG or SVG, and is none, is told",
        arguments: [
            "data:image/png", "data:image/png;base64,", "data:image/png;base64,/9j/4AAQSkZJRg==",
            "data:image/png;base64,====", "data:image/svg+xml;base64,aGVsbG8gd29ybGQ=", "data:image/svg+xml,",
        ]
    )
    func wrongDataImage(url: String) async {
        var badge = Academy.badgeClass
        badge.image = url
        let report = await verify { $0.serve(Academy.classURL, badge.json) }
        #expect(report.problem("IMAGE_TYPE")?.path?.description == "/badge/image", "\(report.problems)")
        #expect(report.verdict == .rejected)
    }

    @Test("a fetched image is judged by its bytes; one that cannot be fetched is a warning")
    func fetchedImage() async {
        let url = "https://academy.example.org/badges/algebra/image.png"
        let jpeg = await verify { $0.serve(url, image: [0xFF, 0xD8, 0xFF, 0xE0]) }
        #expect(jpeg.problem("IMAGE_TYPE")?.path?.description == "/badge/image")
        #expect(jpeg.verdict == .rejected)
        let svg = await verify { $0.serve(url, text: "<?xml version='1.0'?><!-- x --><svg/>") }
        #expect(svg.codes.isEmpty)
        for answer: LoadedDocument.Answer? in [nil, .missing(status: 404)] {
            let missing = await verify { $0.answers[url] = answer }
            #expect(missing.isVerified)
            #expect(missing.codes == ["IMAGE_UNAVAILABLE"])
        }
        var issuer = Academy.issuer
        issuer.members["image"] = ["id": .string(Self.png)]
        #expect(await verify { $0.serve(Academy.issuerURL, issuer.json) }.codes.isEmpty)
    }
}
