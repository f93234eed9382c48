import JSONCore
import Testing

@Suite("Rows that cannot be issued")
struct IssueBadRowTests {
    struct Case: Sendable, CustomTestStringConvertible {
        let title: String
        let row: [UInt8]
        let code: String
        var testDescription: String { title }

        init(_ title: String, _ row: String, _ code: String) { self.init(title, Array(row.utf8), code) }
        init(_ title: String, _ row: [UInt8], _ code: String) { (self.title, self.row, self.code) = (title, row, code) }
    }

    private static func bytes(_ number: Int, given: [UInt8]) -> [UInt8] {
        let fields = Results.row(number).split(separator: ",")
        return Array(fields[..<3].joined(separator: ",").utf8) + [0x2C] + given + [0x2C]
            + Array(fields[4...].joined(separator: ",").utf8)
    }

    private static let cases = [
        Case("a field too few", "R-2,ALG-1,candidate2@example.org,Ada,Byron,37,40", "RAGGED_ROW"),
        Case("a field too many", Results.row(2) + ",more", "RAGGED_ROW"),
        Case(
            "columns swapped",
            "candidate2@example.org,ALG-1,R-2,Ada,Byron,37,40,2026-03-01T13:25:00Z",
            "CANDIDATE_EMAIL_MALFORMED"
        ),
        Case(
            "score and date swapped",
            "R-2,ALG-1,candidate2@example.org,Ada,Byron,2026-03-01T13:25:00Z,40,37",
            "SCORE_NOT_A_NUMBER"
        ),
        Case("a field of 10 MB", bytes(2, given: [UInt8](repeating: 0x61, count: 10 << 20)), "FIELD_TOO_LARGE"),
        Case(
            "a quoted field of 10 MB",
            bytes(2, given: [0x22] + [UInt8](repeating: 0x0A, count: 10 << 20) + [0x22]),
            "FIELD_TOO_LARGE"
        ),
        Case("a NUL byte", bytes(2, given: [0x41, 0x00, 0x42]), "NUL_BYTE"),
        Case("no UTF-8", bytes(2, given: [0x41, 0xE9, 0x42]), "INVALID_UTF8"),
        Case("overlong UTF-8", bytes(2, given: [0xC0, 0xAF]), "INVALID_UTF8"),
        Case("a quote inside", bytes(2, given: Array("A\"da".utf8)), "QUOTE_MISPLACED"),
        Case("NaN", Results.row(2, raw: "NaN"), "SCORE_NOT_A_NUMBER"),
        Case("infinity", Results.row(2, raw: "inf"), "SCORE_NOT_A_NUMBER"),
        Case("a grade", Results.row(2, raw: "B+"), "SCORE_NOT_A_NUMBER"),
        Case("a percentage unasked for", Results.row(2, raw: "80 %"), "SCORE_UNIT_AMBIGUOUS"),
        Case("a ratio unasked for", Results.row(2, raw: "32/40"), "SCORE_UNIT_AMBIGUOUS"),
        Case("a negative score", Results.row(2, raw: "-1"), "SCORE_NEGATIVE"),
        Case("a score above its maximum", Results.row(2, raw: "41"), "SCORE_ABOVE_MAXIMUM"),
        Case("a maximum of zero", Results.row(2, raw: "0", max: "0"), "SCORE_MAXIMUM_INVALID"),
        Case("digits without end", Results.row(2, raw: "0." + String(repeating: "3", count: 500)), "SCORE_TOO_PRECISE"),
        Case("a date without zone", Results.row(2, endedAt: "2026-03-01T13:25:00"), "DATE_WITHOUT_ZONE"),
        Case("a day alone", Results.row(2, endedAt: "2026-03-01"), "DATE_WITHOUT_ZONE"),
        Case("a day that is none", Results.row(2, endedAt: "2026-02-30T13:25:00Z"), "DATE_MALFORMED"),
        Case("no result id", Results.row(2).replacing("R-2,", ","), "RESULT_ID_MISSING"),
        Case("no exam", Results.row(2).replacing("ALG-1", ""), "EXAM_ID_MISSING"),
        Case("no address", Results.row(2, email: ""), "CANDIDATE_EMAIL_MISSING"),
        Case("no address, but a name", Results.row(2, email: "candidate2"), "CANDIDATE_EMAIL_MALFORMED"),
        Case("another row's result id", Results.row(1, raw: "12"), "RESULT_CONFLICT"),
    ]

    @Test("is set aside with its code; the good ones go through; mended, it is issued", arguments: cases)
    func setAside(_ bad: Case) async throws {
        let workspace = try await Workspace.fresh()
        let before = try FileTree.names(in: workspace.path)
        let good = [1, 3].map { Array((Results.row($0) + "\n").utf8) }
        let header = Array((Results.header + "\n").utf8)
        try FileTree.write(header + good[0] + bad.row + [0x0A] + good[1], to: workspace.file("results/july.csv"))

        let outcome = try await workspace.badge("issue", "results/july.csv")
        #expect(outcome.code == 2)
        #expect(outcome.text.contains("awarded: 2"), "\(outcome.text)")
        #expect(outcome.text.contains("set aside: 1 (\(bad.code) 1)"), "\(outcome.text)")
        #expect(outcome.speech.contains("badge: warning: results/july.csv:3:"))
        #expect(!outcome.speech.contains("candidate2"), "no personal data in messages")
        #expect(try Ledger(workspace).ids().count == 2)

        let kept = try workspace.read("results/july.set-aside.csv")
        #expect(kept == header + bad.row + [0x0A], "every byte is kept")
        let problems = try workspace.text("results/july.set-aside.problems.ndjson").split(separator: "\n")
        #expect(problems.count == 1)
        let problem = try JSON(parsing: Array(try #require(problems.first).utf8))
        #expect(problem["code"]?.string == bad.code)
        #expect(problem["file"]?.string == "results/july.csv")
        #expect(problem["line"]?.int == 3)
        #expect(problem["column"]?.int != nil)
        #expect(problem["setAsideLine"]?.int == 2)
        for name in ["results/july.set-aside.csv", "results/july.set-aside.problems.ndjson"] {
            #expect(try FileTree.entries(of: workspace.path)[name]?.permissions == 0o600, "it is about people")
        }

        // Not mended, it is set aside again, and nothing else is new.
        let again = try await workspace.badge("issue", "results/july.csv")
        #expect(again.code == 2)
        #expect(again.text.contains("awarded: 0\nawarded before: 2"))
        #expect(try FileTree.names(in: workspace.file("results")).count == 4)

        try FileTree.write(Results.file([Results.row(2)]), to: workspace.file("results/july.set-aside.csv"))
        let mended = try await workspace.badge("issue", "results/july.set-aside.csv")
        #expect(mended.code == 0, "\(mended.speech)")
        #expect(mended.text.contains("awarded: 1"))
        #expect(try Ledger(workspace).complaints() == [])
        #expect(try FileTree.names(in: workspace.path).filter { !before.contains($0) && !$0.hasPrefix("ledger") } == [])
    }

    @Test("a quote that is never closed takes the rest of the file along, which is kept")
    func openQuote() async throws {
        let workspace = try await Workspace.fresh()
        let text = Results.file([Results.row(1), Results.row(2).replacing("Ada", "\"Ada"), Results.row(3)])
        try workspace.write(text, to: "results/july.csv")
        let outcome = try await workspace.badge("issue", "results/july.csv")
        #expect(outcome.code == 2)
        #expect(outcome.text.contains("awarded: 1"))
        #expect(outcome.text.contains("QUOTE_UNTERMINATED 1"))
        let kept = try workspace.text("results/july.set-aside.csv")
        #expect(kept.hasSuffix(Results.row(3) + "\n"))
        try workspace.write(kept.replacing("\"Ada", "Ada"), to: "results/july.set-aside.csv")
        let mended = try await workspace.badge("issue", "results/july.set-aside.csv")
        #expect(mended.code == 0)
        #expect(mended.text.contains("awarded: 2"))
    }

    @Test("NDJSON is set aside line by line as well")
    func ndjson() async throws {
        let workspace = try await Workspace.fresh()
        let good = """
            {"schema":"exam-result/1","resultId":"R-1","exam":{"id":"ALG-1"},"candidate":{"email":"a@example.org"},\
            "score":{"raw":37,"max":40},"endedAt":"2026-03-01T13:25:00Z"}
            """
        let bad = [
            (good.replacing("R-1", "R-2").replacing("\"raw\":37", "\"raw\":NaN"), "PARSING_ERROR"),
            (good.replacing("R-1", "R-3").replacing("37", "\"37\""), "SCORE_NOT_A_NUMBER"),
            (good.replacing("R-1", "R-4").replacing("exam-result/1", "exam-result/7"), "SCHEMA_UNKNOWN"),
            (good.replacing("R-1", "R-5").replacing("00Z", "00"), "DATE_WITHOUT_ZONE"),
            (good.replacing("R-1", "R-6").replacing("\"resultId\"", "\"exam\":{},\"resultId\""), "DUPLICATE_MEMBER"),
            ("[1]", "VALUE_MALFORMED"), ("{", "PARSING_ERROR"), (String(repeating: "[", count: 100_000), "DEPTH_LIMIT"),
        ]
        let lines = [good] + bad.map(\.0)
        try workspace.write(lines.joined(separator: "\n") + "\n", to: "results/july.ndjson")
        let outcome = try await workspace.badge("issue", "results/july.ndjson", "--json")
        #expect(outcome.code == 2)
        let answers = try outcome.json
        let setAside = answers.filter { $0["decision"]?.string == "set-aside" }
        #expect(setAside.map { $0["code"]?.string ?? "" } == bad.map(\.1))
        #expect(setAside.map { $0["line"]?.int ?? 0 } == Array(2..<(2 + bad.count)))
        #expect(answers.last?["summary"]?["awarded"]?.int == 1)
        #expect(answers.last?["summary"]?["setAside"]?.int == bad.count)
        #expect(try workspace.text("results/july.set-aside.ndjson") == bad.map { $0.0 + "\n" }.joined())
    }

    @Test("a set-aside file that may be mended already is never overwritten")
    func numbered() async throws {
        let workspace = try await Workspace.fresh()
        try workspace.write(Results.file([Results.row(1, raw: "NaN")]), to: "results/july.csv")
        #expect(try await workspace.badge("issue", "results/july.csv").code == 2)
        let mended = Results.file([Results.row(1)])
        try workspace.write(mended, to: "results/july.set-aside.csv")
        #expect(try await workspace.badge("issue", "results/july.csv").code == 2)
        #expect(try workspace.text("results/july.set-aside.csv") == mended)
        #expect(FileTree.exists(workspace.file("results/july.set-aside-2.csv")))
        #expect(try await workspace.badge("issue", "results/july.set-aside.csv").code == 0)
    }
}
