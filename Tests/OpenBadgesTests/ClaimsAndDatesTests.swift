import JSONCore
import OpenBadges
import Testing

/// The claims of a VC-JWT repeat its credential, and the credential holds for a time.
@Suite("Claims and dates")
struct ClaimsAndDatesTests {
    private var ending: AchievementCredential {
        var credential = Exams.credential()
        credential.validUntil = Exams.expires
        return credential
    }

    /// Our payload with one change, signed with the issuer's own key.
    private func report(
        of credential: AchievementCredential = Exams.credential(),
        at: Timestamp = Exams.now,
        _ change: (inout JSON) -> Void
    ) async throws -> VerificationReport {
        var payload = try Exams.payload(of: credential)
        change(&payload)
        return await Exams.verify(try Exams.jws(header: Exams.header(), payload: payload), at: at)
    }

    private func paths(_ report: VerificationReport, _ code: String) -> [String] {
        report.problems.filter { $0.code.rawValue == code }.compactMap { $0.path?.description }
    }

    @Test("what the signer writes repeats the credential")
    func written() throws {
        let payload = try Exams.payload(of: ending)
        #expect(payload["iss"] == .string(Exams.did))
        #expect(payload["jti"] == payload["id"])
        #expect(payload["sub"] == payload["credentialSubject"]?["id"])
        #expect(payload["nbf"]?.int == Int(Exams.issued.seconds))
        #expect(payload["exp"]?.int == Int(Exams.expires.seconds))
        #expect(payload["vc"] == nil)
        #expect(try Exams.payload()["exp"] == nil)
    }

    @Test("a claim that is missing is named", arguments: ["iss", "jti", "sub", "nbf", "exp"])
    func missing(claim: String) async throws {
        let report = try await report(of: ending) { $0[claim] = nil }
        #expect(report.verdict == .rejected)
        #expect(report.answers.authentic == .no)
        #expect(report.outcome(of: .claims) == .failed)
        #expect(report.codes == ["CLAIM_MISSING"])
        #expect(paths(report, "CLAIM_MISSING") == ["/\(claim)"])
    }

    static let wrong: [(String, JSON)] = [
        ("iss", "did:web:evil.example"), ("iss", ""), ("iss", ["did:web:exams.example.org"]), ("iss", nil),
        ("iss", "did:web:exams.example.org#k1"), ("iss", "DID:web:exams.example.org"),
        ("jti", "urn:uuid:0"), ("jti", 1), ("sub", "did:example:somebody"), ("sub", nil), ("sub", true),
        ("nbf", 0), ("nbf", 1_772_368_199), ("nbf", 1_772_368_201), ("nbf", "1772368200"), ("nbf", nil),
        ("nbf", "2026-03-01T12:30:00Z"), ("exp", 0), ("exp", 1_835_526_601), ("exp", "1835526600"), ("exp", nil),
    ]

    @Test("a claim that says something else is named", arguments: wrong)
    func mismatch(claim: String, value: JSON) async throws {
        let report = try await report(of: ending) { $0[claim] = value }
        #expect(report.verdict == .rejected)
        #expect(report.answers.authentic == .no)
        #expect(report.codes == ["CLAIM_MISMATCH"])
        #expect(paths(report, "CLAIM_MISMATCH") == ["/\(claim)"])
    }

    @Test(
        "a credential that says something else than its claims is named",
        arguments: [
            "/issuer/id", "/id", "/credentialSubject/id", "/validFrom", "/validUntil",
        ]
    )
    func changedCredential(pointer: String) async throws {
        let report = try await report(of: ending) { payload in
            switch pointer {
            case "/issuer/id": payload["issuer"] = ["id": "did:web:evil.example", "type": "Profile"]
            case "/id": payload["id"] = "urn:uuid:1"
            case "/credentialSubject/id":
                var subject = payload["credentialSubject"]
                subject?["id"] = "did:example:mallory"
                payload["credentialSubject"] = subject
            case "/validFrom": payload["validFrom"] = "2026-03-01T12:30:01Z"
            default: payload["validUntil"] = "2029-03-01T12:30:00Z"
            }
        }
        #expect(report.answers.authentic != .yes)
        #expect(report.codes.contains("CLAIM_MISMATCH"))
        #expect(!report.isVerified)
    }

    @Test("an exp without a validUntil ends the credential")
    func onlyExp() async throws {
        let report = try await report { $0["exp"] = .number(2_000_000_000) }
        #expect(report.isVerified, "\(report.problems)")
        #expect(report.claims?.validUntil == Exams.time("2033-05-18T03:33:20Z"))
        #expect(try await self.report { $0["exp"] = .number(1_780_000_000) }.codes == ["EXPIRED"])
    }

    @Test(
        "times are compared as instants, however they are written",
        arguments: [
            "2026-03-01T13:30:00+01:00", "2026-03-01T12:30:00.000Z", "2026-03-01t12:30:00z",
            "2026-03-01T12:30:00-00:00",
        ]
    )
    func instants(text: String) async throws {
        #expect(try await report { $0["validFrom"] = .string(text) }.isVerified)
    }

    @Test("a NumericDate may be written as any JSON number", arguments: ["1772368200.0", "1.7723682e9", "17723682e2"])
    func numericDate(literal: String) async throws {
        let number = try #require(JSONNumber(literal: literal))
        #expect(try await report { $0["nbf"] = .number(number) }.isVerified)
    }

    @Test("numbers beyond all dates are no dates", arguments: ["1e400", "-1e400", "1e18", "9223372036854775808"])
    func hugeDate(literal: String) async throws {
        let number = try #require(JSONNumber(literal: literal))
        let report = try await report(of: ending) {
            $0["nbf"] = .number(number)
            $0["exp"] = .number(number)
        }
        #expect(report.codes == ["CLAIM_MISMATCH", "CLAIM_MISMATCH"])
    }

    // MARK: Dates

    private static let nanosecond: Int32 = 1

    private static func shifted(_ time: Timestamp, by step: Int32) -> Timestamp {
        let seconds = step < 0 ? time.seconds - 1 : time.seconds
        guard let shifted = Timestamp(seconds: seconds, nanoseconds: step < 0 ? 999_999_999 : step) else { return time }
        return shifted
    }

    @Test("a badge begins at the very instant that it says, and not a nanosecond before")
    func begin() async throws {
        let badge = try Exams.jwt()
        #expect(await Exams.verify(badge, at: Exams.issued).isVerified)
        let report = await Exams.verify(badge, at: Self.shifted(Exams.issued, by: -1))
        #expect(report.verdict == .rejected)
        #expect(report.answers.current == .no)
        #expect(report.answers.authentic == .yes)
        #expect(report.codes == ["NOT_YET_VALID"])
    }

    @Test("a badge holds through the very instant of its end, and not a nanosecond longer")
    func end() async throws {
        let badge = try Exams.jwt(ending)
        #expect(await Exams.verify(badge, at: Exams.expires).isVerified)
        let report = await Exams.verify(badge, at: Self.shifted(Exams.expires, by: 1))
        #expect(report.verdict == .rejected)
        #expect(report.answers.current == .no)
        #expect(report.answers.authentic == .yes, "an expired badge still has a good signature")
        #expect(report.answers.content == .conforms)
        #expect(report.codes == ["EXPIRED"])
    }

    @Test("a badge that ends when it begins holds for that instant")
    func instant() async throws {
        var credential = Exams.credential()
        credential.validUntil = Exams.issued
        #expect(await Exams.verify(try Exams.jwt(credential), at: Exams.issued).isVerified)
    }

    @Test("a badge that ends before it begins contradicts itself at any time")
    func contradiction() async throws {
        var credential = Exams.credential()
        credential.validUntil = Exams.time("2026-02-01T00:00:00Z")
        for at in [Exams.now, Exams.time("2026-01-01T00:00:00Z"), Exams.time("2026-02-15T00:00:00Z")] {
            let report = await Exams.verify(try Exams.jwt(credential), at: at)
            #expect(report.verdict == .rejected)
            #expect(report.codes.contains("DATES_CONTRADICT"))
        }
    }

    @Test(
        "a date that is no instant is no date",
        arguments: [
            "2026-03-01", "2026-03-01T12:30:00", "yesterday", "", "2026-02-30T00:00:00Z",
        ]
    )
    func malformed(text: String) async throws {
        let report = try await report { $0["validFrom"] = .string(text) }
        #expect(report.verdict == .rejected)
        #expect(report.answers.content == .violates)
        #expect(report.answers.current != .yes)
        #expect(report.codes.contains("MALFORMED_VALUE_ERROR"))
        let open = try await self.report { $0["validUntil"] = .string(text) }
        #expect(open.answers.content == .violates)
    }

    @Test("a badge without validFrom is not current, as far as anyone knows")
    func noBegin() async throws {
        let report = try await report { $0["validFrom"] = nil }
        #expect(report.answers.current == .unknown)
        #expect(report.answers.content == .violates)
        #expect(report.codes.contains("REQUIRED_PROPERTY_MISSING"))
    }

    @Test(
        "a badge whose status list cannot be had, or is of no kind that is known, is of unknown status",
        arguments: [
            (StatusLists.entry(), nil, "STATUS_RETRIEVAL_ERROR"),
            (
                CredentialStatus(revocationList: "https://exams.example.org/s").json,
                "https://purl.imsglobal.org/spec/ob/v3p0/extensions.json", "STATUS_RETRIEVAL_ERROR"
            ),
            (
                StatusLists.entry { $0["type"] = "StatusList2021Entry" }, "https://w3id.org/vc/status-list/2021/v1",
                "STATUS_RETRIEVAL_ERROR"
            ),
            (["type": "Nonsense"], ["Nonsense": "https://exams.example.org/terms#Nonsense"], "STATUS_UNSUPPORTED"),
        ] as [(JSON, JSON?, String)]
    )
    func status(entry: JSON, context: JSON?, code: String) async throws {
        let report = try await report { payload in
            payload["credentialStatus"] = entry
            let contexts = AchievementCredential.contexts.map(JSON.string)
            payload["@context"] = .array(contexts + (context.map { [$0] } ?? []))
        }
        #expect(report.answers.current == .unknown)
        #expect(report.answers.authentic == .yes)
        #expect(report.answers.content == .conforms)
        #expect(report.verdict == .undetermined)
        #expect(report.codes == [code])
    }

    @Test("claims that say nothing of the credential are passed over, registered ones in silence")
    func otherClaims() async throws {
        let registered = try await report {
            $0["aud"] = "https://hr.example.org"
            $0["nonce"] = "n-1"
            $0["iat"] = 1
        }
        #expect(registered.isVerified)
        #expect(registered.codes == [])
        let other = try await report { $0["campus"] = "North" }
        #expect(other.isVerified)
        #expect(other.problem("UNDEFINED_TERM")?.severity == .warning)
        let within = try await report { $0["credentialSubject"]?["campus"] = "North" }
        #expect(within.verdict == .rejected)
        #expect(within.problem("UNDEFINED_TERM")?.severity == .failure)
    }

    @Test("a credential of the Data Model 2.0 in the claim vc is read, and warned of")
    func vcClaim() async throws {
        let payload = try Exams.payload()
        var claims: JSON = ["vc": payload]
        for name in ["iss", "sub", "jti", "nbf"] {
            claims[name] = payload[name]
            claims["vc"]?[name] = Optional<JSON>.none
        }
        let report = await Exams.verify(try Exams.jws(header: Exams.header(), payload: claims))
        #expect(report.isVerified, "\(report.problems)")
        #expect(report.codes == ["CLAIM_UNEXPECTED"])
    }

    @Test("a JWS with padding is a JWS that cannot be read")
    func padding() async throws {
        let report = await Exams.verify(try Exams.jwt() + Array("==".utf8))
        #expect(report.verdict == .rejected)
        #expect(report.codes == ["PARSING_ERROR"])
    }

    @Test(
        "a kind of status list that no context of a JWS defines is told, and judged by its own check",
        arguments: [
            ("1EdTechRevocationList", "STATUS_RETRIEVAL_ERROR"), ("RevocationList2020Status", "STATUS_UNSUPPORTED"),
            ("Nonsense", "STATUS_UNSUPPORTED"),
        ]
    )
    func undefinedStatus(type: String, code: String) async throws {
        let report = try await report {
            $0["credentialStatus"] = ["id": "https://exams.example.org/s", "type": .string(type)]
        }
        #expect(report.verdict == .undetermined)
        #expect(report.answers.content == .conforms)
        #expect(report.answers.current == .unknown)
        #expect(report.answers.authentic == .yes)
        #expect(report.codes == [code, "UNDEFINED_TERM"])
        #expect(paths(report, "UNDEFINED_TERM") == ["/credentialStatus/type"])
    }
}
