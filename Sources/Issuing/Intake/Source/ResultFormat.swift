/// The forms that results are read in.
public enum ResultFormat: String, Sendable, Hashable, CaseIterable {
    /// A header and rows, by the paths that the header has, or by a mapping.
    case csv
    /// One `exam-result/1` a line.
    case ndjson
    /// Objects of JSON by a mapping: one a line, or an array of them.
    case json
    /// Statements of xAPI: one a line, an array of them, or a store's answer.
    case xapi
    /// Results or scores of LTI Assignment and Grade Services.
    case lti
    /// A report of QTI Results Reporting 2.1, 2.2 or 3.0.
    case qti
    /// The CSV files of OneRoster 1.1 or 1.2, in a ZIP archive.
    case oneroster

    /// By what the file begins with, where that shows it, else by the file's extension.
    static func detected(file: String, start: UnsafeRawBufferPointer) -> ResultFormat {
        if start.starts(with: [0x50, 0x4B, 0x03, 0x04]) { return .oneroster }
        let name = file.lowercased()
        if name.hasSuffix(".csv") || name.hasSuffix(".tsv") { return .csv }
        let first = start.first { $0 != 0x20 && $0 != 0x09 && $0 != 0x0A && $0 != 0x0D }
        if first == UInt8(ascii: "<") || name.hasSuffix(".xml") { return .qti }
        let isJSON = first == UInt8(ascii: "{") || first == UInt8(ascii: "[")
        if isJSON {
            // Members that no exam-result/1 has, by the text of the first page.
            let has = start.contains
            if has("\"actor\"") && has("\"verb\"") { return .xapi }
            if has("\"userId\"") && (has("\"resultScore\"") || has("\"scoreGiven\"")) { return .lti }
        }
        if name.hasSuffix(".ndjson") || name.hasSuffix(".jsonl") || name.hasSuffix(".json") { return .ndjson }
        return isJSON ? .ndjson : .csv
    }

    /// The built-in mapping of what needs one.
    var preset: String? {
        switch self {
        case .csv, .ndjson, .json: nil
        case .xapi: "xapi"
        case .lti: "lti"
        case .qti: "qti"
        case .oneroster: "oneroster"
        }
    }

    /// Refuses what is no UTF-8 text, by its first bytes, with advice.
    static func refuseForeign(_ start: UnsafeRawBufferPointer, file: String) throws(IssuingError) {
        func begins(_ bytes: UInt8...) -> Bool { start.starts(with: bytes) }
        if let encoding = wideEncoding(start) {
            throw IssuingError(
                .encodingRefused,
                "the file is \(encoding) text; intake reads UTF-8",
                file: file,
                line: 1,
                column: 1,
                hint: "convert it: iconv -f \(encoding) -t UTF-8 FILE > FILE.utf8"
                    + (encoding == "UTF-32" ? "" : "; or say it in a mapping: encoding: utf-16")
            )
        }
        let refused: (kind: String, hint: String)? =
            if begins(0x50, 0x4B, 0x03, 0x04) {
                ("an XLSX workbook or a ZIP archive", "save the sheet as CSV UTF-8, or unpack the archive")
            } else if begins(0xD0, 0xCF, 0x11, 0xE0) {
                ("an XLS workbook", "save the sheet as CSV UTF-8")
            } else if begins(0x1F, 0x8B) {
                ("compressed with gzip", "unpack it: gunzip FILE")
            } else if begins(0x25, 0x50, 0x44, 0x46) {
                ("a PDF", "ask its author for CSV")
            } else {
                nil
            }
        guard let refused else { return }
        throw IssuingError(.formatRefused, "the file is \(refused.kind)", file: file, hint: refused.hint)
    }

    /// UTF-16 or UTF-32, by its byte order mark, or by zeros in every second byte of its start.
    private static func wideEncoding(_ start: UnsafeRawBufferPointer) -> String? {
        if start.starts(with: [0xFF, 0xFE, 0, 0]) || start.starts(with: [0, 0, 0xFE, 0xFF]) { return "UTF-32" }
        if start.starts(with: [0xFF, 0xFE]) || start.starts(with: [0xFE, 0xFF]) { return "UTF-16" }
        return TextEncoding.wideOrder(start).map { $0 ? "UTF-16BE" : "UTF-16LE" }
    }
}
