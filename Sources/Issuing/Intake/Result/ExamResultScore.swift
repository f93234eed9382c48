import JSONCore

extension ExamResult.Score {
    /// Raw points of the maximum, where both are there and the scale begins at zero.
    ///
    /// With another minimum, points of the maximum are no percentage of anything that can be assumed: `nil`.
    public var ratio: ExactRatio? {
        guard let raw, let max, min?.isZero ?? true else { return nil }
        return ExactRatio(raw, of: max)
    }

    /// The percentage for people, without its sign: from the points if it can be, exact or rounded down (see
    /// ``ExactRatio/percentText(places:)``), else as the source gave it.
    public var percentText: String? {
        ratio?.percentText() ?? percent?.description
    }

    /// `37 of 40`, or `37`: the points for people.
    public var pointsText: String? {
        raw.map { raw in max.map { "\(raw) of \($0)" } ?? raw.description }
    }

    /// What makes a score impossible, whatever the policy says.
    public func validate() throws(IssuingError) {
        if let minimum = min, let maximum = max, maximum <= minimum {
            throw Self.error(.scoreMaximumInvalid, "max", "the maximum is not above the minimum")
        }
        if let maximum = max, min == nil, maximum <= ExactDecimal(0) {
            throw Self.error(.scoreMaximumInvalid, "max", "the maximum is not above zero")
        }
        if let raw {
            if let minimum = min {
                if raw < minimum { throw Self.error(.scoreBelowMinimum, "raw", "the points are below the minimum") }
            } else if raw.isBelowZero {
                throw Self.error(.scoreNegative, "raw", "the points are below zero")
            }
            if let maximum = max, maximum < raw {
                throw Self.error(.scoreAboveMaximum, "raw", "the points are above the maximum")
            }
        }
        if let correct {
            if correct.isBelowZero { throw Self.error(.scoreNegative, "correct", "the number of items is below zero") }
            if let items, items < correct {
                throw Self.error(.scoreAboveMaximum, "correct", "more items are correct than there are")
            }
        }
        if let items, items <= ExactDecimal(0) {
            throw Self.error(.scoreMaximumInvalid, "items", "the number of items is not above zero")
        }
        if let percent {
            if percent.isBelowZero { throw Self.error(.scoreNegative, "percent", "the percentage is below zero") }
            if percent > ExactDecimal(100) {
                throw Self.error(.scoreAboveMaximum, "percent", "the percentage is above 100")
            }
        }
    }

    private static func error(_ code: IssuingError.Code, _ name: String, _ detail: String) -> IssuingError {
        IssuingError(code, detail, path: JSONPointer().appending("score").appending(name))
    }
}

extension ExamResult {
    /// What makes a result impossible, whatever the policy says: checked by every reader.
    public func validate() throws(IssuingError) {
        guard !resultID.isEmpty else {
            throw Self.error(.resultIDMissing, ["resultId"], "the result has no id")
        }
        guard !exam.id.isEmpty || !kind.needsSubject else {
            let path = [kind.subjectName, "id"]
            throw Self.error(.examIDMissing, path, "the result does not say of which \(kind.subjectName) it is")
        }
        guard !candidate.email.isEmpty else {
            let path = ["candidate", "email"]
            throw Self.error(.candidateEmailMissing, path, "the candidate has no e-mail address")
        }
        guard EmailAddress.isWellFormed(candidate.email) else {
            var error = Self.error(
                .candidateEmailMalformed,
                ["candidate", "email"],
                "the candidate's e-mail address is none"
            )
            error.hint = "expected one address, as name@example.org"
            throw error
        }
        if let startedAt, let endedAt, endedAt.instant < startedAt.instant {
            throw Self.error(.datesReversed, ["endedAt"], "the result ends before it starts")
        }
        if let attempt, attempt < 1 {
            throw Self.error(.valueMalformed, ["attempt"], "attempts count from 1")
        }
        if let sessions = delivery?.sessions, sessions < 0 {
            throw Self.error(.valueMalformed, ["delivery", "sessions"], "a number of sessions is not negative")
        }
        if let words = artifact?.words, words < 0 {
            throw Self.error(.valueMalformed, ["artifact", "words"], "a number of words is not negative")
        }
        try score?.validate()
    }

    private static func error(_ code: IssuingError.Code, _ path: [String], _ detail: String) -> IssuingError {
        IssuingError(code, detail, path: path.reduce(JSONPointer()) { $0.appending($1) })
    }
}
