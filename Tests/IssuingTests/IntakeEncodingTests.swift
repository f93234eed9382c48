import Issuing
import Testing

/// Text that is not UTF-8, and rows of it that have to be mended.
@Suite("Intake of other encodings") struct EncodingTests {
    private static let map = """
        map:
          resultId: Id
          exam.id: {constant: ALG-1}
          candidate.email: Mail
          candidate.given: Name
          score.raw: Points

        """
    private let text = "Id;Mail;Name;Points\nr1;zoe@example.org;Zoë “€” Ø;7\nr2;bo@example.org;Bo;x\n"

    private func mapping(_ encoding: String) throws -> ResultMapping {
        try ResultMapping(parsing: "\(Self.map)encoding: \(encoding)\n".utf8, file: "map.yaml")
    }

    private func wide(_ text: String, isBigEndian: Bool) -> [UInt8] {
        text.utf16.flatMap { unit in
            let bytes = [UInt8(unit >> 8), UInt8(unit & 0xFF)]
            return isBigEndian ? bytes : bytes.reversed()
        }
    }

    @Test(
        "UTF-16 is read with and without its mark",
        arguments: [("utf-16", false), ("utf-16le", false), ("utf-16be", true), ("detect", false), ("detect", true)]
    ) func utf16(encoding: String, isBigEndian: Bool) throws {
        for mark in encoding.hasSuffix("e") ? ["", "\u{FEFF}"] : ["\u{FEFF}"] {
            let bytes = wide(mark + text.replacing("Ø", with: "😀"), isBigEndian: isBigEndian)
            let intake = try Intake(bytes, mapping: mapping(encoding))
            #expect(intake.results.first?.candidate.given == "Zoë “€” 😀")
            #expect(intake.codes == ["SCORE_NOT_A_NUMBER"])
        }
    }

    @Test("Windows-1252 and Latin-1 are read as they are, where the mapping says so") func singleBytes() throws {
        let bytes: [UInt8] = text.unicodeScalars.map { scalar in
            switch scalar {
            case "“": 0x93
            case "”": 0x94
            case "€": 0x80
            default: UInt8(truncatingIfNeeded: scalar.value)
            }
        }
        let intake = try Intake(bytes, mapping: mapping("windows-1252"))
        #expect(intake.results.first?.candidate.given == "Zoë “€” Ø")
        let latin = try Intake(bytes.map { (0x80..<0xA0).contains($0) ? 0x20 : $0 }, mapping: mapping("iso-8859-1"))
        #expect(latin.results.first?.candidate.given == "Zoë     Ø")
        // Nobody said so: what is no UTF-8 is a row's problem, not somebody's guess.
        let plain = try Intake(bytes, mapping: mapping("utf-8"))
        #expect(plain.codes == ["INVALID_UTF8", "SCORE_NOT_A_NUMBER"])
    }

    @Test("rows set aside are UTF-8 with its mark, and are read again by the same mapping") func again() throws {
        let intake = try Intake(wide(text, isBigEndian: false), mapping: mapping("utf-16le"))
        let aside = intake.header + (intake.problems.first?.raw ?? [])
        #expect(aside.starts(with: [0xEF, 0xBB, 0xBF]))
        let mended = String(decoding: aside, as: UTF8.self).replacing(";x\n", with: ";5\n")
        let again = try Intake(mended.utf8, mapping: mapping("utf-16le"))
        #expect(again.results.map(\.resultID) == ["r2"])
    }

    @Test("half a character at the end, and surrogates without their halves, are no crash") func broken() throws {
        let bytes = wide(text, isBigEndian: false) + [0x00, 0xD8, 0x41, 0x00, 0x00, 0xD8, 0x41]
        let intake = try Intake(bytes, mapping: mapping("utf-16le"))
        #expect(intake.results.map(\.resultID) == ["r1"])
    }
}
