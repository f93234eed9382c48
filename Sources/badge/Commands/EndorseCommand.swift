import ArgumentParser
import Cryptography
import Issuing
import JSONCore
import OpenBadges

struct EndorseCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "endorse",
        abstract: "Endorse a badge with your own key: a mentor's, a board's.",
        discussion: """
            BADGE is the id of a credential, or a file that holds one. It may not be issued yet: badge issue --dry-run
            --json says which ids its badges will have. What is written goes into the endorsements/ of the issuer's
            workspace, and from there into the badge when it is issued.

            Without --id you are known by your key, as a did:key; --generate-key makes one. No workspace is needed.

            EXAMPLE:
              badge endorse urn:uuid:3f2b… --key mentor.pem --generate-key --name "Grace Hopper" -o ada.json
            """
    )

    @Argument(help: "The id of what is endorsed, or a file of a credential.")
    var badge: String

    @Option(help: ArgumentHelp("Your private key, PEM.", valueName: "file"))
    var key: String

    @Flag(help: "Make the key (Ed25519) where there is none yet.")
    var generateKey = false

    @Option(help: ArgumentHelp("Your name, for people.", valueName: "text"))
    var name: String

    @Option(help: ArgumentHelp("What you say about it.", valueName: "text"))
    var comment: String?

    @Option(help: ArgumentHelp("Your DID or URL, if you have one of your own.", valueName: "id"))
    var id: String?

    @Option(help: ArgumentHelp("The URL under which your key is found there.", valueName: "url"))
    var keyURL: String?

    @Option(help: ArgumentHelp("When you say it, RFC 3339; now if left out.", valueName: "date"))
    var at: String?

    @Flag(help: "Sign as VC-JWT, to stand alone: a badge takes only embedded proofs into itself.")
    var jwt = false

    @Option(
        name: [.customShort("o"), .long],
        help: ArgumentHelp("Where to; standard output if left out.", valueName: "file")
    )
    var output: String?

    @OptionGroup var passphrase: PassphraseOptions

    func validate() throws {
        if (id == nil) != (keyURL == nil) { throw ValidationError("--id and --key-url go together") }
        if let at, Timestamp(at) == nil {
            throw ValidationError("--at takes a date and time with a zone, such as 2026-03-01T12:00:00Z")
        }
    }

    func run() throws {
        if generateKey, !FileStore.exists(key) {
            try FileStore.create(key, PrivateKey(generating: .ed25519).pem(passphrase: passphrase.given()), mode: 0o600)
        }
        let signer = try KeyStore.key(file: key, passphrase: passphrase.source)
        let endorser = try Endorser(name: name, key: signer, id: id, verificationMethod: keyURL)
        let subject = try subjectID()
        let time = (at.flatMap { Timestamp($0) } ?? .now).wholeSeconds
        let bytes: [UInt8]
        if jwt {
            bytes = try endorser.compact(subject, comment: comment, at: time)
        } else {
            bytes = try endorser.endorse(subject, comment: comment, at: time).json.serialized()
        }
        guard let output else {
            Console.product(bytes + [0x0A])
            return
        }
        _ = try FileStore.replace(output, bytes + [0x0A], mode: 0o644)
        Console.note("\(endorser.profile.id) endorses \(subject): \(output)")
    }

    /// The id itself, or that of the credential in a file.
    private func subjectID() throws -> String {
        guard FileStore.exists(badge) else {
            guard badge.contains(":"), badge.utf8.allSatisfy({ $0 > 0x20 && $0 != 0x7F }) else {
                throw IssuingError(.notFound, "that is neither a file nor the id of a badge", file: badge)
            }
            return badge
        }
        guard let bytes = FileBytes.read(badge, limit: 32 << 20) else {
            throw IssuingError(.fileUnreadable, "the badge cannot be read", file: badge)
        }
        let document = InspectedBadge(name: badge, bytes: bytes).json["document"]
        guard let id = document?["id"]?.string ?? document?["vc"]?["id"]?.string else {
            throw IssuingError(.notFound, "there is no credential with an id in the file", file: badge)
        }
        return id
    }
}
