public import JSONCore

extension AwardPolicy {
    /// The policy as JSON, as it was understood: comments, order of keys and spelling of numbers do not show.
    public var json: JSON {
        .members([
            ("policy", .string(Self.format)),
            ("id", .string(id)),
            ("achievement", achievement.json),
            ("subject", publish.map { ["publish": .string($0.rawValue)] }),
            ("facts", .members(facts.map { ($0.name, $0.json) })),
            ("requirements", .array(requirements.map(\.json))),
            ("on_unknown", .string(onUnknown.rawValue)),
            (
                "award",
                .members([
                    ("dated", .string(award.datedByFact + ".at")),
                    ("expires", award.validity.map { .string($0.description) }),
                ])
            ),
        ])
    }

    /// The bytes that say the same as long as the policy does: what its digest is taken of.
    public var digestSource: [UInt8] { json.serialized() }
}

extension AwardPolicy.Achievement {
    fileprivate var json: JSON {
        let targets = alignment.map { target in
            JSON.members([
                ("targetName", .string(target.targetName)), ("targetUrl", .string(target.targetURL)),
                ("targetType", target.targetType.map(JSON.string)), ("targetCode", target.targetCode.map(JSON.string)),
                ("targetDescription", target.targetDescription.map(JSON.string)),
                ("targetFramework", target.targetFramework.map(JSON.string)),
            ])
        }
        return .members([
            ("id", .string(id)), ("name", .string(name)), ("description", .string(description)),
            (
                "criteria",
                .members([("id", criteria.id.map(JSON.string)), ("narrative", criteria.narrative.map(JSON.string))])
            ),
            ("image", image.map(JSON.string)), ("type", type.map(JSON.string)),
            ("tags", tags.isEmpty ? nil : .array(tags.map(JSON.string))),
            ("alignment", targets.isEmpty ? nil : .array(targets)),
            ("humanCode", humanCode.map(JSON.string)), ("fieldOfStudy", fieldOfStudy.map(JSON.string)),
            ("specialization", specialization.map(JSON.string)), ("inLanguage", inLanguage.map(JSON.string)),
            ("version", version.map(JSON.string)),
        ])
    }
}

extension AwardPolicy.Fact {
    fileprivate var json: JSON {
        ["kind": "score", "match": ["exam": .array(exams.map(JSON.string))]]
    }
}

extension AwardPolicy.Requirement {
    fileprivate var json: JSON {
        let score: JSON =
            switch mark {
            case .percent(let mark): ["min_percent": mark.json]
            case .raw(let mark): ["min_raw": mark.json]
            }
        return ["id": .string(id), "needs": .string(needs), "score": score]
    }
}
