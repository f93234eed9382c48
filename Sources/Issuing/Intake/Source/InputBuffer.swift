/// A window on a byte source: grows to the longest record, never to the file.
final class InputBuffer {
    private let source: ByteSource
    private let chunk: Int
    private var storage: UnsafeMutableRawBufferPointer
    private var start = 0
    private var end = 0
    private var isExhausted = false

    /// How many bytes lie before the window.
    private(set) var offset = 0

    init(_ source: ByteSource, chunk: Int) {
        self.source = source
        self.chunk = chunk
        storage = .allocate(byteCount: chunk, alignment: 16)
    }

    deinit {
        storage.deallocate()
    }

    /// How many bytes are in the window.
    var count: Int { end - start }

    /// The bytes in the window; valid until ``fill()`` or ``consume(_:)``.
    var bytes: UnsafeRawBufferPointer {
        UnsafeRawBufferPointer(rebasing: storage[start..<end])
    }

    /// Reads on behind the window; false at the source's end.
    func fill() throws(IssuingError) -> Bool {
        guard !isExhausted else { return false }
        if start > 0 {
            // Move what is left to the front; records are short, so this is little.
            storage.copyMemory(from: UnsafeRawBufferPointer(rebasing: storage[start..<end]))
            end -= start
            start = 0
        }
        if end == storage.count {
            // Doubling keeps the copying linear in the record's length.
            let larger = UnsafeMutableRawBufferPointer.allocate(byteCount: storage.count * 2, alignment: 16)
            larger.copyMemory(from: UnsafeRawBufferPointer(rebasing: storage[..<end]))
            storage.deallocate()
            storage = larger
        }
        let room = UnsafeMutableRawBufferPointer(rebasing: storage[end...])
        let count = try source.read(UnsafeMutableRawBufferPointer(rebasing: room.prefix(chunk)))
        isExhausted = count <= 0
        end += min(max(count, 0), room.count)
        return !isExhausted
    }

    /// Moves the window's start.
    func consume(_ count: Int) {
        let count = min(max(count, 0), end - start)
        start += count
        offset += count
    }

    /// All that is left, as a source.
    var rest: ByteSource {
        ByteSource { target throws(IssuingError) in
            if self.count == 0 { _ = try self.fill() }
            let count = min(target.count, self.count)
            target.copyMemory(from: UnsafeRawBufferPointer(rebasing: self.bytes[..<count]))
            self.consume(count)
            return count
        }
    }
}
