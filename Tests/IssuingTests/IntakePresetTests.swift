import Foundation
import Issuing
import OpenBadges
import Testing

/// The exports that exam bodies really get, by the built-in mappings.
@Suite("Intake by built-in mappings") struct PresetTests {
    /// Reads a text by a built-in mapping, with a roster beside it.
    private func read(
        _ preset: String,
        _ text: some Sequence<UInt8>,
        roster: String? = nil,
        set constants: [String: String] = [:],
        timezone: String? = nil
    ) throws -> Intake {
        try withFile(roster) { path in
            let settings = IntakeSettings(constants: constants, timezone: timezone, roster: path)
            return try Intake(
                text,
                file: "export.txt",
                mapping: ResultMapping(preset: preset, settings: settings)
            )
        }
    }

    @Test("every built-in mapping is one, once it knows which exam is meant", arguments: ResultMapping.presetNames)
    func all(name: String) throws {
        let settings = IntakeSettings(constants: ["exam.id": "ALG-1"], timezone: "UTC")
        _ = try ResultMapping(preset: name, settings: settings)
        #expect(ResultMapping.preset(named: name)?.hasPrefix("# ") == true)
    }

    @Test("Pearson VUE: columns in any order, the address from the other file, no grade for who did not come")
    func pearson() throws {
        let exam = """
            ExamSeriesCode\tRegistrationID\tClientCandidateID\tForm\tAttempt\tExamDate\tPassingScore\tScore\tGrade\tNoShow\tCorrect
            CPE-07\t232966213\tC1\tB\t1\t2026/03/01 12:30:00\t32\t37\tPass\tfalse\t37
            CPE-07\t232966214\tC2\tB\t2\t03/02/2026 09:00:00\t32\t31\tFAIL\tFalse\t31
            CPE-07\t232966215\tC3\tA\t1\t2026/03/02 09:00:00\t32\t\t\ttrue\t
            CPE-07\t232966216\tC4\tA\t1\t2026/03/02 09:00:00\t32\t33\tfail\tfalse\t33

            """
        let roster = """
            LastName\tFirstName\tClientCandidateID\tEmail
            Byron\tAda\tC1\tada@example.org
            O'Neil\tBo\tC2\tbo@example.org
            Ng\tCy\tC3\tcy@example.org

            """
        let intake = try read("pearson-vue", exam.utf8, roster: roster, timezone: "America/New_York")
        #expect(intake.results.map(\.candidate.email) == ["ada@example.org", "bo@example.org", "cy@example.org"])
        #expect(intake.results.map(\.passedExplicit) == [true, false, nil])
        #expect(intake.results.map(\.status) == [.graded, .graded, .noShow])
        #expect(intake.results.map(\.attempt) == [1, 2, 1])
        #expect(intake.results[0].endedAt?.instant.description == "2026-03-01T17:30:00Z")
        #expect(intake.results[1].endedAt?.instant.description == "2026-03-02T14:00:00Z")
        #expect(intake.results[0].tzAssumed == true)
        #expect(intake.results[2].score?.raw == nil)
        #expect(intake.results[0].candidate.displayName == "Ada Byron")
        // The fourth is in no roster: nobody can be told from a number alone.
        #expect(intake.codes == ["TABLE_ROW_MISSING"])
    }

    @Test("Pearson VUE: without the zone, dates are set aside with the option that mends them") func zoneless() throws {
        let exam =
            "RegistrationID\tExamSeriesCode\tClientCandidateID\tExamDate\tScore\tGrade\n1\tX\tC1\t2026/03/01 12:30:00\t3\tpass\n"
        let intake = try read("pearson-vue", exam.utf8, roster: "ClientCandidateID,Email\nC1,a@x.org\n")
        #expect(intake.codes == ["DATE_WITHOUT_ZONE"])
        #expect(intake.problems.first?.error.hint?.contains("--timezone") == true)
    }

    @Test("Moodle quiz: the maximum from the header, items, one row an attempt, no average") func moodleQuiz() throws {
        let text = """
            "Last name","First name","ID number","Email address",State,"Started on",Completed,"Time taken",Grade/10.00,"Q. 1 /1.00","Q. 2 /9.00"
            Byron,Ada,17,ada@example.org,Finished,"1 March 2026 2:25 PM","1 March 2026 3:20 PM","55 mins",9.50,1.00,8.50
            Byron,Ada,17,ada@example.org,Finished,"2 March 2026 2:25 PM","2 March 2026 3:20 PM","55 mins",7.00,-,7.00
            Ng,Cy,18,cy@example.org,"In progress","2 March 2026 2:25 PM",-,-,-,-,-
            "Overall average",,,,,,,,8.25,0.50,7.75

            """
        let intake = try read("moodle-quiz", text.utf8, set: ["exam.id": "ALG-1"], timezone: "Europe/Berlin")
        #expect(intake.codes.isEmpty)
        #expect(intake.results.count == 3)
        let first = try #require(intake.results.first)
        #expect(first.score?.raw == ExactDecimal("9.5"))
        #expect(first.score?.max == ExactDecimal("10"))
        #expect(first.items.map(\.id) == ["1", "2"])
        #expect(first.items.map(\.max) == [ExactDecimal("1"), ExactDecimal("9")])
        #expect(first.startedAt?.instant.description == "2026-03-01T13:25:00Z")
        #expect(first.endedAt?.instant.description == "2026-03-01T14:20:00Z")
        #expect(intake.results.map(\.status) == [.graded, .graded, .inProgress])
        #expect(Set(intake.results.map(\.resultID)).count == 3)
        // The id is a digest, so that no address goes where ids go.
        #expect(!first.resultID.contains("ada"))
        // A question without an answer has a maximum, and no points.
        #expect(intake.results[1].items.map(\.score) == [nil, ExactDecimal("7")])
    }

    @Test("Moodle quiz in German: other headers, dates and commas by a changed copy") func moodleGerman() throws {
        let map = """
            dates: ["%d. %b %Y, %H:%M"]
            months: [Januar, Februar, März, April, Mai, Juni, Juli, August, September, Oktober, November, Dezember]
            timezone: Europe/Berlin
            decimal: comma
            empty: ["-"]
            map:
              resultId: {digest: [exam.id, E-Mail-Adresse, Begonnen am]}
              exam.id: {constant: ALG-1}
              candidate.email: E-Mail-Adresse
              endedAt: Beendet
              score.raw: {match: '^Bewertung/(?<max>[0-9.,]+)$', captures: {max: score.max}}

            """
        let text = """
            Nachname;Vorname;E-Mail-Adresse;Begonnen am;Beendet;Bewertung/10,00
            Müller;Zoë;zoe@example.org;1. März 2026, 14:25;1. März 2026, 15:20;7,96

            """
        let intake = try Intake(text, map: map)
        #expect(intake.codes.isEmpty)
        #expect(intake.results.first?.score?.raw == ExactDecimal("7.96"))
        #expect(intake.results.first?.score?.max == ExactDecimal("10"))
        #expect(intake.results.first?.endedAt?.instant.description == "2026-03-01T14:20:00Z")
    }

    @Test("Canvas: the row of maxima, no test student, every assignment a result, no cell none") func canvas() throws {
        let text = """
            Student,ID,SIS User ID,SIS Login ID,Section,Quiz 1 (23),Essay (24),Current Score,Final Score
            "    Points Possible",,,,,10.00,40,(read only),(read only)
            "Byron, Ada",101,S1,ada,Main,9.5,32,95,95
            "Ng, Cy",102,S2,cy,Main,,37,50,50
            "Doe, Jo",103,S3,jo,Main,N/A,,0,0
            "Student, Test",,,,Main,10,40,100,100

            """
        let roster = "ID,Email\n101,ada@example.org\n102,cy@example.org\n"
        let intake = try read("canvas", text.utf8, roster: roster, set: ["endedAt": "2026-07-01T12:00:00Z"])
        #expect(intake.codes.isEmpty)
        #expect(intake.results.map(\.resultID) == ["23:101", "24:101", "24:102"])
        #expect(intake.results.map { $0.score?.max } == [ExactDecimal("10"), ExactDecimal("40"), ExactDecimal("40")])
        #expect(intake.results.map(\.exam.name) == ["Quiz 1", "Essay", "Essay"])
        #expect(intake.results.map(\.candidate.family) == ["Byron", "Byron", "Ng"])
        #expect(intake.results.map(\.candidate.given) == ["Ada", "Ada", "Cy"])
    }

    @Test("Canvas: without a roster, nobody can be told, and the error says how") func canvasAlone() throws {
        let error = try #require(throws: IssuingError.self) {
            try read("canvas", "Student,ID,Quiz 1 (23)\n\"Byron, Ada\",101,9\n".utf8)
        }
        #expect(error.code.rawValue == "TABLE_MISSING")
        #expect(error.hint?.contains("--roster") == true)
    }

    @Test("Canvas: a result before the row of maxima is set aside, not taken for one without a maximum")
    func maximaLate() throws {
        let text = """
            Student,ID,Quiz 1 (23)
            "Byron, Ada",101,9
            Points Possible,,10
            "Ng, Cy",102,8

            """
        let roster = "ID,Email\n101,ada@example.org\n102,cy@example.org\n"
        let intake = try read("canvas", text.utf8, roster: roster)
        #expect(intake.codes == ["MAXIMA_MISSING"])
        #expect(intake.results.map(\.candidate.email) == ["cy@example.org"])
    }

    @Test("Blackboard: UTF-16 with tabs, maxima and ids in the headers", arguments: [true, false])
    func blackboard(isMarked: Bool) throws {
        let text =
            "\"Last Name\"\t\"First Name\"\t\"Username\"\t\"Student ID\"\t\"Last Access\"\t\"Availability\"\t"
            + "\"Exam 1 [Total Pts: 100 Score] |1720428\"\t\"Bonus [Total Pts: up to 55 Letter] |1720429\"\n"
            + "\"Çelik\"\t\"Ada\"\t\"ada\"\t\"17\"\t\"2026-03-01\"\t\"Yes\"\t\"79.96\"\t\"B\"\n"
        var bytes: [UInt8] = isMarked ? [0xFF, 0xFE] : []
        for unit in text.utf16 { bytes += [UInt8(unit & 0xFF), UInt8(unit >> 8)] }
        let intake = try read("blackboard", bytes, roster: "Username,Email\nada,ada@example.org\n")
        #expect(intake.codes.isEmpty)
        #expect(intake.results.map(\.exam.id) == ["1720428"])
        #expect(intake.results.first?.score?.raw == ExactDecimal("79.96"))
        #expect(intake.results.first?.score?.max == ExactDecimal("100"))
        #expect(intake.results.first?.candidate.family == "Çelik")
    }

    @Test("Credly's bulk sheet: who stands in it has completed it") func credly() throws {
        let text = """
            Badge Template ID,Recipient Email,First Name,Last Name,Issued at,Evidence URL
            t-1,ada@example.org,Ada,Byron,03/01/26,
            t-1,bo@example.org,=HYPERLINK("x"),Neil,03/01/26,
            t-1,cy@example.org,@cmd,Ng,03/01/26,

            """
        let intake = try read("credly", text.utf8, timezone: "UTC")
        #expect(intake.results.map(\.kind) == [.completion])
        #expect(intake.results.first?.status == .completed)
        #expect(intake.results.first?.endedAt?.instant.description == "2026-03-01T00:00:00Z")
        #expect(intake.codes == ["QUOTE_MISPLACED", "FORMULA_CELL"])
    }

    @Test("Certiverse: an array of objects, and one object a line") func certiverse() throws {
        let record = """
            {"examDelivery": {"deliverableId": "d1", "deliveryDateTime": "2026-03-01T12:30:00Z",
             "deliveryCompletedDateTime": "2026-03-01T13:25:00Z"},
             "candidate": {"candidateId": "7", "email": "ada@example.org", "firstName": "Ada", "lastName": "Byron"},
             "exam": {"examCode": "ALG-1", "examFormId": "B"},
             "examResult": {"passFail": "Pass", "rawScore": 37, "maxRawScore": 40, "percent": 92.5}}
            """
        let line = record.replacing("\n", with: " ")
        for text in [
            "[\(record),\n\(record.replacing("d1", with: "d2"))]", "\(line)\n\(line.replacing("d1", with: "d2"))\n",
        ] {
            let intake = try read("certiverse", text.utf8)
            #expect(intake.codes.isEmpty)
            #expect(intake.results.map(\.resultID) == ["d1", "d2"])
            #expect(intake.results.first?.passedExplicit == true)
            #expect(intake.results.first?.exam.form == "B")
            #expect(intake.results.first?.score?.percent == ExactDecimal("92.5"))
        }
    }

    @Test("LTI: results by a roster of members, scores only where they are complete") func lti() throws {
        let members = """
            {"id": "https://lms.example/m", "members": [
              {"user_id": "u1", "email": "ada@example.org", "given_name": "Ada", "family_name": "Byron"},
              {"user_id": "u2", "email": "cy@example.org"}]}
            """
        let results = #"[{"id":"https://lms.example/r/1","userId":"u1","resultScore":0.83,"resultMaximum":1}]"#
        let intake = try read("lti", results.utf8, roster: members, set: ["exam.id": "ALG-1"])
        #expect(intake.results.map(\.resultID) == ["ALG-1:u1"])
        #expect(intake.results.first?.candidate.displayName == "Ada Byron")
        #expect(intake.results.first?.score?.raw == ExactDecimal("0.83"))
        let scores = """
            {"userId":"u1","scoreGiven":83,"scoreMaximum":100,"timestamp":"2026-03-01T13:25:00Z","activityProgress":"Completed","gradingProgress":"FullyGraded"}
            {"userId":"u2","scoreGiven":10,"scoreMaximum":100,"timestamp":"2026-03-01T13:25:00Z","activityProgress":"InProgress","gradingProgress":"Pending"}
            {"userId":"u3","scoreGiven":10,"scoreMaximum":100,"timestamp":"2026-03-01T13:25:00Z","activityProgress":"Completed","gradingProgress":"FullyGraded"}

            """
        let second = try read("lti", scores.utf8, roster: members, set: ["exam.id": "ALG-1"])
        #expect(second.results.map(\.candidate.email) == ["ada@example.org"])
        #expect(second.codes == ["TABLE_ROW_MISSING"])
    }

    @Test("a roster that says two things of one candidate settles nothing") func ambiguousRoster() throws {
        let roster = "ID,Email\n101,ada@example.org\n101,eve@example.org\n"
        let text = "Student,ID,Quiz 1 (23)\nPoints Possible,,10\n\"Byron, Ada\",101,9\n"
        let intake = try read("canvas", text.utf8, roster: roster)
        #expect(intake.codes == ["TABLE_ROW_AMBIGUOUS"])
        #expect(!(intake.problems.first?.description.contains("ada@") ?? true))
    }
}

/// Runs a body with a text in a file of its own; with `nil` where there is no text.
func withFile<Value>(_ text: String?, _ body: (String?) throws -> Value) throws -> Value {
    guard let text else { return try body(nil) }
    let path = NSTemporaryDirectory() + "roster-\(UUID().uuidString).txt"
    defer { try? FileManager.default.removeItem(atPath: path) }
    try text.write(toFile: path, atomically: true, encoding: .utf8)
    return try body(path)
}
