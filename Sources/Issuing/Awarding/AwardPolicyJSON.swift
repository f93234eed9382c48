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
            ("on_correction", onCorrection == .hold ? nil : .string(onCorrection.rawValue)),
            ("award", award.json),
            (
                "publish",
                publications.map { publications in
                    .members(
                        publications.map { own in
                            let value = JSON.string(own.value.rawValue)
                            return (own.requirement, ["as": .string(own.form.rawValue), "value": value])
                        }
                    )
                }
            ),
        ])
    }

    /// The bytes that say the same as long as the policy does: what its digest is taken of.
    public var digestSource: [UInt8] { json.serialized() }
}

extension JSON {
    /// A list of texts; nothing where there is none.
    fileprivate static func texts(_ texts: [String]) -> JSON? {
        texts.isEmpty ? Optional.none : .array(texts.map(JSON.string))
    }

    /// An object; nothing where it has no members.
    fileprivate static func some(_ members: [(String, JSON?)]) -> JSON? {
        let object = JSON.members(members)
        return object.object?.isEmpty ?? true ? Optional.none : object
    }
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
            ("id", .string(id)), ("name", .string(name)), ("description", description.map(JSON.string)),
            (
                "criteria",
                criteria.map { criteria in
                    .members([
                        ("id", criteria.id.map(JSON.string)), ("narrative", criteria.narrative.map(JSON.string)),
                    ])
                }
            ),
            ("image", image.map(JSON.string)), ("type", type.map(JSON.string)),
            ("tags", .texts(tags)),
            ("alignment", targets.isEmpty ? nil : .array(targets)),
            ("humanCode", humanCode.map(JSON.string)), ("fieldOfStudy", fieldOfStudy.map(JSON.string)),
            ("specialization", specialization.map(JSON.string)), ("inLanguage", inLanguage.map(JSON.string)),
            ("version", version.map(JSON.string)),
        ])
    }
}

extension AwardPolicy.Fact {
    fileprivate var json: JSON {
        .members([
            ("kind", .string(kind.rawValue)),
            (
                "match",
                .some([
                    (kind.subjectName, .texts(match.subjects)), ("item", match.item.map(JSON.string)),
                    ("form", .texts(match.forms)), ("role", .texts(match.roles)), ("panel", .texts(match.panels)),
                ])
            ),
            ("distinct_from", isDistinctFromSubject ? "subject" : nil),
            ("produced_by", isProducedByEngine ? "engine" : nil),
        ])
    }
}

extension AwardPolicy.Requirement {
    fileprivate var json: JSON {
        var members: [(String, JSON?)] = [("id", .string(id))]
        switch rule {
        case .fact(let rule): members += rule.members
        case .all(let ids): members.append(("all_of", .texts(ids)))
        case .any(let ids): members.append(("any_of", .texts(ids)))
        case .not(let id): members.append(("not", .string(id)))
        }
        let actions = then.map { action in
            JSON.members([
                ("mail", .string(action.mail)), ("fields", .texts(action.fields)), ("url", action.url.map(JSON.string)),
            ])
        }
        return .members(members + [("after", .texts(after)), ("then", actions.isEmpty ? nil : .array(actions))])
    }
}

extension AwardPolicy.FactRule {
    fileprivate var members: [(String, JSON?)] {
        [
            ("needs", .string(needs)), ("status", status.map { .string($0.rawValue) }),
            (score?.isPoints ?? false ? "points" : "score", score?.json), ("decision", .texts(decisions)),
            (
                "rubric",
                rubric.map { .members([("levels", .texts($0.levels)), ("min", .string($0.minimum))]) }
            ),
            ("decided_by", decidedBy?.json),
            (
                "within",
                within.map { ["period": .string($0.period.description), "of": .string($0.anchor + ".at")] }
            ),
            (
                "sittings",
                sittings.map { sittings in
                    .members([
                        ("max", sittings.maximum.map { JSON($0) }),
                        ("max_duration", sittings.maximumDuration.map { .string($0.description) }),
                    ])
                }
            ),
            ("proctored", isProctored ? true : nil), ("attempts", attempts?.json),
            ("items", itemCount.map { ["count": JSON($0)] }),
            ("artifact", minimumWords.map { ["min_words": JSON($0)] }),
            (
                "count",
                count.flatMap { .some([("min", $0.minimum.map { JSON($0) }), ("max", $0.maximum.map { JSON($0) })]) }
            ),
            (
                "span",
                count.flatMap { count in
                    .some([
                        ("min", count.minimumSpan.map { .string($0.description) }),
                        ("max", count.maximumSpan.map { .string($0.description) }),
                    ])
                }
            ),
            ("choose", choose == .any ? nil : .string(choose.rawValue)),
        ]
    }
}

extension AwardPolicy.ScoreRule {
    fileprivate var json: JSON {
        if isPoints { return .members([("min", minimumRaw?.json), ("max", maximumRaw?.json)]) }
        return .members([
            ("min_percent", minimumPercent?.json), ("max_percent", maximumPercent?.json), ("min_raw", minimumRaw?.json),
            ("max_raw", maximumRaw?.json), ("of", base.map { .string($0.rawValue) }), ("without", .texts(without)),
            ("rounding", rounding.mode == .none ? nil : .string(rounding.mode.rawValue)),
            ("places", rounding.places == 0 ? nil : JSON(rounding.places)),
        ])
    }
}

extension AwardPolicy.Decider {
    fileprivate var json: JSON {
        .members([
            ("fact", fact.map(JSON.string)), ("role", .texts(roles)), ("panel", .texts(panels)),
            ("distinct", distinct == .subject ? nil : .string(distinct == .none ? "false" : distinct.rawValue)),
        ])
    }
}

extension AwardPolicy.Attempts {
    fileprivate var json: JSON {
        .members([
            ("max", JSON(maximum)),
            (
                "exception",
                exception.map { exception in
                    .members([
                        ("approved_by", .string(exception.approvedBy)),
                        ("decision", exception.decisions == Exception.words ? nil : .texts(exception.decisions)),
                        ("different", exception.isOtherForm ? "form" : nil),
                    ])
                }
            ),
            ("from", areRecords ? "records" : nil),
        ])
    }
}

extension AwardPolicy.Award {
    fileprivate var json: JSON {
        .members([
            ("dated", .string(dated + ".at")),
            ("expires", validity.map { .string($0.description) }),
            ("name", name == .none ? nil : .string(name.rawValue)),
            ("formats", formats.map { .array($0.map { .string($0.rawValue) }) }),
            ("notify", notify ? true : nil),
        ])
    }
}
