public import JSONCore
import OpenBadges

extension ExamResult {
    /// The record as one JSON object, its members in the order of the format, absent ones left out.
    ///
    /// Dates keep their spelling, numbers come in plain decimals. `ExamResult(json:)` reads it back.
    public var json: JSON { json(dates: \.text, source: source) }

    /// The bytes that say the same whenever the result says the same: what its digest is taken of.
    ///
    /// Dates are in UTC, numbers in lowest terms, and where it was read from is left out: a result that is exported
    /// again, into another file, in another spelling of the zone, has the same bytes.
    public var digestSource: [UInt8] {
        json(dates: \.instant.description, source: nil).serialized()
    }

    private func json(dates: (Moment) -> String, source: Source?) -> JSON {
        var record = JSONObject(capacity: 14)
        record["schema"] = .string(Self.schema)
        record["resultId"] = .string(resultID)
        if kind != .score { record["kind"] = .string(kind.rawValue) }
        if !exam.id.isEmpty { record[kind.subjectName] = .object(subjectMembers) }
        let ids = candidate.ids.map { JSON.members([("type", .string($0.type)), ("value", .string($0.value))]) }
        record["candidate"] = .members([
            ("email", .string(candidate.email)), ("ids", ids.isEmpty ? nil : .array(ids)),
            ("given", candidate.given.map(JSON.string)), ("family", candidate.family.map(JSON.string)),
        ])
        record["attempt"] = attempt.map { JSON($0) }
        record["startedAt"] = startedAt.map { .string(dates($0)) }
        record["endedAt"] = endedAt.map { .string(dates($0)) }
        record["tzAssumed"] = tzAssumed.map(JSON.bool)
        if let score, !score.isEmpty { record["score"] = score.json }
        record["passedExplicit"] = passedExplicit.map(JSON.bool)
        record["status"] = .string(status.rawValue)
        if !items.isEmpty {
            record["items"] = .array(
                items.map { item in
                    .members([
                        ("id", .string(item.id)), ("score", item.score.map(\.json)), ("max", item.max.map(\.json)),
                        ("level", item.level.map(JSON.string)),
                    ])
                }
            )
        }
        record["level"] = level.map(JSON.string)
        record["decision"] = decision.map(JSON.string)
        record["by"] = by.map { by in
            .members([
                ("id", by.id.map(JSON.string)), ("email", by.email.map(JSON.string)),
                ("name", by.name.map(JSON.string)), ("role", by.role.map(JSON.string)),
                ("panel", by.panel.map(JSON.string)),
            ])
        }
        record["comment"] = comment.map(JSON.string)
        record["delivery"] = delivery.map { delivery in
            .members([
                ("proctored", delivery.proctored.map(JSON.bool)), ("sessions", delivery.sessions.map { JSON($0) }),
            ])
        }
        record["source"] = source.map { source in
            .members([
                ("format", source.format.map(JSON.string)), ("file", source.file.map(JSON.string)),
                ("line", source.line.map { JSON($0) }), ("sha256", source.sha256.map(JSON.string)),
            ])
        }
        return .object(record)
    }

    /// What it is about, under the name that its kind has for it; a work has its own members beside.
    private var subjectMembers: JSONObject {
        var members: JSONObject = ["id": .string(exam.id)]
        members["form"] = exam.form.map(JSON.string)
        members["name"] = exam.name.map(JSON.string)
        members["url"] = artifact?.url.map(JSON.string)
        members["words"] = artifact?.words.map { JSON($0) }
        members["sha256"] = artifact?.sha256.map(JSON.string)
        return members
    }
}

extension ExamResult.Score {
    fileprivate var json: JSON {
        .members([
            ("raw", raw.map(\.json)), ("min", min.map(\.json)), ("max", max.map(\.json)),
            ("percent", percent.map(\.json)), ("cut", cut.map(\.json)),
            ("cutUnit", cutUnit.map { .string($0.rawValue) }), ("correct", correct.map(\.json)),
            ("items", items.map(\.json)),
        ])
    }
}

extension ExactDecimal {
    /// The number as JSON, in plain decimals.
    var json: JSON { JSONNumber(literal: description).map(JSON.number) ?? .null }
}

extension JSON {
    /// An object of the members that are there; `null` counts as absent, as these formats never write it.
    ///
    /// (A `nil` in a conditional expression may become a JSON `null`, which is a nil literal too.)
    static func members(_ members: [(String, JSON?)]) -> JSON {
        var object = JSONObject(capacity: members.count)
        for (name, value) in members {
            if let value, !value.isNull { object[name] = value }
        }
        return .object(object)
    }
}
