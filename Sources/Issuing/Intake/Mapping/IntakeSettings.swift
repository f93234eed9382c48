/// What only the user can say of an export, beside a mapping that serves many: `--set exam.id=ALG-1 --timezone
/// Europe/Berlin --roster candidates.csv`.
public struct IntakeSettings: Sendable, Hashable {
    /// What is the same in every row, by the dotted path of `exam-result/1`. It goes before what a mapping says.
    public var constants: [String: String]
    /// The zone of dates without one.
    public var timezone: String?
    /// The file of the table that is called `roster`.
    public var roster: String?

    /// Settings of what is given.
    public init(constants: [String: String] = [:], timezone: String? = nil, roster: String? = nil) {
        (self.constants, self.timezone, self.roster) = (constants, timezone, roster)
    }

    /// Whether nothing is said.
    public var isEmpty: Bool { self == IntakeSettings() }
}
