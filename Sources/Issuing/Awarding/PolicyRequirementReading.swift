/// Reads the requirements of a policy's file, those that stand inside of others too.
struct PolicyRequirements {
    /// All of them, in the order of the file; what stands inside of a group comes right before it.
    private(set) var all: [AwardPolicy.Requirement] = []
    private let facts: [AwardPolicy.Fact]

    /// - Throws: ``IssuingError`` of the family `POLICY_…`.
    init(_ top: YAMLSection, _ facts: [AwardPolicy.Fact]) throws(IssuingError) {
        self.facts = facts
        guard let sections = try top.sections("requirements") else { throw top.missing("requirements") }
        guard !sections.isEmpty else {
            throw top.error("TYPE", "a policy without a requirement would award to everybody", at: "requirements")
        }
        for section in sections { _ = try read(section, id: try section.requiredText("id"), depth: 0) }
        try checkReferences(sections)
        try checkChoices(top)
    }

    private static let groupKeys = ["all_of", "any_of", "not"]
    private static let ruleKeys: Set<String> = [
        "needs", "status", "score", "points", "decision", "rubric", "decided_by", "within", "sittings", "attempts",
        "items", "artifact", "count", "span", "choose", "proctored",
    ]
    private static let maximumDepth = 16

    /// Reads one, and returns its id.
    private mutating func read(_ section: YAMLSection, id: String, depth: Int) throws(IssuingError) -> String {
        try section.allow(Self.ruleKeys.union(Self.groupKeys).union(["id", "after", "then"]))
        guard depth < Self.maximumDepth else {
            throw section.error("TYPE", "requirements stand in one another too deep")
        }
        let groups = Self.groupKeys.filter(section.has)
        let rule: AwardPolicy.Requirement.Rule
        if let group = groups.first {
            guard groups.count == 1 else {
                throw section.error("TYPE", "expected one of all_of, any_of, not", at: groups[1])
            }
            if let other = section.keys.first(where: { Self.ruleKeys.contains($0) && section.has($0) }) {
                throw section.error("TYPE", "what puts others together has no \(other) of its own", at: other)
            }
            rule = try read(section, group, id: id, depth: depth)
        } else {
            rule = .fact(try factRule(section))
        }
        guard !all.contains(where: { $0.id == id }) else {
            throw section.error("DUPLICATE_ID", "an earlier requirement has the same id", at: "id")
        }
        all.append(
            AwardPolicy.Requirement(
                id: id,
                rule: rule,
                after: try section.texts("after") ?? [],
                then: try actions(section)
            )
        )
        return id
    }

    private mutating func read(
        _ section: YAMLSection,
        _ group: String,
        id: String,
        depth: Int
    ) throws(IssuingError) -> AwardPolicy.Requirement.Rule {
        var members: [String] = []
        for element in try section.elements(group) {
            switch element {
            case .text(let name): members.append(name)
            case .section(let inner):
                // Without an id of its own it is known by its place.
                let own = try inner.text("id") ?? "\(id).\(members.count + 1)"
                members.append(try read(inner, id: own, depth: depth + 1))
            }
        }
        guard let first = members.first else { throw section.error("TYPE", "it puts nothing together", at: group) }
        switch group {
        case "all_of": return .all(members)
        case "any_of": return .any(members)
        default:
            guard members.count == 1 else { throw section.error("TYPE", "not takes one requirement", at: group) }
            return .not(first)
        }
    }

    // Facts.

    private func factRule(_ section: YAMLSection) throws(IssuingError) -> AwardPolicy.FactRule {
        let needs = try section.requiredText("needs")
        guard let fact = facts.first(where: { $0.name == needs }) else {
            throw unknownFact(needs, section, at: "needs")
        }
        var rule = AwardPolicy.FactRule(needs: needs)
        rule.status = try section.word("status", of: ExamResult.Status.self)
        rule.score = try score(section)
        rule.decisions = try section.texts("decision") ?? []
        rule.rubric = try rubric(section)
        rule.decidedBy = try decider(section)
        rule.within = try window(section)
        if let sittings = try section.section("sittings") {
            try sittings.allow(["max", "max_duration"])
            rule.sittings = .init(
                maximum: try sittings.count("max"),
                maximumDuration: try sittings.period("max_duration")
            )
            guard rule.sittings != .init() else { throw sittings.missing("max") }
        }
        if let isProctored = try section.truth("proctored") {
            guard isProctored else { throw section.error("TYPE", "expected true, or nothing", at: "proctored") }
            rule.isProctored = true
        }
        rule.attempts = try attempts(section)
        if let items = try section.section("items") {
            try items.allow(["count"])
            guard let count = try items.count("count") else { throw items.missing("count") }
            rule.itemCount = count
        }
        if let artifact = try section.section("artifact") {
            try artifact.allow(["min_words"])
            guard let words = try artifact.count("min_words") else { throw artifact.missing("min_words") }
            rule.minimumWords = words
        }
        rule.count = try count(section)
        rule.choose = try section.word("choose", of: AwardPolicy.Choice.self) ?? .any
        guard rule.count == nil || rule.choose == .any else {
            throw section.error("TYPE", "where records are counted, none is chosen", at: "choose")
        }
        // An exam's mark is what it is asked for; whoever wants only that it was taken says so.
        if fact.kind == .score, rule == AwardPolicy.FactRule(needs: needs), !section.has("then"), !section.has("after")
        {
            throw section.missing("score")
        }
        return rule
    }

    private func unknownFact(_ name: String, _ section: YAMLSection, at key: String) -> IssuingError {
        section.error(
            "REFERENCE",
            "there is no fact \"\(name)\"",
            at: key,
            hint: "the facts are " + facts.map(\.name).joined(separator: ", ")
        )
    }

    private func score(_ section: YAMLSection) throws(IssuingError) -> AwardPolicy.ScoreRule? {
        if let points = try section.section("points") {
            guard !section.has("score") else { throw section.error("TYPE", "points are a score", at: "points") }
            try points.allow(["min", "max"])
            var rule = AwardPolicy.ScoreRule()
            rule.isPoints = true
            (rule.minimumRaw, rule.maximumRaw) = (try points.points("min"), try points.points("max"))
            guard rule.minimum != nil || rule.maximum != nil else { throw points.missing("min") }
            return rule
        }
        guard let score = try section.section("score") else { return nil }
        try score.allow(["min_percent", "max_percent", "min_raw", "max_raw", "of", "without", "rounding", "places"])
        var rule = AwardPolicy.ScoreRule()
        rule.minimumPercent = try score.percentage("min_percent")
        rule.maximumPercent = try score.percentage("max_percent")
        rule.minimumRaw = try score.points("min_raw")
        rule.maximumRaw = try score.points("max_raw")
        let isRaw = rule.minimumRaw != nil || rule.maximumRaw != nil
        guard rule.isPercent || isRaw else {
            throw section.error("KEY_MISSING", "a score needs min_percent or min_raw", at: "score")
        }
        guard !(rule.isPercent && isRaw) else {
            throw section.error("TYPE", "a score takes min_percent or min_raw, not both", at: "score")
        }
        rule.base = try score.word("of", of: AwardPolicy.ScoreRule.Base.self)
        rule.without = (try score.texts("without") ?? []).map(\.trimmed)
        rule.rounding.mode = try score.word("rounding", of: Rounding.Mode.self) ?? .none
        if let places = try score.count("places", from: 0) {
            guard places <= 9, rule.rounding.mode != .none else {
                throw score.error("TYPE", "places are of a rounding, 9 at most", at: "places")
            }
            let marks = [rule.minimum, rule.maximum].compactMap(\.self)
            guard marks.allSatisfy({ $0 < ExactDecimal(1_000_000_000_000) && $0.scale <= 18 }) else {
                throw score.error("TYPE", "a mark that is rounded has 12 digits before its point, 18 behind, at most")
            }
            rule.rounding.places = places
        }
        return rule
    }

    private func rubric(_ section: YAMLSection) throws(IssuingError) -> AwardPolicy.Rubric? {
        guard let rubric = try section.section("rubric") else { return nil }
        try rubric.allow(["levels", "min"])
        let levels = try rubric.texts("levels") ?? []
        let minimum = try rubric.requiredText("min")
        guard Set(levels).count == levels.count else {
            throw rubric.error("TYPE", "a level stands twice", at: "levels")
        }
        guard levels.isEmpty || levels.contains(minimum) else {
            throw rubric.error("REFERENCE", "the level to reach is none of the levels", at: "min")
        }
        return AwardPolicy.Rubric(levels: levels, minimum: minimum)
    }

    private func decider(_ section: YAMLSection) throws(IssuingError) -> AwardPolicy.Decider? {
        guard section.has("decided_by") else { return nil }
        var decider = AwardPolicy.Decider()
        if section.isScalar("decided_by") {
            let name = try section.requiredText("decided_by")
            if facts.contains(where: { $0.name == name }) { decider.fact = name } else { decider.roles = [name] }
            return decider
        }
        guard let own = try section.section("decided_by") else { return nil }
        try own.allow(["fact", "role", "panel", "distinct"])
        decider.fact = try own.text("fact")
        if let name = decider.fact, !facts.contains(where: { $0.name == name }) {
            throw unknownFact(name, own, at: "fact")
        }
        decider.roles = try own.texts("role") ?? []
        decider.panels = try own.texts("panel") ?? []
        guard decider.fact == nil || (decider.roles.isEmpty && decider.panels.isEmpty) else {
            throw own.error("TYPE", "a fact says itself by whom it is", at: "fact")
        }
        switch try own.text("distinct") {
        case nil, "true", "subject": decider.distinct = .subject
        case "false": decider.distinct = .none
        case "each": decider.distinct = .each
        default: throw own.error("TYPE", "expected true, false, subject or each", at: "distinct")
        }
        return decider
    }

    private func window(_ section: YAMLSection) throws(IssuingError) -> AwardPolicy.Window? {
        guard let within = try section.section("within") else { return nil }
        try within.allow(["period", "of"])
        guard let period = try within.period("period") else { throw within.missing("period") }
        let text = try within.requiredText("of")
        return AwardPolicy.Window(period: period, anchor: text.hasSuffix(".at") ? String(text.dropLast(3)) : text)
    }

    private func attempts(_ section: YAMLSection) throws(IssuingError) -> AwardPolicy.Attempts? {
        guard let attempts = try section.section("attempts") else { return nil }
        try attempts.allow(["max", "exception", "from"])
        guard let maximum = try attempts.count("max") else { throw attempts.missing("max") }
        var rule = AwardPolicy.Attempts(maximum: maximum)
        if let text = try attempts.text("from") {
            guard text == "records" else { throw attempts.error("TYPE", "expected records", at: "from") }
            rule.areRecords = true
        }
        if let section = try attempts.section("exception") {
            try section.allow(["approved_by", "decision", "different"])
            let name = try section.requiredText("approved_by")
            guard facts.contains(where: { $0.name == name }) else {
                throw unknownFact(name, section, at: "approved_by")
            }
            var exception = AwardPolicy.Attempts.Exception(approvedBy: name)
            if let words = try section.texts("decision") { exception.decisions = words }
            if let text = try section.text("different") {
                guard text == "form" else { throw section.error("TYPE", "expected form", at: "different") }
                exception.isOtherForm = true
            }
            rule.exception = exception
        }
        return rule
    }

    private func count(_ section: YAMLSection) throws(IssuingError) -> AwardPolicy.Count? {
        let (count, span) = (try section.section("count"), try section.section("span"))
        guard count != nil || span != nil else { return nil }
        var rule = AwardPolicy.Count()
        if let count {
            try count.allow(["min", "max"])
            (rule.minimum, rule.maximum) = (try count.count("min"), try count.count("max", from: 0))
            guard rule.minimum != nil || rule.maximum != nil else { throw count.missing("min") }
        }
        if let span {
            try span.allow(["min", "max"])
            (rule.minimumSpan, rule.maximumSpan) = (try span.period("min"), try span.period("max"))
            guard rule.minimumSpan != nil || rule.maximumSpan != nil else { throw span.missing("min") }
        }
        return rule
    }

    private func actions(_ section: YAMLSection) throws(IssuingError) -> [AwardPolicy.Action] {
        guard section.has("then") else { return [] }
        let sections =
            section.isList("then")
            ? try section.sections("then") ?? [] : [try section.section("then")].compactMap { $0 }
        var actions: [AwardPolicy.Action] = []
        for own in sections {
            try own.allow(["mail", "fields", "url"])
            let mail = try own.requiredText("mail")
            let isName = mail.utf8.allSatisfy { byte in
                (0x61...0x7A).contains(byte) || (0x30...0x39).contains(byte) || byte == UInt8(ascii: "-")
            }
            guard isName, mail.utf8.count <= 64 else {
                throw own.error("TYPE", "a letter's name has small letters, digits and hyphens", at: "mail")
            }
            let fields = try own.texts("fields") ?? []
            guard fields.allSatisfy({ ["correct", "percent", "points"].contains($0) }) else {
                throw own.error("TYPE", "expected some of correct, percent, points", at: "fields")
            }
            actions.append(AwardPolicy.Action(mail: mail, fields: fields, url: try own.text("url")))
        }
        return actions
    }

    // References.

    private func checkReferences(_ sections: [YAMLSection]) throws(IssuingError) {
        let ids = Set(all.map(\.id))
        func place(_ requirement: AwardPolicy.Requirement) -> YAMLSection {
            // What stands inside of another is told at the outermost.
            sections.first { (try? $0.text("id")) == requirement.id }
                ?? sections.first {
                    (try? $0.text("id")).flatMap { $0 }.map { requirement.id.hasPrefix($0 + ".") } ?? false
                }
                ?? sections[0]
        }
        for requirement in all {
            let key = Self.groupKeys.first(where: place(requirement).has) ?? "id"
            for (name, key) in requirement.after.map({ ($0, "after") }) + requirement.members.map({ ($0, key) })
            where !ids.contains(name) {
                throw place(requirement).error("REFERENCE", "there is no requirement \"\(name)\"", at: key)
            }
            if let anchor = requirement.factRule?.within?.anchor, !ids.contains(anchor),
                !facts.contains(where: { $0.name == anchor })
            {
                throw place(requirement).error(
                    "REFERENCE",
                    "its period begins with nothing: \"\(anchor)\"",
                    at: "within"
                )
            }
        }
        if let circle = circle() {
            throw place(circle).error("REFERENCE", "it refers to itself, over one or more others", at: "id")
        }
    }

    /// A requirement that has to be known before itself.
    private func circle() -> AwardPolicy.Requirement? {
        let byID = Dictionary(all.map { ($0.id, $0) }) { first, _ in first }
        var done: Set<String> = []
        func isInCircle(_ id: String, _ path: Set<String>) -> Bool {
            guard !path.contains(id) else { return true }
            guard !done.contains(id), let requirement = byID[id] else { return false }
            let anchor = requirement.factRule?.within?.anchor
            let references = requirement.members + requirement.after + [anchor].compactMap { $0 }
            let isCircle = references.contains { isInCircle($0, path.union([id])) }
            if !isCircle { done.insert(id) }
            return isCircle
        }
        return all.first { isInCircle($0.id, []) }
    }

    /// One record of a fact is chosen for all requirements alike, so they must not choose differently.
    private func checkChoices(_ top: YAMLSection) throws(IssuingError) {
        for fact in facts {
            let choices = Set(all.compactMap(\.factRule).filter { $0.needs == fact.name }.map(\.choose)).subtracting([
                .any
            ])
            guard choices.count > 1 else { continue }
            throw top.error("TYPE", "requirements choose different records of \"\(fact.name)\"", at: "requirements")
        }
    }
}

extension YAMLSection {
    fileprivate func percentage(_ key: String) throws(IssuingError) -> ExactDecimal? {
        guard let number = try decimal(key) else { return nil }
        guard !number.isBelowZero, number <= ExactDecimal(100) else {
            throw error("TYPE", "expected a percentage from 0 to 100", at: key)
        }
        return number
    }

    fileprivate func points(_ key: String) throws(IssuingError) -> ExactDecimal? {
        guard let number = try decimal(key) else { return nil }
        guard !number.isBelowZero else { throw error("TYPE", "expected points from 0", at: key) }
        return number
    }

    /// A whole number that counts something.
    fileprivate func count(_ key: String, from least: Int = 1) throws(IssuingError) -> Int? {
        guard let number = try decimal(key) else { return nil }
        guard let count = number.int, count >= least, count <= 1_000_000 else {
            throw error("TYPE", "expected a whole number from \(least)", at: key)
        }
        return count
    }
}
