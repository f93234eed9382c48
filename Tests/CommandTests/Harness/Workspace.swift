import Cryptography
import Glibc
import JSONCore
import Proofs

/// An issuer's workspace in a temporary folder.
struct Workspace: Sendable {
    let path: String

    static let baseURL = "https://badges.example.org"
    static let issuerID = "did:web:badges.example.org"

    /// As `badge init` leaves it: a copy of one that is made once, since RSA keys take time.
    static func fresh() async throws -> Workspace { try await copy(of: made.value) }

    /// A fresh one that signs with Ed25519: fast, and the same bytes each time.
    static func signingFast() async throws -> Workspace {
        let workspace = try await fresh()
        let kid = try await workspace.succeed("key", "generate", "--algorithm", "ed25519").text.replacing("\n", "")
        let rsa = try workspace.signingKey().kid
        try workspace.edit("issuer.yaml") { $0.replacing(rsa, kid) }
        return workspace
    }

    /// With the sample issued and published.
    static func published() async throws -> Workspace { try await copy(of: shared.value) }

    /// With the sample issued and published; shared, so nothing may be changed in it.
    static let shared = Task {
        let workspace = try await copy(of: made.value)
        try await workspace.succeed("issue", "results/sample.csv")
        try await workspace.succeed("publish")
        return workspace
    }

    private static let made = Task {
        let folder = try TemporaryFolder.make("init")
        let workspace = Workspace(path: "\(folder)/demo")
        let outcome = try await BadgeCommand.run(["init", "demo"], in: folder)
        guard outcome.code == 0 else { throw ChildProcess.Failure("badge init: \(outcome.speech)") }
        return workspace
    }

    /// A copy: other folder, same keys, same secret.
    static func copy(of original: Workspace) async throws -> Workspace {
        let folder = try TemporaryFolder.make("workspace")
        let outcome = try await ChildProcess(["/bin/cp", "-a", original.path, "\(folder)/demo"], in: folder).wait()
        guard outcome.code == 0 else { throw ChildProcess.Failure("cp: \(outcome.speech)") }
        return Workspace(path: "\(folder)/demo")
    }

    func badge(
        _ arguments: String...,
        input: [UInt8] = [],
        environment: [String: String] = [:]
    ) async throws -> ChildProcess.Outcome {
        try await BadgeCommand.run(arguments, in: path, input: input, environment: environment)
    }

    /// Runs a command that has to succeed for the test to mean anything.
    @discardableResult
    func succeed(_ arguments: String...) async throws -> ChildProcess.Outcome {
        let outcome = try await BadgeCommand.run(arguments, in: path)
        guard outcome.code == 0 else {
            throw ChildProcess.Failure("badge \(arguments.joined(separator: " ")): \(outcome.speech)")
        }
        return outcome
    }

    func file(_ name: String) -> String { "\(path)/\(name)" }
    func read(_ name: String) throws -> [UInt8] { try FileTree.read(file(name)) }
    func text(_ name: String) throws -> String { String(decoding: try read(name), as: UTF8.self) }
    func json(_ name: String) throws -> JSON { try JSON(parsing: try read(name)) }
    func write(_ text: String, to name: String) throws { try FileTree.write(text, to: file(name)) }

    /// Changes a text file.
    func edit(_ name: String, _ change: (String) -> String) throws {
        try write(change(try text(name)), to: name)
    }

    /// The published files of that name, by their paths in the workspace: one for each badge.
    func badges(_ name: String) throws -> [String] {
        try FileTree.entries(of: file("public")).keys.filter {
            $0.hasPrefix("credentials/") && $0.hasSuffix("/\(name)")
        }
        .sorted().map { "public/\($0)" }
    }

    /// The key that signs credentials and assertions, and its kid.
    func signingKey() throws -> (kid: String, key: PrivateKey) {
        let name = try FileTree.names(in: file("Keys")).first { $0.hasPrefix("rsa-") && $0.hasSuffix(".private.pem") }
        guard let name else { throw ChildProcess.Failure("the workspace has no RSA key") }
        let key = try PrivateKey(pem: try read("Keys/\(name)"))
        return (String(name.dropLast(".private.pem".count)), key)
    }
}

/// The two readable parts of a compact JWS.
struct OpenedJWS {
    var header: JSON
    var payload: JSON
    let signature: String

    init(_ compact: [UInt8]) throws {
        let parts = compact.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
        guard parts.count == 3 else { throw ChildProcess.Failure("no compact JWS") }
        header = try JSON(parsing: try Base64URL.decode(parts[0]))
        payload = try JSON(parsing: try Base64URL.decode(parts[1]))
        signature = String(decoding: parts[2], as: UTF8.self)
    }

    /// Header and payload as they are now, over the old signature or another.
    func compact(signature: String? = nil) -> [UInt8] {
        let parts = [
            Base64URL.encode(header.serialized()), Base64URL.encode(payload.serialized()), signature ?? self.signature,
        ]
        return Array(parts.joined(separator: ".").utf8)
    }

    /// Header and payload as they are now, signed anew.
    func signed(by key: PrivateKey) throws -> [UInt8] {
        let algorithm = SignatureAlgorithm.preferred(for: key.algorithm)
        var signed = self
        signed.header["alg"] = .string(algorithm.rawValue)
        let input = signed.compact(signature: "").dropLast()
        return Array(input) + [UInt8(ascii: ".")]
            + Array(Base64URL.encode(try key.signature(for: Array(input), algorithm: algorithm)).utf8)
    }
}
