import Cryptography
import JSONCore
import LinkedData
import Testing

/// The W3C test suite of RDF Dataset Canonicalization.
@Suite("RDFC-1.0, official tests", .enabled(if: OfficialData.isThere, "\(OfficialData.reason)"))
struct RDFC10Tests {
    static let tests: [RDFC10Test] =
        ((try? OfficialData.json("rdfc10/manifest.jsonld"))?["entries"]?.array ?? []).map { RDFC10Test(entry: $0) }

    @Test("the manifest is whole, and every exception names a test")
    func complete() {
        #expect(Self.tests.count == 71)
        #expect(KnownExceptions.names(in: "rdfc10").allSatisfy { id in Self.tests.contains { $0.id == id } })
    }

    @Test("a dataset is canonicalized as the official test says", arguments: tests)
    func canonicalize(test: RDFC10Test) throws {
        try KnownExceptions.check("rdfc10", test.id) {
            let dataset = try NQuads.parse(try test.file("action"))
            do {
                let canonical = try RDFC10.canonicalize(dataset, digest: test.digest)
                switch test.kind {
                case "rdfc:RDFC10EvalTest":
                    return canonical.nquads == (try test.file("result")) ? nil : "other N-Quads"
                case "rdfc:RDFC10MapTest":
                    let expected = try JSON(parsing: try test.file("result")).object ?? [:]
                    let identifiers = canonical.issuedIdentifiers
                    let isSame =
                        identifiers.count == expected.count
                        && expected.allSatisfy { identifiers[$0.key] == $0.value.string }
                    return isSame ? nil : "other identifiers"
                default:
                    return "should be refused"
                }
            } catch let error as LinkedDataError {
                let isRefused = test.kind == "rdfc:RDFC10NegativeEvalTest" && error.code == .workLimit
                return isRefused ? nil : "failed: \(error)"
            }
        }
    }
}

/// One test of the RDFC-1.0 test suite.
struct RDFC10Test: Sendable, CustomTestStringConvertible {
    fileprivate let entry: JSON

    var id: String { entry["id"]?.string ?? "" }
    var kind: String { entry["type"]?.string ?? "" }
    var testDescription: String { "\(id) \(entry["name"]?.string ?? "")" }
    var digest: DigestAlgorithm { entry["hashAlgorithm"]?.string == "SHA384" ? .sha384 : .sha256 }

    func file(_ member: String) throws -> [UInt8] {
        try OfficialData.bytes("rdfc10/" + (entry[member]?.string ?? ""))
    }
}
