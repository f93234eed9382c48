/// A failure inside the parser: two machine words, so that the way out costs the way in nothing.
///
/// The parser turns it into a ``JSONError``, with its path and position, once it is at the top.
struct ParseFailure: Error {
    let reason: Reason
    let offset: Int

    init(_ reason: Reason, at offset: Int) {
        self.reason = reason
        self.offset = offset
    }

    enum Reason {
        case unexpectedEnd, unexpectedCharacter, unknownWord, badNumber, trailingData, byteOrderMark, foreignEncoding
        case expectedName, expectedColon, expectedCommaInObject, expectedCommaInArray, trailingComma
        case controlCharacter, badEscape
        case duplicateMember, invalidUTF8, loneSurrogate, tooDeep, tooManyBytes, tooManyNodes, numberTooLong

        var code: JSONError.Code {
            switch self {
            case .duplicateMember: .duplicateMember
            case .invalidUTF8, .foreignEncoding: .invalidUTF8
            case .loneSurrogate: .loneSurrogate
            case .tooDeep: .depthLimit
            case .tooManyBytes, .tooManyNodes, .numberTooLong: .sizeLimit
            default: .parsingError
            }
        }

        func detail(_ limits: JSONLimits) -> String {
            switch self {
            case .unexpectedEnd: "the text ends before its value does"
            case .unexpectedCharacter: "no JSON value starts like this"
            case .unknownWord: "the only words in JSON are true, false and null"
            case .badNumber: "this is not a number as JSON writes them"
            case .trailingData: "something follows the end of the JSON value"
            case .byteOrderMark: "the text starts with a byte order mark; save it as UTF-8 without one"
            case .foreignEncoding: "the text is not UTF-8, but looks like UTF-16 or UTF-32"
            case .expectedName: "a member starts with its name, in double quotes"
            case .expectedColon: "a member needs a colon after its name"
            case .expectedCommaInObject: "after a member comes a comma or the closing brace"
            case .expectedCommaInArray: "after an element comes a comma or the closing bracket"
            case .trailingComma: "nothing follows this comma"
            case .controlCharacter: "a control character in a string must be escaped"
            case .badEscape: "there is no such escape in JSON"
            case .duplicateMember: "the object has two members of this name"
            case .invalidUTF8: "the string holds bytes that are not UTF-8"
            case .loneSurrogate: "the escape is half of a surrogate pair"
            case .tooDeep:
                "arrays and objects nest deeper than \(min(limits.depth, JSONLimits.maximumDepth))"
            case .tooManyBytes: "the text is larger than \(limits.bytes) bytes"
            case .tooManyNodes: "the text has more than \(limits.nodes) values"
            case .numberTooLong: "the number has more than \(limits.numberLength) characters"
            }
        }
    }
}

extension JSONError {
    /// The error for a failure in a text, with line and column counted now.
    init(_ failure: ParseFailure, in text: UnsafeBufferPointer<UInt8>, path: JSONPointer, limits: JSONLimits) {
        var line = 1
        var lineStart = 0
        let offset = min(failure.offset, text.count)
        // A text that is too large was not read, and is not read now.
        let end = failure.reason == .tooManyBytes ? 0 : offset
        for index in 0..<end {
            // A line ends with LF, CR LF, or CR alone.
            let isEnd =
                text[index] == UInt8(ascii: "\n")
                || text[index] == UInt8(ascii: "\r") && (index + 1 >= text.count || text[index + 1] != 0x0A)
            if isEnd {
                line += 1
                lineStart = index + 1
            }
        }
        // Continuation bytes are no characters of their own.
        let column = end <= lineStart ? 1 : 1 + text[lineStart..<end].count { $0 & 0xC0 != 0x80 }
        self.init(
            code: failure.reason.code,
            detail: failure.reason.detail(limits),
            path: path,
            line: line,
            column: column,
            offset: failure.offset
        )
    }
}
