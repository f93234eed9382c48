import ArgumentParser
import Issuing
import OpenBadges

/// Where the documents come from that a badge names.
struct DocumentOptions: ParsableArguments {
    @Option(help: ArgumentHelp("Answer URLs from a folder, as its index.json says.", valueName: "dir"))
    var documents: String?

    @Flag(help: "Ask no network: only --documents and the workspace's own files.")
    var offline = false

    @Option(help: ArgumentHelp("The issuer's workspace, whose URLs its public/ answers.", valueName: "dir"))
    var workspace: String?

    /// The folder that was named, then the workspace (named, or the current folder if it is one), then the web.
    func loader() throws -> any DocumentLoader {
        var loaders: [any DocumentLoader] = []
        if let documents { loaders.append(try DocumentFolder(directory: documents)) }
        if let workspace {
            loaders.append(try Workspace(directory: workspace).siteLoader)
        } else if Workspace.isWorkspace("."), let here = try? Workspace(directory: ".") {
            loaders.append(here.siteLoader)
        }
        if !offline { loaders.append(WebLoader()) }
        return LoaderChain(loaders)
    }
}
