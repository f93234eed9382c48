/// A mapping's rules bound to the columns of one source: which cell fills which place.
struct ColumnBinding {
    /// Where a value comes from, by the columns' numbers.
    enum Cell {
        case column(Int)
        case constant(String)
        /// The melted column's cell, its header, its maximum, or a group of its header's pattern.
        case melted(MeltedPart)
        /// A column of a joined table.
        case table(Int, column: Int)
        /// A column in the row of maxima.
        case maximum(Int)
    }

    enum MeltedPart: Hashable {
        case cell, header, maximum
        case group(String)
    }

    /// How the cells of a rule make one value.
    enum Origin {
        case cell(Cell)
        case first([Cell])
        case joined([Cell])
        case digest([Cell])
    }

    /// A rule bound. A class, as a million rows would copy its parts a million times.
    final class Step {
        let rule: ColumnRule
        let origin: Origin
        /// The source's words in lower case, where their case does not count.
        let loweredValues: [String: String]?
        let matcher: ((String) -> TextPattern.Match?)?

        init(_ rule: ColumnRule, _ origin: Origin) {
            (self.rule, self.origin) = (rule, origin)
            loweredValues =
                !rule.ignoresCase
                ? nil
                : rule.values.map { values in
                    Dictionary(values.map { ($0.key.lowercased(), $0.value) }) { first, _ in first }
                }
            matcher = rule.pattern?.matcher
        }
    }

    /// A column that is a result of its own in every row.
    struct MeltedColumn {
        let column: Int
        let header: String
        let groups: [String: String]
    }

    /// A joined table, and the cell that says which of its rows.
    struct Lookup {
        let table: JoinedTable
        let key: Cell
    }

    private(set) var steps: [Step] = []
    /// The columns that are melted; `nil` where the mapping melts none.
    private(set) var melted: [MeltedColumn]?
    private(set) var lookups: [Lookup] = []
    private(set) var skips: [(cell: Cell, rule: SkipRule)] = []
    private(set) var keeps: [(cell: Cell, rule: SkipRule)] = []
    private(set) var maxima: (cell: Cell, rule: SkipRule)?
    /// Why it cannot be bound: the columns that the source lacks, and the patterns that several have.
    private(set) var absent: [String] = []
    private(set) var ambiguous: [String] = []

    private let columns: [String: Int]
    private let names: [String]
    private let hasMelt: Bool
    private let origins: [String: ColumnRule.Origin]

    /// Binds a mapping to the columns of a source. What is wrong is in ``absent`` and ``ambiguous``.
    init(_ mapping: ResultMapping, names: [String], tables: [JoinedTable]) {
        self.names = names
        columns = Dictionary(names.enumerated().map { ($1, $0) }) { first, _ in first }
        hasMelt = mapping.melt != nil
        origins = Dictionary(mapping.rules.map { ($0.path.dotted, $0.origin) }) { first, _ in first }
        for table in tables {
            guard let key = cell(table.rule.column) else {
                absent.append(table.rule.column)
                continue
            }
            lookups.append(Lookup(table: table, key: key))
        }
        if let melt = mapping.melt {
            melted = matches(melt).map { MeltedColumn(column: $0, header: names[$0], groups: $1.groups) }
        }
        if melted?.isEmpty ?? false, let text = mapping.melt?.text { absent.append(text) }
        for rule in mapping.rules { bind(rule) }
        for item in mapping.items { bind(item) }
        skips = bound(mapping.skips)
        keeps = bound(mapping.keeps)
        maxima = bound(mapping.maxima.map { [$0] } ?? []).first
    }

    /// The header of a column.
    func name(of column: Int) -> String? { names.indices.contains(column) ? names[column] : nil }

    /// What fills each place, for people.
    var places: [(path: String, source: String)] {
        steps.map { step in
            let source =
                switch step.origin {
                case .cell(let cell): described(cell, step.rule)
                case .first(let cells): cells.map { described($0, step.rule) }.joined(separator: ", or ")
                case .joined(let cells): cells.map { described($0, step.rule) }.joined(separator: " : ")
                case .digest(let cells):
                    "digest of " + cells.map { described($0, step.rule) }.joined(separator: ", ")
                }
            let unit = step.rule.unit.map { ", in \($0.rawValue)" } ?? ""
            return (step.rule.path.dotted, source + unit)
        }
    }

    private func described(_ cell: Cell, _ rule: ColumnRule) -> String {
        switch cell {
        case .column(let index): return name(of: index) ?? ""
        case .constant(let value): return "always \"\(value)\""
        case .melted(.cell): return "the cell of each of \(melted?.count ?? 0) columns"
        case .melted(.header): return "their headers"
        case .melted(.maximum): return "their maxima"
        case .melted(.group(let name)): return "\(name) of their headers"
        case .table(let number, let column):
            let table = lookups[number].table
            return table.rule.name + "." + (table.columns.first { $0.value == column }?.key ?? "")
        case .maximum(let index): return "maximum of \(name(of: index) ?? "")"
        }
    }

    private mutating func bound(_ rules: [SkipRule]) -> [(cell: Cell, rule: SkipRule)] {
        var bound: [(cell: Cell, rule: SkipRule)] = []
        for rule in rules {
            guard let cell = cell(rule.column) else {
                absent.append(rule.column)
                continue
            }
            bound.append((cell, rule))
        }
        return bound
    }

    private mutating func bind(_ rule: ColumnRule) {
        switch rule.origin {
        case .constant(let value): steps.append(Step(rule, .cell(.constant(value))))
        case .column(let name):
            guard let cell = cell(name) else {
                if !rule.isOptional { absent.append(name) }
                return
            }
            steps.append(Step(rule, .cell(cell)))
        case .matching(let pattern, let captures):
            let found = matches(pattern)
            guard let (index, match) = found.first else {
                if !rule.isOptional { absent.append(pattern.text) }
                return
            }
            guard found.count == 1 else {
                ambiguous.append(pattern.text)
                return
            }
            steps.append(Step(rule, .cell(.column(index))))
            for (group, path) in captures.sorted(by: { $0.key < $1.key }) {
                guard let value = match.groups[group] else { continue }
                steps.append(Step(ColumnRule(path, .constant(value)), .cell(.constant(value))))
            }
        case .first(let names):
            let cells = names.compactMap { cell($0) }
            guard !cells.isEmpty else {
                if !rule.isOptional { absent += names }
                return
            }
            steps.append(Step(rule, .first(cells)))
        case .joined(let names): bind(rule, names) { .joined($0) }
        case .digest(let names): bind(rule, names) { .digest($0) }
        }
    }

    private mutating func bind(_ rule: ColumnRule, _ names: [String], _ origin: ([Cell]) -> Origin) {
        var cells: [Cell] = []
        for name in names {
            if let cell = cell(name) ?? place(name) {
                cells.append(cell)
            } else {
                absent.append(name)
            }
        }
        steps.append(Step(rule, origin(cells)))
    }

    /// What fills another place of the result, for an id that is made of places: `exam.id`, `startedAt`.
    private func place(_ path: String) -> Cell? {
        switch origins[path] {
        case .constant(let value): .constant(value)
        case .column(let name): cell(name)
        case .matching(let pattern, _): matches(pattern).first.map { .column($0.0) }
        default: nil
        }
    }

    private mutating func bind(_ item: ItemRule) {
        for (index, match) in matches(item.pattern) {
            guard let id = match.groups["item"], !id.isEmpty else { continue }
            let path: ResultPath =
                switch item.part {
                case .score: .itemScore(id: id)
                case .max: .itemMax(id: id)
                case .level: .itemLevel(id: id)
                }
            steps.append(Step(ColumnRule(path, .column(names[index])), .cell(.column(index))))
            if item.part == .score, let max = match.groups["max"] {
                steps.append(Step(ColumnRule(.itemMax(id: id), .constant(max)), .cell(.constant(max))))
            }
        }
    }

    /// The columns whose headers have a pattern.
    private func matches(_ pattern: TextPattern) -> [(Int, TextPattern.Match)] {
        let matcher = pattern.matcher
        return names.enumerated().compactMap { index, name in matcher(name).map { (index, $0) } }
    }

    /// What a name means here: a column, or a part of what is melted, joined or the row of maxima.
    private func cell(_ name: String) -> Cell? {
        if let index = columns[name] { return .column(index) }
        guard let dot = name.firstIndex(of: ".") else { return nil }
        let (family, part) = (name[..<dot], String(name[name.index(after: dot)...]))
        if family == "melt", hasMelt {
            switch part {
            case "cell": return .melted(.cell)
            case "header": return .melted(.header)
            case "max": return .melted(.maximum)
            default: return .melted(.group(part))
            }
        }
        if family == "maxima" { return columns[part].map(Cell.maximum) }
        guard let table = lookups.firstIndex(where: { $0.table.rule.name == family }) else { return nil }
        return lookups[table].table.columns[part].map { .table(table, column: $0) }
    }
}
