import Testing

@Suite("The floor plan in Package.swift")
struct FloorPlanTests {
    /// The floors from the cellar up; within one, nobody imports a neighbour.
    private static let floors: [[String]] = [
        ["COpenSSL", "CCurl", "CZlib"],
        ["JSONCore", "Cryptography", "Transport"],
        ["LinkedData"],
        ["Proofs"],
        ["OpenBadges"],
        ["Issuing"],
        ["badge"],
    ]

    /// Each target's declared dependencies, as its block in Package.swift names them.
    private static let declared: [String: Set<String>] = {
        let package = Repository.text("Package.swift") ?? ""
        var dependencies: [String: Set<String>] = [:]
        for block in package.components(separatedBy: "arget(").dropFirst() {
            guard let name = quoted(in: block).first else { continue }
            let list =
                block.components(separatedBy: "dependencies: [").dropFirst().first?
                .components(separatedBy: "swiftSettings").first ?? ""
            dependencies[name] = Set(quoted(in: list)).subtracting(["GRDB.swift"])
        }
        return dependencies
    }()

    /// System modules are free on every floor.
    private static let system: Set<String> = [
        "Glibc", "Foundation", "FoundationEssentials", "Dispatch", "Synchronization",
    ]

    @Test(
        "a target imports nothing that Package.swift does not declare",
        arguments: floors.flatMap { $0 }.filter { !$0.hasPrefix("C") || $0 == "Cryptography" }
    )
    func importsAreDeclared(_ target: String) throws {
        let declared = try #require(Self.declared[target])
        let files = Repository.swiftFiles(in: "Sources/\(target)")
        #expect(!files.isEmpty)
        for file in files {
            let undeclared = Self.imports(of: file).subtracting(declared).subtracting(Self.system)
            #expect(undeclared.isEmpty, "\(file) imports \(undeclared.sorted())")
        }
    }

    @Test("a lower floor never depends on an upper one, nor on a neighbour")
    func dependenciesPointDown() {
        for (level, floor) in Self.floors.enumerated() {
            let reachable = Set(Self.floors[..<level].flatMap { $0 })
            let house = Set(Self.floors.flatMap { $0 })
            for target in floor {
                let upward = (Self.declared[target] ?? []).intersection(house).subtracting(reachable)
                #expect(upward.isEmpty, "\(target) depends on \(upward.sorted())")
            }
        }
    }

    @Test("every folder of Sources is a target of the plan, and the other way round")
    func foldersAreTargets() {
        #expect(Repository.names(in: "Sources") == Self.floors.flatMap { $0 }.sorted())
    }

    @Test("only Cryptography touches OpenSSL, only Transport libcurl, and only OpenBadges zlib")
    func outsideLibrariesHaveOneDoor() {
        let doors = [
            "COpenSSL": "Cryptography", "CCurl": "Transport", "CZlib": "OpenBadges",
            "GRDB": "Issuing", "Yams": "Issuing", "Mustache": "Issuing",
        ]
        for target in Self.floors.flatMap({ $0 }) {
            for file in Repository.swiftFiles(in: "Sources/\(target)") {
                for module in Self.imports(of: file) where doors[module] != nil {
                    #expect(doors[module] == target, "\(file) imports \(module)")
                }
            }
        }
    }

    private static func imports(of file: String) -> Set<String> {
        let lines = (Repository.text(file) ?? "").split(separator: "\n").map(String.init)
        return Set(
            lines.compactMap { line -> String? in
                let words = line.split(separator: " ").map(String.init)
                guard let index = words.firstIndex(of: "import"), index <= 1, words.count == index + 2 else {
                    return nil
                }
                guard index == 0 || ["public", "package", "internal", "private"].contains(words[0]) else { return nil }
                return words[index + 1]
            }
        )
    }

    private static func quoted(in text: String) -> [String] {
        text.split(separator: "\"", omittingEmptySubsequences: false).enumerated()
            .filter { $0.offset % 2 == 1 }.map { String($0.element) }
            .filter { !$0.contains("/") && !$0.contains(" ") }
    }
}

extension String {
    func components(separatedBy separator: String) -> [String] {
        var parts: [String] = []
        var rest = self[...]
        while let range = rest.firstRange(of: separator) {
            parts.append(String(rest[..<range.lowerBound]))
            rest = rest[range.upperBound...]
        }
        return parts + [String(rest)]
    }
}
