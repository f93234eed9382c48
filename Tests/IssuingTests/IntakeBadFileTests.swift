import Issuing
import Testing

@Suite struct BadFileTests {
    @Test(
        "a file that is no results file is refused with its reason",
        arguments: [
            ("", "results.csv", "FILE_EMPTY"), ("\n \r\n\t", "results.csv", "FILE_EMPTY"),
            ("\u{FEFF}", "results.csv", "FILE_EMPTY"), ("", "results.ndjson", "FILE_EMPTY"),
            ("r1,ALG-1,ada@example.org,87\n", "results.csv", "HEADER_MISSING"),
            ("Name;Grade\nAda;1\n", "results.csv", "HEADER_MISSING"),
            ("resultId,exam.id,score.raw\n", "results.csv", "COLUMN_MISSING"),
            ("resultId,exam.id,candidate.email,exam.id\n", "results.csv", "HEADER_DUPLICATED"),
            ("resultId,\"exam.id,candidate.email\n", "results.csv", "HEADER_MALFORMED"),
            ("resultId,exam\".id,candidate.email\n", "results.csv", "HEADER_MALFORMED"),
            ("resultId,exam.id,candidate.email\u{0}\n", "results.csv", "HEADER_MALFORMED"),
            ("PK\u{3}\u{4}…", "results.xlsx", "FORMAT_REFUSED"), ("%PDF-1.7", "results.pdf", "FORMAT_REFUSED"),
        ]
    ) func refused(text: String, file: String, code: String) throws {
        let error = try #require(try fileError(text.utf8, file: file))
        #expect(error.code.rawValue == code)
        #expect(error.file == file)
    }

    @Test("a missing header shows nothing of the row that stands in its place") func noPersonalData() throws {
        let error = try #require(try fileError("r1,ALG-1,ada@example.org,Byron\n".utf8))
        #expect(!"\(error) \(error.hint ?? "")".contains("ada"))
        #expect(error.hint?.contains("candidate.email") == true)
    }

    @Test("a missing column is named") func missingColumn() throws {
        let error = try #require(try fileError("exam.id,score.raw\n".utf8))
        #expect(error.detail.contains("\"resultId\", \"candidate.email\""))
    }

    @Test("UTF-16 is refused with the command that converts it") func wideText() throws {
        let text = rows("score.percent", "87")
        let little = text.utf16.flatMap { [UInt8($0 & 0xFF), UInt8($0 >> 8)] }
        let big = text.utf16.flatMap { [UInt8($0 >> 8), UInt8($0 & 0xFF)] }
        for bytes in [little, big, [0xFF, 0xFE] + little, [0xFE, 0xFF] + big, [0xFF, 0xFE, 0, 0, 0x72, 0, 0, 0]] {
            for file in ["results.csv", "results.ndjson"] {
                let error = try #require(try fileError(bytes, file: file))
                #expect(error.code == .encodingRefused)
                #expect(error.hint?.contains("iconv -f UTF-") == true)
                #expect(error.hint?.contains("-t UTF-8") == true)
            }
        }
    }

    @Test("a file that is not there, and a folder, are unreadable", arguments: ["/nonexistent/x.csv", "/tmp"])
    func unreadable(path: String) {
        var code: IssuingError.Code?
        do throws(IssuingError) {
            _ = try ResultReader(path: path)
        } catch {
            code = error.code
        }
        #expect(code == .fileUnreadable)
    }

    @Test("more rows than the budget end the reading") func rowBudget() throws {
        let error = #expect(throws: IssuingError.self) {
            try Intake(rows("status", "graded", "graded", "graded"), limits: IntakeLimits(rows: 2))
        }
        #expect(error?.code == .tooManyRows)
    }

    @Test("more columns than the budget are refused") func columnBudget() throws {
        let header = "resultId,exam.id,candidate.email" + String(repeating: ",", count: 5000)
        #expect(try fileError(header.utf8)?.code == .headerMalformed)
    }
}
