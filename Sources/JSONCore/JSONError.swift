/// Why a JSON text was refused, and where.
///
/// The text of an error never quotes the document: badges carry personal data, and errors end up in logs.
/// Where in the document it went wrong is told by position and by JSON Pointer.
///
/// *For example:* `PARSING_ERROR at line 3, column 14 (/name): a member needs a colon after its name`
public struct JSONError: Error, Sendable, Hashable, CustomStringConvertible {
    /// What kind of error it is; the raw value is what reports show.
    public enum Code: String, Sendable, Hashable, CaseIterable {
        /// The text is not JSON (RFC 8259), or something follows it.
        case parsingError = "PARSING_ERROR"
        /// An object has two members of one name: which one counts would differ from reader to reader.
        case duplicateMember = "DUPLICATE_MEMBER"
        /// A string holds bytes that are not UTF-8.
        case invalidUTF8 = "INVALID_UTF8"
        /// An escape names half of a surrogate pair: no Unicode text can hold it.
        case loneSurrogate = "LONE_SURROGATE"
        /// Arrays and objects are nested deeper than ``JSONLimits/depth``.
        case depthLimit = "DEPTH_LIMIT"
        /// The text is larger than ``JSONLimits`` allow: in bytes, in values, or in the digits of one number.
        case sizeLimit = "SIZE_LIMIT"
        /// A number has no finite IEEE 754 double, so RFC 8785 has no canonical form for it.
        case numberRange = "NUMBER_RANGE"
        /// A JSON Schema is not one by its dialect: a keyword has a value that it cannot have, a reference leads nowhere.
        case invalidSchema = "INVALID_SCHEMA"
        /// A JSON Schema has a regular expression that cannot be matched in linear time, or not by us.
        case unsupportedPattern = "UNSUPPORTED_PATTERN"
        /// A JSON Schema's metaschema requires a vocabulary that is not known.
        case unsupportedVocabulary = "UNSUPPORTED_VOCABULARY"
    }

    /// What kind of error it is.
    public let code: Code
    /// One sentence for a person, without anything from the document.
    public let detail: String
    /// Where in the document: the innermost value that was being read, or the nearest around it whose names
    /// are not absurdly long (256 bytes).
    public let path: JSONPointer
    /// The line in the text, from 1; `nil` where there was no text, as in canonicalization.
    public let line: Int?
    /// The column in the line, from 1, in Unicode characters (scalars); `nil` where there was no text.
    public let column: Int?
    /// The place in the text in bytes, from 0; `nil` where there was no text.
    public let offset: Int?

    /// An error with or without a place in a text.
    public init(
        code: Code,
        detail: String,
        path: JSONPointer = JSONPointer(),
        line: Int? = nil,
        column: Int? = nil,
        offset: Int? = nil
    ) {
        self.code = code
        self.detail = detail
        self.path = path
        self.line = line
        self.column = column
        self.offset = offset
    }

    /// Code, place and detail in one line.
    public var description: String {
        var text = code.rawValue
        if let line, let column { text += " at line \(line), column \(column)" }
        if !path.isRoot { text += " (\(path))" }
        return text + ": " + detail
    }
}
