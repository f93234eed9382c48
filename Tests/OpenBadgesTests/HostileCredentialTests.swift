import JSONCore
import OpenBadges
import Testing

/// Credentials that are built to cost much: each is answered in bounded time, and none with a yes that is not due.
@Suite("Hostile credentials with embedded proofs", .timeLimit(.minutes(2)))
struct HostileCredentialTests {
    private static let link = Seal.contexts(and: ["p": ["@id": "https://exams.example.org/p", "@type": "@id"]])

    @Test("JSON of 1,000 levels is refused")
    func depth() async throws {
        let secured = try Seal.credential()
        let deep = String(repeating: "[", count: 1_000) + String(repeating: "]", count: 1_000)
        for place in ["credentialSubject", "@context", "proof", "flavour"] {
            var changed = secured
            changed[place] = "DEEP"
            let text = changed.text.split(separator: "\"DEEP\"", maxSplits: 1).joined(separator: deep)
            let report = await Exams.verify(Array(text.utf8), Seal.web())
            #expect(report.verdict == .rejected)
            #expect(report.codes.contains("PARSING_ERROR"))
        }
    }

    @Test("100 levels of linked data are verified or refused, and do not crash")
    func levels() async throws {
        var document = Exams.credential().json
        document["@context"] = Self.link
        document["p"] = (0..<100).reduce(["p": "https://exams.example.org/1"] as JSON) { inner, _ in ["p": inner] }
        document["proof"] = try Seal.credential()["proof"]
        #expect(!(await Seal.verify(document)).isVerified)
    }

    @Test("a poison graph of blank nodes costs a bounded time, and is not known rather than wrong")
    func poison() async throws {
        let names = (0..<12).map { "_:n\($0)" }
        var document = Exams.credential().json
        document["@context"] = Self.link
        document["p"] = .array(
            names.map { name in ["id": .string(name), "p": .array(names.filter { $0 != name }.map(JSON.string))] }
        )
        // Sixteen proofs over it must not cost sixteen times as much.
        document["proof"] = .array(Array(repeating: try #require(try Seal.credential()["proof"]), count: 16))
        let report = await Seal.verify(document)
        #expect(!report.isVerified)
        #expect(report.codes.contains("WORK_LIMIT"))
        #expect(report.answers.authentic == .unknown)
    }

    @Test("10,000 blank nodes that look alike are verified")
    func manyBlankNodes() async throws {
        var document = Exams.credential().json
        document["evidence"] = .array(Array(repeating: ["type": ["Evidence"], "name": "exam"], count: 10_000))
        let report = await Seal.verify(try Seal.json(document, by: Seal.signer()))
        #expect(report.isVerified, "\(report.problems)")
    }

    @Test("no change of a byte crashes the verifier, or is verified with another meaning")
    func mutations() async throws {
        let secured = try Seal.credential()
        let original = secured.serialized()
        var generator = SystemRandomNumberGenerator()
        for _ in 0..<100 {
            var bytes = original
            let index = Int.random(in: bytes.indices, using: &generator)
            switch Int.random(in: 0..<3, using: &generator) {
            case 0: bytes[index] = UInt8.random(in: 0...255, using: &generator)
            case 1: bytes.remove(at: index)
            default: bytes.insert(bytes[Int.random(in: bytes.indices, using: &generator)], at: index)
            }
            let report = await Exams.verify(bytes, Seal.web())
            guard report.isVerified, let changed = try? JSON(parsing: bytes) else { continue }
            #expect(changed == secured, "\(String(decoding: bytes, as: UTF8.self))")
        }
    }
}
