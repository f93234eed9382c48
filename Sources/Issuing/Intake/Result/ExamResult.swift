public import OpenBadges

/// One fact about one candidate, most often the result of an exam: the record `exam-result/1`, which every reader makes
/// and every policy judges.
///
/// It says what the source said, normalised but not judged: whether it was passed is the policy's answer, and
/// ``passedExplicit`` is the source's opinion, to be held against it. What kind of fact it is, ``kind`` says.
public struct ExamResult: Sendable, Hashable {
    /// The name of this form, as it stands in `schema`.
    public static let schema = "exam-result/1"

    /// The result's own id, the same whenever it is exported again: `vue:232966213`.
    public var resultID: String
    /// What kind of fact it is.
    public var kind: Kind
    /// Which exam it is of; for other kinds the activity, the survey or the work that it is about.
    public var exam: Exam
    /// Whose it is.
    public var candidate: Candidate
    /// Which attempt it was, from 1; `nil` where the source cannot tell.
    public var attempt: Int?
    /// When it began.
    public var startedAt: Moment?
    /// When it ended: what badges are dated by.
    public var endedAt: Moment?
    /// Whether the zone of the dates was assumed and does not stand in the source.
    public var tzAssumed: Bool?
    /// The score; `nil` where there is none.
    public var score: Score?
    /// Whether it was passed, where the source says so itself.
    public var passedExplicit: Bool?
    /// How far it got.
    public var status: Status
    /// Its items, where the source has them.
    public var items: [Item]
    /// The level of a rubric that the whole reached, where not an item did.
    public var level: String?
    /// What was decided, in a word of the policy's: `recommend`, `approve`, `exception`.
    public var decision: String?
    /// Who judged, recommended or saw.
    public var by: Decider?
    /// What they said about it, for people.
    public var comment: String?
    /// The work, where it is one.
    public var artifact: Artifact?
    /// How it was taken.
    public var delivery: Delivery?
    /// Where the record came from.
    public var source: Source?

    /// A result with what none can be without.
    public init(resultID: String, exam: Exam, candidate: Candidate, score: Score? = nil, endedAt: Moment? = nil) {
        self.resultID = resultID
        kind = .score
        self.exam = exam
        self.candidate = candidate
        self.score = score
        self.endedAt = endedAt
        status = .graded
        items = []
    }

    /// An exam: what policies match.
    public struct Exam: Sendable, Hashable {
        /// The exam's id: `STSI-CPE-07`.
        public var id: String
        /// Which form of it: forms have other items.
        public var form: String?
        /// Its name for people.
        public var name: String?

        /// An exam of that id.
        public init(id: String, form: String? = nil, name: String? = nil) {
            (self.id, self.form, self.name) = (id, form, name)
        }
    }

    /// A candidate. Personal data: none of it goes into errors, logs or published files.
    public struct Candidate: Sendable, Hashable {
        /// The e-mail address as the source spells it, well-formed.
        public var email: String
        /// Other ids.
        public var ids: [Identifier]
        /// The given name.
        public var given: String?
        /// The family name.
        public var family: String?

        /// A candidate with that address.
        public init(email: String, given: String? = nil, family: String? = nil, ids: [Identifier] = []) {
            (self.email, self.given, self.family, self.ids) = (email, given, family, ids)
        }

        /// The address by which one candidate is told from another: in lower case, so that two spellings are one.
        public var emailKey: String { email.lowercased() }

        /// Given and family name, where there is one of them.
        public var displayName: String? {
            let names = [given, family].compactMap { $0 }.filter { !$0.isEmpty }
            return names.isEmpty ? nil : names.joined(separator: " ")
        }
    }

    /// Another id of a candidate.
    public struct Identifier: Sendable, Hashable {
        /// A word of OB 3.0's `IdentifierTypeEnum`, or one that begins with `ext:`.
        public var type: String
        /// The id.
        public var value: String

        /// An id of that type.
        public init(type: String, value: String) {
            (self.type, self.value) = (type, value)
        }
    }

    /// An instant with the text that it was read from.
    public struct Moment: Sendable, Hashable {
        /// The instant, which counts.
        public let instant: Timestamp
        /// The source's spelling, which shows the local time.
        public let text: String

        /// Reads an RFC 3339 text.
        public init(parsing text: String) throws(Timestamp.Failure) {
            instant = try Timestamp(parsing: text)
            self.text = text
        }

        /// An instant in its plain spelling.
        public init(_ instant: Timestamp) {
            self.instant = instant
            text = instant.description
        }
    }

    /// A score, in whatever the source gave: raw points, a percentage, or both.
    public struct Score: Sendable, Hashable {
        /// Points reached.
        public var raw: ExactDecimal?
        /// The least number of points; 0 where it is not said.
        public var min: ExactDecimal?
        /// The greatest number of points.
        public var max: ExactDecimal?
        /// The percentage as the source gave it, which may be rounded.
        public var percent: ExactDecimal?
        /// The source's own pass mark. It is not the policy's.
        public var cut: ExactDecimal?
        /// What that mark is counted in.
        public var cutUnit: CutUnit?
        /// How many items were answered correctly.
        public var correct: ExactDecimal?
        /// How many items counted.
        public var items: ExactDecimal?

        /// A score of what is given.
        public init(raw: ExactDecimal? = nil, max: ExactDecimal? = nil, percent: ExactDecimal? = nil) {
            (self.raw, self.max, self.percent) = (raw, max, percent)
        }

        var isEmpty: Bool {
            raw == nil && min == nil && max == nil && percent == nil && cut == nil && cutUnit == nil && correct == nil
                && items == nil
        }
    }

    /// What a source's pass mark is counted in.
    public enum CutUnit: String, Sendable, Hashable, CaseIterable {
        /// Percent of the maximum.
        case percent
        /// Raw points.
        case raw
    }

    /// How far a result got.
    public enum Status: String, Sendable, Hashable, CaseIterable {
        /// It was marked; also where the source says nothing.
        case graded
        /// It was done, and is not marked.
        case completed
        /// It was begun, and is not done.
        case inProgress = "in_progress"
        /// The candidate did not come.
        case noShow = "no_show"
        /// It is not marked to the end.
        case partial
        /// It was annulled.
        case void
    }

    /// One item of an exam.
    public struct Item: Sendable, Hashable {
        /// The item's id in its exam: `41`.
        public var id: String
        /// Points; `nil` where the item is not marked with points.
        public var score: ExactDecimal?
        /// The greatest number of points; 1 where it is not said.
        public var max: ExactDecimal?
        /// The level of a rubric that it reached.
        public var level: String?

        /// An item of that id.
        public init(id: String, score: ExactDecimal? = nil, max: ExactDecimal? = nil, level: String? = nil) {
            (self.id, self.score, self.max, self.level) = (id, score, max, level)
        }
    }

    /// How an exam was taken.
    public struct Delivery: Sendable, Hashable {
        /// Whether somebody watched.
        public var proctored: Bool?
        /// In how many sittings.
        public var sessions: Int?

        /// A delivery of what is known.
        public init(proctored: Bool? = nil, sessions: Int? = nil) {
            (self.proctored, self.sessions) = (proctored, sessions)
        }
    }

    /// Where a record came from. It is no part of the result: the same result in two files is one.
    public struct Source: Sendable, Hashable {
        /// The form it was read from: `csv`, `ndjson`, `vue-exam-tsv`.
        public var format: String?
        /// The file.
        public var file: String?
        /// The line, from 1.
        public var line: Int?
        /// The SHA-256 of the source's record, in hexadecimal.
        public var sha256: String?

        /// A source of what is known.
        public init(format: String? = nil, file: String? = nil, line: Int? = nil, sha256: String? = nil) {
            (self.format, self.file, self.line, self.sha256) = (format, file, line, sha256)
        }
    }
}
