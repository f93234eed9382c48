import ArgumentParser
import Issuing
import JSONCore
import OpenBadges

struct KeyAdd: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "add",
        abstract: "Add a key whose private half lies elsewhere: in hardware, in the environment.",
        discussion: """
            SOURCE is a pkcs11: URI (OpenSSL's pkcs11 engine; RSA, P-256 and P-384; the PIN is asked for like a passphrase,
            and never kept), env:NAME or fd:NUMBER (PEM). Its public half is kept in Keys/.

            EXAMPLE:
              badge key add "pkcs11:token=badges;object=jwt" --passphrase-env PIN
            """
    )

    @Argument(help: "Where the private half is.")
    var source: String

    @Option(help: ArgumentHelp("The key's name for ever; from its thumbprint if left out.", valueName: "name"))
    var kid: String?

    @OptionGroup var passphrase: PassphraseOptions
    @OptionGroup var workspace: WorkspaceOptions
    @OptionGroup var output: OutputOptions

    func run() throws {
        let kid = try workspace.open().keyStore.add(from: source, kid: kid, passphrase: passphrase.source)
        Console.product(output.json ? JSON.object(["kid": .string(kid)]).text : kid)
        output.note("name it under keys: in issuer.yaml to sign with it; badge publish publishes its public half")
    }
}

struct KeyRotate: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "rotate",
        abstract: "Make new keys in the place of those that sign now.",
        discussion: """
            New badges are signed by the new keys; the old ones stay published, and what they have signed verifies for ever.
            The key of Open Badges 2.0 goes only with --ob2: many of its validators accept an issuer with one key alone.

            EXAMPLE:
              badge key rotate
            """
    )

    @Option(help: ArgumentHelp("Only that of ob3-jwt, ob3-proof or ob2.", valueName: "name"))
    var name: [String] = []

    @Flag(help: "The key of Open Badges 2.0, too.")
    var ob2 = false

    @Option(help: "rsa2048, rsa3072, rsa4096, p256, p384 or ed25519; as before if left out.")
    var algorithm: KeyCommand.Algorithm?

    @OptionGroup var passphrase: PassphraseOptions
    @OptionGroup var workspace: WorkspaceOptions
    @OptionGroup var output: OutputOptions

    func validate() throws {
        for name in name where !["ob3-jwt", "ob3-proof", "ob2"].contains(name) {
            throw ValidationError("--name is ob3-jwt, ob3-proof or ob2")
        }
        if algorithm != nil, name.count != 1 { throw ValidationError("--algorithm is for one --name") }
    }

    func run() throws {
        let workspace = try workspace.open()
        let used = Set(workspace.configuration.keys.keys)
        var names =
            name.isEmpty
            ? ["ob3-jwt", "ob3-proof"].filter { used.contains($0 == "ob3-jwt" ? .ob3JWT : .ob3Proof) } : name
        if ob2, !names.contains("ob2") { names.append("ob2") }
        if names.contains("ob2") {
            Console.warning(
                "with a second key, some validators of Open Badges 2.0 read no badge of yours: they expect one publicKey"
            )
        }
        var secret = try passphrase.given()
        if secret == nil, try workspace.hasEncryptedKey(names) {
            // What was encrypted is not written in clear by the way.
            secret = PassphraseOptions.prompt("Passphrase of the new keys: ")
            guard let typed = secret, !typed.isEmpty else {
                throw IssuingError(
                    .passphraseRequired,
                    "the key that is rotated is encrypted, so the new one has to be",
                    hint: "give its passphrase by --passphrase-file or --passphrase-env, or on a terminal"
                )
            }
        }
        let rotations = try workspace.rotateKeys(
            names,
            algorithm: algorithm?.value,
            passphrase: secret
        )
        for rotation in rotations {
            if output.json {
                let line: JSON = [
                    "name": .string(rotation.name), "old": .string(rotation.old), "new": .string(rotation.new),
                ]
                Console.product(line.text)
            } else {
                Console.product("\(rotation.name): \(rotation.old) -> \(rotation.new)")
            }
        }
        output.note("issuer.yaml signs with them now; badge publish publishes their public halves")
    }
}

struct KeyRetire: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "retire",
        abstract: "Say that a key signs no more. What it has signed counts for ever.",
        discussion: """
            Its public half stays published; its private half can be taken away.

            EXAMPLE:
              badge key retire rsa-1e5c9cec
            """
    )

    @Argument(help: "The key's kid.")
    var kid: String

    @OptionGroup var workspace: WorkspaceOptions
    @OptionGroup var output: OutputOptions

    func run() throws {
        try workspace.open().retireKey(kid, at: Timestamp.now.wholeSeconds)
        output.note("nothing is signed with \(kid) any more; Keys/\(kid).private.pem can be taken away")
    }
}

struct KeyCompromised: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "compromised",
        abstract: "Say that somebody else may have a key.",
        discussion: """
            From then on badges of it that are dated after --since are not authentic. Those dated before cannot be told from
            them by themselves, as the date in a badge is the signer's own word. Those that badge ledger timestamp covered
            before stay good; --sign-again signs the ones of the ledger again, under the same ids, with the keys of today. Rotate the key first: badge key rotate, with --ob2 where it
            signs Open Badges 2.0 as well.

            EXAMPLE:
              badge key compromised rsa-1e5c9cec --since 2026-03-01T00:00:00Z --sign-again
            """
    )

    @Argument(help: "The key's kid.")
    var kid: String

    @Option(help: ArgumentHelp("Since when, RFC 3339 with zone.", valueName: "date"))
    var since: String

    @Option(help: ArgumentHelp("What has happened, for the record.", valueName: "text"))
    var reason: String?

    @Flag(help: "Sign the badges again that were issued before.")
    var signAgain = false

    @OptionGroup var passphrase: PassphraseOptions
    @OptionGroup var workspace: WorkspaceOptions
    @OptionGroup var output: OutputOptions

    func validate() throws {
        guard Timestamp(since) != nil else {
            throw ValidationError("--since takes a date and time with a zone, such as 2026-03-01T12:00:00Z")
        }
    }

    func run() throws {
        guard let since = Timestamp(since) else { return }
        let workspace = try workspace.open()
        let now = Timestamp.now.wholeSeconds
        let uses = Workspace.keyNames(of: kid, in: workspace.configuration)
        let rotate = "badge key rotate " + uses.map { "--name \($0)" }.joined(separator: " ")
        if signAgain, !uses.isEmpty {
            throw IssuingError(
                .keyInUse,
                "issuer.yaml still signs with the key \(kid), for \(uses.joined(separator: " and "))",
                hint: "\(rotate) makes another one in its place"
            )
        }
        try workspace.markCompromised(kid, since: since, reason: reason, at: now)
        if !uses.isEmpty {
            Console.warning("issuer.yaml still names \(kid): nothing is signed until another one is in its place")
            Console.hint(rotate)
        }
        guard signAgain else {
            output.note(
                "badge publish says so to the world; earlier badges without a timestamp are unknown until they are signed again: --sign-again"
            )
            return
        }
        let again = try SigningAgain(workspace: workspace, at: now, passphrase: passphrase.source)
        let count = try again.sign(whatWasSignedBy: kid, before: since)
        Console.product(
            output.json ? JSON.object(["signedAgain": JSON(count)]).text : "\(count) badges were signed again"
        )
        output.note("badge publish puts them in their places")
    }
}
