import JSONCore
import LinkedData
import OpenBadges
import Proofs
import Testing

/// What a credential's terms mean, and who says so: nothing that the signature does not cover may pass.
@Suite("The contexts of credentials with embedded proofs")
struct EmbeddedContextTests {
    @Test("a term that no context defines is found where it stands")
    func undefinedTerm() async throws {
        let places: [(String, (inout JSON) -> Void)] = [
            ("/flavour", { $0["flavour"] = "sweet" }),
            ("/credentialSubject/flavour", { $0["credentialSubject"]?["flavour"] = "sweet" }),
            (
                "/credentialSubject/achievement/flavour",
                { $0["credentialSubject"]?["achievement"]?["flavour"] = "sweet" }
            ),
        ]
        for (place, change) in places {
            var secured = try Seal.credential()
            change(&secured)
            let report = await Seal.verify(secured)
            #expect(report.verdict == .rejected)
            #expect(report.answers.authentic == .no)
            #expect(report.answers.content == .violates)
            let problems = report.problems.filter { $0.code.rawValue == "UNDEFINED_TERM" }
            #expect(problems.map(\.path?.description) == [place, place])
        }
    }

    @Test("a context that is not embedded leaves the badge undetermined, with its URL and what to do")
    func unknownContext() async throws {
        let url = "https://exams.example.org/context.json"
        var document = Exams.credential().json
        document["@context"] = Seal.contexts(and: .string(url))
        document["flavour"] = "sweet"
        let contexts = KnownContexts.current.adding([url: ["@context": ["flavour": "https://exams.example.org/f"]]])
        let secured = try Seal.json(document, by: Seal.signer(contexts: contexts))
        let report = await Seal.verify(secured)
        #expect(report.verdict == .undetermined)
        #expect(report.answers.authentic == .unknown)
        let problem = try #require(report.problem("LOADING_REMOTE_CONTEXT_FAILED"))
        #expect(problem.severity == .unknown)
        #expect(problem.detail.contains(url))
        #expect(problem.detail.contains("pin"), "\(problem.detail)")
        #expect(problem.path?.description == "/@context/2")
    }

    @Test("an inline context may add what no known context has, and cannot be changed unseen")
    func inlineContext() async throws {
        var document = Exams.credential().json
        document["@context"] = Seal.contexts(and: ["flavour": "https://exams.example.org/f"])
        document["flavour"] = "sweet"
        var secured = try Seal.json(document, by: Seal.signer())
        let report = await Seal.verify(secured)
        #expect(report.isVerified, "\(report.problems)")
        secured["@context"] = Seal.contexts(and: ["flavour": "https://exams.example.org/g"])
        #expect(await Seal.verify(secured).answers.authentic == .no)
    }

    @Test("a protected term that is defined again is refused", arguments: ["name", "VerifiableCredential", "id"])
    func protectedTerm(term: String) async throws {
        var secured = try Seal.credential()
        secured["@context"] = Seal.contexts(and: [term: .string("https://evil.example/\(term)")])
        let report = await Seal.verify(secured)
        #expect(report.verdict == .rejected)
        #expect(report.answers.authentic == .no)
        #expect(report.codes.contains("PROTECTED_TERM_REDEFINITION"))
    }

    @Test(
        "a term that its object's type defines keeps that meaning, whatever a context says before",
        arguments: ["issuer", "credentialSubject", "achievement", "proof"]
    )
    func scopedTerm(term: String) async throws {
        var secured = try Seal.credential()
        secured["@context"] = Seal.contexts(and: [term: .string("https://evil.example/\(term)")])
        #expect(!(await Seal.verify(secured)).isVerified)
    }

    @Test(
        "a @context of another type is refused",
        arguments: [
            nil, .null, 42, true, "", "https://www.w3.org/ns/credentials/v2", [:], [], [42], [.null],
            ["https://www.w3.org/ns/credentials/v2", 42],
            ["https://www.w3.org/ns/credentials/v2", ["https://www.w3.org/ns/credentials/v2"]],
        ] as [JSON?]
    )
    func contextType(context: JSON?) async throws {
        var secured = try Seal.credential()
        secured["@context"] = context
        let report = await Seal.verify(secured)
        #expect(report.verdict == .rejected)
        #expect(report.answers.content == .violates)
        #expect(report.answers.authentic == .no)
        #expect(report.codes.contains("INVALID_CONTEXT"))
    }

    @Test("@vocab gives no term a meaning that the signer did not mean")
    func vocabulary() async throws {
        var secured = try Seal.credential()
        secured["@context"] = Seal.contexts(and: ["@vocab": "https://evil.example/"])
        secured["flavour"] = "sweet"
        #expect(await Seal.verify(secured).answers.authentic == .no)
    }

    @Test("a context in the proof that differs from the credential's is refused")
    func proofContext() async throws {
        var secured = try Seal.credential()
        secured["proof"]?["@context"] = Seal.contexts(and: ["flavour": "https://exams.example.org/f"])
        #expect(await Seal.verify(secured).answers.authentic == .no)
        secured["proof"]?["@context"] = Seal.contexts()
        #expect(await Seal.verify(secured).isVerified, "it is read under the credential's in any case")
    }

    @Test(
        "the end of a badge cannot be hidden from readers of JSON by writing the same RDF otherwise",
        arguments: [
            ["@nest": ["validUntil": "2026-05-01T00:00:00Z"]],
            [
                "@included": [
                    [
                        "id": "https://exams.example.org/credentials/1/credential.json",
                        "type": ["VerifiableCredential", "OpenBadgeCredential"],
                        "validUntil": "2026-05-01T00:00:00Z",
                    ]
                ]
            ],
            [
                "https://www.w3.org/2018/credentials#validUntil": [
                    "@type": "http://www.w3.org/2001/XMLSchema#dateTime", "@value": "2026-05-01T00:00:00Z",
                ]
            ],
        ] as [JSON]
    )
    func hiddenEnd(instead: JSON) async throws {
        var credential = Exams.credential()
        credential.validUntil = Exams.time("2026-05-01T00:00:00Z")
        var secured = try Seal.credential(credential)
        #expect(await Seal.verify(secured).answers.current == .no)
        secured["validUntil"] = nil
        for (name, value) in try #require(instead.object) { secured[name] = value }
        let report = await Seal.verify(secured)
        #expect(!report.isVerified, "\(report.answers)")
        #expect(
            report.answers.current != .yes || report.answers.authentic != .yes || report.answers.content != .conforms
        )
    }

    @Test("the end of a badge cannot be hidden in another object that bears the badge's id")
    func movedEnd() async throws {
        var credential = Exams.credential()
        credential.validUntil = Exams.time("2026-05-01T00:00:00Z")
        var document = credential.json
        // As in the complete official example: what refreshes a badge is the badge's own URL.
        document["refreshService"] = ["id": .string(credential.id), "type": "1EdTechCredentialRefresh"]
        document["@context"] = Seal.contexts(and: "https://purl.imsglobal.org/spec/ob/v3p0/extensions.json")
        var secured = try Seal.json(document, by: Seal.signer())
        #expect(await Seal.verify(secured).answers.current == .no)
        secured["validUntil"] = nil
        secured["refreshService"] = [
            "id": .string(credential.id),
            "type": ["1EdTechCredentialRefresh", "VerifiableCredential"],
            "validUntil": "2026-05-01T00:00:00Z",
        ]
        let report = await Seal.verify(secured)
        #expect(!report.isVerified, "\(report.answers)")
    }

    @Test("the issuer's name cannot be had from another place than where it is read")
    func movedName() async throws {
        // The subject's achievement names the issuer as its creator: in RDF both are one node.
        var credential = Exams.credential().json
        credential["credentialSubject"]?["achievement"]?["creator"] = ["id": .string(Exams.did), "type": ["Profile"]]
        var secured = try Seal.json(credential, by: Seal.signer())
        #expect(await Seal.verify(secured).isVerified)
        secured["issuer"]?["name"] = nil
        secured["credentialSubject"]?["achievement"]?["creator"]?["name"] = "Example Exams"
        let report = await Seal.verify(secured)
        if case .verified(let badge) = report.verdict { #expect(badge.facts.issuerName == nil) }
        secured["issuer"]?["name"] = "Evil Exams"
        #expect(await Seal.verify(secured).answers.authentic == .no)
    }

    @Test("a Boolean as text is the same RDF, and still no Boolean")
    func textForBoolean() async throws {
        var secured = try Seal.credential()
        var identifier = try #require(secured["credentialSubject"]?["identifier"]?[0])
        identifier["hashed"] = "true"
        secured["credentialSubject"]?["identifier"] = [identifier]
        let report = await Seal.verify(secured)
        #expect(report.verdict == .rejected)
        #expect(report.answers.content == .violates)
    }

    @Test("a credential that was signed under an older body of the context is verified, and the report says which")
    func olderBody() async throws {
        // Before 2024 the context had no inLanguage, so issuers brought their own; today's would overrule it.
        var document = Exams.credential().json
        document["@context"] = Seal.contexts(and: ["inLanguage": "https://exams.example.org/language"])
        document["credentialSubject"]?["achievement"]?["inLanguage"] = "de"
        let older = Seal.contexts("open-badges-3.0.3-before-2024.json")
        let signer = try Seal.signer(contexts: older)
        var secured = try Seal.json(document, by: signer)
        let report = await Seal.verify(secured)
        #expect(report.isVerified, "\(report.problems)")
        #expect(Set(report.codes) == ["CONTEXT_VARIANT"])
        #expect(report.problem("CONTEXT_VARIANT")?.severity == .warning)
        #expect(report.problem("CONTEXT_VARIANT")?.detail.contains("before-2024") == true)
        secured["name"] = "Algebra II"
        #expect(await Seal.verify(secured).answers.authentic == .no)
    }

    @Test("a JWT among the endorsements is defined by one body of the context, and the report says so")
    func endorsementJWT() async throws {
        var document = Exams.credential().json
        document["endorsementJwt"] = [.string(String(decoding: try Exams.jwt(), as: UTF8.self))]
        let contexts = Seal.contexts("open-badges-3.0.3-endorsement-jwt.json")
        let report = await Seal.verify(try Seal.json(document, by: Seal.signer(contexts: contexts)))
        #expect(report.answers.authentic == .yes)
        #expect(Set(report.codes).subtracting(["ENDORSEMENT_INVALID"]) == ["CONTEXT_VARIANT"])
        #expect(report.problem("CONTEXT_VARIANT")?.detail.contains("endorsement-jwt") == true)
    }
}
