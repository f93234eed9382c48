/// Reads lines (LF or CRLF), in memory that does not grow with the file: what NDJSON is made of.
struct LineReader {
    private let input: InputBuffer
    private let limit: Int
    private var length = 0
    private var isStarted = false

    /// The line's number, from 1.
    private(set) var line = 0
    /// The bytes of the file that the line has, its end included.
    private(set) var range: Range<Int> = 0..<0
    /// Whether the line was short enough to hold.
    private(set) var isHeld = true

    init(_ input: InputBuffer, limit: Int) {
        (self.input, self.limit) = (input, limit)
    }

    /// The line's bytes with its end; empty where it is not held.
    var raw: UnsafeRawBufferPointer {
        isHeld
            ? UnsafeRawBufferPointer(rebasing: input.bytes.prefix(length))
            : UnsafeRawBufferPointer(start: nil, count: 0)
    }

    /// The line's bytes without its end.
    var content: UnsafeRawBufferPointer {
        var bytes = raw
        while let last = bytes.last, last == 0x0A || last == 0x0D {
            bytes = UnsafeRawBufferPointer(rebasing: bytes.dropLast())
        }
        return bytes
    }

    /// Goes to the next line that is not blank; false at the end.
    mutating func next() throws(IssuingError) -> Bool {
        while try advance() {
            if !isHeld || !content.trimmed.isEmpty { return true }
        }
        return false
    }

    private mutating func advance() throws(IssuingError) -> Bool {
        input.consume(length)
        line += 1
        (length, isHeld) = (0, true)
        let start = input.offset
        var (index, dropped) = (0, 0)
        while true {
            let window = input.bytes
            if let newline = window[index...].firstIndex(of: 0x0A) {
                length = newline + 1
                break
            }
            index = window.count
            if index > limit {
                isHeld = false
                dropped += index
                input.consume(index)
                index = 0
            }
            guard try !input.fill() else { continue }
            length = index
            break
        }
        range = start..<(start + dropped + length)
        if length > limit { isHeld = false }
        return !range.isEmpty
    }
}
