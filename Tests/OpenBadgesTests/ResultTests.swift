import JSONCore
import OpenBadges
import Testing

/// Results against their descriptions: what no other verifier looks at.
@Suite("Results")
struct ResultTests {
    private static let id = Exams.algebra.id + "#score"

    private func report(_ result: Result, _ description: ResultDescription?) async throws -> VerificationReport {
        var achievement = Exams.algebra
        achievement.resultDescriptions = description.map { [$0] } ?? []
        var subject = AchievementSubject(id: "urn:uuid:1", achievement: achievement)
        subject.results = [Result(resultDescription: nil, value: "beside it"), result]
        return await Exams.verify(try Exams.jwt(Exams.credential(subject: subject, achievement: achievement)))
    }

    private static func percent(required: String? = nil) -> ResultDescription {
        var description = ResultDescription(id: id, name: "Score", resultType: "Percent")
        description.valueMin = "0"
        description.valueMax = "100"
        description.requiredValue = required
        return description
    }

    private static func grade(required: String? = nil) -> ResultDescription {
        var description = ResultDescription(id: id, name: "Grade", resultType: "LetterGrade")
        description.allowedValues = ["F", "D", "C", "B", "A"]
        description.requiredValue = required
        return description
    }

    private func expect(
        _ value: String,
        _ description: ResultDescription,
        good: Bool,
        sourceLocation: SourceLocation = #_sourceLocation
    ) async throws {
        let report = try await report(Result(resultDescription: Self.id, value: value), description)
        if good {
            #expect(report.isVerified, "\(report.problems)", sourceLocation: sourceLocation)
        } else {
            #expect(report.verdict == .rejected, sourceLocation: sourceLocation)
            #expect(report.answers.content == .violates, sourceLocation: sourceLocation)
            #expect(report.answers.authentic == .yes, sourceLocation: sourceLocation)
            #expect(report.codes == ["RESULT_INCONSISTENT"], sourceLocation: sourceLocation)
            #expect(
                report.problems.first?.path?.description == "/credentialSubject/result/1/value",
                sourceLocation: sourceLocation
            )
        }
    }

    static let numbers: [(String, String?, Bool)] = [
        ("0", nil, true), ("100", nil, true), ("87.5", nil, true), ("-0.01", nil, false), ("100.01", nil, false),
        ("101", nil, false), ("1e3", nil, false), ("80", "80", true), ("79.96", "80", false), ("80.0", "80", true),
        ("9", "80", false), ("100", "80", true),
    ]

    @Test("a number lies within its bounds, and reaches what is required", arguments: numbers)
    func number(value: String, required: String?, good: Bool) async throws {
        try await expect(value, Self.percent(required: required), good: good)
    }

    @Test("what is no number lies within no bounds", arguments: ["nan", "NaN", "many", "", "80 x", "0x50", "1_0"])
    func noNumber(value: String) async throws {
        let report = try await report(Result(resultDescription: Self.id, value: value), Self.percent(required: "60"))
        #expect(report.codes == ["RESULT_INCONSISTENT"])
    }

    @Test("a percentage may have its sign")
    func sign() async throws {
        for (value, isGood) in [("80 %", true), ("80%", true), ("59 %", false), ("101%", false)] {
            let report = try await report(
                Result(resultDescription: Self.id, value: value),
                Self.percent(required: "60")
            )
            #expect(report.isVerified == isGood, "\(value)")
        }
    }

    @Test("a score is compared exactly, not as a binary fraction")
    func exact() async throws {
        let value = "79.99999999999999999999"
        let report = try await report(Result(resultDescription: Self.id, value: value), Self.percent(required: "80"))
        #expect(report.codes == ["RESULT_INCONSISTENT"])
    }

    static let grades: [(String, String?, Bool)] = [
        ("A", nil, true), ("F", nil, true), ("E", nil, false), ("a", nil, false), ("", nil, false),
        ("C", "C", true), ("A", "C", true), ("D", "C", false), ("F", "C", false),
    ]

    @Test("a grade is one of those allowed, in their order", arguments: grades)
    func grade(value: String, required: String?, good: Bool) async throws {
        try await expect(value, Self.grade(required: required), good: good)
    }

    @Test("a single allowed value may stand without a list")
    func singleAllowedValue() async throws {
        var description = ResultDescription(id: Self.id, name: "Outcome", resultType: "Status")
        description.members["allowedValue"] = "Passed"
        try await expect("Passed", description, good: true)
        try await expect("Failed", description, good: false)
    }

    @Test("a description that the achievement does not have describes nothing")
    func unknownDescription() async throws {
        for description in [nil, Self.percent()] {
            let report = try await report(Result(resultDescription: Self.id + "-other", value: "1"), description)
            #expect(report.verdict == .rejected)
            #expect(report.codes == ["RESULT_INCONSISTENT"])
            #expect(report.problems.first?.path?.description == "/credentialSubject/result/1/resultDescription")
        }
    }

    @Test("the level that was achieved is one of the description's")
    func level() async throws {
        var description = ResultDescription(id: Self.id, name: "Rubric", resultType: "RubricCriterionLevel")
        description.rubricCriterionLevels = [
            RubricCriterionLevel(id: "urn:uuid:low", name: "Novice"),
            RubricCriterionLevel(id: "urn:uuid:high", name: "Mastered"),
        ]
        description.requiredLevel = "urn:uuid:high"
        for (level, good) in [("urn:uuid:high", true), ("urn:uuid:other", false)] {
            var result = Result(resultDescription: Self.id, value: "x")
            result.value = nil
            result.achievedLevel = level
            let report = try await report(result, description)
            #expect(report.isVerified == good)
            guard !good else { continue }
            #expect(report.codes == ["RESULT_INCONSISTENT"])
            #expect(report.problems.first?.path?.description == "/credentialSubject/result/1/achievedLevel")
        }
    }

    @Test("a level of another description of the achievement is odd, and no contradiction")
    func othersLevel() async throws {
        var rubric = ResultDescription(id: Self.id + "-rubric", name: "Rubric", resultType: "RubricCriterionLevel")
        rubric.rubricCriterionLevels = [RubricCriterionLevel(id: "urn:uuid:high", name: "Mastered")]
        var achievement = Exams.algebra
        achievement.resultDescriptions = [Self.percent(), rubric]
        var subject = AchievementSubject(id: "urn:uuid:1", achievement: achievement)
        var result = Result(resultDescription: Self.id, value: "80")
        result.achievedLevel = "urn:uuid:high"
        subject.results = [result]
        let report = await Exams.verify(try Exams.jwt(Exams.credential(subject: subject, achievement: achievement)))
        #expect(report.isVerified, "\(report.problems)")
        #expect(report.problem("RESULT_INCONSISTENT")?.severity == .warning)
    }

    @Test("the report repeats each result with what was required")
    func reported() async throws {
        let report = try await report(Result(resultDescription: Self.id, value: "87"), Self.percent(required: "60"))
        let results = try #require(report.claims?.results)
        #expect(results.map(\.value) == ["beside it", "87"])
        #expect(results.last?.name == "Score")
        #expect(results.last?.type == "Percent")
        #expect(results.last?.required == "60")
    }
}
