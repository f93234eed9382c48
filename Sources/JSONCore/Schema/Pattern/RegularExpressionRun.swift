/// One reading of a text by a program: the set of instructions that all ways have reached, character by character.
///
/// Its tables are buffers that it owns, each as long as the program: this is the innermost loop of patterns, and arrays
/// would check their uniqueness at each step.
struct RegularExpressionRun: ~Copyable {
    private let program: RegularExpressionProgram
    private let classes: [CharacterClass]
    /// Where the looks match, by their numbers.
    private let looks: [BitTable]
    private let text: UnsafeBufferPointer<UInt8>

    /// Instructions that are to be followed. Each is put here once a step at most, so it is never too small.
    private let stack: UnsafeMutablePointer<Int32>
    private var stackCount = 0
    /// The instructions that wait for a character.
    private let waiting: UnsafeMutablePointer<Int32>
    private var waitingCount = 0
    /// For each instruction the step in which it was reached last.
    private let reached: UnsafeMutablePointer<Int>
    private var step = 0
    /// How many instructions were followed in this step.
    private var followed = 0

    init(
        _ program: RegularExpressionProgram,
        classes: [CharacterClass],
        looks: [BitTable],
        text: UnsafeBufferPointer<UInt8>
    ) {
        self.program = program
        self.classes = classes
        self.looks = looks
        self.text = text
        let count = program.instructions.count
        stack = .allocate(capacity: count)
        waiting = .allocate(capacity: count)
        reached = .allocate(capacity: count)
        reached.initialize(repeating: 0, count: count)
    }

    deinit {
        stack.deallocate()
        waiting.deallocate()
        reached.deallocate()
    }

    /// Whether there is a match; `nil` where the work ran out.
    mutating func findFirst(work: inout Int) -> Bool? {
        var found = false
        let isDone = read(work: &work) { _ in
            found = true
            return false
        }
        return isDone || found ? found : nil
    }

    /// Marks all places where a match ends; `false` where the work ran out.
    mutating func findAll(_ table: inout BitTable, work: inout Int) -> Bool {
        read(work: &work) { place in
            table.insert(place)
            return true
        }
    }

    /// Reads the text; `accepted` is told each place where a match ends, and whether to go on. Returns `false` where it
    /// stopped before the end.
    private mutating func read(work: inout Int, accepted: (Int) -> Bool) -> Bool {
        // Making the tables takes time too.
        work -= 1 + program.instructions.count / 64
        return program.instructions.withUnsafeBufferPointer { instructions in
            var place = program.isForward ? 0 : text.count
            let end = program.isForward ? text.count : 0
            step = 1
            while true {
                // A match may begin anywhere.
                if !program.isAnchored || place == 0 { reach(0) }
                if follow(instructions, at: place), !accepted(place) { return false }
                if place == end || waitingCount == 0 && program.isAnchored { return true }
                work -= 1 + followed / 8
                guard work >= 0 else { return false }
                followed = 0
                step += 1
                take(program.isForward ? character(after: &place) : character(before: &place), instructions, &work)
            }
        }
    }

    /// Notes that an instruction is to be followed, unless it was in this step.
    @inline(__always)
    private mutating func reach(_ instruction: Int) {
        guard reached[instruction] != step else { return }
        reached[instruction] = step
        stack[stackCount] = Int32(truncatingIfNeeded: instruction)
        stackCount &+= 1
    }

    /// Lets those that wait for this character go on.
    private mutating func take(
        _ character: UInt32,
        _ instructions: UnsafeBufferPointer<RegularExpressionProgram.Instruction>,
        _ work: inout Int
    ) {
        for index in 0..<waitingCount {
            let instruction = Int(waiting[index])
            guard case .take(let set) = instructions[instruction] else { continue }
            // Properties are looked up, one by one.
            if character >= 128 { work -= classes[set].properties.count }
            if classes[set].contains(character) { reach(instruction + 1) }
        }
        waitingCount = 0
    }

    /// Follows everything that takes no character; `true` where that leads to the end of the program.
    private mutating func follow(
        _ instructions: UnsafeBufferPointer<RegularExpressionProgram.Instruction>,
        at place: Int
    ) -> Bool {
        var isAccepted = false
        while stackCount > 0 {
            stackCount &-= 1
            followed &+= 1
            let instruction = Int(stack[stackCount])
            switch instructions[instruction] {
            case .take:
                waiting[waitingCount] = Int32(truncatingIfNeeded: instruction)
                waitingCount &+= 1
            case .split(let one, let other):
                reach(other)
                reach(one)
            case .jump(let target): reach(target)
            case .assertion(let assertion):
                if holds(assertion, at: place) { reach(instruction + 1) }
            case .look(let number, let isNegative):
                if looks[number].contains(place) != isNegative { reach(instruction + 1) }
            case .accept: isAccepted = true
            }
        }
        return isAccepted
    }

    private func holds(_ assertion: RegularExpressionNode.Assertion, at place: Int) -> Bool {
        switch assertion {
        case .start: place == 0
        case .end: place == text.count
        case .wordBoundary: isBoundary(place)
        case .noWordBoundary: !isBoundary(place)
        }
    }

    private func isBoundary(_ place: Int) -> Bool {
        // Letters, digits and the underscore are ASCII, so bytes do.
        let before = place > 0 && CharacterClass.word.contains(UInt32(text[place - 1]))
        let after = place < text.count && CharacterClass.word.contains(UInt32(text[place]))
        return before != after
    }

    // Swift's strings are UTF-8 without error, so these need not ask for what follows a leading byte.

    private func character(after place: inout Int) -> UInt32 {
        let lead = UInt32(text[place])
        let count = lead < 0x80 ? 1 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4
        defer { place += count }
        return decode(place, count)
    }

    private func character(before place: inout Int) -> UInt32 {
        var count = 1
        while count < 4, count < place, text[place - count] & 0xC0 == 0x80 { count += 1 }
        place -= count
        return decode(place, count)
    }

    private func decode(_ place: Int, _ count: Int) -> UInt32 {
        let lead = UInt32(text[place])
        func following(_ index: Int) -> UInt32 { UInt32(text[place + index]) & 0x3F }
        return switch count {
        case 1: lead
        case 2: (lead & 0x1F) << 6 | following(1)
        case 3: (lead & 0x0F) << 12 | following(1) << 6 | following(2)
        default: (lead & 0x07) << 18 | following(1) << 12 | following(2) << 6 | following(3)
        }
    }
}

/// A set of places in a text.
struct BitTable {
    private var words: [UInt64]

    /// No places, of so many.
    init(count: Int) {
        words = Array(repeating: 0, count: (count + 63) / 64)
    }

    mutating func insert(_ place: Int) {
        words[place / 64] |= 1 << UInt64(place % 64)
    }

    func contains(_ place: Int) -> Bool {
        words[place / 64] >> UInt64(place % 64) & 1 == 1
    }
}
