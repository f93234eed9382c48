/// Columns that are items, one each: every header that has the pattern, whose group `item` is the item's id.
///
/// ```yaml
/// items:
///   - {match: '^Q\. ?(?<item>[0-9]+) */ *(?<max>[0-9.,]+)$'}
/// ```
struct ItemRule: Sendable, Hashable {
    /// What the cells are.
    enum Part: String, Sendable, Hashable, CaseIterable {
        /// Points; a group `max` of the header is the maximum.
        case score
        /// The greatest number of points.
        case max
        /// A level of a rubric.
        case level
    }

    let pattern: TextPattern
    let part: Part
}
