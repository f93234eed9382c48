import ArgumentParser
import Issuing
import JSONCore
import OpenBadges

struct AuditCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "audit",
        abstract: "Look for recipients' personal data in clear in the hosted directory.",
        discussion: """
            Every string of every document is held against the addresses, names and ids that the ledger knows, also inside
            JWTs and images; a name has to be the whole of a string to be found. What is found is told by its place, never by itself. A name is there on purpose where a policy
            says name: display, an address where recipient: plain. Exit code 2 where something is found.

            EXAMPLE:
              badge audit
            """
    )

    @Argument(help: ArgumentHelp("The directory; the workspace's public/ if left out.", valueName: "dir"))
    var directory: String?

    @OptionGroup var workspace: WorkspaceOptions
    @OptionGroup var output: OutputOptions

    func run() throws {
        let workspace = try workspace.open()
        let audit = try SiteAudit(workspace: workspace)
        let place = directory ?? workspace.publicDirectory
        guard FileStore.isDirectory(place) else {
            throw IssuingError(.notFound, "there is no such directory", file: place, hint: "badge publish first")
        }
        var files = 0
        var isClean = true
        try Self.walk(place, "") { path in
            guard let bytes = FileBytes.read("\(place)/\(path)", limit: 64 << 20) else {
                throw IssuingError(.fileUnreadable, "the file cannot be read", file: path)
            }
            files += 1
            for finding in audit.findings(in: bytes, path: path) {
                isClean = false
                if output.json {
                    let line: JSON = [
                        "path": .string(finding.path), "pointer": .string(finding.pointer.description),
                        "kind": .string(finding.kind),
                    ]
                    Console.product(line.text)
                } else {
                    Console.product("\(output.style.bad("✗")) \(finding.path): \(finding.kind) at \(finding.pointer)")
                }
            }
        }
        if !output.json {
            Console.product(
                isClean
                    ? "\(output.style.good("✓")) no personal data in clear in \(files) files"
                    : "\(files) files looked at"
            )
        }
        if !isClean { throw ExitCode(ExitStatus.rejected.rawValue) }
    }

    private static func walk(_ root: String, _ path: String, _ body: (String) throws -> Void) throws {
        let folder = path.isEmpty ? root : "\(root)/\(path)"
        for name in try FileStore.names(in: folder).sorted() {
            let inner = path.isEmpty ? name : "\(path)/\(name)"
            if FileStore.isDirectory("\(root)/\(inner)") {
                try walk(root, inner, body)
            } else {
                try body(inner)
            }
        }
    }
}
