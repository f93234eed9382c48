import JSONCore
import Testing

@Suite("Results files that cannot be issued")
struct IssueBadFileTests {
    struct Case: Sendable, CustomTestStringConvertible {
        let title: String
        let bytes: [UInt8]
        let code: String
        var testDescription: String { title }

        init(_ title: String, _ text: String, _ code: String) {
            self.init(title, Array(text.utf8), code)
        }

        init(_ title: String, _ bytes: [UInt8], _ code: String) {
            (self.title, self.bytes, self.code) = (title, bytes, code)
        }
    }

    private static let utf16: [UInt8] =
        [0xFF, 0xFE]
        + Results.file([Results.row(1)]).utf16.flatMap {
            [UInt8(truncatingIfNeeded: $0), UInt8(truncatingIfNeeded: $0 >> 8)]
        }

    private static let cases = [
        Case("empty", "", "FILE_EMPTY"),
        Case("blank", "\n \r\n\t\n", "FILE_EMPTY"),
        Case("a byte order mark alone", [0xEF, 0xBB, 0xBF], "FILE_EMPTY"),
        Case("no header row", Results.row(1) + "\n" + Results.row(2) + "\n", "HEADER_MISSING"),
        Case("a letter", "Dear examiner,\nall have passed.\n", "HEADER_MISSING"),
        Case("a column missing", "resultId,exam.id,score.raw\nR-1,ALG-1,37\n", "COLUMN_MISSING"),
        Case("a column twice", Results.header + ",score.raw\n" + Results.row(1) + ",37\n", "HEADER_DUPLICATED"),
        Case("an open quote in the header", "\"resultId,exam.id\nR-1,ALG-1\n", "HEADER_MALFORMED"),
        Case("a header that is no UTF-8", [0xFF, 0xC3, 0x28] + Array(Results.file([]).utf8), "HEADER_MALFORMED"),
        Case("UTF-16", utf16, "ENCODING_REFUSED"),
        Case(
            "a spreadsheet",
            [0x50, 0x4B, 0x03, 0x04, 0x14, 0x00] + [UInt8](repeating: 7, count: 100),
            "FORMAT_REFUSED"
        ),
    ]

    @Test("is refused whole, by name and code, and leaves nothing behind", arguments: cases)
    func refused(_ bad: Case) async throws {
        let workspace = try await Workspace.fresh()
        try FileTree.write(bad.bytes, to: workspace.file("results/bad.csv"))
        let results = try FileTree.entries(of: workspace.file("results"))
        let outcome = try await workspace.badge("issue", "results/bad.csv")
        #expect(outcome.code == 1)
        #expect(outcome.signal == nil)
        #expect(outcome.speech.contains("badge: error: results/bad.csv"), "\(outcome.speech)")
        #expect(outcome.speech.contains(bad.code), "\(outcome.speech)")
        #expect(outcome.output.isEmpty)
        #expect(try FileTree.entries(of: workspace.file("results")) == results)
        #expect(try Ledger(workspace).ids().isEmpty)
    }

    @Test("a header without rows issues nothing, and says so")
    func headerOnly() async throws {
        let workspace = try await Workspace.fresh()
        for text in [Results.header, Results.header + "\n", Results.header + "\r\n\r\n"] {
            try workspace.write(text, to: "results/bad.csv")
            let outcome = try await workspace.badge("issue", "results/bad.csv")
            #expect(outcome.code == 0)
            #expect(outcome.text.contains("awarded: 0"))
            #expect(outcome.speech.contains("badge: warning: results/bad.csv: NO_ROWS"))
        }
    }

    @Test("a file that is not there, or a folder, is refused, and the files before it stay issued")
    func missing() async throws {
        let workspace = try await Workspace.fresh()
        let alone = try await workspace.badge("issue", "results/none.csv")
        #expect(alone.code == 1)
        #expect(alone.speech.contains("results/none.csv: FILE_UNREADABLE"))
        #expect(try await workspace.badge("issue", "results").code == 1)
        let second = try await workspace.badge("issue", "results/sample.csv", "results/none.csv")
        #expect(second.code == 1)
        #expect(second.speech.contains("4 answers; those are recorded"))
        #expect(try Ledger(workspace).ids().count == 3)
        #expect(try await workspace.succeed("issue", "results/sample.csv").text.contains("awarded before: 3"))
    }

    @Test("columns in another order, other delimiters, CRLF and a byte order mark give the same badges")
    func spellings() async throws {
        let workspace = try await Workspace.fresh()
        let ids = try Ledger(try await Workspace.shared.value).ids()
        let rows = try workspace.text("results/sample.csv").split(separator: "\n").map {
            $0.split(separator: ",").map(String.init)
        }
        let order = [7, 3, 8, 0, 2, 1, 6, 4, 5]
        let swapped = rows.map { row in order.map { row[$0] } }
        var spellings = [";", "\t", ","].map { sign in
            swapped.map { $0.joined(separator: sign) }.joined(separator: "\n")
        }
        spellings[1] = "\u{FEFF}" + spellings[1].replacing("\n", "\r\n") + "\r\n"
        spellings.append(rows.map { row in row.map { "\"\($0)\"" }.joined(separator: ",") }.joined(separator: "\n"))
        for spelling in spellings {
            let workspace = try await Workspace.fresh()
            try workspace.write(spelling, to: "results/other.csv")
            let outcome = try await workspace.badge("issue", "results/other.csv")
            #expect(outcome.code == 0, "\(outcome.speech)")
            #expect(try Ledger(workspace).ids() == ids)
        }
        let piped = try await workspace.badge("issue", "-", input: try workspace.read("results/sample.csv"))
        #expect(piped.code == 0)
        #expect(try Ledger(workspace).ids() == ids)
    }

    @Test("a policy that is not there, or is none, ends the command before anything is read")
    func policies() async throws {
        let workspace = try await Workspace.fresh()
        let unknown = try await workspace.badge("issue", "results/sample.csv", "--policy", "algebra-9")
        #expect(unknown.code == 1)
        #expect(unknown.speech.contains("algebra-9: POLICY_MISSING"))
        #expect(unknown.speech.contains("badge: hint: "))
        let policy = try workspace.text("policies/algebra-1.yaml")
        let wrong = [
            ("award-policy/1", "award-policy/9", "POLICY_"), ("min_percent: 60", "min_percent: sixty", "POLICY_"),
            ("requirements:", "requirement:", "POLICY_UNKNOWN_KEY"), ("needs: exam", "needs: viva", "POLICY_REFERENCE"),
        ]
        for (old, new, code) in wrong {
            try workspace.write(policy.replacing(old, new), to: "policies/algebra-1.yaml")
            let outcome = try await workspace.badge("issue", "results/sample.csv")
            #expect(outcome.code == 1)
            #expect(outcome.speech.contains("badge: error: policies/algebra-1.yaml:"), "\(outcome.speech)")
            #expect(outcome.speech.contains(code), "\(outcome.speech)")
        }
        #expect(!FileTree.exists(workspace.file("ledger.sqlite")), "nothing was begun")
    }

    @Test("a policy that was used says the same for ever")
    func changedPolicy() async throws {
        let workspace = try await Workspace.published()
        let ids = try Ledger(workspace).ids()
        try workspace.edit("policies/algebra-1.yaml") { $0.replacing("min_percent: 60", "min_percent: 40") }
        try workspace.write(Results.file([Results.row(7)]), to: "results/later.csv")
        let outcome = try await workspace.badge("issue", "results/later.csv")
        #expect(outcome.code == 1)
        #expect(outcome.speech.contains("POLICY_CHANGED"))
        #expect(try Ledger(workspace).ids() == ids)
        try workspace.edit("policies/algebra-1.yaml") {
            $0.replacing("min_percent: 40", "min_percent: 60") + "# noted\n"
        }
        #expect(try await workspace.badge("issue", "results/later.csv").code == 0, "a comment changes nothing")
    }

    @Test("results of an exam that no policy is about are counted, and not lost without a word")
    func otherExam() async throws {
        let workspace = try await Workspace.fresh()
        try workspace.edit("results/sample.csv") { $0.replacing("R-0001,ALG-1", "R-0001,GEO-1") }
        let outcome = try await workspace.badge("issue", "results/sample.csv")
        #expect(outcome.code == 0)
        #expect(outcome.text.contains("of other exams: 1"))
        #expect(outcome.speech.contains("badge: warning: 1 results are of an exam that no policy is about"))
    }
}
