import JSONCore
import Testing

/// A generator that gives the same numbers in each run, so that a failure can be repeated.
struct Seeded: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) {
        // A state of zero would stay zero.
        state = seed &* 0x0123_4567_89AB_CDEF | 1
    }

    mutating func next() -> UInt64 {
        state ^= state << 13
        state ^= state >> 7
        state ^= state << 17
        return state
    }
}

/// Broken documents by the thousand: the parser may refuse or accept them, but never crash, and what it accepts it
/// must be able to write and read again.
@Suite("Mutated documents")
struct MutationTests {
    static let documents = [
        #"{"@context":["https://www.w3.org/ns/credentials/v2"],"id":"urn:x","type":["VerifiableCredential"],"n":-12.50e+3}"#,
        #"{"name":"Ünïcödé 日本 😀","escaped":"\"\\\/\b\f\n\r\t\u00e9\ud83d\ude00","list":[true,false,null,[],{}]}"#,
        "{" + (0..<24).map { "\"member \($0)\":{\"\($0)\":[\($0)]}" }.joined(separator: ",\n") + "}",
        "[[[[[[[[1.0e-5,-0,\"\"]]]]]],{\"a\":{\"b\":{\"c\":\"d\"}}}]]",
    ]

    @Test("mutated documents never crash the parser", arguments: documents, [1, 2, 3] as [UInt64])
    func mutate(document: String, seed: UInt64) throws {
        var random = Seeded(seed: seed)
        let original = Array(document.utf8)
        let alphabet = Array("{}[]\",:\\u0eE+-.dD8tfn \n\u{0}é".utf8) + [0xFF, 0xC3, 0xED, 0xF0]
        var accepted = 0
        for _ in 0..<4_000 {
            var bytes = original
            for _ in 0...Int.random(in: 0..<4, using: &random) {
                let place = Int.random(in: 0..<max(bytes.count, 1), using: &random)
                switch Int.random(in: 0..<6, using: &random) {
                case 0 where !bytes.isEmpty: bytes[place] = UInt8.random(in: .min ... .max, using: &random)
                case 1 where !bytes.isEmpty: bytes[place] = alphabet.randomElement(using: &random) ?? 0
                case 2 where !bytes.isEmpty: bytes.remove(at: place)
                case 3: bytes.insert(alphabet.randomElement(using: &random) ?? 0, at: place)
                case 4: bytes.removeLast(bytes.count - place)
                default: bytes += bytes[min(place, bytes.count)...]
                }
            }
            let outcome = Result { () throws(JSONError) in try JSON(parsing: bytes) }
            switch outcome {
            case .success(let value):
                accepted += 1
                #expect(try JSON(parsing: value.serialized()) == value)
                #expect(try JSON(parsing: value.serialized(.pretty)) == value)
                _ = try? value.canonicalized()
            case .failure(let error):
                #expect((0...bytes.count).contains(try #require(error.offset)))
                #expect(try #require(error.line) >= 1)
                #expect(try #require(error.column) >= 1)
                #expect(JSONPointer(error.path.description) == error.path)
            }
        }
        // Otherwise the test would not reach the half that reads back.
        #expect(accepted > 0)
    }

    @Test("each prefix of a document is refused", arguments: documents)
    func truncate(document: String) {
        let bytes = Array(document.utf8)
        for count in bytes.indices {
            #expect(throws: JSONError.self) { try JSON(parsing: bytes[..<count]) }
        }
    }

    @Test("a broken byte in a long string is found wherever it stands")
    func alignment() {
        for count in 0..<40 {
            for place in 0...count {
                for byte: UInt8 in [0x00, 0x1F, 0x0A, 0x80, 0xFF, 0xC3] {
                    var bytes = [UInt8](repeating: UInt8(ascii: "x"), count: count)
                    bytes.insert(byte, at: place)
                    let quote = UInt8(ascii: "\"")
                    let error = #expect(throws: JSONError.self) { try JSON(parsing: [quote] + bytes + [quote]) }
                    #expect(error?.offset == place + 1)
                }
            }
        }
    }
}
