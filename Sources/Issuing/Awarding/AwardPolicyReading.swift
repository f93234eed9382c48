extension AwardPolicy {
    /// Reads a policy's file.
    ///
    /// `file` is the name that errors show. Throws `POLICY_SYNTAX`, `POLICY_UNKNOWN_KEY`, `POLICY_DUPLICATE_KEY`,
    /// `POLICY_KEY_MISSING`, `POLICY_TYPE`, `POLICY_UNSUPPORTED`, `POLICY_FORMAT`, `POLICY_REFERENCE`,
    /// `POLICY_DUPLICATE_ID` or `POLICY_TOO_LARGE`, with line and column.
    public init(
        parsing text: some Sequence<UInt8>,
        file: String,
        limits: IntakeLimits = .standard
    ) throws(IssuingError) {
        let top = try YAMLSection(parsing: text, file: file, family: .policy, limit: limits.documentBytes)
        // What format it is comes first: another one has other keys.
        let format = try top.requiredText("policy")
        guard format == Self.format else {
            throw top.error("FORMAT", "the policy is of another format", at: "policy", hint: "expected \(Self.format)")
        }
        try top.allow(
            ["policy", "id", "achievement", "subject", "facts", "requirements", "on_unknown", "award"],
            later: ["publish"]
        )
        guard let achievement = try top.section("achievement") else { throw top.missing("achievement") }
        let facts = try Self.facts(top)
        let requirements = try Self.requirements(top, facts)
        self.init(
            id: try top.identifier("id"),
            achievement: try Achievement(achievement),
            publish: try Self.publish(top),
            facts: facts,
            requirements: requirements,
            onUnknown: try top.word("on_unknown", of: OnUnknown.self) ?? .hold,
            award: try Self.award(top, facts, requirements)
        )
    }

    private static func publish(_ top: YAMLSection) throws(IssuingError) -> Publish? {
        guard let subject = try top.section("subject") else { return nil }
        try subject.allow(["key", "publish"])
        if let key = try subject.text("key"), key != "email" {
            throw subject.error("UNSUPPORTED", "candidates are told apart by email only", at: "key")
        }
        return try subject.word("publish", of: Publish.self)
    }

    private static func facts(_ top: YAMLSection) throws(IssuingError) -> [Fact] {
        guard let section = try top.section("facts") else { throw top.missing("facts") }
        var facts: [Fact] = []
        for name in section.keys {
            guard let fact = try section.section(name) else { throw section.missing(name) }
            // The kind comes first: another one has other keys.
            let kind = try fact.requiredText("kind")
            guard kind == "score" else {
                let isLater = laterKinds.contains(kind)
                throw fact.error(
                    isLater ? "UNSUPPORTED" : "TYPE",
                    isLater ? "facts of this kind are not supported by this version" : "there is no such kind of fact",
                    at: "kind",
                    hint: "expected score"
                )
            }
            try fact.allow(["kind", "match"], later: ["distinct_from", "produced_by"])
            guard let match = try fact.section("match") else { throw fact.missing("match") }
            try match.allow(["exam"], later: ["item", "form", "role", "panel", "activity", "survey"])
            guard let exams = try match.texts("exam"), !exams.isEmpty else { throw match.missing("exam") }
            facts.append(Fact(name: name, exams: exams.map(\.trimmed)))
        }
        guard !facts.isEmpty else { throw top.error("TYPE", "a policy needs a fact", at: "facts") }
        return facts
    }

    private static func requirements(_ top: YAMLSection, _ facts: [Fact]) throws(IssuingError) -> [Requirement] {
        guard let sections = try top.sections("requirements") else { throw top.missing("requirements") }
        guard !sections.isEmpty else {
            throw top.error("TYPE", "a policy without a requirement would award to everybody", at: "requirements")
        }
        var requirements: [Requirement] = []
        for section in sections {
            try section.allow(["id", "needs", "score"], later: laterRequirementKeys)
            let id = try section.requiredText("id")
            guard !requirements.contains(where: { $0.id == id }) else {
                throw section.error("DUPLICATE_ID", "an earlier requirement has the same id", at: "id")
            }
            let needs = try section.requiredText("needs")
            guard facts.contains(where: { $0.name == needs }) else {
                throw section.error(
                    "REFERENCE",
                    "there is no fact \"\(needs)\"",
                    at: "needs",
                    hint: "the facts are " + facts.map(\.name).joined(separator: ", ")
                )
            }
            requirements.append(Requirement(id: id, needs: needs, mark: try mark(section)))
        }
        return requirements
    }

    private static func mark(_ requirement: YAMLSection) throws(IssuingError) -> Mark {
        guard let score = try requirement.section("score") else { throw requirement.missing("score") }
        try score.allow(["min_percent", "min_raw"], later: ["of", "rounding"])
        let (percent, raw) = (try score.decimal("min_percent"), try score.decimal("min_raw"))
        switch (percent, raw) {
        case (let percent?, nil):
            guard !percent.isBelowZero, percent <= ExactDecimal(100) else {
                throw score.error("TYPE", "expected a percentage from 0 to 100", at: "min_percent")
            }
            return .percent(percent)
        case (nil, let raw?):
            guard !raw.isBelowZero else { throw score.error("TYPE", "expected points from 0", at: "min_raw") }
            return .raw(raw)
        case (nil, nil):
            throw requirement.error("KEY_MISSING", "a score needs min_percent or min_raw", at: "score")
        default:
            throw requirement.error("TYPE", "a score takes min_percent or min_raw, not both", at: "score")
        }
    }

    private static func award(
        _ top: YAMLSection,
        _ facts: [Fact],
        _ requirements: [Requirement]
    ) throws(IssuingError) -> Award {
        guard let award = try top.section("award") else { throw top.missing("award") }
        try award.allow(["dated", "expires"], later: ["name", "formats", "notify"])
        let dated = try award.requiredText("dated")
        let name = dated.hasSuffix(".at") ? String(dated.dropLast(3)) : ""
        let fact = facts.first { $0.name == name }?.name ?? requirements.first { $0.id == name }?.needs
        guard let fact else {
            throw award.error(
                "REFERENCE",
                "the date refers to nothing",
                at: "dated",
                hint: "expected the name of a fact or the id of a requirement, and .at: \(facts[0].name).at"
            )
        }
        var validity: CalendarPeriod?
        if let text = try award.text("expires") {
            validity = CalendarPeriod(text)
            guard validity != nil else {
                throw award.error("TYPE", "expected null, or a period such as P2Y or P18M", at: "expires")
            }
        }
        return Award(datedByFact: fact, validity: validity)
    }

    // Of award-policy/1, and judged by a later version: they must not be ignored.
    private static let laterKinds: Set<String> = [
        "completion", "survey", "recommendation", "invitation", "performance", "review", "artifact", "observation",
    ]
    private static let laterRequirementKeys: Set<String> = [
        "status", "decision", "points", "choose", "after", "within", "sittings", "attempts", "items", "rubric",
        "decided_by", "then", "all_of", "any_of", "not", "artifact", "count", "span",
    ]
}

extension AwardPolicy.Achievement {
    fileprivate init(_ section: YAMLSection) throws(IssuingError) {
        try section.allow([
            "id", "name", "description", "criteria", "image", "type", "tags", "alignment", "humanCode", "fieldOfStudy",
            "specialization", "inLanguage", "version",
        ])
        self.init(
            id: try section.identifier("id"),
            name: try section.requiredText("name"),
            description: try section.requiredText("description"),
            criteria: try AwardPolicy.Criteria(section),
            image: try section.text("image"),
            type: try section.text("type"),
            tags: try section.texts("tags") ?? [],
            alignment: [],
            humanCode: try section.text("humanCode"),
            fieldOfStudy: try section.text("fieldOfStudy"),
            specialization: try section.text("specialization"),
            inLanguage: try section.text("inLanguage"),
            version: try section.text("version")
        )
        for target in try section.sections("alignment") ?? [] {
            try target.allow([
                "targetName", "targetUrl", "targetType", "targetCode", "targetDescription", "targetFramework",
            ])
            alignment.append(
                AwardPolicy.Alignment(
                    targetName: try target.requiredText("targetName"),
                    targetURL: try target.identifier("targetUrl"),
                    targetType: try target.text("targetType"),
                    targetCode: try target.text("targetCode"),
                    targetDescription: try target.text("targetDescription"),
                    targetFramework: try target.text("targetFramework")
                )
            )
        }
    }
}

extension AwardPolicy.Criteria {
    /// A text is the narrative; a mapping has `id`, `narrative` or both.
    fileprivate init(_ achievement: YAMLSection) throws(IssuingError) {
        guard achievement.has("criteria") else { throw achievement.missing("criteria") }
        if achievement.isScalar("criteria") {
            self.init(id: nil, narrative: try achievement.requiredText("criteria"))
            return
        }
        guard let section = try achievement.section("criteria") else { throw achievement.missing("criteria") }
        try section.allow(["id", "narrative"])
        self.init(id: section.has("id") ? try section.identifier("id") : nil, narrative: try section.text("narrative"))
        guard id != nil || narrative != nil else { throw section.missing("narrative") }
    }
}

extension YAMLSection {
    /// A text that can be an id: no spaces, no control characters.
    fileprivate func identifier(_ key: String) throws(IssuingError) -> String {
        let text = try requiredText(key)
        guard text.utf8.allSatisfy({ $0 > 0x20 && $0 != 0x7F }), text.utf8.count <= 1024 else {
            throw error("TYPE", "expected an id without spaces", at: key)
        }
        return text
    }
}
