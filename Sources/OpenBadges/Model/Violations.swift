import JSONCore

/// What a document has that its class does not allow, found on a walk through it.
///
/// The way to the present place is kept as steps, and made a pointer only where there is something to report: most
/// documents are in order.
struct Violations {
    private enum Step {
        case member(String)
        case element(Int)
    }

    private(set) var found: [OpenBadgesError] = []
    private var steps: [Step] = []

    /// A document of a megabyte of mistakes needs no megabyte of findings; people mend the first few.
    static let maximum = 100

    /// Whether no more are looked for.
    var isFull: Bool { found.count >= Self.maximum }

    mutating func add(_ code: OpenBadgesError.Code, _ detail: String) {
        found.append(OpenBadgesError(code, detail, at: pointer))
    }

    /// Looks at a member of the present object.
    mutating func enter(_ name: String, _ body: (inout Violations) -> Void) {
        steps.append(.member(name))
        body(&self)
        steps.removeLast()
    }

    /// Looks at an element of the present array.
    mutating func enter(_ index: Int, _ body: (inout Violations) -> Void) {
        steps.append(.element(index))
        body(&self)
        steps.removeLast()
    }

    private var pointer: JSONPointer {
        var pointer = JSONPointer()
        for step in steps {
            switch step {
            case .member(let name): pointer = pointer.appending(name)
            case .element(let index): pointer = pointer.appending(index)
            }
        }
        return pointer
    }
}
