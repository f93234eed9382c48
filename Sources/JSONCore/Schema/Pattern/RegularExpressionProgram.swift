/// A regular expression as instructions of an automaton, for reading a text forwards or backwards.
struct RegularExpressionProgram: Sendable {
    enum Instruction: Sendable {
        /// Take one character of the class of that index, and go on with the next instruction.
        case take(Int)
        /// Go on with both.
        case split(Int, Int)
        case jump(Int)
        /// Go on where it holds.
        case assertion(RegularExpressionNode.Assertion)
        /// Go on where the look of that number has a match, or has none.
        case look(Int, isNegative: Bool)
        case accept
    }

    let instructions: [Instruction]
    let isForward: Bool
    /// Whether a match can only begin at the text's start.
    let isAnchored: Bool
}

/// Writes trees as programs.
///
/// What is looked for ahead is compiled to be read backwards, and what is looked for behind, forwards: so one pass over
/// the text finds all places where it matches, and looking costs linear time too.
struct RegularExpressionCompiler {
    private(set) var classes: [CharacterClass] = []
    /// The programs of all looks, those inside others first.
    private(set) var looks: [RegularExpressionProgram] = []
    private var lookNumbers = 0
    /// How many instructions all programs may have together.
    private(set) var room: Int

    init(room: Int) {
        self.room = room
    }

    /// Compiles the tree of a whole expression, or of what a look looks for.
    mutating func compile(
        _ node: RegularExpressionNode,
        isForward: Bool
    ) throws(RegularExpressionError) -> RegularExpressionProgram {
        var output: [RegularExpressionProgram.Instruction] = []
        try write(node, isForward, to: &output)
        try emit(.accept, to: &output)
        return RegularExpressionProgram(
            instructions: output,
            isForward: isForward,
            isAnchored: isForward && node.isAnchored
        )
    }

    @discardableResult
    private mutating func emit(
        _ instruction: RegularExpressionProgram.Instruction,
        to output: inout [RegularExpressionProgram.Instruction]
    ) throws(RegularExpressionError) -> Int {
        guard room > 0 else { throw .tooLarge("with its repetitions written out it is too long") }
        room -= 1
        return output.place(instruction)
    }

    private mutating func write(
        _ node: RegularExpressionNode,
        _ isForward: Bool,
        to output: inout [RegularExpressionProgram.Instruction]
    ) throws(RegularExpressionError) {
        switch node {
        case .empty: break
        case .character(let set): try emit(.take(classes.place(set)), to: &output)
        case .assertion(let assertion): try emit(.assertion(assertion), to: &output)
        case .sequence(let parts):
            for index in parts.indices {
                try write(parts[isForward ? index : parts.count - 1 - index], isForward, to: &output)
            }
        case .choice(let branches): try write(branches, isForward, to: &output)
        case .repetition(let body, let atLeast, let atMost):
            try write(body, atLeast, atMost, isForward, to: &output)
        case .group(let body, _): try write(body, isForward, to: &output)
        case .look(let body, let isAhead, let isNegative):
            let program = try compile(body, isForward: !isAhead)
            try emit(.look(looks.place(program), isNegative: isNegative), to: &output)
        case .backreference: throw .unsupported("a backreference cannot be matched in linear time")
        }
    }

    private mutating func write(
        _ branches: [RegularExpressionNode],
        _ isForward: Bool,
        to output: inout [RegularExpressionProgram.Instruction]
    ) throws(RegularExpressionError) {
        var jumps: [Int] = []
        for index in branches.indices.dropLast() {
            let split = try emit(.split(0, 0), to: &output)
            try write(branches[index], isForward, to: &output)
            jumps.append(try emit(.jump(0), to: &output))
            output[split] = .split(split + 1, output.count)
        }
        if let last = branches.last { try write(last, isForward, to: &output) }
        for jump in jumps { output[jump] = .jump(output.count) }
    }

    private mutating func write(
        _ body: RegularExpressionNode,
        _ atLeast: Int,
        _ atMost: Int?,
        _ isForward: Bool,
        to output: inout [RegularExpressionProgram.Instruction]
    ) throws(RegularExpressionError) {
        for _ in 0..<atLeast {
            let start = output.count
            try write(body, isForward, to: &output)
            // Nothing repeated is nothing, however often: `(){100000}` must not cost its count.
            if output.count == start { return }
        }
        guard let atMost else {
            let split = try emit(.split(0, 0), to: &output)
            try write(body, isForward, to: &output)
            try emit(.jump(split), to: &output)
            output[split] = .split(split + 1, output.count)
            return
        }
        var splits: [Int] = []
        for _ in atLeast..<atMost {
            splits.append(try emit(.split(0, 0), to: &output))
            try write(body, isForward, to: &output)
        }
        for split in splits { output[split] = .split(split + 1, output.count) }
    }
}
