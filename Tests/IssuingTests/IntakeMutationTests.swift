import Issuing
import JSONCore
import Testing

/// Bytes changed at random, from a seed, so that a failure can be seen again.
struct Mutator: RandomNumberGenerator {
    private var state: UInt64
    init(seed: UInt64) { state = seed }
    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
    mutating func mutate(_ bytes: [UInt8]) -> [UInt8] {
        var bytes = bytes
        for _ in 0..<Int.random(in: 1...4, using: &self) {
            let place = Int.random(in: 0...bytes.count, using: &self)
            let telling = Array("\",;\n\r\t{}[]:&*#-'%0e.\u{0}".utf8) + [0xFF, 0xC3, 0xEF]
            switch Int.random(in: 0..<4, using: &self) {
            case 0 where place < bytes.count: bytes.remove(at: place)
            case 1 where place < bytes.count: bytes[place] = UInt8.random(in: 0...255, using: &self)
            case 2: bytes.insert(telling.randomElement(using: &self) ?? 0, at: place)
            default: bytes.replaceSubrange(place..<min(place + 9, bytes.count), with: bytes.prefix(place).suffix(7))
            }
        }
        return bytes
    }
}

@Suite struct MutationTests {
    @Test("no change to a file crashes the reader, and every row's bytes are accounted for")
    func results() {
        let csv = Array((rows("score.percent,candidate.given", "87,Ada", "79.96,\"By\"\"r\non\"", "80 %,Žižek")).utf8)
        let ndjson = Array((NDJSONTests.full + "\n" + NDJSONTests.full.replacing("vue:1", with: "vue:2")).utf8)
        var mutator = Mutator(seed: 1)
        for round in 0..<4000 {
            let isCSV = round.isMultiple(of: 2)
            let bytes = mutator.mutate(isCSV ? csv : ndjson)
            let file = isCSV ? "a.csv" : "a.ndjson"
            let limits = IntakeLimits(fieldBytes: 300, rowBytes: 1200, chunkBytes: 64)
            // Whatever the pieces that it comes in, the answer is the same.
            let readings = [3, 4096].map { try? Intake(bytes, file: file, limits: limits, pieces: $0) }
            #expect(readings[0]?.codes == readings[1]?.codes)
            #expect(readings[0]?.results == readings[1]?.results)
            for problem in readings[1]?.problems ?? [] where problem.isHeld {
                #expect(Array(bytes[problem.range]) == problem.raw)
            }
        }
    }

    @Test("no change to a mapping or a policy crashes their readers") func documents() {
        let mapping = Array((MappingTests.start + "  score.percent: {column: Grade, unit: percent}\n").utf8)
        let policy = Array(PolicyTests.full.utf8)
        var mutator = Mutator(seed: 2)
        for _ in 0..<1500 {
            _ = try? ResultMapping(parsing: mutator.mutate(mapping), file: "map.yaml")
            _ = try? AwardPolicy(parsing: mutator.mutate(policy), file: "policy.yaml")
        }
    }

    @Test("aliases are refused before they can multiply") func aliases() throws {
        var text = "? &a0 [x, x]\n: x\n"
        for level in 1...40 { text += "? &a\(level) [*a\(level - 1), *a\(level - 1)]\n: x\n" }
        let error = #expect(throws: IssuingError.self) { try AwardPolicy(parsing: text.utf8, file: "policy.yaml") }
        #expect(error?.code == .policyUnsupported)
        #expect([error?.line, error?.column] == [3, 8])
        // What only looks like one is text.
        let criteria = PolicyTests.least.replacing("criteria: C", with: "criteria: R&D *x* AT & T &c")
        #expect(try PolicyTests.policy(criteria).achievement.criteria?.narrative == "R&D *x* AT & T &c")
    }

    @Test("deeply nested YAML is refused and does not crash") func nested() {
        for text in [String(repeating: "[", count: 100_000), String(repeating: "{a: ", count: 50_000)] {
            #expect(throws: IssuingError.self) { try AwardPolicy(parsing: text.utf8, file: "policy.yaml") }
        }
    }
}
