/// Tells whether the times in proofs have passed: the moment of verification or signing, as the caller sees it.
///
/// There is no clock in here, and no calendar: what reads times also reads those of badges, and stands above.
///
/// *For example:*
/// ```swift
/// let clock = ProofClock { text in
///     guard let time = Timestamp(text) else { return .unreadable }
///     return time < now ? .past : .notPast
/// }
/// ```
public struct ProofClock: Sendable {
    /// Where a time lies.
    public enum Place: Sendable, Hashable {
        /// Before the moment.
        case past
        /// At the moment or after it.
        case notPast
        /// The text is no XML Schema dateTimeStamp: no date and time with a zone.
        case unreadable
    }

    private let judge: @Sendable (String) -> Place

    /// A clock that asks the closure about each text.
    public init(_ judge: @escaping @Sendable (String) -> Place) {
        self.judge = judge
    }

    /// Where a time lies.
    public func place(of text: String) -> Place {
        judge(text)
    }
}
