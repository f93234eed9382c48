import JSONCore

/// A folder for `--documents`: a site that answers as the test says, without a network.
struct DocumentFolder {
    let path: String
    private var index: JSONObject = [:]
    private var count = 0

    /// An empty one.
    init() throws {
        path = try TemporaryFolder.make("documents")
        try save()
    }

    /// One that answers what a workspace published.
    init(publishedBy workspace: Workspace) throws {
        try self.init()
        for (name, content) in try FileTree.contents(of: workspace.file("public")) {
            try answer("\(Workspace.baseURL)/\(name)", content)
        }
    }

    /// Answers a URL with a body, under a status.
    mutating func answer(_ url: String, _ body: [UInt8], status: Int? = nil) throws {
        count += 1
        try FileTree.write(body, to: "\(path)/\(count)")
        let file = JSON.string("\(count)")
        index[url] = status.map { ["file": file, "status": JSON($0)] } ?? file
        try save()
    }

    mutating func answer(_ url: String, _ document: JSON, status: Int? = nil) throws {
        try answer(url, document.serialized(), status: status)
    }

    /// Answers with a status alone.
    mutating func answer(_ url: String, status: Int) throws {
        index[url] = ["status": JSON(status)]
        try save()
    }

    mutating func redirect(_ url: String, to location: String, status: Int = 301) throws {
        index[url] = ["status": JSON(status), "location": .string(location)]
        try save()
    }

    /// Nobody answers there any more.
    mutating func forget(_ url: String) throws {
        index[url] = nil
        try save()
    }

    private func save() throws {
        try FileTree.write(JSON.object(index).serialized(), to: "\(path)/index.json")
    }

    /// Verifies a badge as an employer does who has these documents and no network.
    func verify(_ badge: [UInt8], _ options: String...) async throws -> (code: Int32?, report: Report) {
        let arguments = ["verify", "-", "--json", "--offline", "--documents", path] + options
        let outcome = try await BadgeCommand.run(arguments, in: path, input: badge)
        guard let report = try outcome.reports.first else { throw ChildProcess.Failure(outcome.speech) }
        return (outcome.code, report)
    }
}
