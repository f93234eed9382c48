import ArgumentParser
import Issuing
import JSONCore
import OpenBadges

struct IntakeCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "intake",
        abstract: "See how somebody else's export of results would be read.",
        discussion: """
            EXAMPLE:
              badge intake preview gradebook.csv --map canvas --roster roster.csv
            """,
        subcommands: [Preview.self, Presets.self]
    )

    struct Preview: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Show the first rows as results, what could not be read, and what policies would miss.",
            discussion: """
                Nothing is decided, recorded or written. The whole file is read, so the counts at the end are those of all.
                Exit code 2 where a row would be set aside.

                EXAMPLE:
                  badge intake preview quiz.csv --map moodle-quiz --set exam.id=ALG-1 --timezone Europe/Berlin
                """
        )

        @Argument(help: "A file of results, or -.")
        var file: String

        @Option(help: "How many results, and how many problems, are shown.")
        var rows = 5

        @Option(
            help: ArgumentHelp("The policy that is held against them; all in policies/ if left out.", valueName: "file")
        )
        var policy: String?

        @OptionGroup var intake: IntakeOptions
        @OptionGroup var workspace: WorkspaceOptions
        @OptionGroup var output: OutputOptions

        func run() throws {
            let place = try workspace.openIfThere()
            var reader = try intake.reader(file, mappings: place?.path("mappings"))
            if !output.json { describe(reader) }
            var (results, shown, problems): ([ExamResult], Int, Int) = ([], 0, 0)
            while let outcome = try reader.next() {
                switch outcome {
                case .result(let result, let position):
                    if shown < rows { show(result, position) }
                    shown += 1
                    if results.count < Self.heldRecords { results.append(result) }
                case .setAside(let problem):
                    if problems < rows { show(problem) }
                    problems += 1
                case .duplicate: break
                }
            }
            let needs = try policies(place).map { ($0, PolicyNeeds($0, records: results)) }
            if output.json {
                Console.product(summary(reader, shown, problems, needs).text)
            } else {
                for warning in reader.warnings { Console.warning(warning.description) }
                Console.product(
                    "\(shown) results, \(problems) rows that would be set aside, \(reader.duplicateCount) duplicates, "
                        + "\(reader.skippedCount) rows that are no results"
                )
                for (policy, needs) in needs { describe(policy, needs) }
            }
            if problems > 0 { throw ExitCode(ExitStatus.rejected.rawValue) }
        }

        /// What a policy would miss is looked for in so many results: a file's first pages show how it is made.
        private static let heldRecords = 10_000

        private func policies(_ workspace: Workspace?) throws -> [AwardPolicy] {
            if let workspace { return try workspace.policies(named: policy) }
            guard let policy else { return [] }
            guard let bytes = FileBytes.read(policy, limit: 1 << 20) else {
                throw IssuingError(.policyMissing, "the policy cannot be read", file: policy)
            }
            return [try AwardPolicy(parsing: bytes, file: policy)]
        }

        private func describe(_ reader: borrowing ResultReader) {
            Console.product("\(reader.file): \(reader.format.rawValue)")
            let width = reader.places.map(\.path.count).max() ?? 0
            for place in reader.places {
                let padding = String(repeating: " ", count: width - place.path.count)
                Console.product("  \(place.path)\(padding)  \(Console.printable(place.source))")
            }
        }

        private func describe(_ policy: AwardPolicy, _ needs: PolicyNeeds) {
            guard needs.taken > 0 else {
                Console.product("\(policy.id): takes none of these results")
                return
            }
            Console.product("\(policy.id): takes \(needs.taken) of them")
            for gap in needs.gaps { Console.product("  \(output.style.unsure("?")) \(gap)") }
        }

        private func show(_ result: ExamResult, _ position: SourcePosition) {
            if output.json {
                let line: JSON = ["line": JSON(position.line), "result": result.json]
                Console.product(line.text)
            } else {
                Console.product("line \(position.line): \(Console.printable(result.json.text))")
            }
        }

        private func show(_ problem: RowProblem) {
            if output.json {
                Console.product(IssueTally.line(problem).text)
            } else {
                Console.warning(problem.description)
                if let hint = problem.error.hint { Console.hint(hint) }
            }
        }

        private func summary(
            _ reader: borrowing ResultReader,
            _ results: Int,
            _ problems: Int,
            _ needs: [(AwardPolicy, PolicyNeeds)]
        ) -> JSON {
            var places = JSONObject()
            for place in reader.places { places[place.path] = .string(place.source) }
            let policies = needs.map { policy, needs in
                let gaps = needs.gaps.map { gap -> JSON in
                    [
                        "fact": .string(gap.fact), "requirement": gap.requirement.map(JSON.string) ?? .null,
                        "place": gap.place.map(JSON.string) ?? .null, "records": JSON(gap.records),
                    ]
                }
                return ["policy": .string(policy.id), "taken": JSON(needs.taken), "missing": .array(gaps)] as JSON
            }
            return [
                "format": .string(reader.format.rawValue), "places": .object(places), "results": JSON(results),
                "setAside": JSON(problems), "duplicates": JSON(reader.duplicateCount),
                "skipped": JSON(reader.skippedCount), "policies": .array(policies),
            ]
        }
    }

    struct Presets: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "List the built-in mappings, or print one, to be copied and changed.",
            discussion: """
                EXAMPLE:
                  badge intake presets moodle-quiz > mappings/quiz.yaml
                """
        )

        @Argument(help: "The name of a mapping.")
        var name: String?

        func run() throws {
            guard let name else {
                Console.product(ResultMapping.presetNames.joined(separator: "\n"))
                return
            }
            guard let text = ResultMapping.preset(named: name) else {
                _ = try ResultMapping(preset: name)
                return
            }
            Console.write(text, to: 1)
        }
    }
}
