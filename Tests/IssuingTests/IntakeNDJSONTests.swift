import Issuing
import JSONCore
import Testing

@Suite struct NDJSONTests {
    static let full = """
        {"schema":"exam-result/1","resultId":"vue:1","exam":{"id":"STSI-CPE-07","form":"B","name":"E"},\
        "candidate":{"email":"ada@x.org","ids":[{"type":"systemId","value":"12"}],"given":"Ada","family":"Byron"},\
        "attempt":1,"startedAt":"2026-03-01T12:30:00Z","endedAt":"2026-03-01T14:25:00+01:00","tzAssumed":true,\
        "score":{"raw":37,"min":0,"max":40,"percent":92.5,"cut":80,"cutUnit":"percent"},"passedExplicit":true,\
        "status":"graded","items":[{"id":"41","level":"satisfactory"},{"id":"1","score":1}],\
        "delivery":{"proctored":true,"sessions":1},\
        "source":{"format":"vue-exam-tsv","file":"E.dat","line":2,"sha256":"00"}}
        """

    private func read(_ text: String) throws -> Intake { try Intake(text, file: "results.ndjson") }

    private func line(_ members: String) -> String {
        #"{"resultId":"r1","exam":{"id":"A"},"candidate":{"email":"a@x.org"}"# + members + "}\n"
    }

    @Test("every member is read, and written again in its order") func roundTrip() throws {
        let intake = try read(Self.full)
        #expect(intake.warnings.isEmpty)
        let result = try #require(intake.results.first)
        #expect(result.json.text == Self.full)
        #expect(try ExamResult(json: result.json) == result)
    }

    @Test("what is absent is not written") func absent() throws {
        let result = try #require(try read(line("")).results.first)
        #expect(
            result.json.text
                == """
                {"resultId":"r1","exam":{"id":"A"},"candidate":{"email":"a@x.org"},"status":"graded",\
                "source":{"format":"ndjson","file":"results.ndjson","line":1}}
                """.replacing("{\"resultId", with: "{\"schema\":\"exam-result/1\",\"resultId")
        )
        let policy = try PolicyTests.policy(PolicyTests.least)
        #expect(!policy.json.text.contains("null"))
        #expect(!policy.decide(result).json().text.contains("null"))
    }

    @Test("the digest's source does not depend on file, zone or spelling of numbers") func digestSource() throws {
        let other = Self.full
            .replacing("2026-03-01T14:25:00+01:00", with: "2026-03-01T13:25:00Z").replacing("92.5", with: "92.50")
            .replacing("E.dat", with: "F.dat")
        let results = try [Self.full, other].flatMap { try read($0).results }
        #expect(results.count == 2)
        #expect(results[0].digestSource == results[1].digestSource)
        #expect(results[0] != results[1])
    }

    @Test("the form is told by the extension, or by the first byte") func detection() throws {
        for file in ["a.ndjson", "a.jsonl", "-", "results"] {
            var reader = try ResultReader(.bytes(Array(("\n " + line("")).utf8)), file: file)
            #expect(reader.format == .ndjson)
            guard case .result = try reader.next() else {
                Issue.record("expected a result")
                return
            }
        }
    }

    @Test(
        "a bad line is set aside by code, and the next goes through",
        arguments: [
            ("{", "PARSING_ERROR"), ("[1]", "VALUE_MALFORMED"), (#"{"resultId":NaN}"#, "PARSING_ERROR"),
            (#"{"resultId":1}"#, "VALUE_MALFORMED"), ("{}", "RESULT_ID_MISSING"),
            (#"{"resultId":"r","resultId":"s"}"#, "DUPLICATE_MEMBER"), (#"{"resultId":"r"}"#, "EXAM_ID_MISSING"),
            (#"{"resultId":"r","exam":{"id":"A"}}"#, "CANDIDATE_EMAIL_MISSING"), ("{\u{0}}", "NUL_BYTE"),
            (#"{"schema":"exam-result/2"}"#, "SCHEMA_UNKNOWN"), ("not json", "PARSING_ERROR"),
        ]
    ) func badLine(text: String, code: String) throws {
        let intake = try read(text + "\n\r\n" + line(""))
        #expect(intake.codes == [code])
        #expect(intake.problems.first?.line == 1)
        #expect(intake.problems.first?.raw == Array((text + "\n").utf8))
        #expect(intake.lines == [3])
    }

    @Test(
        "a bad member is told by its path",
        arguments: [
            (#""score":{"raw":-1}"#, "SCORE_NEGATIVE", "/score/raw"),
            (#""score":{"raw":41,"max":40}"#, "SCORE_ABOVE_MAXIMUM", "/score/raw"),
            (#""score":{"percent":100.5}"#, "SCORE_ABOVE_MAXIMUM", "/score/percent"),
            (#""score":{"percent":"80"}"#, "SCORE_NOT_A_NUMBER", "/score/percent"),
            (#""score":{"percent":1e99}"#, "SCORE_TOO_PRECISE", "/score/percent"),
            (#""endedAt":"2026-03-01T12:00:00""#, "DATE_WITHOUT_ZONE", "/endedAt"),
            (#""status":"done""#, "VALUE_MALFORMED", "/status"), (#""items":{}"#, "VALUE_MALFORMED", "/items"),
            (#""items":[{"score":1}]"#, "VALUE_MALFORMED", "/items/0"),
            (#""attempt":1.5"#, "VALUE_MALFORMED", "/attempt"),
            (#""passedExplicit":"yes""#, "VALUE_MALFORMED", "/passedExplicit"),
        ]
    ) func badMember(member: String, code: String, path: String) throws {
        let intake = try read(line("," + member))
        #expect(intake.codes == [code])
        #expect(intake.problems.first?.error.path?.description == path)
    }

    @Test("a percentage of this format is one, also below 1") func smallPercent() throws {
        #expect(try read(line(#","score":{"percent":0.80}"#)).results.first?.score?.percent == ExactDecimal("0.8"))
    }

    @Test("null counts as absent, and unknown members warn once") func unknown() throws {
        let intake = try read(
            line(#","score":null,"attempt":null,"pased":1,"items":[{"id":"1","x":1},{"id":"2","x":1}]"#)
                + line(#","pased":2"#).replacing("r1", with: "r2")
        )
        #expect(intake.problems.map(\.description) == [])
        #expect(intake.results.count == 2)
        #expect(intake.results.first?.score == nil)
        #expect(intake.warnings.map { $0.path?.description } == ["/items/0/x", "/pased"])
    }

    @Test("a line larger than its budget is set aside without being held") func hugeLine() throws {
        let huge = #"{"resultId":""# + String(repeating: "x", count: 10_000_000) + #""}"#
        let intake = try Intake((huge + "\n" + line("")).utf8, file: "a.ndjson", pieces: .max)
        #expect(intake.codes == ["ROW_TOO_LARGE"])
        #expect(intake.problems.first?.raw == [])
        #expect(intake.problems.first?.range.count == huge.utf8.count + 1)
        #expect(intake.lines == [2])
    }

    @Test("an array or an indented document gets advice") func document() throws {
        let intake = try read("[\n  {\"resultId\": \"r1\"}\n]\n")
        #expect(
            intake.codes
                == ["PARSING_ERROR", "RESULT", "PARSING_ERROR"].map { $0 == "RESULT" ? "EXAM_ID_MISSING" : $0 }
        )
        #expect(intake.problems.first?.error.hint?.contains("jq -c") == true)
    }

    @Test("duplicates and conflicts are found across lines") func duplicates() throws {
        let intake = try read(line("") + line(#","status":"graded""#) + line(#","attempt":2"#))
        #expect(intake.results.count == 1)
        #expect(intake.duplicates == [2])
        #expect(intake.codes == ["RESULT_CONFLICT"])
    }
}
