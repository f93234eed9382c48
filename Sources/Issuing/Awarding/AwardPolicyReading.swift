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
        try self.init(try YAMLSection(parsing: text, file: file, family: .policy, limit: limits.documentBytes))
    }

    init(_ top: YAMLSection) throws(IssuingError) {
        // What format it is comes first: another one has other keys.
        let format = try top.requiredText("policy")
        guard format == Self.format else {
            throw top.error("FORMAT", "the policy is of another format", at: "policy", hint: "expected \(Self.format)")
        }
        try top.allow([
            "policy", "id", "achievement", "subject", "facts", "requirements", "on_unknown", "on_correction", "award",
            "publish",
        ])
        guard let achievement = try top.section("achievement") else { throw top.missing("achievement") }
        let facts = try Self.facts(top)
        let requirements = try PolicyRequirements(top, facts).all
        self.init(
            id: try top.identifier("id"),
            achievement: try Achievement(achievement),
            publish: try Self.recipient(top),
            facts: facts,
            requirements: requirements,
            onUnknown: try top.word("on_unknown", of: OnUnknown.self) ?? .hold,
            onCorrection: try top.word("on_correction", of: OnCorrection.self) ?? .hold,
            award: try Self.award(top, facts, requirements),
            publications: try Self.publications(top, requirements)
        )
    }

    private static func recipient(_ top: YAMLSection) throws(IssuingError) -> RecipientForm? {
        guard let subject = try top.section("subject") else { return nil }
        try subject.allow(["key", "publish"])
        if let key = try subject.text("key"), key != "email" {
            throw subject.error("UNSUPPORTED", "candidates are told apart by email only", at: "key")
        }
        return try subject.word("publish", of: RecipientForm.self)
    }

    // Facts.

    private static func facts(_ top: YAMLSection) throws(IssuingError) -> [Fact] {
        guard let section = try top.section("facts") else { throw top.missing("facts") }
        var facts: [Fact] = []
        for name in section.keys {
            guard let fact = try section.section(name) else { throw section.missing(name) }
            try fact.allow(["kind", "match", "distinct_from", "produced_by"])
            guard let kind = try fact.word("kind", of: ExamResult.Kind.self) else { throw fact.missing("kind") }
            var own = Fact(name: name, kind: kind, match: try match(fact, kind))
            if let text = try fact.text("distinct_from") {
                guard text == "subject" else { throw fact.error("TYPE", "expected subject", at: "distinct_from") }
                own.isDistinctFromSubject = true
            }
            if let text = try fact.text("produced_by") {
                guard text == "engine", kind == .invitation else {
                    throw fact.error("TYPE", "only an invitation can be made by the engine", at: "produced_by")
                }
                own.isProducedByEngine = true
            }
            facts.append(own)
        }
        guard !facts.isEmpty else { throw top.error("TYPE", "a policy needs a fact", at: "facts") }
        return facts
    }

    private static func match(_ fact: YAMLSection, _ kind: ExamResult.Kind) throws(IssuingError) -> Match {
        var match = Match()
        guard let section = try fact.section("match") else {
            guard !kind.needsSubject else { throw fact.missing("match") }
            return match
        }
        let subjects = ["exam", "activity", "survey", "artifact"]
        try section.allow(Set(subjects + ["item", "form", "role", "panel"]))
        let given = subjects.filter(section.has)
        guard given.count <= 1 else {
            throw section.error("TYPE", "a fact is about an exam, an activity, a survey or an artifact", at: given[1])
        }
        if let key = given.first { match.subjects = (try section.texts(key) ?? []).map(\.trimmed) }
        guard !match.subjects.isEmpty || (!kind.needsSubject && given.isEmpty) else {
            throw section.missing(given.first ?? kind.subjectName)
        }
        match.item = try section.text("item")
        if match.item != nil, kind != .performance {
            throw section.error("TYPE", "only a performance is about an item", at: "item")
        }
        match.forms = (try section.texts("form") ?? []).map(\.trimmed)
        match.roles = (try section.texts("role") ?? []).map(\.trimmed)
        match.panels = (try section.texts("panel") ?? []).map(\.trimmed)
        return match
    }

    // The badge.

    private static func award(
        _ top: YAMLSection,
        _ facts: [Fact],
        _ requirements: [Requirement]
    ) throws(IssuingError) -> Award {
        guard let section = try top.section("award") else { throw top.missing("award") }
        try section.allow(["dated", "expires", "name", "formats", "notify"])
        let text = try section.requiredText("dated")
        let name = text.hasSuffix(".at") ? String(text.dropLast(3)) : ""
        let requirement = requirements.first { $0.id == name }
        guard requirement != nil || facts.contains(where: { $0.name == name }) else {
            throw section.error(
                "REFERENCE",
                "the date refers to nothing",
                at: "dated",
                hint: "expected the name of a fact or the id of a requirement, and .at: \(facts[0].name).at"
            )
        }
        // A requirement on one record has that record's date: the same under two names must read the same.
        let rule = requirement?.factRule
        var award = Award(dated: rule?.count == nil ? rule?.needs ?? name : name)
        award.validity = try section.period("expires")
        if let validity = award.validity, !validity.isOfDays {
            throw section.error("TYPE", "a badge expires after whole days", at: "expires")
        }
        award.name = try section.word("name", of: NameForm.self) ?? .none
        award.notify = try section.truth("notify") ?? false
        if let names = try section.texts("formats") {
            var formats: [Generation] = []
            for name in names {
                guard let format = Generation(rawValue: name) else {
                    throw section.error("TYPE", "expected some of ob2, ob3", at: "formats")
                }
                formats.append(format)
            }
            award.formats = formats
        }
        return award
    }

    private static func publications(
        _ top: YAMLSection,
        _ requirements: [Requirement]
    ) throws(IssuingError) -> [Publication]? {
        guard let section = try top.section("publish") else { return nil }
        var publications: [Publication] = []
        for id in section.keys {
            guard let requirement = requirements.first(where: { $0.id == id }) else {
                throw section.error("REFERENCE", "there is no requirement \"\(id)\"", at: id)
            }
            guard let own = try section.section(id) else { throw section.missing(id) }
            try own.allow(["as", "value"])
            guard let form = try own.word("as", of: Publication.Form.self) else { throw own.missing("as") }
            guard form == .none || requirement.factRule != nil else {
                throw section.error("TYPE", "only what is held against a fact can be published", at: id)
            }
            let value = try own.word("value", of: Publication.Value.self)
            publications.append(
                Publication(requirement: id, form: form, value: value ?? requirement.factRule?.value ?? .status)
            )
        }
        return publications
    }
}

extension AwardPolicy.FactRule {
    /// How its result is counted in a badge, unless the policy says so.
    var value: AwardPolicy.Publication.Value {
        if rubric != nil { return .level }
        guard let score else { return .status }
        return score.isPercent ? .percent : .raw
    }
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
            description: try section.text("description"),
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
    /// A text is the narrative; a mapping has `id`, `narrative` or both; `nil` where the policy leaves it out.
    fileprivate init?(_ achievement: YAMLSection) throws(IssuingError) {
        guard achievement.has("criteria") else { return nil }
        if achievement.isScalar("criteria") {
            self.init(id: nil, narrative: try achievement.requiredText("criteria"))
            return
        }
        guard let section = try achievement.section("criteria") else { return nil }
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

    /// A length of time.
    func period(_ key: String) throws(IssuingError) -> CalendarPeriod? {
        guard let text = try text(key) else { return nil }
        guard let period = CalendarPeriod(text) else {
            throw error("TYPE", "expected null, or a period such as P2Y, P18M, P7D or PT3H", at: key)
        }
        return period
    }
}
