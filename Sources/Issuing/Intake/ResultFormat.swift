/// The forms that results are read in.
public enum ResultFormat: String, Sendable, Hashable, CaseIterable {
    /// A header and rows, by ``CSVHeader`` or a mapping.
    case csv
    /// One `exam-result/1` a line.
    case ndjson

    /// By the file's extension, or else by its first byte that is no blank.
    static func detected(file: String, start: UnsafeRawBufferPointer) -> ResultFormat {
        let name = file.lowercased()
        if name.hasSuffix(".csv") || name.hasSuffix(".tsv") { return .csv }
        if name.hasSuffix(".ndjson") || name.hasSuffix(".jsonl") || name.hasSuffix(".json") { return .ndjson }
        let first = start.first { $0 != 0x20 && $0 != 0x09 && $0 != 0x0A && $0 != 0x0D }
        return first == UInt8(ascii: "{") || first == UInt8(ascii: "[") ? .ndjson : .csv
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
                hint: "convert it: iconv -f \(encoding.prefix { $0 != " " }) -t UTF-8 FILE > FILE.utf8"
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
        let sample = start.prefix(64)
        guard sample.count >= 8 else { return nil }
        let even = sample.indices.filter { $0 % 2 == 0 && sample[$0] == 0 }.count
        let odd = sample.indices.filter { $0 % 2 == 1 && sample[$0] == 0 }.count
        // Latin letters leave one byte of each pair zero; a stray NUL or two in a row is a row's problem.
        if odd * 3 >= sample.count, even == 0 { return "UTF-16LE" }
        if even * 3 >= sample.count, odd == 0 { return "UTF-16BE" }
        return nil
    }
}
