import JSONCore
import OpenBadges
import Testing

@Suite("Reports")
struct ReportTests {
    /// Badges of all kinds, good and bad.
    private func badges() throws -> [(String, [UInt8], Documents)] {
        var revoked = Academy.web
        revoked.takeBack(Academy.hostedID, nil)
        var expired = Exams.credential()
        expired.validUntil = Exams.issued
        return [
            ("good", try Exams.jwt(), Exams.web), ("offline", try Exams.jwt(), Documents()),
            ("forged", try Exams.jwt(key: Exams.forger), Exams.web), ("expired", try Exams.jwt(expired), Exams.web),
            ("signed", try Academy.sign(), Academy.web), ("signed, offline", try Academy.sign(), Documents()),
            ("hosted", Academy.hosted().json.serialized(), Academy.web),
            ("gone", Academy.hosted().json.serialized(), revoked),
            ("hosted, offline", Academy.hosted().json.serialized(), Documents()),
            ("unsigned", Exams.credential().json.serialized(), Exams.web), ("nothing", [], Exams.web),
            ("no badge", Array("{}".utf8), Exams.web),
        ]
    }

    @Test("a report names every check exactly once, in the order of the specification")
    func everyCheck() async throws {
        let names: [JSON] = [
            "container", "json", "context", "type", "schema", "subject", "result", "proof", "key", "claims", "refresh",
            "status", "dates", "recipient", "endorsement", "issuer", "image",
        ]
        for (name, badge, web) in try badges() {
            let json = await Exams.verify(badge, web).json
            #expect(json["checks"]?.array?.compactMap { $0["check"] } == names, "\(name)")
            for check in json["checks"]?.array ?? [] {
                #expect(check["detail"]?.string?.isEmpty == false, "\(name): a check without a reason")
            }
        }
    }

    @Test("the JSON form has the members of the contract, in their order")
    func form() async throws {
        for (name, badge, web) in try badges() {
            let json = await Exams.verify(badge, web, recipient: .email("ada@example.org")).json
            #expect(
                json.object?.keys == [
                    "input", "format", "verdict", "answers", "badge", "checks", "problems", "sentence",
                ]
            )
            #expect(json["input"] == "badge")
            let answers = try #require(json["answers"]?.object)
            #expect(answers.keys == ["authentic", "current", "subject", "issuer", "content"])
            #expect(["yes", "no", "unknown"].contains(answers["authentic"]?.string))
            #expect(["yes", "no", "unknown"].contains(answers["current"]?.string))
            #expect(["match", "mismatch", "not-asked", "unknown"].contains(answers["subject"]?.string))
            #expect(["conforms", "violates", "unknown"].contains(answers["content"]?.string))
            #expect(["verified", "rejected", "undetermined"].contains(json["verdict"]?.string))
            for problem in json["problems"]?.array ?? [] {
                #expect(problem.object?.keys == ["code", "title", "detail", "check", "path"], "\(name)")
            }
            // One object a line: no line end may stand in it.
            #expect(!json.serialized().contains(0x0A))
            #expect(try JSON(parsing: json.serialized()) == json)
        }
    }

    @Test("the verdict follows from the answers alone")
    func verdict() async throws {
        for (name, badge, web) in try badges() {
            let report = await Exams.verify(badge, web)
            let answers = report.answers
            if answers.authentic == .no || answers.current == .no || answers.content == .violates {
                #expect(report.verdict == .rejected, "\(name)")
            } else if answers.authentic == .yes, answers.current == .yes, answers.content == .conforms {
                #expect(report.isVerified, "\(name)")
            } else {
                #expect(report.verdict == .undetermined, "\(name)")
            }
            #expect(
                report.problems.isEmpty == report.isVerified || report.problems.allSatisfy { $0.severity == .warning }
            )
        }
    }

    @Test("the same input with the same documents at the same time gives the same report")
    func determinism() async throws {
        for (name, badge, web) in try badges() {
            let first = await Exams.verify(badge, web)
            for _ in 0..<5 {
                let again = await Exams.verify(badge, web)
                #expect(again == first, "\(name)")
                #expect(again.json.text == first.json.text)
            }
        }
    }

    @Test("problems are ranked: failures, then what is unknown, then warnings")
    func ranking() async throws {
        var payload = try Exams.payload()
        payload["nbf"] = 0
        payload["refreshService"] = ["id": "https://exams.example.org/r", "type": "1EdTechCredentialRefresh"]
        payload["credentialStatus"] = ["type": "Other"]
        let terms: JSON = [
            "Other": "https://exams.example.org/terms#Other",
            "1EdTechCredentialRefresh": "https://exams.example.org/terms#Refresh",
        ]
        payload["@context"] = .array(AchievementCredential.contexts.map(JSON.string) + [terms])
        let report = await Exams.verify(try Exams.jws(header: Exams.header(), payload: payload))
        #expect(report.problems.map(\.severity) == [.failure, .unknown, .warning])
        #expect(report.codes == ["CLAIM_MISMATCH", "STATUS_UNSUPPORTED", "REFRESH_UNAVAILABLE"])
    }

    @Test("endorsements that cannot be read are told, and believed by nobody")
    func endorsements() async throws {
        var credential = Exams.credential()
        credential.endorsementJWTs = ["a.b.c"]
        let report = await Exams.verify(try Exams.jwt(credential))
        #expect(report.outcome(of: .endorsement) == .failed)
        // The context defines endorsementJwt in one of its bodies only, which says nothing against the badge.
        #expect(report.codes == ["ENDORSEMENT_INVALID", "CONTEXT_VARIANT"])
        #expect(report.problem("CONTEXT_VARIANT")?.severity == .warning)
        #expect(report.answers.content == .violates)
    }

    static let contexts: [(JSON, String?)] = [
        (["https://www.w3.org/ns/credentials/v2", "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json"], nil),
        (
            [
                "https://www.w3.org/ns/credentials/v2", "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.2.json",
                ["x": "https://example.org/x"],
            ], nil
        ),
        (
            ["https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json", "https://www.w3.org/ns/credentials/v2"],
            "/@context/0"
        ),
        (["https://www.w3.org/ns/credentials/v2"], "/@context/1"),
        (["https://www.w3.org/ns/credentials/v2", "https://evil.example/context-3.0.3.json"], "/@context/1"),
        (
            ["https://www.w3.org/ns/credentials/v2", "https://purl.imsglobal.org/spec/ob/v3p0/context-4.0.0.json"],
            "/@context/1"
        ),
        ("https://www.w3.org/ns/credentials/v2", "/@context"),
        ([], "/@context/0"), (nil, "/@context"),
    ]

    @Test("the contexts are those of the specification, in their order", arguments: contexts)
    func context(context: JSON, path: String?) async throws {
        var payload = try Exams.payload()
        payload["@context"] = context
        let report = await Exams.verify(try Exams.jws(header: Exams.header(), payload: payload))
        guard let path else {
            #expect(report.isVerified)
            return
        }
        #expect(report.answers.content == .violates)
        #expect(report.answers.authentic == .yes)
        #expect(report.problems.contains { $0.code.rawValue == "INVALID_CONTEXT" && $0.path?.description == path })
    }

    @Test(
        "in a JWT an early Open Badges context that contradicts the credentials context is warned of",
        arguments: [
            "https://purl.imsglobal.org/spec/ob/v3p0/context.json",
            "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.1.json",
        ]
    )
    func contradictingContexts(url: String) async throws {
        var payload = try Exams.payload()
        payload["@context"] = ["https://www.w3.org/ns/credentials/v2", .string(url)]
        let report = await Exams.verify(try Exams.jws(header: Exams.header(), payload: payload))
        #expect(report.isVerified)
        #expect(report.codes == ["PROTECTED_TERM_REDEFINITION", "OLDER_VERSION"])
        #expect(report.problems.map(\.severity) == [.warning, .warning])
        #expect(report.problems.map { $0.path?.description } == ["/@context/1/name", "/@context/1"])
    }

    @Test("a context that is not at hand leaves the content open, and says nothing against the badge")
    func unknownContext() async throws {
        let own: [JSON] = ["https://example.org/own.json", ["x": "https://example.org/x"]]
        var payload = try Exams.payload()
        payload["@context"] = .array(AchievementCredential.contexts.map(JSON.string) + own)
        let report = await Exams.verify(try Exams.jws(header: Exams.header(), payload: payload))
        #expect(report.verdict == .undetermined)
        #expect(report.answers.authentic == .yes)
        #expect(report.answers.content == .unknown)
        #expect(report.codes == ["LOADING_REMOTE_CONTEXT_FAILED"])
    }

    @Test("a version of the context is three numbers")
    func contextVersion() async throws {
        var payload = try Exams.payload()
        payload["@context"] = [
            "https://www.w3.org/ns/credentials/v2", "https://purl.imsglobal.org/spec/ob/v3p0/context-3.x.y.json",
        ]
        let report = await Exams.verify(try Exams.jws(header: Exams.header(), payload: payload))
        #expect(report.codes == ["INVALID_CONTEXT", "LOADING_REMOTE_CONTEXT_FAILED"])
        #expect(report.problems.map(\.severity) == [.failure, .unknown])
        #expect(report.verdict == .rejected)
    }

    @Test("the type names both what it is and what it is of")
    func type() async throws {
        for (type, codes) in [
            (["OpenBadgeCredential"], ["INVALID_TYPE"]),
            (["VerifiableCredential", "AchievementCredential"], []),
            (["AchievementCredential", "VerifiableCredential", "OpenBadgeCredential"], []),
        ] as [(JSON, [String])] {
            var payload = try Exams.payload()
            payload["type"] = type
            let report = await Exams.verify(try Exams.jws(header: Exams.header(), payload: payload))
            // The terms of a credential are defined by its being a VerifiableCredential; in a JWS they count anyway.
            #expect(report.problems.filter { $0.severity != .warning }.map(\.code.rawValue) == codes)
            #expect(report.isVerified == codes.isEmpty)
        }
    }
}
