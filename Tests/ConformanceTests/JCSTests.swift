import Glibc
import JSONCore
import Testing

/// The vectors of RFC 8785's author: documents, their canonical forms, and ten thousand doubles.
@Suite(
    "JCS, official vectors",
    .enabled(if: getenv("OPENBADGES_CONFORMANCE") != nil, "OPENBADGES_CONFORMANCE names no folder of official data")
)
struct JCSTests {
    /// The folder of the vectors; without it the suite is disabled.
    private static let folder = getenv("OPENBADGES_CONFORMANCE").map { String(cString: $0) + "/jcs" } ?? ""

    static let names = files(in: folder + "/input")

    @Test("a document has the canonical form of the official vector", arguments: names)
    func document(name: String) throws {
        let input = try #require(Self.read(Self.folder + "/input/" + name))
        let output = try #require(Self.read(Self.folder + "/output/" + name))
        #expect(try JSON(parsing: input).canonicalized() == output)
        // A canonical form is its own.
        #expect(try JSON(parsing: output).canonicalized() == output)
    }

    @Test("the canonical form is the one that the vectors give in hexadecimal", arguments: names)
    func hexadecimal(name: String) throws {
        let input = try #require(Self.read(Self.folder + "/input/" + name))
        let stem = name.split(separator: ".")[0]
        let text = try #require(Self.read(Self.folder + "/outhex/\(stem).txt"))
        let expected = String(decoding: text, as: UTF8.self).split(whereSeparator: \.isWhitespace)
            .map { UInt8($0, radix: 16) }
        #expect(try JSON(parsing: input).canonicalized() == expected)
    }

    @Test("all vectors are there")
    func complete() {
        #expect(Self.names.count == 6)
    }

    @Test("ten thousand doubles are written as ECMAScript writes them")
    func numbers() throws {
        let file = try #require(Self.read(Self.folder + "/es6testfile10k.txt"))
        let lines = file.split(separator: UInt8(ascii: "\n"))
        #expect(lines.count == 10_000)
        var failures = 0
        for line in lines {
            let parts = line.split(separator: UInt8(ascii: ","))
            let bits = try #require(UInt64(String(decoding: parts[0], as: UTF8.self), radix: 16))
            let expected = String(decoding: parts[1], as: UTF8.self)
            let number = JSONNumber(Double(bitPattern: bits))
            // The text reads back as the same double, so it is its own canonical form.
            let canonical = try JSON(parsing: parts[1]).canonicalized()
            if number.literal != expected || canonical != Array(parts[1]) { failures += 1 }
        }
        #expect(failures == 0)
    }

    private static func read(_ path: String) -> [UInt8]? {
        guard let file = fopen(path, "rb") else { return nil }
        defer { fclose(file) }
        var bytes: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: 65_536)
        while true {
            let count = fread(&chunk, 1, chunk.count, file)
            guard count > 0 else { return bytes }
            bytes += chunk[..<count]
        }
    }

    private static func files(in folder: String) -> [String] {
        guard let directory = opendir(folder) else { return [] }
        defer { closedir(directory) }
        var names: [String] = []
        while let entry = readdir(directory) {
            let name = withUnsafePointer(to: &entry.pointee.d_name) {
                $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
            }
            if name.hasSuffix(".json") { names.append(name) }
        }
        return names.sorted()
    }
}
