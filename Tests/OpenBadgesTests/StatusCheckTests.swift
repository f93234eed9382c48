import JSONCore
import OpenBadges
import Testing

/// What a badge's entries in status lists say about it, where nothing is wrong with the lists.
@Suite("Status of credentials")
struct StatusCheckTests {
    typealias Lists = StatusLists

    @Test(
        "a badge whose bit is not set holds, and one whose bit is set is revoked",
        arguments: Lists.Form.allCases,
        Lists.Form.allCases
    )
    func revocation(badge: Lists.Form, list: Lists.Form) async throws {
        let bytes = try Lists.badge(Lists.entry(), as: badge)
        let clear = await Exams.verify(
            bytes,
            Lists.web(try Lists.published([Lists.index - 1, Lists.index + 1], as: list))
        )
        #expect(clear.isVerified, "\(clear.problems)")
        #expect(clear.codes.isEmpty)
        #expect(clear.outcome(of: .status) == .passed)
        #expect(clear.answers.current == .yes)

        let set = await Exams.verify(bytes, Lists.web(try Lists.published([Lists.index], as: list)))
        #expect(set.verdict == .rejected)
        #expect(set.codes == ["REVOKED"])
        #expect(set.answers.current == .no)
        #expect(set.answers.authentic == .yes)
        #expect(set.answers.content == .conforms)
        #expect(set.sentence.contains("its issuer revoked it"))
    }

    @Test("our own signers publish lists that our own verifier relies on", arguments: Lists.Form.allCases)
    func ownSigners(form: Lists.Form) async throws {
        let list = try Lists.credential(Lists.bits([Lists.index]))
        let bytes: [UInt8]
        switch form {
        case .jwt: bytes = try CredentialSigner(key: Exams.key, kid: Exams.kid).compact(list)
        case .embedded:
            let signer = try CredentialProofSigner(key: Exams.key, verificationMethod: Seal.method)
            bytes = try signer.secure(list, created: Exams.issued).json.serialized()
        }
        #expect(try await Lists.report(Lists.web(bytes)).codes == ["REVOKED"])
        let other = Lists.entry(index: 3)
        #expect(try await Lists.report(other, Lists.web(bytes)).isVerified)
    }

    @Test("a suspended badge is rejected, and the report says that this can be lifted")
    func suspension() async throws {
        let entry = Lists.entry(.suspension, list: Lists.second)
        func report(_ set: [Int]) async throws -> VerificationReport {
            let list = try Lists.published(set, purpose: .suspension, id: Lists.second)
            return try await Lists.report(entry, Lists.web(list, at: Lists.second))
        }
        #expect(try await report([]).isVerified)
        let set = try await report([Lists.index])
        #expect(set.verdict == .rejected)
        #expect(set.codes == ["SUSPENDED"])
        #expect(set.answers.current == .no)
        #expect(set.problems.first?.detail.contains("can be lifted") == true)
    }

    @Test("what a set bit of another purpose says", arguments: purposes)
    func otherPurposes(purpose: StatusPurpose, code: String, outcome: CheckOutcome.Outcome) async throws {
        let clear = try await Lists.report(Lists.entry(purpose), Lists.web(try Lists.published(purpose: purpose)))
        #expect(clear.isVerified)
        #expect(clear.codes.isEmpty)
        let list = Lists.web(try Lists.published([Lists.index], purpose: purpose))
        let set = try await Lists.report(Lists.entry(purpose), list)
        #expect(set.codes == [code])
        #expect(set.outcome(of: .status) == outcome)
        #expect(set.isVerified == (outcome == .warned))
        #expect(set.verdict != .rejected)
    }

    static let purposes: [(StatusPurpose, String, CheckOutcome.Outcome)] = [
        (.message, "STATUS_MESSAGE", .warned), (.refresh, "STATUS_REFRESH", .warned),
        (StatusPurpose(rawValue: "audit"), "STATUS_UNSUPPORTED", .undetermined),
        (StatusPurpose(rawValue: "Revocation"), "STATUS_UNSUPPORTED", .undetermined),
    ]

    @Test("an entry of several bits says what its value means", arguments: 0..<4 as Range<UInt32>)
    func messages(value: UInt32) async throws {
        var bits = BitstringStatusList(statusSize: 2)
        try bits.set(value, at: Lists.index, statusSize: 2)
        try bits.set(3, at: Lists.index - 1, statusSize: 2)
        try bits.set(3, at: Lists.index + 1, statusSize: 2)
        let meanings = ["granted", "under review", "under appeal", "set aside"]
        for purpose in [StatusPurpose.message, .revocation] {
            let web = try Lists.web(Lists.signed(Lists.credential(bits, purpose: purpose)))
            let entry = Lists.entry(purpose) { json in
                json["statusSize"] = 2
                json["statusMessage"] = .array(
                    meanings.enumerated().map { StatusMessage(value: UInt32($0), message: $1).json }
                )
            }
            let report = try await Lists.report(entry, web)
            let isRevocation = purpose == .revocation
            #expect(report.codes == (value == 0 ? [] : [isRevocation ? "REVOKED" : "STATUS_MESSAGE"]))
            #expect((report.verdict == .rejected) == (isRevocation && value != 0))
            let text = report.checks.first { $0.check == .status }?.detail ?? ""
            #expect(text.contains(meanings[Int(value)]) == !(isRevocation && value == 0), "\(text)")
        }
    }

    @Test("a message of the issuer cannot command a terminal")
    func terminal() async throws {
        let entry = Lists.entry(.message) {
            $0["statusMessage"] = [
                ["status": "0x0", "message": ""], ["status": "0x1", "message": "\u{1B}[2Jverified"],
            ]
        }
        let report = try await Lists.report(entry, Lists.web(try Lists.published([Lists.index], purpose: .message)))
        #expect(report.codes == ["STATUS_MESSAGE"])
        #expect(!report.problems.contains { $0.detail.unicodeScalars.contains("\u{1B}") })
    }

    @Test("a list may serve several purposes")
    func purposeList() async throws {
        for (purposes, isGood) in [
            (["revocation"], true), (["suspension", "revocation"], true), (["suspension"], false),
        ] as [([JSON], Bool)] {
            let list = try Lists.published { list in
                var subject = list["credentialSubject"] ?? .null
                subject["statusPurpose"] = .array(purposes)
                list["credentialSubject"] = subject
            }
            #expect(try await Lists.report(Lists.web(list)).isVerified == isGood)
        }
    }

    // MARK: Several entries

    @Test("a revocation is found wherever it stands, and whatever is wrong with the other entries")
    func several() async throws {
        let revocation = Lists.entry()
        let suspension = Lists.entry(.suspension, list: Lists.second)
        let unreachable = Lists.entry(index: 5, list: "https://exams.example.org/status/gone.json")
        let unknown: JSON = ["id": "https://exams.example.org/s", "type": "Nonsense"]
        let terms: JSON = ["Nonsense": "https://exams.example.org/terms#Nonsense"]
        var web = Lists.web(try Lists.published([Lists.index]))
        web.serve(
            Lists.second,
            text: String(
                decoding: try Lists.published([Lists.index], purpose: .suspension, id: Lists.second),
                as: UTF8.self
            )
        )
        let cases: [([JSON], [String])] = [
            ([Lists.entry(index: 1), revocation], ["REVOKED", "CARDINALITY_VIOLATION"]),
            ([unreachable, revocation], ["REVOKED", "STATUS_RETRIEVAL_ERROR", "CARDINALITY_VIOLATION"]),
            ([unknown, revocation], ["REVOKED", "STATUS_UNSUPPORTED", "CARDINALITY_VIOLATION"]),
            ([suspension, revocation], ["REVOKED", "SUSPENDED", "CARDINALITY_VIOLATION"]),
            (
                [Lists.entry { $0["statusListIndex"] = "-1" }, unreachable, suspension, unknown, revocation],
                [
                    "REVOKED", "SUSPENDED", "MALFORMED_VALUE_ERROR", "STATUS_RETRIEVAL_ERROR", "STATUS_UNSUPPORTED",
                    "CARDINALITY_VIOLATION",
                ]
            ),
        ]
        for (entries, codes) in cases {
            let report = try await Lists.report(.array(entries), contexts: [terms], web)
            #expect(report.codes == codes)
            #expect(report.verdict == .rejected)
            #expect(report.answers.current == .no)
        }
    }

    @Test("several entries that say nothing against the badge leave it verified, with a warning")
    func severalGood() async throws {
        var web = Lists.web(try Lists.published())
        web.serve(
            Lists.second,
            text: String(decoding: try Lists.published(purpose: .suspension, id: Lists.second), as: UTF8.self)
        )
        let report = try await Lists.report([Lists.entry(), Lists.entry(.suspension, list: Lists.second)], web)
        #expect(report.isVerified)
        #expect(report.codes == ["CARDINALITY_VIOLATION"])
        #expect(report.outcome(of: .status) == .warned)
    }

    @Test("one entry that is unknown leaves the badge unknown, however good the others are")
    func oneUnknown() async throws {
        let report = try await Lists.report(
            [Lists.entry(), Lists.entry(.suspension, list: Lists.second)],
            Lists.web(try Lists.published())
        )
        #expect(report.verdict == .undetermined)
        #expect(report.answers.current == .unknown)
        #expect(report.codes == ["STATUS_RETRIEVAL_ERROR", "CARDINALITY_VIOLATION"])
    }

    @Test("a badge with entries beyond number is not looked up without end")
    func many() async throws {
        let entries = (0..<200).map { Lists.entry(index: $0, list: "https://exams.example.org/status/\($0)") }
        let report = try await Lists.report(.array(entries), Lists.web)
        #expect(report.codes.contains("LIMIT_EXCEEDED"))
        #expect(report.codes.filter { $0 == "STATUS_RETRIEVAL_ERROR" }.count == 8)
        #expect(report.verdict == .undetermined)
    }

    // MARK: The entry

    @Test("an index that stands as a number is read, with a warning")
    func number() async throws {
        let entry = Lists.entry { $0["statusListIndex"] = JSON(Lists.index) }
        let clear = try await Lists.report(entry, Lists.web(try Lists.published()))
        #expect(clear.isVerified)
        #expect(clear.codes == ["MALFORMED_VALUE_ERROR"])
        #expect(clear.outcome(of: .status) == .warned)
        let set = try await Lists.report(entry, Lists.web(try Lists.published([Lists.index])))
        #expect(set.codes == ["REVOKED", "MALFORMED_VALUE_ERROR"])
    }

    @Test("an entry that the specification does not allow is the badge's own fault", arguments: malformed)
    func malformedEntry(name: String, value: JSON?, code: String) async throws {
        let entry = Lists.entry { $0[name] = value }
        let report = try await Lists.report(entry, Lists.web(try Lists.published()))
        #expect(report.verdict == .rejected)
        #expect(report.outcome(of: .status) == .failed)
        #expect(report.answers.current == .no)
        #expect(report.problems.contains { $0.check == .status && $0.code.rawValue == code })
        let path = "/credentialStatus" + (code == "REQUIRED_PROPERTY_MISSING" ? "" : "/\(name)")
        #expect(report.problems.contains { $0.check == .status && $0.path?.description == path })
    }

    static let malformed: [(String, JSON?, String)] = [
        ("statusListIndex", "-1", "MALFORMED_VALUE_ERROR"),
        ("statusListIndex", "1.5", "MALFORMED_VALUE_ERROR"),
        ("statusListIndex", "0x10", "MALFORMED_VALUE_ERROR"),
        ("statusListIndex", -1, "MALFORMED_VALUE_ERROR"),
        ("statusListIndex", nil, "REQUIRED_PROPERTY_MISSING"),
        ("statusPurpose", nil, "REQUIRED_PROPERTY_MISSING"),
        ("statusPurpose", ["revocation"], "MALFORMED_VALUE_ERROR"),
        ("statusListCredential", nil, "REQUIRED_PROPERTY_MISSING"),
        ("statusListCredential", "status/1", "MALFORMED_VALUE_ERROR"),
        ("id", .string(StatusLists.url), "MALFORMED_VALUE_ERROR"),
        ("statusSize", 0, "MALFORMED_VALUE_ERROR"),
        ("statusSize", 2, "REQUIRED_PROPERTY_MISSING"),
        ("statusMessage", [["status": "0x0", "message": "x"]], "MALFORMED_VALUE_ERROR"),
    ]

    @Test("a status of a kind that nobody here knows is unknown")
    func unknownKind() async throws {
        let terms: JSON = ["Nonsense": "https://exams.example.org/terms#Nonsense"]
        let report = try await Lists.report(["type": "Nonsense"], contexts: [terms], Lists.web)
        #expect(report.codes == ["STATUS_UNSUPPORTED"])
        #expect(report.verdict == .undetermined)
        #expect(report.answers.current == .unknown)
    }

    @Test("badges of one verifier share a list, and each has its own place in it")
    func shared() async throws {
        let verifier = Verifier(loader: Lists.web(try Lists.published([1, 3])))
        for index in 0..<5 {
            let report = await verifier.verify(
                try Lists.badge(Lists.entry(index: index)),
                options: VerificationOptions(at: Exams.now)
            )
            #expect(report.codes == (index % 2 == 1 ? ["REVOKED"] : []))
        }
        // At another time it is another question.
        let later = await verifier.verify(
            try Lists.badge(Lists.entry(index: 0)),
            options: VerificationOptions(at: Exams.time("2028-03-01T12:30:01Z"))
        )
        #expect(later.codes == ["STATUS_VERIFICATION_ERROR"])
    }
}
