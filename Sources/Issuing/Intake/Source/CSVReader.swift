/// Reads CSV (RFC 4180) record by record, in memory that does not grow with the file.
///
/// Lines end in CRLF, LF or CR; fields may be quoted, with newlines and doubled quotes inside. A record that breaks
/// the rules is a problem of its own and reading goes on behind it. Text inside an open quote is never read as rows,
/// not even where the quote was never closed: else a candidate's free text could smuggle rows into a broken export.
struct CSVReader: RecordRow {
    /// What ``next()`` found.
    enum Event {
        /// A record, to be had by ``count``, ``text(_:)`` and ``raw``.
        case record
        /// A record that cannot be read, and why; ``raw`` is its bytes, unless it was too large to hold.
        case problem(IssuingError)
        /// The end of the file.
        case end
    }

    private struct Field {
        var start: Int
        var end: Int
        var isQuoted: Bool
        var hasDoubledQuotes: Bool
    }

    private enum State { case fieldStart, unquoted, quoted, closed, broken }

    private let input: InputBuffer
    private let delimiter: UInt8
    private let limits: IntakeLimits
    private var fields: [Field] = []
    private var fieldCount = 0
    private var length = 0
    private var newlines = 0

    /// The line on which the record begins, from 1.
    private(set) var line = 1
    /// The bytes of the file that the record has, its line end included.
    private(set) var range: Range<Int> = 0..<0
    /// Whether ``raw`` has all of them.
    private(set) var isHeld = true

    init(_ input: InputBuffer, delimiter: UInt8, limits: IntakeLimits) {
        (self.input, self.delimiter, self.limits) = (input, delimiter, limits)
    }

    /// How many fields the record has.
    var count: Int { fieldCount }

    /// The record's bytes, its line end included; empty where it was too large to hold.
    var raw: UnsafeRawBufferPointer {
        isHeld
            ? UnsafeRawBufferPointer(rebasing: input.bytes.prefix(length))
            : UnsafeRawBufferPointer(start: nil, count: 0)
    }

    /// The text of a field, unquoted, without spaces and tabs at either end.
    func text(_ index: Int) -> String {
        guard fields.indices.contains(index) else { return "" }
        let field = fields[index]
        let bytes = UnsafeRawBufferPointer(rebasing: input.bytes[field.start..<field.end])
        guard field.hasDoubledQuotes else { return String(decoding: bytes.trimmed, as: UTF8.self) }
        var unescaped: [UInt8] = []
        unescaped.reserveCapacity(bytes.count)
        var isSecond = false
        for byte in bytes {
            isSecond = byte == UInt8(ascii: "\"") && !isSecond
            if !isSecond { unescaped.append(byte) }
        }
        return String(decoding: unescaped, as: UTF8.self).trimmed
    }

    /// How many bytes a field has in the file.
    func byteCount(_ index: Int) -> Int {
        fields.indices.contains(index) ? fields[index].end - fields[index].start : 0
    }

    /// Where a field begins: line and column, from 1, the column in characters.
    func position(ofField index: Int) -> (line: Int, column: Int) {
        guard isHeld, fields.indices.contains(index) else { return (line, 1) }
        let opening = fields[index].isQuoted ? 1 : 0
        return TextPosition.of(fields[index].start - opening, in: input.bytes, firstLine: line)
    }

    /// Whether nothing stands in any field: blank lines, and the rows of delimiters that spreadsheets leave behind.
    private var isBlank: Bool {
        guard fieldCount == fields.count else { return false }
        return fields.allSatisfy { UnsafeRawBufferPointer(rebasing: input.bytes[$0.start..<$0.end]).trimmed.isEmpty }
    }

    /// Goes to the next record that is not blank.
    mutating func next() throws(IssuingError) -> Event {
        while true {
            let event = try scan()
            if case .record = event, isBlank { continue }
            return event
        }
    }

    private mutating func scan() throws(IssuingError) -> Event {
        input.consume(length)
        line += newlines
        (length, newlines, fieldCount, isHeld) = (0, 0, 0, true)
        fields.removeAll(keepingCapacity: true)
        let start = input.offset
        var state = State.fieldStart
        // Offsets from the start of the window; `dropped` bytes of this record lie before it already.
        var (index, fieldStart, dropped) = (0, 0, 0)
        var field = Field(start: 0, end: 0, isQuoted: false, hasDoubledQuotes: false)
        var quotePlace: (line: Int, column: Int) = (0, 0)
        var problem: IssuingError?
        var sawReturn = false
        var isOver = false
        while !isOver {
            let window = input.bytes
            let base = window.baseAddress?.assumingMemoryBound(to: UInt8.self)
            scanning: while let base, index < window.count {
                let byte = base[index]
                switch state {
                case .unquoted:
                    if byte != delimiter && byte != 0x0A && byte != 0x0D && byte != 0x22 {
                        index += 1
                        continue scanning
                    }
                case .quoted:
                    if byte == 0x22 {
                        state = .closed
                    } else if byte == 0x0D || (byte == 0x0A && !sawReturn) {
                        newlines += 1
                    }
                    sawReturn = byte == 0x0D
                    index += 1
                    continue scanning
                case .fieldStart:
                    fieldStart = index
                    field = Field(start: index, end: index, isQuoted: false, hasDoubledQuotes: false)
                    if byte == 0x22 {
                        quotePlace = place(at: index, dropped)
                        field = Field(start: index + 1, end: index + 1, isQuoted: true, hasDoubledQuotes: false)
                        (state, sawReturn) = (.quoted, false)
                        index += 1
                        continue scanning
                    }
                case .closed:
                    if byte == 0x22 {
                        field.hasDoubledQuotes = true
                        (state, sawReturn) = (.quoted, false)
                        index += 1
                        continue scanning
                    }
                case .broken:
                    if byte != 0x0A && byte != 0x0D {
                        index += 1
                        continue scanning
                    }
                }
                // Here it is a byte that ends the field, ends the record, or breaks the rules.
                if byte == 0x0D && index + 1 == window.count {
                    // Whether a line feed belongs to it shows in the next piece.
                    if try input.fill() { break scanning }
                }
                if byte == delimiter || byte == 0x0A || byte == 0x0D {
                    if state != .broken {
                        field.end = state == .closed ? index - 1 : index
                        end(field, at: fieldStart, dropped, &problem)
                    }
                    index += 1
                    if byte == delimiter && state != .broken {
                        state = .fieldStart
                        continue scanning
                    }
                    if byte == 0x0D && index < input.count && input.bytes[index] == 0x0A { index += 1 }
                    newlines += 1
                    isOver = true
                    break scanning
                }
                if state == .fieldStart {
                    state = .unquoted
                    index += 1
                    continue scanning
                }
                let misplaced = place(at: index, dropped)
                problem =
                    problem
                    ?? IssuingError(
                        .quoteMisplaced,
                        state == .closed
                            ? "something stands between a closing quote and the next delimiter"
                            : "a quote stands inside a field that does not begin with one",
                        line: misplaced.line,
                        column: misplaced.column,
                        hint: "quote the whole field, and double each quote inside it"
                    )
                state = .broken
                index += 1
            }
            guard !isOver, index >= input.count else { continue }
            // All of the window is read. What is too large is no longer held; its end is still looked for.
            let isInField = state == .unquoted || state == .quoted
            if isHeld, isInField, index - field.start > limits.fieldBytes {
                problem = problem ?? tooLarge(fieldStart)
                isHeld = false
            } else if isHeld, index > limits.rowBytes {
                problem = problem ?? IssuingError(.rowTooLarge, "the row is larger than \(limits.rowBytes) bytes")
                isHeld = false
            }
            if !isHeld {
                dropped += index
                input.consume(index)
                (index, fieldStart) = (0, 0)
                fields.removeAll(keepingCapacity: true)
            }
            if try input.fill() { continue }
            guard index < input.count || dropped + index > 0 || !fields.isEmpty else {
                range = start..<start
                return .end
            }
            if state == .quoted {
                problem = IssuingError(
                    .quoteUnterminated,
                    "the quote that opens here is never closed; all that follows is in it",
                    line: quotePlace.line,
                    column: quotePlace.column,
                    hint: "close the quote; the set-aside file has everything from this row on"
                )
            } else if state != .broken {
                if state == .fieldStart {
                    fieldStart = index
                    field = Field(start: index, end: index, isQuoted: false, hasDoubledQuotes: false)
                }
                field.end = state == .closed ? index - 1 : index
                end(field, at: fieldStart, dropped, &problem)
            }
            isOver = true
        }
        length = index
        range = start..<(start + dropped + index)
        if isHeld, index > limits.rowBytes {
            problem = problem ?? IssuingError(.rowTooLarge, "the row is larger than \(limits.rowBytes) bytes")
        }
        if problem == nil { problem = checkBytes() }
        guard var problem else { return .record }
        problem.line = problem.line ?? line
        problem.column = problem.column ?? 1
        return .problem(problem)
    }

    private mutating func end(_ field: Field, at start: Int, _ dropped: Int, _ problem: inout IssuingError?) {
        fieldCount += 1
        guard isHeld else { return }
        if field.end - field.start > limits.fieldBytes { problem = problem ?? tooLarge(start) }
        // One more than a header can have is enough to see that a row is ragged.
        if fields.count <= limits.columns { fields.append(field) }
    }

    private func tooLarge(_ start: Int) -> IssuingError {
        let place = place(at: start, 0)
        return IssuingError(
            .fieldTooLarge,
            "field \(fieldCount + 1) is larger than \(limits.fieldBytes) bytes",
            line: place.line,
            column: place.column,
            hint: "a quote that is not closed swallows what follows it"
        )
    }

    /// Line and column of a byte of this record; of its line only, where the record is no longer held.
    private func place(at index: Int, _ dropped: Int) -> (line: Int, column: Int) {
        guard dropped == 0 else { return (line + newlines, 1) }
        return TextPosition.of(index, in: input.bytes, firstLine: line)
    }

    /// What no text may have: NUL bytes, and bytes that are not UTF-8.
    private func checkBytes() -> IssuingError? {
        guard let (kind, offset) = TextPosition.firstBadByte(raw) else { return nil }
        let place = place(at: offset, 0)
        return IssuingError(
            kind == .nul ? .nulByte : .invalidUTF8,
            kind == .nul ? "the row has a NUL byte" : "the row has bytes that are not UTF-8",
            line: place.line,
            column: place.column,
            hint: kind == .nul ? nil : "convert the file: iconv -f WINDOWS-1252 -t UTF-8 FILE > FILE.utf8"
        )
    }
}
