import ArgumentParser
import Issuing
import OpenBadges

struct HostingCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "hosting",
        abstract: "Print what a web server has to be told to serve the hosted directory.",
        discussion: """
            Types, CORS, caching, and 410 for hosted assertions that are revoked (a server that is not told so serves them
            with 200, and they say themselves that they are revoked). Make it anew after a revocation.

            EXAMPLE:
              badge hosting nginx --directory /var/www/badges > /etc/nginx/conf.d/badges.conf
            """
    )

    @Argument(help: "nginx, caddy or apache.")
    var server: String

    @Option(help: ArgumentHelp("Where the directory lies; the workspace's public/ if left out.", valueName: "dir"))
    var directory: String?

    @OptionGroup var workspace: WorkspaceOptions

    func validate() throws {
        guard WebServer(rawValue: server) != nil else {
            throw ValidationError("there are \(WebServer.allCases.map(\.rawValue).joined(separator: ", "))")
        }
    }

    func run() throws {
        guard let server = WebServer(rawValue: server) else { return }
        let workspace = try workspace.open()
        let place = directory ?? FileStore.absolute(workspace.publicDirectory)
        guard place.utf8.allSatisfy({ $0 > 0x20 && $0 != UInt8(ascii: "\"") && $0 != UInt8(ascii: ";") && $0 != 0x7F })
        else {
            throw ValidationError("the directory has characters that would have to be quoted: name another")
        }
        let text = server.configuration(
            directory: place,
            baseURL: workspace.configuration.baseURL,
            revoked: try workspace.goneAssertions()
        )
        Console.write(text, to: 1)
    }
}
