import JSONCore
import OpenBadges
import Testing

/// Inputs that are no badge: each gets an answer, and advice, and none a yes.
@Suite("Inputs that are no badge")
struct UnreadableInputTests {
    struct Input: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let bytes: [UInt8]
        let code: String

        init(_ name: String, _ bytes: [UInt8], _ code: String) {
            testDescription = name
            self.bytes = bytes
            self.code = code
        }

        init(_ name: String, _ text: String, _ code: String) {
            self.init(name, Array(text.utf8), code)
        }
    }

    static let inputs: [Input] = [
        Input("nothing", "", "NOT_A_BADGE"),
        Input("white space", " \n\t\r\n ", "NOT_A_BADGE"),
        Input("a letter", "Dear Sir or Madam, my badge is enclosed.", "NOT_A_BADGE"),
        Input("a word", "badge", "NOT_A_BADGE"),
        Input("NUL bytes", [0, 0, 0, 0], "NOT_A_BADGE"),
        Input("a PNG's first bytes", [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A], "IMAGE_MALFORMED"),
        Input("an SVG", "<svg xmlns=\"http://www.w3.org/2000/svg\"/>", "NOT_A_BADGE"),
        Input("a JPEG", [0xFF, 0xD8, 0xFF, 0xE0, 0, 0x10, 0x4A, 0x46], "NOT_A_BADGE"),
        Input("a PDF", "%PDF-1.7\n", "NOT_A_BADGE"),
        Input("HTML", "<!doctype html><title>Badge</title>", "NOT_A_BADGE"),
        Input("a JSON array", "[{}]", "NOT_A_BADGE"),
        Input("an empty object", "{}", "NOT_A_BADGE"),
        Input("another credential", #"{"type":["VerifiableCredential","DegreeCredential"]}"#, "NOT_A_BADGE"),
        Input("half an object", #"{"type":["VerifiableCredential","#, "PARSING_ERROR"),
        Input("two objects", "{}{}", "PARSING_ERROR"),
        Input("duplicate members", #"{"type":"Assertion","id":"a","id":"b"}"#, "PARSING_ERROR"),
        Input("a lone surrogate", #"{"id":"\ud800"}"#, "PARSING_ERROR"),
        Input("invalid UTF-8", Array(#"{"id":""#.utf8) + [0xFF, 0xFE] + Array("\"}".utf8), "PARSING_ERROR"),
        Input("UTF-16", [0x7B, 0x00, 0x22, 0x00, 0x22, 0x00, 0x7D, 0x00], "PARSING_ERROR"),
        Input("two parts of a JWS", "e30.e30", "PARSING_ERROR"),
        Input("four parts", "e30.e30.e30.e30", "PARSING_ERROR"),
        Input("a JWS with a header that is no JSON", "AAAA.e30.AAAA", "PARSING_ERROR"),
        Input("a JWS with a payload that is no JSON", "eyJhbGciOiJFZERTQSJ9.AAAA.AAAA", "PARSING_ERROR"),
        Input("a JWS of an array", "eyJhbGciOiJFZERTQSJ9.W10.AAAA", "NOT_A_BADGE"),
        Input("a JWS of nothing", "eyJhbGciOiJFZERTQSJ9.e30.AAAA", "NOT_A_BADGE"),
        Input("nine megabytes", [UInt8](repeating: 0x20, count: 9 << 20) + Array("{}".utf8), "LIMIT_EXCEEDED"),
        Input("a deep pit", String(repeating: #"{"a":"#, count: 100_000), "PARSING_ERROR"),
    ]

    @Test("what is no badge is rejected with its code", arguments: inputs)
    func rejected(input: Input) async {
        let report = await Exams.verify(input.bytes)
        #expect(report.verdict == .rejected)
        #expect(report.answers.content == .violates)
        #expect(report.answers.authentic != .yes)
        #expect(report.answers.current != .yes)
        #expect(report.answers.issuer == .unknown)
        #expect(report.format == .none || report.format == .ob2Hosted)
        #expect(report.codes.first == input.code)
        #expect(report.checks.map(\.check) == CheckName.standard)
        #expect(report.claims == nil)
        #expect(report.sentence.hasSuffix("."))
    }

    @Test("each prefix of a badge is no badge")
    func truncated() async throws {
        let badge = try Exams.jwt()
        for count in Swift.stride(from: 0, to: badge.count, by: 23) {
            let report = await Exams.verify(Array(badge[..<count]))
            #expect(report.verdict == .rejected, "\(count) bytes")
            #expect(["NOT_A_BADGE", "PARSING_ERROR", "PROOF_VERIFICATION_ERROR"].contains(report.codes.first))
        }
    }

    @Test("white space around a badge is not part of it")
    func whiteSpace() async throws {
        #expect(await Exams.verify(Array("\r\n \t".utf8) + (try Exams.jwt()) + [0x0A]).isVerified)
        let json = Array("\n".utf8) + Academy.hosted().json.serialized(.pretty) + Array("\r\n".utf8)
        #expect(await Academy.verify(json).isVerified)
    }

    @Test("somebody with an image is told what to ask for")
    func advice() async {
        for (bytes, word) in [([0xFF, 0xD8, 0xFF] as [UInt8], "JPEG"), (Array("%PDF-1.7".utf8), "PDF")] {
            let report = await Exams.verify(bytes)
            #expect(report.sentence.contains(word))
        }
    }

    @Test("control characters in a badge do not reach the sentence")
    func controlCharacters() async throws {
        for text in [#"{"\u001b[2J":1,"\u001b[2J":2}"#, "{\"\u{9B}2J\":{\"\u{9B}2J\":}}", "\u{1B}[2J"] {
            let sentence = await Exams.verify(Array(text.utf8)).sentence
            #expect(!sentence.unicodeScalars.contains { $0.properties.generalCategory == .control })
        }
        var achievement = Exams.algebra
        achievement.name = "Algebra\u{1B}[2J\u{202E}\nverified"
        let report = await Exams.verify(try Exams.jwt(Exams.credential(achievement: achievement)))
        #expect(!report.sentence.unicodeScalars.contains { [0x1B, 0x0A, 0x202E].contains($0.value) })
    }

    // MARK: Badges that are not verified yet

    @Test(
        "a credential without a proof, or with half a one, is rejected, and one with a proof of another kind is left open"
    )
    func embeddedProof() async {
        let bare = await Exams.verify(Exams.credential().json.serialized())
        #expect(bare.format == .ob3Proof)
        #expect(bare.verdict == .rejected)
        #expect(bare.codes.contains("PROOF_MISSING"))
        var signed = Exams.credential()
        signed.members["proof"] = ["type": "DataIntegrityProof", "cryptosuite": "eddsa-rdfc-2022"]
        let half = await Exams.verify(signed.json.serialized())
        #expect(half.format == .ob3Proof)
        #expect(half.answers.authentic == .no)
        #expect(half.verdict == .rejected)
        #expect(half.codes.contains("PROOF_VERIFICATION_ERROR"))
        signed.members["proof"] = [
            "type": "DataIntegrityProof", "cryptosuite": "bbs-2023", "created": "2026-03-01T12:30:00Z",
            "verificationMethod": .string(Exams.kid), "proofPurpose": "assertionMethod", "proofValue": "u2V0ChVhQ",
        ]
        let report = await Exams.verify(signed.json.serialized())
        #expect(report.format == .ob3Proof)
        #expect(report.answers.authentic == .unknown)
        #expect(report.verdict == .undetermined)
        #expect(report.codes.contains("PROOF_UNSUPPORTED"))
    }

    static let others: [(String, VerificationReport.Format)] = [
        (#"{"recipient":"a@a.example","badge":{"version":"0.5.0","name":"b"}}"#, .ob1)
    ]
    static let empty: [(String, VerificationReport.Format)] = [
        (#"{"type":["VerifiableCredential","ClrCredential"]}"#, .clr),
        (#"{"type":["VerifiableCredential","EndorsementCredential"]}"#, .endorsement),
    ]

    @Test("a learner record and an endorsement are held to what their class requires", arguments: empty)
    func emptyFormats(text: String, format: VerificationReport.Format) async throws {
        let jws = try Exams.jws(header: Exams.header(), payload: JSON(parsing: text))
        for bytes in [Array(text.utf8), jws] {
            let report = await Exams.verify(bytes)
            #expect(report.format == format)
            #expect(report.verdict == .rejected)
            #expect(report.codes.contains("INVALID_CONTEXT"))
            #expect(report.codes.contains("REQUIRED_PROPERTY_MISSING"))
        }
    }

    @Test("a status list is a credential, and no badge")
    func statusList() async throws {
        let list: JSON = ["type": ["VerifiableCredential", "BitstringStatusListCredential"]]
        #expect(await Exams.verify(list.serialized()).codes == ["NOT_A_BADGE"])
    }

    @Test("what is another kind of badge is recognised and left open", arguments: others)
    func otherFormats(text: String, format: VerificationReport.Format) async throws {
        let jws = try Exams.jws(header: Exams.header(), payload: JSON(parsing: text))
        for bytes in [Array(text.utf8), jws] {
            let report = await Exams.verify(bytes)
            #expect(report.format == format)
            #expect(report.verdict == .undetermined)
            #expect(report.answers.authentic == .unknown)
            #expect(report.codes.contains("UNSUPPORTED_FORMAT"))
        }
    }

    @Test("a JWT of the older data model, with a vc claim, is verified with a warning")
    func olderModel() async throws {
        var vc = Exams.credential().json
        vc["@context"] = ["https://www.w3.org/2018/credentials/v1", .string(AchievementCredential.contexts[1])]
        vc["issuanceDate"] = vc["validFrom"]
        vc["validFrom"] = nil
        var payload = try Exams.payload()
        for name in ["@context", "id", "type", "name", "issuer", "validFrom", "credentialSubject"] {
            payload[name] = nil
        }
        payload["vc"] = vc
        let report = await Exams.verify(try Exams.jws(header: Exams.header(), payload: payload))
        #expect(report.format == .ob3JWT)
        #expect(report.isVerified)
        #expect(report.codes == ["INVALID_CONTEXT"])  // a warning: the older data model
    }
}
