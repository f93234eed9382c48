import ArgumentParser
import Glibc
import Issuing
import LinkedData
import OpenBadges
import Transport

/// Where the documents come from that a badge names.
struct DocumentOptions: ParsableArguments {
    @Option(help: ArgumentHelp("Answer URLs from a folder, as its index.json says.", valueName: "dir"))
    var documents: String?

    @Flag(help: "Ask no network: only --documents and the workspace's own files.")
    var offline = false

    @Option(help: ArgumentHelp("The issuer's workspace, whose URLs its public/ answers.", valueName: "dir"))
    var workspace: String?

    @Option(
        help: ArgumentHelp("Allow the JSON-LD contexts of a folder, as its index.json pins them.", valueName: "dir")
    )
    var contexts: String?

    /// The embedded contexts, and those that the folder or the workspace pins (`contexts/`).
    func contextStore() throws -> ContextStore {
        if let contexts { return try PinnedContexts.store(directory: contexts) }
        let home = workspace ?? "."
        guard Workspace.isWorkspace(home), FileStore.exists("\(home)/contexts/index.json") else {
            return KnownContexts.current
        }
        return try PinnedContexts.store(directory: "\(home)/contexts")
    }

    /// The folder that was named, then the workspace (named, or the current folder if it is one), then the web.
    func loader() throws -> any DocumentLoader {
        var loaders: [any DocumentLoader] = []
        if let documents { loaders.append(try DocumentFolder(directory: documents)) }
        if let workspace {
            loaders.append(try Workspace(directory: workspace).siteLoader)
        } else if Workspace.isWorkspace("."), let here = try? Workspace(directory: ".") {
            loaders.append(here.siteLoader)
        }
        if !offline { loaders.append(Self.webLoader()) }
        return LoaderChain(loaders)
    }

    /// The web, with what was fetched before kept in the user's cache folder; without one, in memory only.
    private static func webLoader() -> WebLoader {
        let home = getenv("HOME").map { String(cString: $0) }
        let folder = getenv("XDG_CACHE_HOME").map { String(cString: $0) } ?? home.map { "\($0)/.cache" }
        guard let folder, folder.hasPrefix("/") else { return WebLoader() }
        do {
            return try WebLoader(cacheDirectory: "\(folder)/open-badges")
        } catch {
            Console.warning("nothing that is fetched is kept: \(error.detail)")
            return WebLoader()
        }
    }
}
