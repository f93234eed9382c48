import JSONCore
import OpenBadges
import Proofs
import Testing

/// The bits of a status list, and the text that they travel in.
@Suite("Status lists")
struct StatusListTests {
    @Test("the first entry is the left-most bit")
    func order() throws {
        var list = BitstringStatusList()
        try list.set(1, at: 0)
        try list.set(1, at: 15)
        #expect(list.bytes.prefix(3) == [0x80, 0x01, 0])
        try list.set(0, at: 0)
        #expect(list.bytes.prefix(2) == [0, 0x01])
        #expect(try list.value(at: 15) == 1)
        #expect(try list.value(at: 14) == 0)
    }

    @Test("what was written is what is read, for every size of entry", arguments: 1...31)
    func sizes(size: Int) throws {
        var list = BitstringStatusList(bytes: [UInt8](repeating: 0, count: 1000))
        var numbers = SeededNumbers(seed: UInt64(size))
        let values = (0..<list.entryCount(statusSize: size)).map { _ in
            UInt32.random(in: 0..<(UInt32(1) << UInt32(size)), using: &numbers)
        }
        for (index, value) in values.enumerated() { try list.set(value, at: index, statusSize: size) }
        #expect(try values.indices.map { try list.value(at: $0, statusSize: size) } == values)
        // An entry that is written again leaves its neighbours alone.
        for index in values.indices { try list.set(0, at: index, statusSize: size) }
        #expect(list.bytes.allSatisfy { $0 == 0 })
    }

    @Test(
        "an entry that the list does not have is out of range",
        arguments: [
            (-1, 1), (131_072, 1), (Int.max, 1), (Int.min, 1), (65_536, 2), (0, 0), (0, -1), (0, 32), (0, Int.max),
            (Int.max, Int.max),
        ]
    )
    func range(index: Int, size: Int) {
        var list = BitstringStatusList()
        #expect(#expect(throws: OpenBadgesError.self) { try list.value(at: index, statusSize: size) }?.code == .range)
        #expect(#expect(throws: OpenBadgesError.self) { try list.set(1, at: index, statusSize: size) }?.code == .range)
        #expect(list == BitstringStatusList())
    }

    @Test("a value that its entry has no room for is out of range")
    func room() {
        var list = BitstringStatusList(statusSize: 2)
        #expect(#expect(throws: OpenBadgesError.self) { try list.set(4, at: 0, statusSize: 2) }?.code == .range)
        #expect(throws: Never.self) { try list.set(3, at: 0, statusSize: 2) }
    }

    @Test("a list never has fewer entries than the specification wants, and never more than are read")
    func minimum() {
        #expect(BitstringStatusList().bytes.count == 16_384)
        #expect(BitstringStatusList(entries: 3).entryCount() == 131_072)
        #expect(BitstringStatusList(entries: 131_073).bytes.count == 16_385)
        #expect(BitstringStatusList(entries: 200_000, statusSize: 2).entryCount(statusSize: 2) == 200_000)
        #expect(BitstringStatusList(statusSize: 0).entryCount() == 131_072)
        #expect(BitstringStatusList(entries: .max, statusSize: 8).bytes.count == BitstringStatusList.maximumBytes)
        #expect(BitstringStatusList().entryCount(statusSize: 0) == 0)
    }

    @Test("the same bits are the same text, and the text is the bits")
    func text() throws {
        var list = BitstringStatusList()
        for index in [0, 1, 94_567, 131_071] { try list.set(1, at: index) }
        let text = try list.encoded()
        #expect(text.hasPrefix("uH4sI"))
        #expect(try text == list.encoded())
        #expect(try BitstringStatusList(encoded: text) == list)
    }

    @Test("a list of the older kind has no prefix, and may have padding and the other alphabet")
    func older() throws {
        var list = BitstringStatusList()
        for index in Swift.stride(from: 0, to: 131_072, by: 97) { try list.set(1, at: index) }
        let text = try String(list.encoded().dropFirst())
        let other = String(text.map { $0 == "-" ? "+" : $0 == "_" ? "/" : $0 })
        #expect(other != text)
        for form in [text, other, text + "=", other + "=="] {
            #expect(try BitstringStatusList(encoded: form, form: .statusList2021) == list)
        }
        #expect(throws: OpenBadgesError.self) { try BitstringStatusList(encoded: text) }
        #expect(throws: OpenBadgesError.self) { try BitstringStatusList(encoded: "u" + text, form: .statusList2021) }
    }

    @Test(
        "text that is no list is refused with the reason",
        arguments: [
            ("", "PARSING_ERROR"), ("u", "COMPRESSED_DATA_MALFORMED"), ("zH4sI", "PARSING_ERROR"),
            ("uH4sI=", "PARSING_ERROR"), ("u H4sI", "PARSING_ERROR"), ("uAAAA", "COMPRESSED_DATA_MALFORMED"),
            ("uH4sIAAAA", "COMPRESSED_DATA_TRUNCATED"),
        ]
    )
    func malformed(text: String, code: String) {
        let error = #expect(throws: OpenBadgesError.self) { try BitstringStatusList(encoded: text) }
        #expect(error?.code.rawValue == code)
    }

    @Test("a list that expands without end is stopped at its budget")
    func bomb() throws {
        let zeros = [UInt8](repeating: 0, count: BitstringStatusList.maximumBytes)
        #expect(
            try BitstringStatusList(encoded: BitstringStatusList(bytes: zeros).encoded()).bytes.count == zeros.count
        )
        let bomb = try BitstringStatusList(bytes: zeros + [0]).encoded()
        #expect(bomb.utf8.count < 32 << 10)
        let error = #expect(throws: OpenBadgesError.self) { try BitstringStatusList(encoded: bomb) }
        #expect(error?.code == .limitExceeded)
    }

    @Test("no mutation of a list crashes, or is another list", arguments: 0..<4 as Range<UInt64>)
    func mutations(seed: UInt64) throws {
        var numbers = SeededNumbers(seed: seed &+ 900)
        var list = BitstringStatusList()
        for index in 0..<40 { try list.set(1, at: index * 3_000) }
        let text = try Array(list.encoded().utf8)
        for _ in 0..<400 {
            let mutated = String(decoding: numbers.mutated(text), as: UTF8.self)
            for form in StatusListForm.allCases {
                guard let read = try? BitstringStatusList(encoded: mutated, form: form) else { continue }
                // The checksum holds the bits together: what can be read at all differs in gzip's own header.
                #expect(read == list)
            }
        }
    }
}
