import JSONCore

/// `result`: do the reported results agree with their descriptions, and reach what these require?
enum ResultCheck {
    static func run(_ inspection: inout Inspection) {
        guard let subject = inspection.achievementCredential?.subject else {
            let reason = inspection.assertion == nil ? "there are no results" : "Open Badges 2.0 has no results"
            return inspection.record(.result, .skipped, reason)
        }
        guard !subject.results.isEmpty else {
            return inspection.record(.result, .skipped, "the badge reports no results")
        }
        let descriptions = subject.achievement.resultDescriptions
        for (index, result) in subject.results.enumerated() {
            let path = JSONPointer().appending("credentialSubject").appending("result").appending(index)
            guard let id = result.resultDescription else { continue }
            guard let description = descriptions.first(where: { $0.id == id }) else {
                inspection.report(
                    .result,
                    "the result names a description that the achievement does not have",
                    check: .result,
                    at: path.appending("resultDescription")
                )
                continue
            }
            if let value = result.value { check(value, description, at: path.appending("value"), &inspection) }
            checkLevel(result, description, among: descriptions, at: path, &inspection)
        }
        inspection.conclude(.result, otherwise: "the results agree with their descriptions")
    }

    private static func check(
        _ value: String,
        _ description: ResultDescription,
        at path: JSONPointer,
        _ inspection: inout Inspection
    ) {
        func fail(_ detail: String) { inspection.report(.result, detail, check: .result, at: path) }
        let allowed = description.allowedValues
        if !allowed.isEmpty {
            guard let place = allowed.firstIndex(of: value) else {
                return fail("the value is none of those allowed")
            }
            // Allowed values stand from the lowest to the highest, or a letter grade could not be required.
            if let required = description.requiredValue, let floor = allowed.firstIndex(of: required), place < floor {
                fail("the value does not reach the one required")
            }
            return
        }
        let bounds = [description.valueMin, description.valueMax, description.requiredValue]
        guard bounds.contains(where: { $0.flatMap(DecimalText.init) != nil }) else { return }
        let isPercentage = description.resultType == "Percent" && value.hasSuffix("%")
        guard let number = DecimalText(isPercentage ? String(value.dropLast()).trimmingBlanks : value) else {
            return fail("the value is no number, and its bounds are")
        }
        if let minimum = description.valueMin.flatMap(DecimalText.init), number < minimum {
            fail("the value lies below the lowest possible")
        }
        if let maximum = description.valueMax.flatMap(DecimalText.init), maximum < number {
            fail("the value lies above the highest possible")
        }
        if let required = description.requiredValue.flatMap(DecimalText.init), number < required {
            fail("the value does not reach the one required")
        }
    }

    private static func checkLevel(
        _ result: Result,
        _ description: ResultDescription,
        among descriptions: [ResultDescription],
        at path: JSONPointer,
        _ inspection: inout Inspection
    ) {
        guard let achieved = result.achievedLevel,
            !description.rubricCriterionLevels.contains(where: { $0.id == achieved })
        else { return }
        let isAnothers = descriptions.contains { $0.rubricCriterionLevels.contains { $0.id == achieved } }
        inspection.report(
            .result,
            isAnothers
                ? "the level achieved stands in another description of the achievement"
                : "the level achieved is none of the description's",
            check: .result,
            severity: isAnothers ? .warning : .failure,
            at: path.appending("achievedLevel")
        )
    }
}

extension String {
    /// Without spaces at its end.
    fileprivate var trimmingBlanks: String {
        var text = self[...]
        while text.last == " " { text.removeLast() }
        return String(text)
    }
}
