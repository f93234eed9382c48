/// A ZIP archive at hand (APPNOTE 6.3): the files that its directory lists, each inflated when it is asked for.
///
/// It is read by its central directory. Archives of several disks, encrypted entries and ZIP64 are refused.
package struct ZIPArchive: Sendable {
    /// A file of the archive.
    package struct Entry: Sendable {
        /// The path as the archive spells it.
        package let name: String
        /// How many bytes it has when it is inflated, by the directory's word.
        package let size: Int
        fileprivate let method: UInt16
        fileprivate let packedSize: Int
        fileprivate let checksum: UInt32
        fileprivate let headerOffset: Int
    }

    /// Why an archive, or an entry, cannot be read.
    package struct Failure: Error, Sendable {
        package let detail: String
    }

    /// The files, in the directory's order; folders are left out.
    package let entries: [Entry]
    private let bytes: [UInt8]

    /// Directories are looked at up to here. An export has three files, a document some dozens.
    private static let maximumEntries = 4096

    package init(_ bytes: [UInt8]) throws(Failure) {
        self.bytes = bytes
        let reader = LittleEndian(bytes)
        // The end record, from behind: 22 bytes and a comment of at most 65,535.
        let least = max(0, bytes.count - 22 - 65_535)
        var place = bytes.count - 22
        while place >= least, reader.word(place) != 0x0605_4B50 { place -= 1 }
        guard place >= least, let count = reader.half(place + 10), let start = reader.word(place + 16) else {
            throw Failure(detail: "the archive has no directory; it may be cut off")
        }
        guard count < Self.maximumEntries, start != 0xFFFF_FFFF else {
            throw Failure(detail: "the archive has more files, or is larger, than is read")
        }
        var entries: [Entry] = []
        var offset = Int(start)
        for _ in 0..<count {
            guard reader.word(offset) == 0x0201_4B50, let flags = reader.half(offset + 8),
                let method = reader.half(offset + 10), let checksum = reader.word(offset + 16),
                let packed = reader.word(offset + 20), let size = reader.word(offset + 24),
                let nameLength = reader.half(offset + 28), let extraLength = reader.half(offset + 30),
                let commentLength = reader.half(offset + 32), let header = reader.word(offset + 42),
                let name = reader.slice(offset + 46, Int(nameLength))
            else { throw Failure(detail: "the archive's directory is damaged") }
            guard flags & 1 == 0 else { throw Failure(detail: "the archive is encrypted") }
            let text = String(decoding: name, as: UTF8.self)
            if !text.hasSuffix("/") {
                entries.append(
                    Entry(
                        name: text,
                        size: Int(size),
                        method: method,
                        packedSize: Int(packed),
                        checksum: checksum,
                        headerOffset: Int(header)
                    )
                )
            }
            offset += 46 + Int(nameLength) + Int(extraLength) + Int(commentLength)
        }
        self.entries = entries
    }

    /// The bytes of a file, checked against the directory's length and checksum.
    package func contents(of entry: Entry, limit: Int) throws(Failure) -> [UInt8] {
        let reader = LittleEndian(bytes)
        guard entry.size <= limit else {
            throw Failure(detail: "\(entry.name) is larger than \(limit) bytes")
        }
        guard reader.word(entry.headerOffset) == 0x0403_4B50, let nameLength = reader.half(entry.headerOffset + 26),
            let extraLength = reader.half(entry.headerOffset + 28),
            let packed = reader.slice(
                entry.headerOffset + 30 + Int(nameLength) + Int(extraLength),
                entry.packedSize
            )
        else { throw Failure(detail: "\(entry.name) does not lie where the directory says") }
        let contents: [UInt8]
        switch entry.method {
        case 0: contents = Array(packed)
        case 8:
            do {
                contents = try InflateStream().inflate(packed, limit: entry.size, expected: entry.size).bytes
            } catch {
                throw Failure(detail: "\(entry.name): \(error.detail)")
            }
        default: throw Failure(detail: "\(entry.name) is compressed in a way that is not read")
        }
        guard contents.count == entry.size, Checksum.crc32(contents[...]) == entry.checksum else {
            throw Failure(detail: "\(entry.name) is not what its checksum says")
        }
        return contents
    }
}

/// Numbers with the lowest byte first, and nothing beyond the end.
private struct LittleEndian {
    let bytes: [UInt8]

    init(_ bytes: [UInt8]) {
        self.bytes = bytes
    }

    func half(_ offset: Int) -> UInt16? {
        guard offset >= 0, offset + 2 <= bytes.count else { return nil }
        return UInt16(bytes[offset]) | UInt16(bytes[offset + 1]) << 8
    }

    func word(_ offset: Int) -> UInt32? {
        guard let low = half(offset), let high = half(offset + 2) else { return nil }
        return UInt32(low) | UInt32(high) << 16
    }

    func slice(_ offset: Int, _ count: Int) -> ArraySlice<UInt8>? {
        guard offset >= 0, count >= 0, offset <= bytes.count - count else { return nil }
        return bytes[offset..<(offset + count)]
    }
}
