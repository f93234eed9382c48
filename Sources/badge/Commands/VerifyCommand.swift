import ArgumentParser
import Glibc
import Issuing
import JSONCore
import OpenBadges

struct VerifyCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "verify",
        abstract: "Verify badges: whose are they, do they still hold, are they about this person?",
        discussion: """
            Each INPUT is a file (.json, .jwt, .png, .svg), a folder of such files, an https URL, or - for standard input.

            EXAMPLE:
              badge verify ada.jwt --recipient ada@example.org
              badge verify public/credentials --json
            """
    )

    @Argument(help: "Files, folders, URLs, or -.")
    var inputs: [String]

    @Option(help: ArgumentHelp("Whose badge it should be: e-mail, DID, or identityType:value.", valueName: "id"))
    var recipient: String?

    @Option(help: ArgumentHelp("Whom to trust: issuers, domains, keys, registries.", valueName: "file"))
    var trust: String?

    @Option(
        help: ArgumentHelp("Certificates of who may say that a badge is older than its key's end.", valueName: "pem")
    )
    var timestampAuthority: String?

    @Option(help: ArgumentHelp("The time to verify at, RFC 3339 with zone; now if left out.", valueName: "date"))
    var at: String?

    @Option(help: ArgumentHelp("Answers needed: issuer=trusted, issuer=domain, subject=match.", valueName: "list"))
    var require: String?

    @Flag(help: "Answer --recipient and --trust without requiring them.")
    var reportOnly = false

    @Flag(help: "Fetch what it links to as well: the issuer's page, evidence, the copy at its own id.")
    var links = false

    @Option(help: ArgumentHelp("Write every document that was fetched, for --documents.", valueName: "dir"))
    var archive: String?

    @Option(help: ArgumentHelp("Sign each report with a key; prints the JWS, a line each.", valueName: "pem"))
    var receipt: String?

    @OptionGroup var passphrase: PassphraseOptions
    @OptionGroup var documents: DocumentOptions
    @OptionGroup var output: OutputOptions

    func validate() throws {
        if inputs.isEmpty { throw ValidationError("name at least one input, or - for standard input") }
        if let at, Timestamp(at) == nil {
            throw ValidationError("--at takes a date and time with a zone, such as 2026-03-01T12:00:00Z")
        }
        if let recipient, Recipient(recipient) == nil {
            throw ValidationError("--recipient takes an e-mail address, a DID, or identityType:value")
        }
        _ = try requirements()
    }

    func run() async throws {
        var options = VerificationOptions(
            at: at.flatMap { Timestamp($0) } ?? .now,
            recipient: recipient.flatMap(Recipient.init(_:)),
            trust: try trust.map(TrustFile.read),
            requirements: try requirements(),
            reportOnly: reportOnly
        )
        let signer = try receipt.map { path in
            try VerificationReceiptSigner(key: KeyStore.key(file: path, passphrase: passphrase.source))
        }
        options.keepsEvidence = signer != nil
        options.followsLinks = links
        options.timestampAuthorities = try timestampAuthority.map(CertificateFile.read)
        let loader = try documents.loader()
        let recorder = archive.map { _ in DocumentArchive(loader) }
        let verifier = Verifier(
            trust: options.trust,
            loader: recorder ?? loader,
            contexts: try documents.contextStore()
        )
        let printer = ReportPrinter(output: output)
        var status = ExitStatus.done
        for input in inputs {
            var isEmpty = true
            try await BulkVerification(verifier: verifier, options: options).run(InputSource.expand(input)) {
                source,
                outcome in
                switch outcome {
                case .passedOver: return
                case .unreadable(let reason):
                    Console.error("\(source.name): \(reason)")
                    status = status.outranked(by: .failure)
                case .report(let report):
                    if let signer {
                        Console.product(String(decoding: try signer.receipt(for: report, at: .now), as: UTF8.self))
                        output.note(report.sentence)
                    } else {
                        printer.print(report)
                    }
                    status = status.outranked(by: Self.status(of: report.verdict))
                }
                isEmpty = false
            }
            if isEmpty {
                Console.error("\(input): there is no badge in the folder")
                status = status.outranked(by: .failure)
            }
        }
        if let archive, let recorder { try ArchiveFolder.add(recorder, to: archive) }
        try status.leave()
    }

    private static func status(of verdict: VerificationReport.Verdict) -> ExitStatus {
        switch verdict {
        case .verified: .done
        case .rejected: .rejected
        case .undetermined: .undetermined
        }
    }

    private func requirements() throws -> Set<VerificationOptions.Requirement> {
        var requirements: Set<VerificationOptions.Requirement> = []
        for name in (require ?? "").split(separator: ",") {
            switch name {
            case "issuer=trusted": requirements.insert(.issuerTrusted)
            case "issuer=domain": requirements.insert(.issuerDomain)
            case "subject=match": requirements.insert(.subjectMatch)
            default: throw ValidationError("--require takes issuer=trusted, issuer=domain and subject=match")
            }
        }
        return requirements
    }
}
