import Foundation
import Issuing
import OpenBadges
import Testing

/// Results that are no tables: QTI reports, xAPI statements, OneRoster archives.
@Suite("Intake of reports") struct ReportIntakeTests {
    private func qti(_ namespace: String, _ outcomes: String, items: String = "") -> String {
        """
        <?xml version="1.0" encoding="UTF-8"?>
        <assessmentResult xmlns="http://www.imsglobal.org/xsd/imsqti_result_\(namespace)">
          <context sourcedId="c-17">
            <sessionIdentifier sourceID="email" identifier="ada@example.org"/>
            <sessionIdentifier sourceID="givenName" identifier="Ada &amp; Eve"/>
          </context>
          <testResult identifier="CPE" datestamp="2026-01-25T12:00:00+09:00">\(outcomes)</testResult>
          \(items)
        </assessmentResult>
        """
    }

    private func outcome(_ id: String, _ value: String, _ attributes: String = "") -> String {
        "<outcomeVariable identifier=\"\(id)\" baseType=\"float\" cardinality=\"single\" \(attributes)>"
            + "<value> \(value) </value></outcomeVariable>"
    }

    @Test("QTI reports of 2.1, 2.2 and 3.0 are known by what is in them", arguments: ["v2p1", "v2p2", "v3p0"])
    func qtiVersions(namespace: String) throws {
        let item = "<itemResult identifier=\"item-41\" sessionStatus=\"final\" datestamp=\"2026-01-25T12:00:00Z\">"
        let text = qti(
            namespace,
            outcome("SCORE", "37", "normalMaximum=\"40\" masteryValue=\"32\"") + outcome("PASS", "true"),
            items: item + outcome("SCORE", "1") + outcome("MAXSCORE", "2") + "</itemResult>"
        )
        let intake = try Intake(text, file: "c-17.xml")
        #expect(intake.codes.isEmpty)
        let result = try #require(intake.results.first)
        #expect(result.resultID == "CPE:c-17")
        #expect(result.exam.id == "CPE")
        #expect(result.candidate.email == "ada@example.org")
        #expect(result.candidate.given == "Ada & Eve")
        #expect(result.score?.raw == ExactDecimal("37"))
        #expect(result.score?.max == ExactDecimal("40"))
        #expect(result.score?.cut == ExactDecimal("32"))
        #expect(result.passedExplicit == true)
        #expect(result.items == [.init(id: "item-41", score: ExactDecimal("1"), max: ExactDecimal("2"))])
        #expect(result.endedAt?.instant.description == "2026-01-25T03:00:00Z")
        #expect(result.source?.format == "qti")
    }

    @Test("QTI outcomes have the names that a mapping gives them") func qtiNames() throws {
        let map = """
            format: qti
            map:
              resultId: {join: [test.identifier, context.sourcedId]}
              exam.id: test.identifier
              candidate.email: session.email
              score.percent: {column: test.QUOTE, unit: fraction}

            """
        let intake = try Intake(qti("v3p0", outcome("QUOTE", "0.7996")), file: "a.xml", map: map)
        #expect(intake.results.first?.score?.percent == ExactDecimal("79.96"))
    }

    @Test(
        "what is no report, or tries to be more than one, is refused",
        arguments: [
            ("<html/>", "SCHEMA_UNKNOWN"), ("<assessmentResult>", "PARSING_ERROR"),
            ("<!DOCTYPE a [<!ENTITY e \"x\">]><assessmentResult>&e;</assessmentResult>", "PARSING_ERROR"),
            ("<assessmentResult xmlns=\"urn:other\"/>", "SCHEMA_UNKNOWN"),
            ("<assessmentResult/><assessmentResult/>", "PARSING_ERROR"),
        ]
    ) func badReports(text: String, code: String) throws {
        #expect(try fileError(text.utf8, file: "a.xml")?.code.rawValue == code)
    }

    private func statement(_ id: String, _ verb: String, _ rest: String) -> String {
        """
        {"id":"\(id)","actor":{"mbox":"mailto:\(id)@example.org"},"verb":{"id":"http://adlnet.gov/expapi/verbs/\(verb)"},"object":{"id":"https://x.example/exam/7"},"timestamp":"2026-03-01T13:25:00Z",\(rest)}
        """
    }

    private func voiding(_ id: String) -> String {
        """
        {"id":"v-\(id)","actor":{"mbox":"mailto:admin@example.org"},"verb":{"id":"http://adlnet.gov/expapi/verbs/voided"},"object":{"objectType":"StatementRef","id":"\(id)"},"timestamp":"2026-03-02T13:25:00Z"}
        """
    }

    @Test(
        "statements are read as lines and as a store's answer, and what is voided is annulled",
        arguments: [true, false]
    )
    func xapi(isAnswer: Bool) throws {
        let statements = [
            statement("a", "passed", #""result":{"success":true,"score":{"scaled":0.925,"raw":37,"min":0,"max":40}}"#),
            statement("b", "failed", #""result":{"success":false,"score":{"scaled":0.5}}"#),
            voiding("a"),
            statement("c", "completed", #""result":{"completion":true}"#),
            statement("d", "experienced", #""result":{}"#),
            voiding("elsewhere"),
        ]
        let text =
            isAnswer
            ? "{\"more\": \"/next\", \"statements\": [\n\(statements.joined(separator: ",\n"))]}"
            : statements.joined(separator: "\n") + "\n"
        let intake = try Intake(text, file: "statements.json")
        #expect(intake.codes.isEmpty)
        #expect(intake.results.map(\.resultID) == ["a", "b", "c"])
        #expect(intake.results.map(\.status) == [.void, .graded, .completed])
        #expect(intake.results.map(\.kind) == [.score, .score, .completion])
        #expect(intake.results.map(\.passedExplicit) == [true, false, nil])
        #expect(intake.results.first?.score?.percent == ExactDecimal("92.5"))
        #expect(intake.results.first?.candidate.email == "a@example.org")
        #expect(intake.warnings.map(\.code.rawValue) == ["VOIDED_ELSEWHERE"])
    }

    @Test("a voiding statement counts however its slashes are written, and behind a byte order mark") func escaped()
        throws
    {
        let statements = [statement("a", "passed", #""result":{"success":true}"#), voiding("a")]
        let text = statements.joined(separator: "\n").replacing("/", with: "\\/") + "\n"
        for mark in ["", "\u{FEFF}"] {
            let intake = try Intake(mark + text, file: "statements.json")
            #expect(intake.results.map(\.status) == [.void], "\(intake.codes)")
        }
    }

    @Test("arrays of a record are its own, and what no record is so large as is set aside") func arrays() throws {
        let map = "format: json\nmap:\n  resultId: id\n  exam.id: exam\n  candidate.email: mail\n"
        func line(_ id: Int, _ rest: String) -> String {
            #"{"id":"r\#(id)","exam":"X","mail":"a@example.org",\#(rest)}"# + "\n"
        }
        let text = line(1, #""items":[]"#) + line(2, #""scores":[{"raw":1},{"raw":2}]"#) + line(3, #""data":[1]"#)
        #expect(try Intake(text, map: map).results.map(\.resultID) == ["r1", "r2", "r3"])
        let many = "\"v\":[" + Array(repeating: "1", count: 20_000).joined(separator: ",") + "]"
        let long = "\"" + String(repeating: "n", count: 3_000) + "\":{\"x\":1}"
        let large = try Intake(line(1, many) + line(2, long) + line(3, "\"z\":1"), map: map)
        #expect(large.codes == ["ROW_TOO_LARGE", "ROW_TOO_LARGE"])
        #expect(large.results.map(\.resultID) == ["r3"])
    }

    @Test("cmi5 says its mastery score, and an account has an address where a roster gives it one") func cmi5() throws {
        let text = """
            {"id":"s1","actor":{"account":{"homePage":"https://lms.example","name":"u1"}},"verb":{"id":"http://adlnet.gov/expapi/verbs/passed"},"object":{"id":"https://x.example/au/1"},"context":{"registration":"r1","extensions":{"https://w3id.org/xapi/cmi5/context/extensions/masteryscore":0.8}},"result":{"success":true,"score":{"scaled":0.8}},"timestamp":"2026-03-01T13:25:00Z"}

            """
        let intake = try withFile("account,email\nu1,ada@example.org\n") { path in
            let settings = IntakeSettings(roster: path)
            return try Intake(text.utf8, mapping: ResultMapping(preset: "xapi", settings: settings))
        }
        #expect(intake.results.first?.score?.cut == ExactDecimal("80"))
        #expect(intake.results.first?.score?.cutUnit == .percent)
        #expect(intake.results.first?.candidate.email == "ada@example.org")
        let alone = try Intake(text, file: "statements.json")
        #expect(alone.codes == ["CANDIDATE_EMAIL_MISSING"])
    }

    @Test("a broken statement is set aside, and the next is read") func brokenStatement() throws {
        let good = statement("a", "passed", #""result":{"success":true}"#)
        let text = "\(good)\n{\"actor\":{\"mbox\":\"mailto:x\n\(statement("b", "passed", #""result":{}"#))\n"
        let intake = try Intake(text, file: "statements.json")
        #expect(intake.results.map(\.resultID) == ["a", "b"])
        #expect(intake.codes == ["PARSING_ERROR"])
    }

    @Test("a OneRoster archive is joined, and only full grades count") func oneRoster() throws {
        let archive = ZIPWriter.archive([
            "results.csv": """
            sourcedId,status,dateLastModified,lineItemSourcedId,studentSourcedId,scoreStatus,score,scoreDate,comment
            r1,active,,l1,u1,fully graded,37,2026-03-01,
            r2,active,,l1,u2,partially graded,10,2026-03-01,
            r3,tobedeleted,,l1,u2,fully graded,39,2026-03-01,
            r4,active,,l1,nobody,fully graded,39,2026-03-01,

            """,
            "users.csv": """
            \u{FEFF}sourcedId,status,givenName,familyName,email
            u1,active,Ada,Byron,ada@example.org
            u2,active,Cy,Ng,cy@example.org

            """,
            "lineItems.csv": "sourcedId,status,title,resultValueMin,resultValueMax\nl1,active,Algebra,0,40\n",
            "manifest.csv": "propertyName,value\nmanifest.version,1.0\n",
        ])
        var reader = try ResultReader(.bytes(archive), file: "export.zip", settings: IntakeSettings(timezone: "UTC"))
        var (results, codes): ([ExamResult], [String]) = ([], [])
        while let outcome = try reader.next() {
            switch outcome {
            case .result(let result, _): results.append(result)
            case .setAside(let problem): codes.append(problem.code.rawValue)
            case .duplicate: codes.append("DUPLICATE")
            }
        }
        #expect(results.map(\.resultID) == ["r1", "r3"])
        #expect(results.map(\.status) == [.graded, .void])
        #expect(results.first?.score?.max == ExactDecimal("40"))
        #expect(results.first?.exam.name == "Algebra")
        #expect(results.first?.candidate.displayName == "Ada Byron")
        #expect(codes == ["TABLE_ROW_MISSING"])
        #expect(reader.skippedCount == 1)
    }

    @Test("workbooks are refused with advice, and so are archives of something else") func workbooks() throws {
        let workbook = ZIPWriter.archive(["[Content_Types].xml": "<Types/>", "xl/workbook.xml": "<workbook/>"])
        let error = try #require(try fileError(workbook, file: "results.xlsx"))
        #expect(error.code == .formatRefused)
        #expect(error.hint?.contains("CSV") == true)
        #expect(try fileError(ZIPWriter.archive(["a.txt": "x"]), file: "a.zip")?.code == .formatRefused)
        #expect(try fileError(Array(workbook.prefix(40)), file: "a.zip")?.code == .formatRefused)
    }
}

/// Writes archives for tests: stored, by APPNOTE 6.3.
enum ZIPWriter {
    static func archive(_ files: [String: String]) -> [UInt8] {
        func number(_ value: Int, _ count: Int) -> [UInt8] { (0..<count).map { UInt8(value >> ($0 * 8) & 0xFF) } }
        var (bytes, directory): ([UInt8], [UInt8]) = ([], [])
        for (name, text) in files.sorted(by: { $0.key < $1.key }) {
            let content = Array(text.utf8)
            let sum = Int(crc(content))
            let common =
                number(20, 2) + number(0, 2) + number(0, 2) + number(0, 4) + number(sum, 4) + number(content.count, 4)
                + number(content.count, 4) + number(name.utf8.count, 2) + number(0, 2)
            directory += number(0x0201_4B50, 4) + number(20, 2) + common
            directory += number(0, 2) + number(0, 2) + number(0, 2) + number(0, 4) + number(bytes.count, 4)
            directory += Array(name.utf8)
            bytes += number(0x0403_4B50, 4) + common + Array(name.utf8) + content
        }
        let end =
            number(0x0605_4B50, 4) + number(0, 4) + number(files.count, 2) + number(files.count, 2)
            + number(directory.count, 4) + number(bytes.count, 4) + number(0, 2)
        return bytes + directory + end
    }

    private static func crc(_ bytes: [UInt8]) -> UInt32 {
        var sum: UInt32 = 0xFFFF_FFFF
        for byte in bytes {
            sum ^= UInt32(byte)
            for _ in 0..<8 { sum = sum & 1 == 1 ? (sum >> 1) ^ 0xEDB8_8320 : sum >> 1 }
        }
        return ~sum
    }
}
