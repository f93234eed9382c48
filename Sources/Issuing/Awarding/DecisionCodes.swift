/// Why a requirement is met, is not, or cannot be told.
extension AwardDecision.Code {
    /// All requirements are met.
    public static let awarded = Self(rawValue: "AWARDED")
    /// There is no fact that the policy is about.
    public static let unmatched = Self(rawValue: "UNMATCHED")
    /// The badge would have no date.
    public static let dateMissing = Self(rawValue: "DATE_MISSING")
    /// There are too many records to tell which of them to take.
    public static let tooManyRecords = Self(rawValue: "TOO_MANY_RECORDS")

    // The record itself.

    /// There is a record, and nothing more is asked.
    public static let factFound = Self(rawValue: "FACT_FOUND")
    /// There is no record for the fact that the requirement needs.
    public static let factMissing = Self(rawValue: "FACT_MISSING")
    /// The candidate did not come.
    public static let noShow = Self(rawValue: "NO_SHOW")
    /// The record was annulled.
    public static let void = Self(rawValue: "VOID")
    /// The result is not marked to the end.
    public static let partial = Self(rawValue: "PARTIAL")
    /// It was begun, and is not done.
    public static let inProgress = Self(rawValue: "IN_PROGRESS")
    /// The source says that nobody came, and gives points.
    public static let statusDisagrees = Self(rawValue: "STATUS_DISAGREES")
    /// It has the status that is asked for.
    public static let statusReached = Self(rawValue: "STATUS_REACHED")
    /// It has another status than the one that is asked for.
    public static let statusOther = Self(rawValue: "STATUS_OTHER")

    // Marks.

    /// The pass mark is reached.
    public static let markReached = Self(rawValue: "MARK_REACHED")
    /// The pass mark is not reached.
    public static let markNotReached = Self(rawValue: "MARK_NOT_REACHED")
    /// The score is above its upper bound.
    public static let markExceeded = Self(rawValue: "MARK_EXCEEDED")
    /// There is no score, or not the one that the mark is counted in.
    public static let scoreMissing = Self(rawValue: "SCORE_MISSING")
    /// The percentage and the points say different things.
    public static let scoreDisagrees = Self(rawValue: "SCORE_DISAGREES")
    /// The score is negative or above its maximum.
    public static let scoreImpossible = Self(rawValue: "SCORE_IMPOSSIBLE")
    /// The source says passed and the mark says not, or the other way round.
    public static let passedDisagrees = Self(rawValue: "PASSED_DISAGREES")
    /// The exam has as many items as it should.
    public static let itemCountRight = Self(rawValue: "ITEM_COUNT_RIGHT")
    /// The exam has another number of items than it should.
    public static let itemCountDiffers = Self(rawValue: "ITEM_COUNT_DIFFERS")
    /// How many items the exam has cannot be told.
    public static let itemCountUnknown = Self(rawValue: "ITEM_COUNT_UNKNOWN")

    // Judgements.

    /// It was decided as is asked for.
    public static let decisionGiven = Self(rawValue: "DECISION_GIVEN")
    /// It was decided otherwise.
    public static let decisionOther = Self(rawValue: "DECISION_OTHER")
    /// The record says no decision.
    public static let decisionMissing = Self(rawValue: "DECISION_MISSING")
    /// The level of the rubric is reached.
    public static let levelReached = Self(rawValue: "LEVEL_REACHED")
    /// The level of the rubric is not reached.
    public static let levelNotReached = Self(rawValue: "LEVEL_NOT_REACHED")
    /// The record says no level.
    public static let levelMissing = Self(rawValue: "LEVEL_MISSING")
    /// The record's level is none of the rubric's.
    public static let levelUnknown = Self(rawValue: "LEVEL_UNKNOWN")
    /// The record does not say who judged.
    public static let deciderMissing = Self(rawValue: "DECIDER_MISSING")
    /// Those who have to judge have not: somebody else did.
    public static let deciderOther = Self(rawValue: "DECIDER_OTHER")
    /// The candidate judged, recommended or saw themself.
    public static let deciderIsSubject = Self(rawValue: "DECIDER_IS_SUBJECT")
    /// Whether it was the candidate who judged cannot be told.
    public static let deciderUnknown = Self(rawValue: "DECIDER_UNKNOWN")
    /// The work has enough words.
    public static let wordsEnough = Self(rawValue: "WORDS_ENOUGH")
    /// The work has too few words.
    public static let wordsTooFew = Self(rawValue: "WORDS_TOO_FEW")
    /// How many words the work has cannot be told.
    public static let wordsUnknown = Self(rawValue: "WORDS_UNKNOWN")

    // Order and time.

    /// It came before what it has to come after.
    public static let outOfOrder = Self(rawValue: "OUT_OF_ORDER")
    /// What it has to come after is not met, or has no date.
    public static let orderUnknown = Self(rawValue: "ORDER_UNKNOWN")
    /// It was within its period.
    public static let withinPeriod = Self(rawValue: "WITHIN_PERIOD")
    /// It began before its period.
    public static let beforePeriod = Self(rawValue: "BEFORE_PERIOD")
    /// It ended after its period.
    public static let afterPeriod = Self(rawValue: "AFTER_PERIOD")
    /// Whether it was within its period cannot be told.
    public static let periodUnknown = Self(rawValue: "PERIOD_UNKNOWN")
    /// Nobody watched the exam.
    public static let notProctored = Self(rawValue: "NOT_PROCTORED")
    /// Whether somebody watched cannot be told.
    public static let proctoringUnknown = Self(rawValue: "PROCTORING_UNKNOWN")
    /// It was taken in more sittings than are allowed.
    public static let sittingsExceeded = Self(rawValue: "SITTINGS_EXCEEDED")
    /// In how many sittings it was taken cannot be told.
    public static let sittingsUnknown = Self(rawValue: "SITTINGS_UNKNOWN")
    /// It took longer than is allowed.
    public static let durationExceeded = Self(rawValue: "DURATION_EXCEEDED")
    /// How long it took cannot be told.
    public static let durationUnknown = Self(rawValue: "DURATION_UNKNOWN")

    // Attempts.

    /// It is one attempt more than is allowed, and no exception was approved before it.
    public static let attemptsExceeded = Self(rawValue: "ATTEMPTS_EXCEEDED")
    /// Which attempt it was cannot be told.
    public static let attemptUnknown = Self(rawValue: "ATTEMPT_UNKNOWN")
    /// An exception was approved, and it is a form that the candidate has had before.
    public static let formRepeated = Self(rawValue: "FORM_REPEATED")
    /// Whether it is another form cannot be told.
    public static let formUnknown = Self(rawValue: "FORM_UNKNOWN")
    /// It belongs to another attempt, or another form, of the exam.
    public static let attemptOther = Self(rawValue: "ATTEMPT_OTHER")

    // Several records, and several requirements.

    /// Enough records meet the conditions.
    public static let countReached = Self(rawValue: "COUNT_REACHED")
    /// Not enough records meet the conditions so far.
    public static let countNotReached = Self(rawValue: "COUNT_NOT_REACHED")
    /// More records meet the conditions than may.
    public static let countExceeded = Self(rawValue: "COUNT_EXCEEDED")
    /// Too little time lies between the first and the last so far.
    public static let spanTooShort = Self(rawValue: "SPAN_TOO_SHORT")
    /// Too much time lies between the first and the last.
    public static let spanTooLong = Self(rawValue: "SPAN_TOO_LONG")
    /// What it puts together is met.
    public static let groupMet = Self(rawValue: "GROUP_MET")
    /// What it puts together is not met.
    public static let groupNotMet = Self(rawValue: "GROUP_NOT_MET")
    /// Whether what it puts together is met cannot be told.
    public static let groupUnknown = Self(rawValue: "GROUP_UNKNOWN")
    /// What must not be is.
    public static let excluded = Self(rawValue: "EXCLUDED")
}
