import Issuing
import Testing

@Suite struct BadRowTests {
    @Test(
        "a bad value sets its row aside by code and column, and the next row goes through",
        arguments: [
            ("score.raw", "NaN", "SCORE_NOT_A_NUMBER"), ("score.percent", "NaN", "SCORE_NOT_A_NUMBER"),
            ("score.percent", "Infinity", "SCORE_NOT_A_NUMBER"), ("score.raw", "-1", "SCORE_NEGATIVE"),
            ("score.percent", "-0.01", "SCORE_NEGATIVE"), ("score.percent", "100.01", "SCORE_ABOVE_MAXIMUM"),
            ("score.percent", "1e999", "SCORE_TOO_PRECISE"), ("score.max", "0", "SCORE_MAXIMUM_INVALID"),
            ("score.percent", "80 %", "SCORE_UNIT_AMBIGUOUS"), ("score.percent", "80%", "SCORE_UNIT_AMBIGUOUS"),
            ("score.percent", "0.80", "SCORE_UNIT_AMBIGUOUS"), ("score.percent", "32/40", "SCORE_UNIT_AMBIGUOUS"),
            ("score.raw", "32/40", "SCORE_UNIT_AMBIGUOUS"), ("score.percent", "\"79,96\"", "SCORE_NOT_A_NUMBER"),
            ("score.percent", "A", "SCORE_NOT_A_NUMBER"), ("score.percent", "=1+1", "SCORE_NOT_A_NUMBER"),
            ("endedAt", "2026-03-01T13:25:00", "DATE_WITHOUT_ZONE"), ("endedAt", "2026-03-01", "DATE_WITHOUT_ZONE"),
            ("startedAt", "2026-03-01 13:25:00", "DATE_WITHOUT_ZONE"), ("endedAt", "03/01/2026", "DATE_MALFORMED"),
            ("status", "Graded", "VALUE_MALFORMED"), ("passedExplicit", "PASS", "VALUE_MALFORMED"),
            ("attempt", "0", "VALUE_MALFORMED"), ("attempt", "1.5", "VALUE_MALFORMED"),
            ("delivery.sessions", "-1", "VALUE_MALFORMED"),
            ("candidate.given", String(repeating: "x", count: 2000), "VALUE_TOO_LONG"),
        ]
    ) func badValue(column: String, cell: String, code: String) throws {
        let intake = try Intake(rows(column, cell, ""))
        #expect(intake.codes == [code])
        let problem = try #require(intake.problems.first)
        #expect(problem.line == 2)
        #expect(problem.column == 27)
        #expect(problem.error.file == "results.csv")
        #expect(problem.detail.contains("column \"\(column)\""))
        #expect(String(decoding: problem.raw, as: UTF8.self) == "r1,ALG-1,ada1@example.org,\(cell)\n")
        #expect(!problem.detail.contains(cell) || cell == "A")
        #expect(intake.results.map(\.resultID) == ["r2"])
    }

    @Test(
        "a row without what a result needs is set aside",
        arguments: [
            (",ALG-1,ada@x.org", "RESULT_ID_MISSING"), ("r1,,ada@x.org", "EXAM_ID_MISSING"),
            ("r1,ALG-1,", "CANDIDATE_EMAIL_MISSING"), ("r1,ALG-1,ada", "CANDIDATE_EMAIL_MALFORMED"),
            ("r1,ALG-1,ada@localhost", "CANDIDATE_EMAIL_MALFORMED"),
            ("r1,ALG-1,ada@@x.org", "CANDIDATE_EMAIL_MALFORMED"), ("r1,ALG-1,a b@x.org", "CANDIDATE_EMAIL_MALFORMED"),
            ("r1,ALG-1,mailto:ada@x.org", "CANDIDATE_EMAIL_MALFORMED"),
            ("r1,ALG-1,\"ada@x.org,bob@x.org\"", "CANDIDATE_EMAIL_MALFORMED"),
            ("r1,ALG-1,\"ada@x.org\nBcc: bob@x.org\"", "CANDIDATE_EMAIL_MALFORMED"),
            ("r1,ALG-1,.ada@x.org", "CANDIDATE_EMAIL_MALFORMED"), ("r1,ALG-1,ada@x..org", "CANDIDATE_EMAIL_MALFORMED"),
            ("r1,ALG-1,ada@-x.org", "CANDIDATE_EMAIL_MALFORMED"), ("r1,ALG-1,<ada@x.org>", "CANDIDATE_EMAIL_MALFORMED"),
            ("r1,ada@x.org,87", "CANDIDATE_EMAIL_MALFORMED"), ("r1,ALG-1", "RAGGED_ROW"),
            ("r1,ALG-1,ada@x.org,87", "RAGGED_ROW"), ("r1,ALG-1,ada\"@x.org", "QUOTE_MISPLACED"),
            ("\"r1\"x,ALG-1,ada@x.org", "QUOTE_MISPLACED"), ("r1,ALG\u{0}-1,ada@x.org", "NUL_BYTE"),
        ]
    ) func badRow(row: String, code: String) throws {
        let header = "resultId,exam.id,candidate.email\n"
        for pieces in [1, 5, 4096] {
            let intake = try Intake(
                "\(header)r0,ALG-1,o@x.org\n\(row)\nr2,ALG-1,ö.o+b@bücher.example\n".utf8,
                pieces: pieces
            )
            #expect(intake.codes == [code])
            #expect(intake.problems.first?.line == 3)
            #expect(intake.results.map(\.resultID) == ["r0", "r2"])
            #expect(intake.problems.map { String(decoding: $0.raw, as: UTF8.self) } == [row + "\n"])
        }
    }

    @Test("impossible scores are told by what contradicts them") func scores() throws {
        let header = "resultId,exam.id,candidate.email,score.raw,score.min,score.max\n"
        let intake = try Intake(
            header + """
                r1,A,a@x.org,41,,40
                r2,A,a@x.org,-1,,40
                r3,A,a@x.org,5,10,40
                r4,A,a@x.org,5,40,40
                r5,A,a@x.org,-5,-10,10
                r6,A,a@x.org,40,0,40
                """
        )
        #expect(
            intake.codes
                == ["SCORE_ABOVE_MAXIMUM", "SCORE_NEGATIVE", "SCORE_BELOW_MINIMUM", "SCORE_MAXIMUM_INVALID"]
        )
        #expect(intake.results.map(\.resultID) == ["r5", "r6"])
    }

    @Test("a result that ends before it starts is set aside") func reversed() throws {
        let header = "resultId,exam.id,candidate.email,startedAt,endedAt\n"
        let intake = try Intake(header + "r1,A,a@x.org,2026-03-01T12:00:00Z,2026-03-01T12:59:59+01:00\n")
        #expect(intake.codes == ["DATES_REVERSED"])
    }

    @Test("swapped columns are caught by their values") func swapped() throws {
        let intake = try Intake("resultId,candidate.email,exam.id,score.percent\nr1,ALG-1,87,ada@x.org\n")
        #expect(intake.codes == ["SCORE_NOT_A_NUMBER"])
    }

    @Test(
        "bytes that are not UTF-8 set the row aside, at their place",
        arguments: [
            [0xFF], [0xC0, 0xAF], [0xED, 0xA0, 0x80], [0xF4, 0x90, 0x80, 0x80], [0xE4, 0xB8], [0x80], [0xE4, 0xF6],
        ] as [[UInt8]]
    ) func invalidUTF8(bytes: [UInt8]) throws {
        let header = Array("resultId,exam.id,candidate.email,candidate.family\n".utf8)
        let row = Array("r1,ALG-1,ada@x.org,Bé".utf8) + bytes + [0x0A]
        let intake = try Intake(header + row + Array("r2,ALG-1,bob@x.org,Žižek\n".utf8))
        #expect(intake.codes == ["INVALID_UTF8"])
        #expect(intake.problems.first?.line == 2)
        #expect(intake.problems.first?.column == 22)
        #expect(intake.problems.first?.raw == row)
        #expect(intake.results.map(\.candidate.family) == ["Žižek"])
    }

    @Test("a field of 10 MB sets its row aside without being held, quoted or not", arguments: ["\"", ""])
    func hugeField(quote: String) throws {
        let huge = String(repeating: quote.isEmpty ? "x" : "x\n", count: 10_000_000)
        let text = rows("candidate.given", "Ada", quote + huge + quote, "Grace")
        let intake = try Intake(text.utf8, pieces: .max)
        #expect(intake.codes == ["FIELD_TOO_LARGE"])
        #expect(intake.results.map(\.candidate.given) == ["Ada", "Grace"])
        let problem = try #require(intake.problems.first)
        #expect(problem.line == 3)
        #expect(problem.column == 27)
        #expect(problem.raw.isEmpty && !problem.isHeld)
        #expect(problem.range.count > 10_000_000)
        #expect(intake.lines == [2, quote.isEmpty ? 4 : 10_000_004])
    }

    @Test("a row larger than its budget is set aside") func hugeRow() throws {
        let many = Array(repeating: String(repeating: "x", count: 1000), count: 100).joined(separator: ",")
        let limits = IntakeLimits(rowBytes: 50_000, chunkBytes: 1000)
        let intake = try Intake(rows("status", many, "graded"), limits: limits)
        #expect(intake.codes == ["ROW_TOO_LARGE"])
        #expect(intake.results.map(\.resultID) == ["r2"])
    }

    @Test("an unclosed quote is told where it opens, and nothing in it is read as rows") func openQuote() throws {
        let text = rows("candidate.given", "Ada", "\"Grace", "Barbara", "Frances")
        let intake = try Intake(text)
        #expect(intake.codes == ["QUOTE_UNTERMINATED"])
        #expect(intake.problems.first?.line == 3)
        #expect(intake.problems.first?.column == 27)
        #expect(intake.results.map(\.resultID) == ["r1"])
        // Too much of it to hold, it is told the same way.
        let long = try Intake(text + String(repeating: "x,y,z\n", count: 400_000))
        #expect(long.codes == ["QUOTE_UNTERMINATED"])
        #expect(long.problems.first?.line == 3)
    }
}
