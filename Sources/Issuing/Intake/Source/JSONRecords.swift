/// Cuts JSON into its records, in memory that does not grow with the file: the objects of NDJSON, of an array, or of the
/// array that an answer has under a known name, as `{"statements": […], "more": ""}`.
///
/// It looks at brackets and quotes alone; whether a record is JSON is the parser's answer. A record that is broken off
/// is a problem of its own, and reading goes on with the next line that begins one.
struct JSONRecords {
    private let input: InputBuffer
    private let containers: Set<String>
    private let limit: Int
    private var length = 0
    private var newlines = 0
    private var isInArray = false
    private var isOver = false

    /// The line on which the record begins, from 1.
    private(set) var line = 1
    /// The bytes of the file that are the record.
    private(set) var range: Range<Int> = 0..<0
    /// Whether the record was small enough to hold.
    private(set) var isHeld = true

    /// - Parameter containers: the names of arrays whose elements are the records of the object around them.
    init(_ input: InputBuffer, containers: Set<String>, limit: Int) {
        (self.input, self.containers, self.limit) = (input, containers, limit)
    }

    /// The record's bytes; empty where it was too large to hold.
    var raw: UnsafeRawBufferPointer {
        isHeld
            ? UnsafeRawBufferPointer(rebasing: input.bytes.prefix(length))
            : UnsafeRawBufferPointer(start: nil, count: 0)
    }

    /// Goes to the next record; false at the end.
    mutating func next() throws(IssuingError) -> Bool {
        input.consume(length)
        line += newlines
        (length, newlines, isHeld) = (0, 0, true)
        guard !isOver, try skipToValue() else { return false }
        return try scan()
    }

    /// Passes over blanks and commas; false at the end of the file, or of the array.
    private mutating func skipToValue() throws(IssuingError) -> Bool {
        while true {
            var count = 0
            for byte in input.bytes {
                switch byte {
                case 0x0A:
                    line += 1
                    count += 1
                    continue
                case 0x20, 0x09, 0x0D, UInt8(ascii: ","):
                    count += 1
                    continue
                case UInt8(ascii: "[") where !isInArray:
                    isInArray = true
                    count += 1
                    continue
                case UInt8(ascii: "]") where isInArray:
                    // What else an answer has, such as where to ask for more, is no record.
                    isOver = true
                    return false
                default: break
                }
                input.consume(count)
                return true
            }
            input.consume(count)
            guard try input.fill() else { return false }
        }
    }

    private mutating func scan() throws(IssuingError) -> Bool {
        let start = input.offset
        var (index, dropped, depth) = (0, 0, 0)
        var (isQuoted, isEscaped) = (false, false)
        // The last byte that is no blank, and the last string of the record's own level.
        var previous: UInt8 = 0
        var (nameStart, name) = (0, 0..<0)
        scanning: while true {
            while index < input.count {
                let byte = input.bytes[index]
                if isQuoted {
                    if isEscaped {
                        isEscaped = false
                    } else if byte == UInt8(ascii: "\\") {
                        isEscaped = true
                    } else if byte == UInt8(ascii: "\"") {
                        isQuoted = false
                        if depth == 1, isHeld { name = nameStart..<index }
                        previous = byte
                    } else if byte == 0x0A, !isInArray {
                        // No string goes over a line's end: what began here is broken off.
                        break scanning
                    }
                    if byte == 0x0A { newlines += 1 }
                    index += 1
                    continue
                }
                switch byte {
                case UInt8(ascii: "\""):
                    isQuoted = true
                    nameStart = index + 1
                case UInt8(ascii: "{"), UInt8(ascii: "["):
                    if depth > 0, !isInArray, previous != UInt8(ascii: ":"), previous != UInt8(ascii: ","),
                        previous != UInt8(ascii: "["), index > 0, input.bytes[index - 1] == 0x0A
                    {
                        break scanning
                    }
                    if depth == 1, byte == UInt8(ascii: "["), previous == UInt8(ascii: ":"), !isInArray, isHeld,
                        containers.contains(String(decoding: input.bytes[name], as: UTF8.self))
                    {
                        line += newlines
                        newlines = 0
                        input.consume(index + 1)
                        isInArray = true
                        guard try skipToValue() else { return false }
                        return try scan()
                    }
                    depth += 1
                case UInt8(ascii: "}"), UInt8(ascii: "]"):
                    depth -= 1
                    if depth <= 0 {
                        index += 1
                        break scanning
                    }
                case 0x0A:
                    // A value that is no object ends with its line.
                    if depth == 0 { break scanning }
                    newlines += 1
                case UInt8(ascii: ",") where depth == 0: break scanning
                default: break
                }
                if byte != 0x0A, byte != 0x20, byte != 0x09, byte != 0x0D { previous = byte }
                index += 1
            }
            if index > limit {
                isHeld = false
                dropped += index
                input.consume(index)
                index = 0
            }
            guard try input.fill() else { break }
        }
        length = index
        range = start..<(start + dropped + index)
        if length > limit { isHeld = false }
        return !range.isEmpty
    }
}
