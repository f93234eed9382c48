import Issuing
import OpenBadges
import Testing

/// Somebody else's export as it really arrives: local dates, commas, rows that are no results.
@Suite("Intake of local spellings") struct LocalSpellingTests {
    private func read(_ mapping: String, _ text: String) throws -> (
        results: [ExamResult], codes: [String], skipped: Int
    ) {
        let map = """
            map:
              resultId: Id
              exam.id: {constant: ALG-1}
              candidate.email: Mail
              score.raw: Points
              endedAt: Ended

            """
        let mapping = try ResultMapping(parsing: (map + mapping).utf8, file: "map.yaml")
        let bytes = Array(text.utf8)
        var reader = try ResultReader(.bytes(bytes), file: "july.csv", mapping: mapping)
        var (results, codes): ([ExamResult], [String]) = ([], [])
        while let outcome = try reader.next() {
            switch outcome {
            case .result(let result, _): results.append(result)
            case .setAside(let problem): codes.append(problem.code.rawValue)
            case .duplicate: codes.append("DUPLICATE")
            }
        }
        return (results, codes, reader.skippedCount)
    }

    private func row(_ points: String, _ ended: String, id: String = "r1") -> String {
        "Id;Mail;Points;Ended\n\(id);ada@example.org;\(points);\(ended)\n"
    }

    @Test(
        "a local time is the instant that the clock showed it at",
        arguments: [
            ("2026-03-01 13:25:00", "2026-03-01T12:25:00Z"), ("2026-07-01T13:25", "2026-07-01T11:25:00Z"),
            ("2026-03-29 01:59:59", "2026-03-29T00:59:59Z"), ("2026-03-29 03:00:00", "2026-03-29T01:00:00Z"),
            ("2026-10-25 01:59:59", "2026-10-24T23:59:59Z"), ("2026-10-25 03:00:00", "2026-10-25T02:00:00Z"),
            // A date with a zone of its own keeps it.
            ("2026-07-01T13:25:00Z", "2026-07-01T13:25:00Z"),
        ]
    ) func zones(local: String, instant: String) throws {
        let (results, codes, _) = try read("timezone: Europe/Berlin", row("33", local))
        #expect(codes.isEmpty)
        #expect(results.first?.endedAt?.instant.description == instant)
        #expect(results.first?.tzAssumed == (local.hasSuffix("Z") ? nil : true))
    }

    @Test("an hour that the clock change repeats or leaves out is refused, unless the mapping says which is meant")
    func clockChange() throws {
        #expect(try read("timezone: Europe/Berlin", row("33", "2026-10-25 02:30:00")).codes == ["DATE_AMBIGUOUS"])
        #expect(try read("timezone: Europe/Berlin", row("33", "2026-03-29 02:30:00")).codes == ["DATE_NONEXISTENT"])
        for (word, instant) in [("earlier", "2026-10-25T00:30:00Z"), ("later", "2026-10-25T01:30:00Z")] {
            let mapping = "timezone: Europe/Berlin\nambiguous: \(word)"
            let read = try read(mapping, row("33", "2026-10-25 02:30:00"))
            #expect(read.results.first?.endedAt?.instant.description == instant)
        }
        #expect(try read("", row("33", "2026-03-01 13:25:00")).codes == ["DATE_WITHOUT_ZONE"])
    }

    @Test(
        "dates are read as the mapping says, and never guessed",
        arguments: [
            ("%d.%m.%Y %H:%M", "01.03.2026 13:25", "2026-03-01T13:25:00Z"),
            ("%m/%d/%Y %H:%M:%S", "03/01/2026 13:25:07", "2026-03-01T13:25:07Z"),
            ("%d %b %Y, %I:%M %p", "1 March 2026, 1:25 PM", "2026-03-01T13:25:00Z"),
            ("%m/%d/%y", "03/01/26", "2026-03-01T00:00:00Z"),
        ]
    ) func patterns(pattern: String, local: String, instant: String) throws {
        let mapping = "timezone: UTC\ndates: \"\(pattern)\""
        let good = try read(mapping, row("33", "\"\(local)\""))
        #expect(good.results.first?.endedAt?.instant.description == instant)
        #expect(try read(mapping, row("33", "2026-03-01 13:25:00")).codes == ["DATE_MALFORMED"])
        #expect(try read(mapping, row("33", "\"\(local)x\"")).codes == ["DATE_MALFORMED"])
    }

    @Test("a decimal comma is one where the mapping says so, and a point is not") func commas() throws {
        let good = try read("decimal: comma", row("79,96", "2026-03-01T13:25:00Z"))
        #expect(good.results.first?.score?.raw == ExactDecimal("79.96"))
        #expect(try read("decimal: comma", row("79.96", "2026-03-01T13:25:00Z")).codes == ["SCORE_NOT_A_NUMBER"])
        #expect(try read("decimal: comma", row("1.079,96", "2026-03-01T13:25:00Z")).codes == ["SCORE_NOT_A_NUMBER"])
        #expect(try read("", row("79,96", "2026-03-01T13:25:00Z")).codes == ["SCORE_NOT_A_NUMBER"])
    }

    @Test("rows that are no results are passed over, and nothing else is") func skips() throws {
        let text = """
            Id;Mail;Points;Ended
            Points Possible;;40;
            r1;ada@example.org;33;2026-03-01T13:25:00Z
            Overall average;;33;
            r2;bob@example.org;x;2026-03-01T13:25:00Z

            """
        let mapping = "skip: [{column: Id, prefix: Points}, {column: Id, equals: [Overall average]}]"
        let read = try read(mapping, text)
        #expect(read.results.map(\.resultID) == ["r1"])
        #expect(read.codes == ["SCORE_NOT_A_NUMBER"])
        #expect(read.skipped == 2)
    }

    @Test(
        "a mapping that says what cannot be is refused with its line",
        arguments: [
            ("timezone: Europe/Nowhere", "MAPPING_TYPE"), ("timezone: UTC\nmonths: [a, b]", "MAPPING_TYPE"),
            ("timezone: UTC\ndates: \"%d.%Q\"", "MAPPING_TYPE"), ("decimal: semicolon", "MAPPING_TYPE"),
            ("skip: [{column: Id}]", "MAPPING_KEY_MISSING"), ("timezone: UTC\nambiguous: both", "MAPPING_TYPE"),
            ("roster: file", "MAPPING_TYPE"), ("encoding: ebcdic", "MAPPING_TYPE"),
            ("melt: {match: '('}", "MAPPING_TYPE"),
            ("items: [{match: '^Q'}]", "MAPPING_TYPE"),
        ]
    ) func wrong(mapping: String, code: String) throws {
        let error = #expect(throws: IssuingError.self) { try read(mapping, row("33", "2026-03-01T13:25:00Z")) }
        #expect(error?.code.rawValue == code)
        #expect((error?.line ?? 0) >= 7)
    }
}
