import JSONCore
import OpenBadges
import Testing

@Suite("Recipients and identity hashes")
struct RecipientTests {
    static let readings: [(String, Recipient?)] = [
        ("ada@example.org", .email("ada@example.org")),
        ("mailto:ada@example.org", .email("ada@example.org")),
        ("email:ada@example.org", .email("ada@example.org")),
        ("emailAddress:ada@example.org", .email("ada@example.org")),
        ("did:key:z6MkAbc", .did("did:key:z6MkAbc")),
        ("did:web:example.org:people:ada", .did("did:web:example.org:people:ada")),
        ("systemId:4711", .identifier("4711", type: "systemId")),
        ("ext:matrikel:4711", .identifier("4711", type: "ext:matrikel")),
        ("ext:4711", .identifier("4711", type: "ext")),
        ("url:https://ada.example/", .identifier("https://ada.example/", type: "url")),
        ("ada:lovelace@example.org", .identifier("lovelace@example.org", type: "ada")),
        ("", nil), ("ada", nil), (":4711", nil), ("systemId:", nil), ("did:key", nil), ("email", nil),
        ("mailto:ada", nil), ("mailto:", nil),
    ]

    @Test("what a person writes is read as the identifier that it is", arguments: readings)
    func reading(text: String, expected: Recipient?) {
        #expect(Recipient(text) == expected)
    }

    @Test("an address that stands in the badge as mailto: is the same address")
    func mailto() async throws {
        var assertion = Academy.hosted()
        assertion.members["recipient"] = ["type": "email", "hashed": false, "identity": "mailto:ada@example.org"]
        var web = Academy.web
        web.serve(Academy.hostedID, assertion.json)
        let report = await Academy.verify(assertion.json.serialized(), web, recipient: .email("Ada@example.org"))
        #expect(report.answers.subject == .match)
    }

    @Test("a URL and a DID without its parts are no recipient", arguments: ["https://ada.example/", "did::x", "@"])
    func refused(text: String) {
        #expect(Recipient(text) == nil)
    }

    @Test("the hash of the specification is that of identifier and salt, in this order")
    func hash() {
        let hash = "sha256$b5809d8a92f8858436d7e6b87c12ebc0ae1eac4baecc2c0b913aee2c922ef399"
        #expect(IdentityHash.sha256("a@example.com", salt: "Kosher") == hash)
        #expect(IdentityHash.matches(hash, "a@example.com", salt: "Kosher") == true)
        #expect(
            IdentityHash.matches("SHA256$" + hash.dropFirst(7).uppercased(), "a@example.com", salt: "Kosher") == true
        )
        #expect(IdentityHash.matches(hash, "Koshera@example.com") == false)
        #expect(IdentityHash.matches(hash, "a@example.com") == false)
        #expect(IdentityHash.matches("sha512$00", "a@example.com") == nil)
        #expect(IdentityHash.matches("", "") == nil)
    }

    // MARK: In a badge

    private func subject(_ identities: [IdentityObject], id: String? = "urn:uuid:1") -> AchievementSubject {
        AchievementSubject(id: id, identifiers: identities, achievement: Exams.algebra)
    }

    private func report(_ subject: AchievementSubject, _ recipient: Recipient?) async throws -> VerificationReport {
        let credential = Exams.credential(subject: subject)
        return await Exams.verify(try Exams.jwt(credential), recipient: recipient)
    }

    private static let spellings = ["ada@example.org", " ada@example.org ", "Ada@Example.org", "ADA@EXAMPLE.ORG\n"]

    @Test("each spelling of an address is compared, salted, unsalted and in the clear", arguments: spellings)
    func spelling(text: String) async throws {
        let forms = [
            IdentityObject(hashing: "ada@example.org", salt: "NaCl"),
            IdentityObject(hashing: "ada@example.org", salt: ""),
            IdentityObject(plain: "ada@example.org"),
            IdentityObject(plain: "Ada@Example.org"),
            IdentityObject(hashing: text, salt: "NaCl"),
        ]
        for form in forms {
            let report = try await report(subject([form]), .email(text))
            #expect(report.answers.subject == .match, "\(form.json.text)")
            #expect(report.isVerified)
            let other = try await self.report(subject([form]), .email("adam@example.org"))
            #expect(other.answers.subject == .mismatch)
            #expect(other.verdict == .rejected)
            #expect(other.codes.contains("RECIPIENT_MISMATCH"))
            #expect(other.codes.contains("REQUIREMENT_NOT_MET"))
            #expect(other.answers.authentic == .yes)
        }
    }

    @Test("a hash that a host made without the salt that it names is found")
    func forgottenSalt() async throws {
        var identity = IdentityObject(hashing: "ada@example.org", salt: "")
        identity.salt = "named but not used"
        #expect(try await report(subject([identity]), .email("ada@example.org")).answers.subject == .match)
        var upper = IdentityObject(hashing: "ada@example.org", salt: "s")
        upper.identityHash = "sha256$" + upper.identityHash.dropFirst(7).uppercased()
        #expect(try await report(subject([upper]), .email("ada@example.org")).answers.subject == .match)
    }

    @Test("a DID is the subject's own id, exactly")
    func did() async throws {
        let ada = "did:key:z6MkAda"
        let badge = subject([], id: ada)
        #expect(try await report(badge, .did(ada)).isVerified)
        #expect(try await report(badge, .did("did:key:z6mkada")).answers.subject == .mismatch)
        #expect(try await report(badge, .did("did:key:z6MkAd")).answers.subject == .mismatch)
        #expect(try await report(badge, .email("ada@example.org")).answers.subject == .unknown)
    }

    @Test("any other identifier is compared with those of its own kind")
    func identifier() async throws {
        let badge = subject([
            IdentityObject(plain: "4711", identityType: "systemId"),
            IdentityObject(hashing: "0815", identityType: "ext:matrikel", salt: "s"),
        ])
        #expect(try await report(badge, .identifier("4711", type: "systemId")).answers.subject == .match)
        #expect(try await report(badge, .identifier("0815", type: "ext:matrikel")).answers.subject == .match)
        #expect(try await report(badge, .identifier("0815", type: "systemId")).answers.subject == .mismatch)
        #expect(try await report(badge, .identifier("4711", type: "userName")).answers.subject == .unknown)
    }

    @Test("one of several identities is enough")
    func several() async throws {
        let badge = subject([
            IdentityObject(hashing: "work@example.org", salt: "a"),
            IdentityObject(hashing: "ada@example.org", salt: "b"),
        ])
        #expect(try await report(badge, .email("ada@example.org")).answers.subject == .match)
        #expect(try await report(badge, .email("eve@example.org")).answers.subject == .mismatch)
    }

    @Test("an unknown hash algorithm leaves it open whose badge it is")
    func unknownAlgorithm() async throws {
        var identity = IdentityObject(hashing: "ada@example.org", salt: "s")
        identity.identityHash = "sha3$b5809d8a"
        let report = try await report(subject([identity]), .email("ada@example.org"))
        #expect(report.answers.subject == .unknown)
        #expect(!report.isVerified)
        #expect(report.codes.contains("RECIPIENT_UNKNOWN"))
    }

    @Test("an unknown hash beside a readable one does not hide the match")
    func unknownBesideKnown() async throws {
        var unknown = IdentityObject(hashing: "ada@example.org", salt: "s")
        unknown.identityHash = "sha3$b5809d8a"
        let known = IdentityObject(hashing: "ada@example.org", salt: "s")
        #expect(try await report(subject([unknown, known]), .email("ada@example.org")).answers.subject == .match)
        let other = try await report(subject([unknown, known]), .email("eve@example.org"))
        #expect(other.answers.subject == .unknown, "it may be hers under the hash that nobody can read")
    }

    @Test("a hash in the clear, and a clear text as a hash, are no identities")
    func contradictions() async throws {
        var clear = IdentityObject(hashing: "ada@example.org", salt: "s")
        clear.hashed = false
        var hashed = IdentityObject(plain: "ada@example.org")
        hashed.hashed = true
        for identity in [clear, hashed] {
            let report = try await report(subject([identity]), nil)
            #expect(report.answers.content == .violates)
            #expect(report.outcome(of: .subject) == .failed)
            let problem = try #require(report.problems.first { $0.check == .subject })
            #expect(problem.code.rawValue == "MALFORMED_VALUE_ERROR")
            #expect(problem.path?.description == "/credentialSubject/identifier/0/identityHash")
        }
    }

    @Test("Open Badges 2.0 names the kind of identifier in its type")
    func olderBadges() async throws {
        let address = "ada@example.org"
        for (identity, recipient, expected) in [
            (.init(hashing: address, salt: "s"), .email(" Ada@example.org"), .match),
            (.init(plain: address), .email(address), .match),
            (.init(hashing: address, salt: "s"), .email("eve@example.org"), .mismatch),
            (.init(plain: "did:key:z6Mk", type: "id"), .did("did:key:z6Mk"), .match),
            (.init(plain: "https://ada.example/", type: "url"), Recipient("url:https://ada.example/"), .match),
            (.init(plain: "https://ada.example/", type: "url"), Recipient("url:https://eve.example/"), .mismatch),
            (.init(hashing: "+43 1", type: "telephone", salt: ""), Recipient("telephone:+43 1"), .match),
            (.init(plain: "+43 1", type: "telephone"), .email(address), .unknown),
        ] as [(OB2.IdentityObject, Recipient?, VerificationReport.Answers.Subject)] {
            var assertion = Academy.signed()
            assertion.recipient = identity
            let report = await Academy.verify(try Academy.sign(assertion), recipient: recipient)
            #expect(report.answers.subject == expected, "\(identity.json.text)")
            #expect(report.isVerified == (expected == .match))
        }
    }

    @Test("with a report only, a mismatch is told and does not reject")
    func reportOnly() async throws {
        let badge = try Exams.jwt(Exams.credential())
        let report = await Exams.verify(badge, recipient: .email("eve@example.org"), reportOnly: true)
        #expect(report.answers.subject == .mismatch)
        #expect(report.isVerified)
    }

    @Test("a recipient that is required and was not given leaves the verdict open")
    func notAsked() async throws {
        let report = await Exams.verify(try Exams.jwt(), requirements: [.subjectMatch])
        #expect(report.verdict == .undetermined)
        #expect(report.answers.subject == .notAsked)
    }

    @Test("no report echoes the recipient that was asked for")
    func privacy() async throws {
        for text in ["eve.secret@example.org", "systemId:secret", "did:key:zsecret"] {
            let report = try await report(Exams.credential().subject, Recipient(text))
            #expect(!report.json.text.contains("secret"))
        }
    }
}
