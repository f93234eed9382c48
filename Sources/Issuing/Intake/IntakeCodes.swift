/// What intake can find wrong. Those of a file end its reading; those of a row set the row aside.
extension IssuingError.Code {
    // Files.

    /// The file cannot be opened or read.
    public static let fileUnreadable = Self(rawValue: "FILE_UNREADABLE")
    /// A file cannot be written.
    public static let fileUnwritable = Self(rawValue: "FILE_UNWRITABLE")
    /// The disk has no room for a file.
    public static let diskFull = Self(rawValue: "DISK_FULL")
    /// The file has nothing in it.
    public static let fileEmpty = Self(rawValue: "FILE_EMPTY")
    /// The file is of a kind that is not read, such as a spreadsheet.
    public static let formatRefused = Self(rawValue: "FORMAT_REFUSED")
    /// The file is UTF-16 or UTF-32 text; intake reads UTF-8.
    public static let encodingRefused = Self(rawValue: "ENCODING_REFUSED")
    /// The first row names no column that is known.
    public static let headerMissing = Self(rawValue: "HEADER_MISSING")
    /// The header cannot be read: an open quote, too long, no UTF-8.
    public static let headerMalformed = Self(rawValue: "HEADER_MALFORMED")
    /// The header names one column twice.
    public static let headerDuplicated = Self(rawValue: "HEADER_DUPLICATED")
    /// A column that is needed is not in the header.
    public static let columnMissing = Self(rawValue: "COLUMN_MISSING")
    /// There is no mapping of that name.
    public static let mappingUnknown = Self(rawValue: "MAPPING_UNKNOWN")
    /// A mapping joins a table, and nobody said in which file it is.
    public static let tableMissing = Self(rawValue: "TABLE_MISSING")
    /// The file has more rows than one file may have.
    public static let tooManyRows = Self(rawValue: "TOO_MANY_ROWS")

    // Rows, their form.

    /// A row has more or fewer fields than the header.
    public static let raggedRow = Self(rawValue: "RAGGED_ROW")
    /// A quote stands inside an unquoted field, or something follows a closing quote.
    public static let quoteMisplaced = Self(rawValue: "QUOTE_MISPLACED")
    /// A quoted field is never closed.
    public static let quoteUnterminated = Self(rawValue: "QUOTE_UNTERMINATED")
    /// One field is larger than the budget.
    public static let fieldTooLarge = Self(rawValue: "FIELD_TOO_LARGE")
    /// One row is larger than the budget.
    public static let rowTooLarge = Self(rawValue: "ROW_TOO_LARGE")
    /// A row has a NUL byte.
    public static let nulByte = Self(rawValue: "NUL_BYTE")
    /// A row has bytes that are not UTF-8.
    public static let invalidUTF8 = Self(rawValue: "INVALID_UTF8")
    /// A line is not JSON.
    public static let parsing = Self(rawValue: "PARSING_ERROR")
    /// A line says that it is of another schema than `exam-result/1`.
    public static let schemaUnknown = Self(rawValue: "SCHEMA_UNKNOWN")

    // Rows, their values.

    /// The result has no id: whether it was seen before cannot be told.
    public static let resultIDMissing = Self(rawValue: "RESULT_ID_MISSING")
    /// The result does not say of which exam it is.
    public static let examIDMissing = Self(rawValue: "EXAM_ID_MISSING")
    /// There is no e-mail address for the candidate.
    public static let candidateEmailMissing = Self(rawValue: "CANDIDATE_EMAIL_MISSING")
    /// The candidate's e-mail address is none.
    public static let candidateEmailMalformed = Self(rawValue: "CANDIDATE_EMAIL_MALFORMED")
    /// A value is not of the type or among the words that it may have.
    public static let valueMalformed = Self(rawValue: "VALUE_MALFORMED")
    /// A value is longer than the budget.
    public static let valueTooLong = Self(rawValue: "VALUE_TOO_LONG")
    /// A score is not a number: `NaN`, `Infinity`, a decimal comma, a letter grade.
    public static let scoreNotANumber = Self(rawValue: "SCORE_NOT_A_NUMBER")
    /// A score has more digits than are counted exactly.
    public static let scoreTooPrecise = Self(rawValue: "SCORE_TOO_PRECISE")
    /// A score is below zero.
    public static let scoreNegative = Self(rawValue: "SCORE_NEGATIVE")
    /// A score is below its own minimum.
    public static let scoreBelowMinimum = Self(rawValue: "SCORE_BELOW_MINIMUM")
    /// A score is above its own maximum, or a percentage above 100.
    public static let scoreAboveMaximum = Self(rawValue: "SCORE_ABOVE_MAXIMUM")
    /// A maximum is not above its minimum, or above zero.
    public static let scoreMaximumInvalid = Self(rawValue: "SCORE_MAXIMUM_INVALID")
    /// Whether a score is a percentage, a fraction or a ratio is not said.
    public static let scoreUnitAmbiguous = Self(rawValue: "SCORE_UNIT_AMBIGUOUS")
    /// A score is not in the unit that the mapping says.
    public static let scoreUnitMismatch = Self(rawValue: "SCORE_UNIT_MISMATCH")
    /// A cell is a spreadsheet's formula, or a name that a spreadsheet would take for one.
    public static let formulaCell = Self(rawValue: "FORMULA_CELL")
    /// A joined table has no row for a result.
    public static let tableRowMissing = Self(rawValue: "TABLE_ROW_MISSING")
    /// A joined table has several rows for a result, and they differ.
    public static let tableRowAmbiguous = Self(rawValue: "TABLE_ROW_AMBIGUOUS")
    /// A result stands before the row of maxima that it needs.
    public static let maximaMissing = Self(rawValue: "MAXIMA_MISSING")
    /// A date and time has no zone.
    public static let dateWithoutZone = Self(rawValue: "DATE_WITHOUT_ZONE")
    /// A date and time is not of the form of RFC 3339.
    public static let dateMalformed = Self(rawValue: "DATE_MALFORMED")
    /// A local time that the clock showed twice.
    public static let dateAmbiguous = Self(rawValue: "DATE_AMBIGUOUS")
    /// A local time that the clock never showed.
    public static let dateNonexistent = Self(rawValue: "DATE_NONEXISTENT")
    /// The result ends before it starts.
    public static let datesReversed = Self(rawValue: "DATES_REVERSED")
    /// Two rows have one result id and different content.
    public static let resultConflict = Self(rawValue: "RESULT_CONFLICT")
    /// A row says again, word by word, what an earlier one said: skipped, and no error.
    public static let duplicateRow = Self(rawValue: "DUPLICATE_ROW")

    // Warnings.

    /// A column or member that intake does not know, and ignores.
    public static let unknownColumn = Self(rawValue: "UNKNOWN_COLUMN")
    /// A statement voids one that is not in the same source, so that it stays as it is.
    public static let voidedElsewhere = Self(rawValue: "VOIDED_ELSEWHERE")
    /// The file has a header and no rows.
    public static let noRows = Self(rawValue: "NO_ROWS")
}
