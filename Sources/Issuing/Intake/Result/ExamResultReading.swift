public import JSONCore
import OpenBadges

extension ExamResult {
    /// Reads one record of `exam-result/1`, and checks it.
    ///
    /// A member that is `null` counts as absent; a number in quotes is no number. Members that the format does not know
    /// are ignored; their places are in `unknown`, if the caller asks.
    public init(
        json: JSON,
        limits: IntakeLimits = .standard,
        unknown: ((JSONPointer) -> Void)? = nil
    ) throws(IssuingError) {
        let record = try RecordMembers(json, JSONPointer(), limits, unknown)
        if let schema = try record.text("schema"), schema != Self.schema {
            throw record.error(
                .schemaUnknown,
                "schema",
                "the record is of another schema",
                hint: "expected \"\(Self.schema)\", or no schema member"
            )
        }
        let kind = try record.word("kind", of: Kind.self) ?? .score
        let exam = try Self.subject(of: record, kind)
        let candidate = try record.members("candidate")
        self.init(
            resultID: try record.text("resultId") ?? "",
            exam: Exam(
                id: try exam?.text("id") ?? "",
                form: try exam?.text("form"),
                name: try exam?.text("name")
            ),
            candidate: Candidate(
                email: try candidate?.text("email") ?? "",
                given: try candidate?.text("given"),
                family: try candidate?.text("family")
            )
        )
        self.kind = kind
        if let exam, kind == .artifact {
            let work = Artifact(
                url: try exam.text("url"),
                words: try exam.integer("words"),
                sha256: try exam.text("sha256")
            )
            artifact = work.isEmpty ? nil : work
        }
        for id in try candidate?.list("ids", limits.items) ?? [] {
            guard let type = try id.text("type"), let value = try id.text("value") else {
                throw IssuingError(.valueMalformed, "an id needs a type and a value", path: id.path)
            }
            self.candidate.ids.append(Identifier(type: type, value: value))
            id.reportUnknown(["type", "value"])
        }
        attempt = try record.integer("attempt")
        startedAt = try record.moment("startedAt")
        endedAt = try record.moment("endedAt")
        tzAssumed = try record.truth("tzAssumed")
        score = try record.members("score").map { members throws(IssuingError) in try Score(members) }
        if score?.isEmpty ?? false { score = nil }
        passedExplicit = try record.truth("passedExplicit")
        status = try record.word("status", of: Status.self) ?? .graded
        for item in try record.list("items", limits.items) {
            guard let id = try item.text("id") else {
                throw IssuingError(.valueMalformed, "an item needs an id", path: item.path)
            }
            items.append(
                Item(
                    id: id,
                    score: try item.decimal("score"),
                    max: try item.decimal("max"),
                    level: try item.text("level")
                )
            )
            item.reportUnknown(["id", "score", "max", "level"])
        }
        level = try record.text("level")
        decision = try record.text("decision")
        comment = try record.text("comment")
        if let members = try record.members("by") {
            let decider = Decider(
                id: try members.text("id"),
                email: try members.text("email"),
                name: try members.text("name"),
                role: try members.text("role"),
                panel: try members.text("panel")
            )
            by = decider.isEmpty ? nil : decider
            members.reportUnknown(["id", "email", "name", "role", "panel"])
        }
        if let members = try record.members("delivery") {
            delivery = Delivery(proctored: try members.truth("proctored"), sessions: try members.integer("sessions"))
            members.reportUnknown(["proctored", "sessions"])
        }
        if let members = try record.members("source") {
            source = Source(
                format: try members.text("format"),
                file: try members.text("file"),
                line: try members.integer("line"),
                sha256: try members.text("sha256")
            )
            members.reportUnknown(["format", "file", "line", "sha256"])
        }
        exam?.reportUnknown(kind == .artifact ? ["id", "name", "url", "words", "sha256"] : ["id", "form", "name"])
        candidate?.reportUnknown(["email", "ids", "given", "family"])
        record.reportUnknown([
            "schema", "resultId", "kind", "exam", "activity", "survey", "artifact", "candidate", "attempt", "startedAt",
            "endedAt", "tzAssumed", "score", "passedExplicit", "status", "items", "level", "decision", "by", "comment",
            "delivery", "source",
        ])
        try validate()
    }

    /// What a record is about: its kind's own member, or `exam`, which every kind may have.
    private static func subject(of record: RecordMembers, _ kind: Kind) throws(IssuingError) -> RecordMembers? {
        var found: RecordMembers?
        for name in ["exam", "activity", "survey", "artifact"] {
            guard let members = try record.members(name) else { continue }
            guard found == nil else {
                throw record.error(.valueMalformed, name, "the record says twice what it is about")
            }
            found = members
        }
        return found
    }
}

extension ExamResult.Score {
    fileprivate init(_ members: RecordMembers) throws(IssuingError) {
        self.init(
            raw: try members.decimal("raw"),
            max: try members.decimal("max"),
            percent: try members.decimal("percent")
        )
        min = try members.decimal("min")
        cut = try members.decimal("cut")
        cutUnit = try members.word("cutUnit", of: ExamResult.CutUnit.self)
        correct = try members.decimal("correct")
        items = try members.decimal("items")
        members.reportUnknown(["raw", "min", "max", "percent", "cut", "cutUnit", "correct", "items"])
    }
}

/// The members of one object of a record, asked for by name and type; errors name the place and no value.
private struct RecordMembers {
    let path: JSONPointer
    private let members: JSONObject
    private let limits: IntakeLimits
    private let unknown: ((JSONPointer) -> Void)?

    init(
        _ json: JSON,
        _ path: JSONPointer,
        _ limits: IntakeLimits,
        _ unknown: ((JSONPointer) -> Void)?
    ) throws(IssuingError) {
        guard case .object(let members) = json else {
            throw IssuingError(.valueMalformed, "expected an object", path: path)
        }
        (self.members, self.path, self.limits, self.unknown) = (members, path, limits, unknown)
    }

    func error(_ code: IssuingError.Code, _ name: String, _ detail: String, hint: String? = nil) -> IssuingError {
        IssuingError(code, detail, path: path.appending(name), hint: hint)
    }

    /// The value of a member; absent where it is `null`.
    private func value(_ name: String) -> JSON? {
        guard let value = members[name], !value.isNull else { return Optional.none }
        return value
    }

    func text(_ name: String) throws(IssuingError) -> String? {
        guard let value = value(name) else { return nil }
        guard case .string(let text) = value else { throw error(.valueMalformed, name, "expected a string") }
        guard text.utf8.count <= limits.valueBytes else {
            throw error(.valueTooLong, name, "the value is longer than \(limits.valueBytes) bytes")
        }
        return text.trimmed
    }

    func truth(_ name: String) throws(IssuingError) -> Bool? {
        guard let value = value(name) else { return nil }
        guard case .bool(let truth) = value else { throw error(.valueMalformed, name, "expected true or false") }
        return truth
    }

    func integer(_ name: String) throws(IssuingError) -> Int? {
        guard let value = value(name) else { return nil }
        guard let number = value.int else { throw error(.valueMalformed, name, "expected a whole number") }
        return number
    }

    func decimal(_ name: String) throws(IssuingError) -> ExactDecimal? {
        guard let value = value(name) else { return nil }
        guard case .number(let number) = value else {
            throw error(.scoreNotANumber, name, "expected a number, without quotes")
        }
        do {
            return try ExactDecimal(parsing: number.literal)
        } catch {
            throw self.error(.scoreTooPrecise, name, "more than \(ExactDecimal.maximumDigits) digits")
        }
    }

    func moment(_ name: String) throws(IssuingError) -> ExamResult.Moment? {
        guard let text = try text(name) else { return nil }
        do {
            return try ExamResult.Moment(parsing: text)
        } catch {
            throw error.issuing(path.appending(name))
        }
    }

    func word<Word: RawRepresentable<String> & CaseIterable>(
        _ name: String,
        of type: Word.Type
    ) throws(IssuingError) -> Word? {
        guard let text = try text(name) else { return nil }
        guard let word = Word(rawValue: text) else {
            let words = Word.allCases.map(\.rawValue).joined(separator: ", ")
            throw error(.valueMalformed, name, "expected one of \(words)")
        }
        return word
    }

    func members(_ name: String) throws(IssuingError) -> RecordMembers? {
        guard let value = value(name) else { return nil }
        return try RecordMembers(value, path.appending(name), limits, unknown)
    }

    func list(_ name: String, _ limit: Int) throws(IssuingError) -> [RecordMembers] {
        guard let value = value(name) else { return [] }
        guard case .array(let elements) = value else { throw error(.valueMalformed, name, "expected an array") }
        guard elements.count <= limit else { throw error(.valueTooLong, name, "more than \(limit) elements") }
        var list: [RecordMembers] = []
        for (index, element) in elements.enumerated() {
            list.append(try RecordMembers(element, path.appending(name).appending(index), limits, unknown))
        }
        return list
    }

    func reportUnknown(_ known: Set<String>) {
        guard let unknown else { return }
        for name in members.keys where !known.contains(name) { unknown(path.appending(name)) }
    }
}

extension Timestamp.Failure {
    /// The error of a row whose date is no instant.
    func issuing(_ path: JSONPointer) -> IssuingError {
        switch self {
        case .withoutZone:
            IssuingError(
                .dateWithoutZone,
                "the date has no zone, so it is not known which instant it is",
                path: path,
                hint: "write it with its zone: 2026-03-01T13:25:00+01:00, or 2026-03-01T12:25:00Z"
            )
        case .malformed:
            IssuingError(
                .dateMalformed,
                "expected a date and time of RFC 3339",
                path: path,
                hint: "write it as 2026-03-01T13:25:00+01:00, or 2026-03-01T12:25:00Z"
            )
        case .outOfRange:
            IssuingError(.dateMalformed, "the date is out of range, or finer than a nanosecond", path: path)
        }
    }
}

extension String {
    /// Without spaces and tabs at either end.
    var trimmed: String {
        func isBlank(_ byte: UInt8) -> Bool { byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\t") }
        guard let first = utf8.first, let last = utf8.last, isBlank(first) || isBlank(last) else { return self }
        var bytes = utf8[...]
        while let first = bytes.first, isBlank(first) { bytes.removeFirst() }
        while let last = bytes.last, isBlank(last) { bytes.removeLast() }
        return String(decoding: bytes, as: UTF8.self)
    }
}
