import ArgumentParser
import Cryptography
import Issuing
import JSONCore
import Proofs

struct KeyCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "key",
        abstract: "Make and show the issuer's keys.",
        discussion: """
            EXAMPLE:
              badge key list
            """,
        subcommands: [
            Generate.self, KeyAdd.self, List.self, Show.self, Jwks.self, Did.self, KeyRotate.self, KeyRetire.self,
            KeyCompromised.self,
        ]
    )

    /// The algorithms by the names that people know them under.
    enum Algorithm: String, ExpressibleByArgument, CaseIterable {
        case rsa2048, rsa3072, rsa4096, p256, p384, ed25519

        var value: KeyAlgorithm {
            switch self {
            case .rsa2048: .rsa(bits: 2048)
            case .rsa3072: .rsa(bits: 3072)
            case .rsa4096: .rsa(bits: 4096)
            case .p256: .p256
            case .p384: .p384
            case .ed25519: .ed25519
            }
        }
    }

    struct Generate: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "generate",
            abstract: "Make a key and print its kid.",
            discussion: """
                RSA signs what every validator reads; P-256 and Ed25519 are smaller and faster.

                EXAMPLE:
                  badge key generate --algorithm p256
                """
        )

        @Option(help: "rsa2048, rsa3072, rsa4096, p256, p384 or ed25519.")
        var algorithm: Algorithm = .rsa2048

        @Option(help: ArgumentHelp("The key's name for ever; from its thumbprint if left out.", valueName: "name"))
        var kid: String?

        @Flag(help: "Encrypt the key with a passphrase, asked for on the terminal.")
        var encrypt = false

        @OptionGroup var passphrase: PassphraseOptions
        @OptionGroup var workspace: WorkspaceOptions
        @OptionGroup var output: OutputOptions

        func run() throws {
            let workspace = try workspace.open()
            var secret = try passphrase.given()
            if secret == nil, encrypt {
                secret = PassphraseOptions.prompt("New passphrase: ")
                guard let typed = secret, !typed.isEmpty, PassphraseOptions.prompt("Again: ") == typed else {
                    throw IssuingError(.wrongPassphrase, "the two passphrases differ, or there is no terminal")
                }
            }
            let kid = try workspace.keyStore.generate(algorithm.value, kid: kid, passphrase: secret)
            Console.product(output.json ? JSON.object(["kid": .string(kid)]).text : kid)
            output.note("name it under keys: in issuer.yaml to sign with it; badge publish publishes its public half")
        }
    }

    struct List: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "list",
            abstract: "List the keys, and what each signs.",
            discussion: """
                EXAMPLE:
                  badge key list
                """
        )

        @OptionGroup var workspace: WorkspaceOptions
        @OptionGroup var output: OutputOptions

        func run() throws {
            let workspace = try workspace.open()
            for kid in try workspace.keyStore.kids() {
                let key = try workspace.keyStore.publicKey(kid)
                let uses = workspace.configuration.keys.filter { $0.value == kid }.map(\.key.rawValue).sorted()
                if output.json {
                    let line: JSON = [
                        "kid": .string(kid), "algorithm": .string("\(key.algorithm)"),
                        "signs": .array(uses.map(JSON.string)), "thumbprint": .string(JWK.thumbprint(of: key)),
                    ]
                    Console.product(line.text)
                } else {
                    Console.product("\(kid)  \(key.algorithm)  \(uses.isEmpty ? "-" : uses.joined(separator: ", "))")
                }
            }
        }
    }

    struct Show: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "show",
            abstract: "Show a key's public half: as JWK with --json, else as PEM.",
            discussion: """
                EXAMPLE:
                  badge key show rsa-1e5c9cec --json
                """
        )

        @Argument(help: "The key's kid.")
        var kid: String

        @OptionGroup var workspace: WorkspaceOptions
        @OptionGroup var output: OutputOptions

        func run() throws {
            let key = try workspace.open().keyStore.publicKey(kid)
            if output.json {
                Console.product(JWK(key, kid: kid).json.text)
            } else {
                Console.product(try key.pem)
            }
        }
    }

    struct Jwks: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "jwks",
            abstract: "Print the JWK Set that is published.",
            discussion: """
                EXAMPLE:
                  badge key jwks
                """
        )

        @OptionGroup var workspace: WorkspaceOptions
        @OptionGroup var output: OutputOptions

        func run() throws {
            output.document(try workspace.open().issuerDocument(.keySet))
        }
    }

    struct Did: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "did",
            abstract: "Print the DID document that is published.",
            discussion: """
                EXAMPLE:
                  badge key did
                """
        )

        @OptionGroup var workspace: WorkspaceOptions
        @OptionGroup var output: OutputOptions

        func run() throws {
            output.document(try workspace.open().issuerDocument(.didDocument))
        }
    }
}
