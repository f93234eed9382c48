import Issuing
import OpenBadges
import Testing

@Suite struct CSVTests {
    @Test("all paths of exam-result/1 are read from a header") func allPaths() throws {
        let intake = try Intake(
            """
            resultId,exam.id,exam.form,exam.name,candidate.email,candidate.given,candidate.family,\
            candidate.ids.systemId,attempt,startedAt,endedAt,tzAssumed,score.raw,score.min,score.max,score.percent,\
            score.cut,score.cutUnit,passedExplicit,status,items.41.score,items.41.level,items.a.b.score,\
            delivery.proctored,delivery.sessions
            vue:1,STSI-CPE-07,B,Exam,ada@example.org,Ada,Byron,1234,1,2026-03-01T12:30:00Z,2026-03-01T14:25:00+01:00,\
            true,37,0,40,92.5,80,percent,TRUE,graded,,satisfactory,2.50,true,1
            """
        )
        #expect(intake.codes.isEmpty)
        #expect(intake.warnings.isEmpty)
        let result = try #require(intake.results.first)
        #expect(result.resultID == "vue:1")
        #expect(result.exam == .init(id: "STSI-CPE-07", form: "B", name: "Exam"))
        #expect(
            result.candidate
                == .init(
                    email: "ada@example.org",
                    given: "Ada",
                    family: "Byron",
                    ids: [.init(type: "systemId", value: "1234")]
                )
        )
        #expect(result.attempt == 1)
        #expect(result.startedAt?.instant == Timestamp("2026-03-01T12:30:00Z"))
        #expect(result.endedAt?.text == "2026-03-01T14:25:00+01:00")
        #expect(result.endedAt?.instant == Timestamp("2026-03-01T13:25:00Z"))
        #expect(result.tzAssumed == true)
        #expect(result.score?.raw == ExactDecimal(37))
        #expect(result.score?.min == ExactDecimal(0))
        #expect(result.score?.max == ExactDecimal(40))
        #expect(result.score?.percent == ExactDecimal("92.5"))
        #expect(result.score?.cut == ExactDecimal(80))
        #expect(result.score?.cutUnit == .percent)
        #expect(result.passedExplicit == true)
        #expect(result.status == .graded)
        #expect(
            result.items == [.init(id: "41", level: "satisfactory"), .init(id: "a.b", score: ExactDecimal("2.5"))]
        )
        #expect(result.delivery == .init(proctored: true, sessions: 1))
        #expect(result.source == .init(format: "csv", file: "results.csv", line: 2))
    }

    @Test("columns are found by name, in any order", arguments: [",", ";", "\t"])
    func delimiters(delimiter: String) throws {
        let header = ["score.percent", "candidate.email", "exam.id", "resultId"].joined(separator: delimiter)
        let row = ["87", "ada@example.org", "ALG-1", "r1"].joined(separator: delimiter)
        let intake = try Intake(header + "\n" + row + "\n")
        #expect(intake.results.first?.resultID == "r1")
        #expect(intake.results.first?.score?.percent == ExactDecimal(87))
    }

    @Test("a given delimiter wins over the header's looks") func givenDelimiter() throws {
        let text = "resultId;exam.id;candidate.email;a,b,c,d,e\nr1;ALG-1;ada@example.org;x\n"
        #expect(try fileError(text.utf8)?.code == .headerMissing)
        #expect(try Intake(text.utf8, delimiter: .semicolon).results.count == 1)
    }

    @Test("lines may end in LF, CRLF or CR", arguments: ["\n", "\r\n", "\r"], [1, 2, 3, 64, 4096])
    func lineEnds(end: String, pieces: Int) throws {
        let lines = rows("candidate.given", "Ada", "\"A\(end)da\"", "Grace").split(separator: "\n", maxSplits: 1)
        let header = lines[0]
        let text =
            header + end + "r1,ALG-1,a@x.org,Ada" + end + end + "r2,ALG-1,b@x.org,\"A\(end)da\"" + end
            + "r3,ALG-1,c@x.org,Grace"
        let intake = try Intake(String(text).utf8, pieces: pieces)
        #expect(intake.results.map(\.candidate.given) == ["Ada", "A\(end)da", "Grace"])
        #expect(intake.lines == [2, 4, 6])
    }

    @Test("quotes hold delimiters, newlines and doubled quotes") func quotes() throws {
        let intake = try Intake(
            rows("candidate.given", "\"Ada, \"\"the\"\" first\n;\"", "\"\"", "\"\"\"\"", "\" Ada \"", " Ada ")
        )
        #expect(intake.results.map(\.candidate.given) == ["Ada, \"the\" first\n;", nil, "\"", "Ada", "Ada"])
        #expect(intake.lines == [2, 4, 5, 6, 7])
    }

    @Test("a byte order mark is no part of the first header") func byteOrderMark() throws {
        let intake = try Intake([0xEF, 0xBB, 0xBF] + rows("score.percent", "87").utf8)
        #expect(intake.results.count == 1)
        #expect(Array(intake.header.prefix(3)) == [0xEF, 0xBB, 0xBF])
    }

    @Test("blank lines, and rows of nothing but delimiters, are passed over") func blankLines() throws {
        let intake = try Intake(
            "\n\nresultId,exam.id,candidate.email\n\n  \n,,\nr1,ALG-1,ada@example.org\n\"\",,\n\nr2,ALG-1,bob@example.org"
        )
        #expect(intake.lines == [7, 10])
        #expect(intake.codes.isEmpty)
    }

    @Test("names keep their diacritics") func diacritics() throws {
        let intake = try Intake(rows("candidate.family", "Łukasiewicz-Žižková", "李", "O’Brien 😀"))
        #expect(intake.results.map(\.candidate.family) == ["Łukasiewicz-Žižková", "李", "O’Brien 😀"])
    }

    @Test("two columns that fill one place are refused") func twoNames() throws {
        let error = #expect(throws: IssuingError.self) {
            try Intake("resultId,kind,exam.id,activity.id,candidate.email\nr1,completion,A,B,ada@x.org\n")
        }
        #expect(error?.code == .headerDuplicated)
    }

    @Test("unknown columns are ignored with a warning that helps") func unknownColumns() throws {
        let intake = try Intake("resultId,exam.id,candidate.email,Score.Percent,remark\nr1,A,ada@x.org,1,2\n")
        #expect(intake.warnings.map(\.code) == [.unknownColumn, .unknownColumn])
        #expect(intake.warnings.map(\.column) == [34, 48])
        #expect(intake.warnings[0].hint == "did you mean \"score.percent\"?")
        #expect(intake.results.first?.score == nil)
    }

    @Test("a header without rows is read, with a warning") func headerOnly() throws {
        for end in ["", "\n", "\r\n\r\n"] {
            let intake = try Intake("resultId,exam.id,candidate.email" + end)
            #expect(intake.results.isEmpty && intake.codes.isEmpty)
            #expect(intake.warnings.map(\.code) == [.noRows])
        }
    }

    @Test("a row that says the same again is skipped, one that differs is set aside") func duplicates() throws {
        let header = "resultId,exam.id,candidate.email,score.percent,endedAt\n"
        let intake = try Intake(
            header + """
                r1,A,ada@x.org,80,2026-03-01T12:00:00Z
                r1,A,ada@x.org,80.0,2026-03-01T13:00:00+01:00
                r1,A,ada@x.org,81,2026-03-01T12:00:00Z
                r2,A,ada@x.org,80,2026-03-01T12:00:00Z
                """
        )
        #expect(intake.results.map(\.resultID) == ["r1", "r2"])
        #expect(intake.duplicates == [3])
        #expect(intake.codes == ["RESULT_CONFLICT"])
        #expect(intake.problems.first?.line == 4)
    }
}
