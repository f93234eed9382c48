import JSONCore
import OpenBadges
import Proofs
import Testing

/// What can be wrong with a status list: then it says nothing about the badge, or the issuer contradicts itself.
@Suite("Status lists that cannot be relied on")
struct StatusListFaultTests {
    typealias Lists = StatusLists

    @Test("a list that cannot be had leaves the badge unknown", arguments: 0..<6)
    func retrieval(kind: Int) async throws {
        var web = Lists.web
        switch kind {
        case 0: break
        case 1: web.answers[Lists.url] = .missing(status: 404)
        case 2: web.answers[Lists.url] = .missing(status: 500)
        case 3: web.takeBack(Lists.url, ["revoked": false])
        case 4: web.serve(Lists.url, text: "<!DOCTYPE html><title>Not found</title>")
        default: web.serve(Lists.url, ["error": 404])
        }
        let report = try await Lists.report(web)
        #expect(report.verdict == .undetermined)
        #expect(report.answers.current == .unknown)
        #expect(report.answers.authentic == .yes)
        // An object that is no credential can be had, and nothing proves it.
        #expect(report.codes == [kind == 5 ? "STATUS_VERIFICATION_ERROR" : "STATUS_RETRIEVAL_ERROR"])
    }

    /// A fault, and what the list is like with it.
    struct Fault: Sendable, CustomTestStringConvertible {
        let name: String
        let code: String
        let change: @Sendable (inout JSON) -> Void
        var testDescription: String { name }

        init(
            _ name: String,
            _ code: String = "STATUS_VERIFICATION_ERROR",
            _ change: @escaping @Sendable (inout JSON) -> Void
        ) {
            (self.name, self.code, self.change) = (name, code, change)
        }

        /// A fault in the list itself.
        static func subject(
            _ name: String,
            _ code: String = "STATUS_VERIFICATION_ERROR",
            _ change: @escaping @Sendable (inout JSON) -> Void
        ) -> Fault {
            Fault(name, code) { list in
                var subject = list["credentialSubject"] ?? .null
                change(&subject)
                list["credentialSubject"] = subject
            }
        }
    }

    @Test("a signed list that cannot be relied on leaves the badge unknown", arguments: faults)
    func unreliable(fault: Fault) async throws {
        // Whether the bit is set makes no difference: such a list says nothing.
        for set in [[], [Lists.index]] {
            let report = try await Lists.report(Lists.web(try Lists.published(set, fault.change)))
            #expect(report.codes == [fault.code], "\(report.problems)")
            #expect(report.verdict == .undetermined)
            #expect(report.answers.current == .unknown)
            #expect(report.answers.authentic == .yes)
        }
    }

    static let faults: [Fault] = [
        Fault("ended") { $0["validUntil"] = "2026-05-31T23:59:59Z" },
        Fault("not yet valid") { $0["validFrom"] = "2026-06-01T00:00:01Z" },
        Fault("an end that is no time") { $0["validUntil"] = "soon" },
        Fault("a beginning that is no time") { $0["validFrom"] = 0 },
        Fault("the token ended") { $0["exp"] = 1_780_271_999 },
        Fault("the token has not begun") { $0["nbf"] = 1_780_272_001 },
        Fault("an end of the token that is no time") { $0["exp"] = "never" },
        Fault("the claim iss of another") { $0["iss"] = "did:web:other.example.org" },
        Fault("the claim jti of another") { $0["jti"] = "https://exams.example.org/status/revocation/2.json" },
        Fault("the claim sub of another") { $0["sub"] = "https://exams.example.org/x" },
        Fault("another type") { $0["type"] = ["VerifiableCredential", "OpenBadgeCredential"] },
        Fault("the older type") { $0["type"] = ["VerifiableCredential", "StatusList2021Credential"] },
        Fault("no verifiable credential") { $0["type"] = ["BitstringStatusListCredential"] },
        Fault("another context") { $0["@context"] = ["https://exams.example.org/context"] },
        Fault("no context") { $0["@context"] = nil },
        Fault("no issuer") { $0["issuer"] = nil },
        Fault("no subject") { $0["credentialSubject"] = nil },
        Fault("two subjects") {
            $0["credentialSubject"] = [$0["credentialSubject"] ?? .null, $0["credentialSubject"] ?? .null]
        },
        .subject("another kind of subject") { $0["type"] = "StatusList" },
        .subject("no purpose") { $0["statusPurpose"] = nil },
        .subject("a purpose that is no text") { $0["statusPurpose"] = 1 },
        .subject("no list") { $0["encodedList"] = nil },
        .subject("a list that is no text") { $0["encodedList"] = [1] },
        .subject("an empty list") { $0["encodedList"] = "" },
        .subject("a list without its prefix") {
            $0["encodedList"] = .string(String(($0["encodedList"]?.string ?? "").dropFirst()))
        },
        .subject("a list in another alphabet") {
            $0["encodedList"] = .string("z" + ($0["encodedList"]?.string ?? "").dropFirst())
        },
        .subject("a list that is cut off") {
            $0["encodedList"] = .string(String(($0["encodedList"]?.string ?? "").dropLast(8)))
        },
        .subject("a list with something behind it") {
            $0["encodedList"] = .string(($0["encodedList"]?.string ?? "") + "AAAA")
        },
        .subject("a list that expands without end", "LIMIT_EXCEEDED") { $0["encodedList"] = .string(bomb) },
    ]

    private static let bomb: String = {
        let zeros = [UInt8](repeating: 0, count: BitstringStatusList.maximumBytes + 1)
        return (try? BitstringStatusList(bytes: zeros).encoded()) ?? ""
    }()

    @Test("a list holds up to its very end, and from its very beginning")
    func ends() async throws {
        let list = Lists.web(
            try Lists.published {
                $0["validFrom"] = "2026-06-01T00:00:00Z"
                $0["validUntil"] = "2026-06-02T00:00:00Z"
            }
        )
        for (time, isGood) in [
            ("2026-05-31T23:59:59Z", false), ("2026-06-01T00:00:00Z", true), ("2026-06-02T00:00:00Z", true),
            ("2026-06-02T00:00:00.000000001Z", false),
        ] {
            #expect(try await Lists.report(list, at: Exams.time(time)).isVerified == isGood)
        }
        let endless = Lists.web(
            try Lists.published {
                $0["validFrom"] = nil
                $0["validUntil"] = nil
            }
        )
        #expect(try await Lists.report(endless).isVerified)
    }

    @Test("a kept copy of a list is warned of once its issuer wants it asked for again, and says nothing past its end")
    func keptCopy() async throws {
        let list = try Lists.published { $0["validUntil"] = "2026-06-01T12:00:00Z" }
        var web = Lists.web
        let kept = LoadedDocument(url: Lists.url, body: list, source: .web, date: Exams.now)
        web.answers[Lists.url] = .found(kept)
        // Our lists may be kept for five minutes.
        for (time, codes, outcome) in [
            ("2026-06-01T00:05:00Z", [], .passed), ("2026-06-01T00:05:01Z", ["STATUS_RETRIEVAL_ERROR"], .warned),
            ("2026-06-01T12:00:01Z", ["STATUS_VERIFICATION_ERROR"], .undetermined),
        ] as [(String, [String], CheckOutcome.Outcome)] {
            let report = try await Lists.report(web, at: Exams.time(time))
            #expect(report.codes == codes)
            #expect(report.outcome(of: .status) == outcome)
        }
    }

    @Test("a list that nothing proves says nothing", arguments: [[], [StatusLists.index]])
    func unproved(set: [Int]) async throws {
        let list = try Lists.credential(Lists.bits(set))
        let report = try await Lists.report(Lists.web(list.json.serialized()))
        #expect(report.codes == ["STATUS_VERIFICATION_ERROR"])
        #expect(report.verdict == .undetermined)
    }

    @Test("a forged list says nothing", arguments: Lists.Form.allCases)
    func forged(form: Lists.Form) async throws {
        // Signed by somebody else in the issuer's name.
        let list = try Lists.credential(Lists.bits())
        for method in [nil, "did:web:forger.example.org#k1"] {
            let bytes = try Lists.signed(list, as: form, key: Exams.forger, method: method)
            let report = try await Lists.report(Lists.web(bytes))
            #expect(report.codes == ["STATUS_VERIFICATION_ERROR"])
            #expect(report.verdict == .undetermined)
        }
        // Changed after it was signed: a revocation taken out.
        let revoked = try Lists.published([Lists.index], as: form)
        let clear = try Lists.bits().encoded()
        let changed: [UInt8]
        switch form {
        case .jwt:
            let parts = String(decoding: revoked, as: UTF8.self).split(separator: ".").map(String.init)
            var payload = try JSON(parsing: Base64URL.decode(parts[1]))
            var subject = try #require(payload["credentialSubject"])
            subject["encodedList"] = .string(clear)
            payload["credentialSubject"] = subject
            changed = Array("\(parts[0]).\(Base64URL.encode(payload.serialized())).\(parts[2])".utf8)
        case .embedded:
            var json = try JSON(parsing: revoked)
            var subject = try #require(json["credentialSubject"])
            subject["encodedList"] = .string(clear)
            json["credentialSubject"] = subject
            changed = json.serialized()
        }
        let report = try await Lists.report(Lists.web(changed))
        #expect(report.codes == ["STATUS_VERIFICATION_ERROR"])
        #expect(report.verdict == .undetermined)
    }

    @Test("a list whose end only linked data shows has ended all the same")
    func hiddenEnd() async throws {
        let end: JSON = "2026-05-31T00:00:00Z"
        var list = try JSON(parsing: Lists.published([], as: .embedded) { $0["validUntil"] = end })
        list["validUntil"] = nil
        list["https://www.w3.org/2018/credentials#validUntil"] = [
            "@type": "http://www.w3.org/2001/XMLSchema#dateTime", "@value": end,
        ]
        let report = try await Lists.report(Lists.web(list.serialized()))
        #expect(report.codes == ["STATUS_VERIFICATION_ERROR"])
        #expect(report.problems.first?.detail.contains("signature") == false)
        #expect(report.verdict == .undetermined)
    }

    @Test("a good list of another issuer does not count", arguments: [[], [StatusLists.index]])
    func stranger(set: [Int]) async throws {
        let other = "did:web:other.example.org"
        let list = try Lists.credential(Lists.bits(set), issuer: other)
        var web = Lists.web(try Lists.signed(list, key: Exams.other, method: other + "#k1"))
        web.serve(
            "https://other.example.org/.well-known/did.json",
            Exams.didDocument(id: other, methods: [Exams.method(other + "#k1", Exams.other, controller: other)])
        )
        let report = try await Lists.report(web)
        #expect(report.codes == ["STATUS_VERIFICATION_ERROR"])
        #expect(report.problems.first?.detail.contains("another issuer") == true)
        #expect(report.verdict == .undetermined)
    }

    @Test("a list under another name of the issuer counts where its key is one of the badge's issuer")
    func otherName() async throws {
        let other = Exams.profileID
        let method = Exams.method(other + "#k1", Exams.key, controller: other)
        for set in [[], [Lists.index]] {
            let list = try Lists.credential(Lists.bits(set), issuer: other)
            var web = Lists.web(try Lists.signed(list, method: other + "#k1"))
            web.serve(other, Exams.didDocument(id: other, methods: [method]))
            let report = try await Lists.report(web)
            #expect(report.codes == (set.isEmpty ? [] : ["REVOKED"]) + ["STATUS_VERIFICATION_ERROR"])
            #expect(report.problems.last?.severity == .warning)
            #expect(report.isVerified == set.isEmpty)
        }
    }

    @Test("where the issuer's keys cannot be had, whoever signed the badge says what became of it")
    func sameKey() async throws {
        for (signer, set, status) in [
            (Exams.key, [], CheckOutcome.Outcome.passed), (Exams.key, [Lists.index], .failed),
            (Exams.other, [], .undetermined), (Exams.other, [Lists.index], .undetermined),
        ] as [(_, [Int], _)] {
            var payload = try Exams.payload()
            payload["credentialStatus"] = Lists.entry()
            let badge = try Exams.jws(header: Exams.header(embedding: Exams.key), payload: payload)
            let list = try Exams.jws(
                header: Exams.header(embedding: signer),
                payload: Lists.credential(Lists.bits(set)).json,
                key: signer
            )
            var web = Documents()
            web.serve(Lists.url, text: String(decoding: list, as: UTF8.self))
            let report = await Exams.verify(badge, web)
            #expect(report.outcome(of: .status) == status)
            #expect(report.answers.authentic == .unknown)
            #expect(report.verdict == (status == .failed ? .rejected : .undetermined))
        }
    }

    // MARK: The issuer contradicts itself

    @Test("a list of another purpose than the entry says contradicts the badge")
    func purpose() async throws {
        let report = try await Lists.report(Lists.web(try Lists.published([Lists.index], purpose: .suspension)))
        #expect(report.verdict == .rejected)
        #expect(report.codes == ["STATUS_VERIFICATION_ERROR"])
        #expect(report.problems.first?.path?.description == "/credentialStatus/statusPurpose")
    }

    @Test("a list that is too short is refused by the specification, and a revocation in it is still one")
    func length() async throws {
        for (set, codes) in [
            ([], ["STATUS_LIST_LENGTH_ERROR"]), ([Lists.index], ["REVOKED", "STATUS_LIST_LENGTH_ERROR"]),
        ] as [([Int], [String])] {
            let list = try Lists.signed(Lists.credential(Lists.bits(set, count: 100_000)))
            let report = try await Lists.report(Lists.web(list))
            #expect(report.verdict == .rejected)
            #expect(report.codes == codes)
        }
        let halved = Lists.entry(index: 3) {
            $0["statusSize"] = 2
            $0["statusMessage"] = .array((0..<4).map { StatusMessage(value: $0, message: "m").json })
        }
        #expect(try await Lists.report(halved, Lists.web(try Lists.published())).codes == ["STATUS_LIST_LENGTH_ERROR"])
    }

    @Test("an index that the list does not have contradicts the badge", arguments: [131_072, Int.max])
    func range(index: Int) async throws {
        let report = try await Lists.report(Lists.entry(index: index), Lists.web(try Lists.published()))
        #expect(report.verdict == .rejected)
        #expect(report.codes == ["RANGE_ERROR"])
        let huge = Lists.entry { $0["statusListIndex"] = "99999999999999999999999999" }
        #expect(try await Lists.report(huge, Lists.web(try Lists.published())).codes == ["RANGE_ERROR"])
    }

    // MARK: Which list it is

    @Test("a list that says that it is another one cannot clear a badge, and can revoke it")
    func otherList() async throws {
        let id = "https://exams.example.org/status/revocation/2.json"
        let clear = try await Lists.report(Lists.web(try Lists.published(id: id)))
        #expect(clear.codes == ["STATUS_VERIFICATION_ERROR"])
        #expect(clear.verdict == .undetermined)
        let set = try await Lists.report(Lists.web(try Lists.published([Lists.index], id: id)))
        #expect(set.codes == ["REVOKED"])
    }

    @Test("a list may have no id, one with a fragment, or that of the URL to which its host sends on")
    func ids() async throws {
        for id in [nil, .string(Lists.url + "#list"), .string(Lists.url)] as [JSON?] {
            #expect(try await Lists.report(Lists.web(try Lists.published { $0["id"] = id })).isVerified)
        }
        let final = "https://cdn.example.net/status/1"
        let list = try JSON(parsing: Lists.published(id: final, as: .embedded))
        var web = Lists.web
        web.serve(Lists.url, list, redirectedTo: final)
        #expect(try await Lists.report(web).isVerified)
        web.serve(Lists.url, list, redirectedTo: "https://cdn.example.net/status/2")
        #expect(try await Lists.report(web).codes == ["STATUS_VERIFICATION_ERROR"])
    }

    @Test("a list in an envelope is the list")
    func envelope() async throws {
        for (set, codes) in [([], []), ([Lists.index], ["REVOKED"])] as [([Int], [String])] {
            let jwt = String(decoding: try Lists.published(set), as: UTF8.self)
            let envelope: JSON = [
                "@context": "https://www.w3.org/ns/credentials/v2", "type": "EnvelopedVerifiableCredential",
                "id": .string("data:application/vc+jwt,\(jwt)"),
            ]
            #expect(try await Lists.report(Lists.web(envelope.serialized())).codes == codes)
        }
    }

    @Test("a list that names itself, and holds endorsements, is looked at once")
    func recursion() async throws {
        let endorsement: JSON = ["type": "EndorsementCredential", "credentialStatus": Lists.entry()]
        let list = try Lists.published {
            $0["credentialStatus"] = [Lists.entry(), Lists.entry(index: 1)]
            $0["endorsement"] = .array(Array(repeating: endorsement, count: 100))
            $0["refreshService"] = ["id": .string(Lists.url), "type": "1EdTechCredentialRefresh"]
        }
        #expect(try await Lists.report(Lists.web(list)).isVerified)
    }

    @Test("a list that lies too deep within other credentials is unknown")
    func depth() async throws {
        var limits = VerificationLimits.standard
        limits.depth = 0
        let verifier = Verifier(loader: Lists.web(try Lists.published()), limits: limits)
        let report = await verifier.verify(try Lists.badge(Lists.entry()), options: VerificationOptions(at: Exams.now))
        #expect(report.codes == ["STATUS_RETRIEVAL_ERROR"])
        #expect(report.verdict == .undetermined)
    }

    @Test("a list larger than what is kept between badges is read all the same")
    func large() async throws {
        let index = 8 * PublishedSizes.kept + 5
        let bits = try Lists.bits([index], count: 8 * (PublishedSizes.kept + 1))
        let verifier = Verifier(loader: Lists.web(try Lists.signed(Lists.credential(bits))))
        for (place, codes) in [(index, ["REVOKED"]), (index - 1, []), (0, [])] as [(Int, [String])] {
            let report = await verifier.verify(
                try Lists.badge(Lists.entry(index: place)),
                options: VerificationOptions(at: Exams.now)
            )
            #expect(report.codes == codes)
        }
    }

    @Test("no mutation of a list crashes, or clears a revoked badge", arguments: 0..<4 as Range<UInt64>)
    func mutations(seed: UInt64) async throws {
        var numbers = SeededNumbers(seed: seed &+ 1_300)
        let badge = try Lists.badge(Lists.entry())
        for form in Lists.Form.allCases {
            let list = try Lists.published([Lists.index], as: form)
            for _ in 0..<60 {
                let report = await Exams.verify(badge, Lists.web(numbers.mutated(list)))
                #expect(!report.isVerified)
                #expect(report.checks.map(\.check) == CheckName.standard)
            }
        }
    }
}

/// What is kept of a list between badges: two million entries.
private enum PublishedSizes {
    static let kept = 256 << 10
}
