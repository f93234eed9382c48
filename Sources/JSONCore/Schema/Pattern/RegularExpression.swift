/// A regular expression of ECMA-262, compiled: whether it matches anywhere in a text, in linear time.
///
/// An automaton reads the text once and follows all ways through the expression at the same time (Thompson 1968; Pike):
/// no text makes it slow, as one makes an engine slow that tries one way after the other. `(a*)*b` is as good as any.
struct RegularExpression: Sendable {
    let source: String
    private let program: RegularExpressionProgram
    private let looks: [RegularExpressionProgram]
    private let classes: [CharacterClass]

    /// Compiles an expression. `room` is how long it may be, and how many instructions may come of it; it is lowered by
    /// what it took.
    init(_ source: String, room: inout Int) throws(RegularExpressionError) {
        room -= source.utf8.count
        guard room >= 0 else { throw .tooLarge("all together, or it alone, are too long") }
        let node = try BackreferenceExpansion.expand(RegularExpressionParser.parse(source))
        var compiler = RegularExpressionCompiler(room: room)
        program = try compiler.compile(node, isForward: true)
        room = compiler.room
        looks = compiler.looks
        classes = compiler.classes
        self.source = source
    }

    /// Whether the expression matches somewhere in a text; `nil` where that takes more than there is in `work`, which
    /// is lowered by what it took.
    func matches(_ text: String, work: inout Int) -> Bool? {
        var budget = work
        defer { work = budget }
        return text.withUTF8Bytes { bytes in
            var tables: [BitTable] = []
            for look in looks {
                var table = BitTable(count: bytes.count + 1)
                var run = RegularExpressionRun(look, classes: classes, looks: tables, text: bytes)
                guard run.findAll(&table, work: &budget) else { return nil }
                tables.append(table)
            }
            var run = RegularExpressionRun(program, classes: classes, looks: tables, text: bytes)
            return run.findFirst(work: &budget)
        }
    }
}
