import Issuing
import OpenBadges
import Testing

@Suite("What holds of every policy") struct DecisionPropertyTests {
    /// A sequence that looks random and is the same each time (SplitMix64).
    struct Dice: RandomNumberGenerator {
        var state: UInt64
        mutating func next() -> UInt64 {
            state &+= 0x9E37_79B9_7F4A_7C15
            var value = state
            value = (value ^ (value >> 30)) &* 0xBF58_476D_1CE4_E5B9
            value = (value ^ (value >> 27)) &* 0x94D0_49BB_1331_11EB
            return value ^ (value >> 31)
        }
    }

    private static func facts(_ dice: inout Dice) throws -> [ExamResult] {
        var facts: [ExamResult] = []
        for number in 0..<Int.random(in: 1...9, using: &dice) {
            var record: ExamResult
            let day = Int.random(in: 1...20, using: &dice)
            let at = "2026-02-\(day < 10 ? "0" : "")\(day)T10:00:00Z"
            switch Int.random(in: 0..<7, using: &dice) {
            case 0: record = try SoftSkillPolicy.module(at, Bool.random(using: &dice) ? .completed : .inProgress)
            case 1: record = try SoftSkillPolicy.quiz("q", String(Int.random(in: 70...90, using: &dice)), at)
            case 2: record = try SoftSkillPolicy.survey()
            case 3:
                record = try SoftSkillPolicy.recommendation(Bool.random(using: &dice) ? "ada@example.org" : "g@x.org")
            case 4: record = try SoftSkillPolicy.invitation(at)
            case 5:
                record = try SoftSkillPolicy.exam("x", String(Int.random(in: 28...40, using: &dice)), start: nil, at)
            default:
                record = try SoftSkillPolicy.board(Bool.random(using: &dice) ? "satisfactory" : "unsatisfactory", at)
            }
            record.resultID = "f\(number)"
            facts.append(record)
        }
        return facts
    }

    private static let simple = """
        policy: award-policy/1
        id: p1
        achievement: {id: a, name: A}
        facts:
          module: {kind: completion, match: {activity: CT-module}}
          equiz: {kind: score, match: {exam: CT-equiz}}
          mentor: {kind: recommendation, match: {role: mentor}, distinct_from: subject}
          cpe: {kind: score, match: {exam: CT-cpe}}
          item41: {kind: performance, match: {exam: CT-cpe, item: "41"}}
        requirements:
          - {id: r1, needs: module, status: completed}
          - {id: r2, needs: equiz, score: {min_percent: 80}, after: r1}
          - {id: r3, needs: mentor, decision: recommend}
          - {id: r4, any_of: [{needs: cpe, score: {min_percent: 80}}, {needs: item41, rubric: {min: satisfactory}}]}
        award: {dated: r2.at}
        """

    @Test("the order of the facts never matters", arguments: 0..<4) func order(round: UInt64) throws {
        var dice = Dice(state: round)
        for policy in [try SoftSkillPolicy.policy(), try PolicyTests.policy(Self.simple)] {
            for _ in 0..<200 {
                let facts = try Self.facts(&dice)
                #expect(policy.decide(facts) == policy.decide(facts.shuffled(using: &dice)))
            }
        }
    }

    @Test("without not, attempts, sittings and maxima, one more fact never takes an award away", arguments: 0..<4)
    func monotone(round: UInt64) throws {
        var dice = Dice(state: 1000 + round)
        let policy = try PolicyTests.policy(Self.simple)
        var awards = 0
        for _ in 0..<1500 {
            let facts =
                try Self.facts(&dice)
                + Self.facts(&dice).map { fact in
                    var fact = fact
                    fact.resultID += "'"
                    return fact
                }
            guard facts.count > 1, policy.decide(Array(facts.dropLast())).decision == .award else { continue }
            awards += 1
            #expect(policy.decide(facts).decision != .deny)
        }
        #expect(awards > 10)
    }

    @Test("a date before a fact ignores it", arguments: 0..<2) func asOf(round: UInt64) throws {
        var dice = Dice(state: 2000 + round)
        let policy = try SoftSkillPolicy.policy()
        for _ in 0..<200 {
            let facts = try Self.facts(&dice)
            let cut = try #require(Timestamp("2026-02-10T12:00:00Z"))
            let before = facts.filter { ($0.at?.instant ?? cut) <= cut }
            let decision = policy.decide(facts, asOf: cut)
            #expect(decision.requirements == policy.decide(before).requirements || before.isEmpty)
        }
    }

    @Test("records of one time are taken by their ids") func ties() throws {
        let policy = try PolicyTests.policy(PolicyTests.least.replacing("min_raw: 32", with: "min_percent: 80"))
        let twins = ["b", "a", "c"].map { id in
            var result = ExamResult(resultID: id, exam: .init(id: "ALG-1"), candidate: .init(email: "ada@example.org"))
            result.score = .init(percent: ExactDecimal(90))
            result.endedAt = try? .init(parsing: "2026-03-01T13:25:00Z")
            return result
        }
        #expect(policy.decide(twins).record == "a")
        #expect(policy.decide(twins, datedBy: "c").record == "c")
    }

    @Test("more records than can be tried hold") func tooMany() throws {
        let policy = try PolicyTests.policy(Self.simple)
        var facts: [ExamResult] = []
        for number in 0..<20 {
            facts.append(try SoftSkillPolicy.module())
            facts.append(try SoftSkillPolicy.quiz("q", "85"))
            facts.append(try SoftSkillPolicy.recommendation())
            facts.append(try SoftSkillPolicy.exam())
            for index in facts.indices.suffix(4) { facts[index].resultID += "-\(number)" }
        }
        let decision = policy.decide(facts)
        #expect(decision.decision == .hold && decision.code == .tooManyRecords)
    }
}
