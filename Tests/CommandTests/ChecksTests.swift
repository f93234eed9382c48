import JSONCore
import Testing

@Suite("badge checks")
struct ChecksTests {
    @Test("a code is explained: where it is reported, what follows, what to do")
    func explains() async throws {
        let outcome = try await BadgeCommand.run(["checks", "key_not_bound"], in: "/")
        #expect(outcome.code == 0)
        #expect(outcome.text.hasPrefix("KEY_NOT_BOUND "))
        #expect(outcome.text.contains("leaves open"))
        #expect(outcome.text.contains("What to do: "))
    }

    @Test("with --json a code is one object, and the list a rule a line")
    func printsJSON() async throws {
        let one = try await BadgeCommand.run(["checks", "REVOKED", "--json"], in: "/")
        let json = try JSON(parsing: Array(one.text.utf8))
        #expect(json["code"] == "REVOKED")
        #expect(json["rules"]?[0]?["consequence"] == "rejects")
        #expect(json["advice"]?.string?.isEmpty == false)

        let all = try await BadgeCommand.run(["checks", "--json"], in: "/")
        let rules = try all.text.split(separator: "\n").map { try JSON(parsing: Array($0.utf8)) }
        #expect(rules.count > 100)
        #expect(rules.allSatisfy { $0["check"] != nil && $0["codes"]?.array?.isEmpty == false })
    }

    @Test("a code that no report bears ends in 1, with where to look")
    func unknownCode() async throws {
        let outcome = try await BadgeCommand.run(["checks", "NO_SUCH_CODE"], in: "/")
        #expect(outcome.code == 1)
        #expect(outcome.output.isEmpty)
        #expect(outcome.speech.contains("badge: hint: badge checks lists them all"))
    }
}
