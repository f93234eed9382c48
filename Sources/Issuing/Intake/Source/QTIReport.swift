import OpenBadges

/// A report of 1EdTech QTI Results Reporting 2.1, 2.2 or 3.0: one candidate's test, as values by dotted names.
///
/// `context.sourcedId`; `session.NAME` for each session identifier; `test.identifier`, `test.datestamp`; for each outcome
/// of the test `test.NAME` with `test.NAME.normalMaximum`, `.normalMinimum` and `.masteryValue`; for each item
/// `item.ID.NAME` likewise, `item.ID.sessionStatus` and `item.ID.datestamp`; what was answered as
/// `item.ID.response.NAME`. No name of an outcome means anything here: a mapping says which of them is the score.
enum QTIReport {
    private static let namespaces: Set<String> = [
        "http://www.imsglobal.org/xsd/imsqti_result_v2p1", "http://www.imsglobal.org/xsd/imsqti_result_v2p2",
        "http://www.imsglobal.org/xsd/imsqti_result_v3p0",
    ]

    /// Reads a report.
    ///
    /// Throws `PARSING_ERROR` where the bytes are no XML, `SCHEMA_UNKNOWN` where they are another document.
    static func values(_ bytes: [UInt8], file: String) throws(IssuingError) -> [String: String] {
        do {
            return try read(bytes)
        } catch let failure as XMLEvents.Failure {
            throw IssuingError(.parsing, "not XML: \(failure.detail)", file: file)
        } catch {
            throw (error as? IssuingError) ?? IssuingError(.parsing, "not XML", file: file)
        }
    }

    private static func read(_ bytes: [UInt8]) throws -> [String: String] {
        var events = try XMLEvents(bytes)
        guard case .start("assessmentResult", let namespace, _) = try events.next(),
            namespace.map(namespaces.contains) ?? true
        else {
            throw IssuingError(
                .schemaUnknown,
                "the document is no assessmentResult of QTI 2.1, 2.2 or 3.0",
                hint: "reports of other kinds have to be saved as CSV, with a mapping"
            )
        }
        var values: [String: String] = [:]
        // Where we are: the part of the report, the variable in it, and whether its value is open.
        var part = ""
        var variable: String?
        var isValue = false
        var open = 1
        var seen: Set<String> = []
        var repeated = 0
        while open > 0, let event = try events.next() {
            switch event {
            case .start(let name, _, let attributes):
                open += 1
                isValue = false
                switch name {
                case "context":
                    part = "context"
                    values["context.sourcedId"] = attributes["sourcedId"] ?? attributes["sourcedID"]
                case "sessionIdentifier":
                    if let source = attributes["sourceID"] ?? attributes["sourceId"] {
                        values["session.\(source)"] = attributes["identifier"]
                    }
                case "testResult", "itemResult":
                    let id = attributes["identifier"] ?? ""
                    part = name == "testResult" ? "test" : "item.\(id)"
                    // A later report of the same item says all of it anew.
                    if !seen.insert(part).inserted {
                        values = values.filter { !$0.key.hasPrefix(part + ".") }
                        repeated += 1
                    }
                    guard values.count <= FlatRecord.maximumValues * 4, repeated < 64 else {
                        throw IssuingError(.rowTooLarge, "the report has more items than any exam")
                    }
                    values["\(part).identifier"] = id
                    values["\(part).datestamp"] = attributes["datestamp"]
                    values["\(part).sessionStatus"] = attributes["sessionStatus"]
                case "outcomeVariable", "responseVariable", "templateVariable":
                    guard let id = attributes["identifier"] else { break }
                    variable =
                        name == "outcomeVariable"
                        ? "\(part).\(id)" : "\(part).\(name == "responseVariable" ? "response" : "template").\(id)"
                    for limit in ["normalMaximum", "normalMinimum", "masteryValue"] {
                        if let variable { values["\(variable).\(limit)"] = attributes[limit] }
                    }
                case "value": isValue = true
                case "correctResponse": variable = nil
                default: break
                }
            case .text(let text):
                guard isValue, let variable else { break }
                values[variable, default: ""] += (values[variable] == nil ? "" : " ") + text.trimmedBlanks
            case .end:
                open -= 1
                isValue = false
            }
        }
        while try events.next() != nil {}
        return values
    }
}

extension String {
    /// Without white space of XML at either end.
    fileprivate var trimmedBlanks: String {
        let blanks: Set<Character> = [" ", "\t", "\n", "\r", "\r\n"]
        var text = self[...]
        while let first = text.first, blanks.contains(first) { text.removeFirst() }
        while let last = text.last, blanks.contains(last) { text.removeLast() }
        return String(text)
    }
}
