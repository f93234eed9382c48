/// The way out from where something failed: its steps, innermost first, gathered while the recursion unwinds.
///
/// So a path costs nothing until there is a failure to report.
struct PathTrail {
    /// The longest name that goes into a path, in bytes. A hostile document could otherwise blow up every report
    /// and log that mentions it; real names are far shorter.
    private static let longestName = 256

    private enum Step {
        case key(String)
        case index(Int)
    }

    private var steps: [Step] = []

    /// One step outwards, from the member of that name.
    mutating func leave(_ key: String) {
        steps.append(.key(key))
    }

    /// One step outwards, from the element of that index.
    mutating func leave(_ index: Int) {
        steps.append(.index(index))
    }

    /// The place as a pointer; it ends before the first name that is too long.
    var pointer: JSONPointer {
        var pointer = JSONPointer()
        for step in steps.reversed() {
            switch step {
            case .key(let key) where key.utf8.count > Self.longestName: return pointer
            case .key(let key): pointer = pointer.appending(key)
            case .index(let index): pointer = pointer.appending(index)
            }
        }
        return pointer
    }
}
