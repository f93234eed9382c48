import OpenBadges

/// Remembers which results were seen, and what they said, in a few bytes each.
///
/// A digest of 128 bits stands for the id and one of 64 for the content: by two or three keyed SipHash sums, whose key
/// is drawn anew for every run, so nobody can choose ids that collide. At two million rows the chance of one false
/// answer is below 10⁻²⁵ for ids.
struct DuplicateIndex {
    enum Answer { case new, same, different }

    private struct Key: Hashable {
        let first: Int
        let second: Int
    }

    private var seen: [Key: Int] = [:]

    /// Says whether that result was seen before, and with what content; remembers it if not.
    mutating func insert(_ result: ExamResult) -> Answer {
        let key = Key(
            first: Self.digest(1) { $0.combine(result.resultID) },
            second: Self.digest(2) { $0.combine(result.resultID) }
        )
        let content = Self.digest(3, result.hashContent)
        guard let earlier = seen[key] else {
            seen[key] = content
            return .new
        }
        return earlier == content ? .same : .different
    }

    private static func digest(_ label: UInt8, _ combine: (inout Hasher) -> Void) -> Int {
        var hasher = Hasher()
        hasher.combine(label)
        combine(&hasher)
        return hasher.finalize()
    }
}

extension ExamResult {
    /// Hashes what makes two results the same: all but the source and the spelling of the dates.
    fileprivate func hashContent(into hasher: inout Hasher) {
        hasher.combine(kind)
        hasher.combine(exam)
        hasher.combine(candidate)
        hasher.combine(attempt)
        hasher.combine(startedAt?.instant)
        hasher.combine(endedAt?.instant)
        hasher.combine(tzAssumed)
        hasher.combine(score)
        hasher.combine(passedExplicit)
        hasher.combine(status)
        hasher.combine(items)
        hasher.combine(level)
        hasher.combine(decision)
        hasher.combine(by)
        hasher.combine(comment)
        hasher.combine(artifact)
        hasher.combine(delivery)
    }
}
