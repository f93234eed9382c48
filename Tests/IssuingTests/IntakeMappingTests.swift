import Issuing
import Testing

@Suite struct MappingTests {
    static let start = "map:\n  resultId: Registration\n  exam.id: {constant: ALG-1}\n  candidate.email: E-mail\n"

    private func intake(_ rule: String, _ cells: String...) throws -> Intake {
        let text = cells.enumerated().reduce("Registration;E-mail;Grade;Notes\n") { text, cell in
            text + "r\(cell.offset);ada@x.org;\(cell.element);x\n"
        }
        return try Intake(text, map: Self.start + "  " + rule + "\n")
    }

    @Test("percentages are read with or without their sign, where the mapping says so") func percent() throws {
        let intake = try intake("score.percent: {column: Grade, unit: percent}", "80", "80 %", "79.96%", "0.80", "")
        #expect(intake.results.map { $0.score?.percent?.description } == ["80", "80", "79.96", "0.8", nil])
        #expect(intake.warnings.isEmpty)
        #expect(intake.results.allSatisfy { $0.exam.id == "ALG-1" })
    }

    @Test("fractions are read as such, exactly") func fraction() throws {
        let intake = try intake("score.percent: {column: Grade, unit: fraction}", "0.80", "0.7996", "1", "80", "80 %")
        #expect(intake.results.map { $0.score?.percent?.description } == ["80", "79.96", "100"])
        #expect(intake.codes == ["SCORE_ABOVE_MAXIMUM", "SCORE_UNIT_MISMATCH"])
    }

    @Test("ratios fill points and maximum", arguments: ["score.percent", "score.raw"]) func ratio(path: String) throws {
        let intake = try intake(
            "\(path): {column: Grade, unit: ratio}",
            "32/40",
            "31.984 / 40",
            "80",
            "41/40",
            "a/40",
            "1/2/3"
        )
        #expect(intake.results.map { $0.score?.percentText } == ["80", "79.96"])
        #expect(intake.results.first?.score?.raw == ExactDecimal(32))
        #expect(
            intake.codes == ["SCORE_UNIT_MISMATCH", "SCORE_ABOVE_MAXIMUM", "SCORE_NOT_A_NUMBER", "SCORE_UNIT_MISMATCH"]
        )
        #expect(intake.problems.allSatisfy { $0.column == 14 })
    }

    @Test("without a unit a mapped percentage is as ambiguous as ever") func noUnit() throws {
        let intake = try intake("score.percent: Grade", "80", "80 %", "0.80", "1", "0")
        #expect(intake.results.map { $0.score?.percent?.description } == ["80", "0"])
        #expect(intake.codes == Array(repeating: "SCORE_UNIT_AMBIGUOUS", count: 3))
    }

    @Test("words are translated, and only those that are listed") func values() throws {
        let intake = try intake(
            "passedExplicit: {column: Grade, values: {pass: true, fail: false}}",
            "pass",
            "fail",
            "Fail",
            ""
        )
        #expect(intake.results.map(\.passedExplicit) == [true, false, nil])
        #expect(intake.codes == ["VALUE_MALFORMED"])
    }

    @Test("an id can be joined of columns, so that no two meet") func joined() throws {
        let map = "delimiter: tab\nmap:\n  resultId: {join: [A, B]}\n  exam.id: {constant: X}\n  candidate.email: C\n"
        let intake = try Intake("A\tB\tC\n1:2\t3\ta@x.org\n1\t2:3\ta@x.org\n1\t\ta@x.org\n", map: map)
        #expect(intake.results.map(\.resultID) == ["1%3A2:3", "1:2%3A3"])
        #expect(intake.codes == ["RESULT_ID_MISSING"])
    }

    @Test("columns that a mapping names must be in the header, once") func header() throws {
        let map = Self.start + "  score.raw: Points\n"
        #expect(try fileError("Registration,E-mail,x\n".utf8, map: map)?.code == .columnMissing)
        #expect(try fileError("1,2,3\n".utf8, map: map)?.code == .headerMissing)
        #expect(try fileError("Registration,E-mail,Points,Points\n".utf8, map: map)?.code == .headerDuplicated)
        #expect(try Intake("Registration,E-mail,Points,x,x\nr1,a@x.org,5,,\n", map: map).results.count == 1)
    }

    @Test(
        "a wrong mapping is refused, with line and column",
        arguments: [
            ("map: [", "MAPPING_SYNTAX", 2, 1), ("", "MAPPING_SYNTAX", 1, 1), ("- a", "MAPPING_TYPE", 1, 1),
            ("mapp: {}", "MAPPING_UNKNOWN_KEY", 1, 1), ("map: {}", "MAPPING_KEY_MISSING", 1, 6),
            ("map:\n  score.percentage: Grade", "MAPPING_PATH_UNKNOWN", 2, 21),
            ("map:\n  score.percent: {column: Grade, unit: percents}", "MAPPING_TYPE", 2, 40),
            ("map:\n  score.percent: {colum: Grade}", "MAPPING_UNKNOWN_KEY", 2, 19),
            ("map:\n  exam.id: {column: A, constant: B}", "MAPPING_TYPE", 2, 12),
            ("map:\n  resultId: {constant: r1}", "MAPPING_TYPE", 2, 24),
            ("map:\n  exam.id: [A]", "MAPPING_TYPE", 2, 12),
            ("map:\n  status: {column: A, unit: percent}", "MAPPING_UNIT", 2, 11),
            ("map:\n  score.max: {column: A, unit: fraction}", "MAPPING_UNIT", 2, 14),
            ("map:\n  score.raw: {column: A, unit: ratio}\n  score.max: B", "MAPPING_UNIT", 3, 14),
            ("map:\n  exam.id: A\n  exam.id: B", "MAPPING_DUPLICATE_KEY", 2, 3),
            ("map: {}\nroster: people.csv", "MAPPING_TYPE", 2, 9),
            ("delimiter: '|'\nmap: {}", "MAPPING_TYPE", 1, 12),
        ]
    ) func wrong(text: String, code: String, line: Int, column: Int) throws {
        let thrown = #expect(throws: IssuingError.self) { try ResultMapping(parsing: text.utf8, file: "map.yaml") }
        let error = try #require(thrown)
        #expect(error.code.rawValue == code)
        #expect(error.file == "map.yaml")
        #expect([error.line, error.column] == [line, column])
    }
}
