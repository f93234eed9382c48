import ArgumentParser
import Cryptography
import Glibc
import Issuing
import JSONCore
import LinkedData
import OpenBadges

struct CanonicalizeCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "canonicalize",
        abstract: "Print the canonical form that a proof signs, to debug interoperability.",
        discussion: """
            --jcs prints canonical JSON (RFC 8785); --rdfc the canonical N-Quads of a JSON-LD document (RDFC-1.0), read
            with the embedded contexts in safe mode: a term that no context defines is an error.

            EXAMPLE:
              badge canonicalize --rdfc credential.json
            """
    )

    @Flag(help: "Canonical JSON (RFC 8785).")
    var jcs = false

    @Flag(help: "Canonical N-Quads (RDFC-1.0).")
    var rdfc = false

    @Flag(help: "The input is N-Quads already.")
    var nquads = false

    @Flag(help: "Hash with SHA-384 inside RDFC-1.0, as proofs with P-384 do.")
    var sha384 = false

    @Option(
        help: ArgumentHelp("What relative IRIs are resolved against; without it they are errors.", valueName: "iri")
    )
    var base: String?

    @Option(
        help: ArgumentHelp("Allow the JSON-LD contexts of a folder, as its index.json pins them.", valueName: "dir")
    )
    var contexts: String?

    @Argument(help: "A file, or -.")
    var file: String

    @OptionGroup var output: OutputOptions

    func validate() throws {
        if file.lowercased().hasPrefix("http") && file.contains("://") {
            throw ValidationError("canonicalize reads files; fetch the document first")
        }
        if jcs == rdfc { throw ValidationError("say --jcs or --rdfc") }
        if jcs && (nquads || base != nil || sha384) {
            throw ValidationError("--nquads, --base and --sha384 go with --rdfc")
        }
    }

    func run() throws {
        let source: InputSource = file == "-" ? .standardInput : .file(file)
        let name = source.name
        let content = source.read()
        guard case .bytes(let bytes) = content else {
            if case .unreadable(let reason) = content { Console.error("\(name): \(reason)") }
            throw ExitCode(ExitStatus.failure.rawValue)
        }
        do {
            Console.product(try canonical(bytes))
        } catch let error as JSONError {
            Console.error("\(name): \(error)")
            throw ExitCode(ExitStatus.failure.rawValue)
        } catch let error as LinkedDataError {
            Console.error("\(name): \(error)")
            throw ExitCode(ExitStatus.failure.rawValue)
        }
    }

    private func canonical(_ bytes: [UInt8]) throws -> [UInt8] {
        if jcs { return try JSON(parsing: bytes).canonicalized() }
        let dataset: RDFDataset
        if nquads {
            dataset = try NQuads.parse(bytes)
        } else {
            let store = try contexts.map(PinnedContexts.store) ?? KnownContexts.current
            let options = JSONLDOptions(base: base, safe: true)
            dataset = try Expansion(store: store, options: options).dataset(of: JSON(parsing: bytes))
        }
        return try RDFC10.canonicalize(dataset, digest: sha384 ? .sha384 : .sha256).nquads
    }
}
