import Cryptography
public import JSONCore
public import OpenBadges

/// An issuer's folder: `issuer.yaml`, `policies/`, `mappings/`, `results/`, `images/`, `Keys/`, `ledger.sqlite`,
/// `public/`.
public struct Workspace: Sendable {
    public let directory: String
    public let configuration: IssuerConfiguration
    /// How many seconds to wait for another process that writes to the ledger.
    public var ledgerWait = Ledger.busyTimeout

    /// Opens the workspace in a folder.
    ///
    /// - Throws: ``IssuingError`` `WORKSPACE_MISSING` where there is no `issuer.yaml`, or what is wrong in it.
    public init(directory: String) throws(IssuingError) {
        self.directory = directory
        let file = directory == "." ? "issuer.yaml" : "\(directory)/issuer.yaml"
        guard let bytes = FileBytes.read(file, limit: 1 << 20) else {
            throw IssuingError(
                .workspaceMissing,
                "there is no readable issuer.yaml here",
                file: file,
                hint: "badge init DIR makes a workspace; --workspace DIR names one"
            )
        }
        configuration = try IssuerConfiguration(yaml: bytes, file: file)
    }

    /// Whether a folder is a workspace.
    public static func isWorkspace(_ directory: String) -> Bool {
        FileStore.exists("\(directory)/issuer.yaml")
    }

    public func path(_ name: String) -> String { directory == "." ? name : "\(directory)/\(name)" }

    public var keyStore: KeyStore { KeyStore(directory: path("Keys")) }
    public var ledgerPath: String { path("ledger.sqlite") }
    public var publicDirectory: String { path("public") }

    public func openLedger(readOnly: Bool = false) throws(IssuingError) -> Ledger {
        try Ledger(path: ledgerPath, busyTimeout: ledgerWait, readOnly: readOnly)
    }

    /// Answers the URLs under the base URL from `public/`.
    public var siteLoader: SiteFolder {
        SiteFolder(baseURL: configuration.baseURL, directory: publicDirectory)
    }

    /// The secret from which all ids and salts come.
    func identity() throws(IssuingError) -> BadgeIdentity {
        let file = path("Keys/id.secret")
        let text = try SecretFile.read(file, limit: 4096)
        let digits = text.filter { $0 != 0x0A && $0 != 0x0D && $0 != 0x20 }
        guard digits.count == 64, let secret = Hexadecimal.decode(digits) else {
            throw IssuingError(.keyUnreadable, "the secret must be 64 hexadecimal digits", file: file)
        }
        return BadgeIdentity(secret: secret)
    }

    /// Which addresses are one person's; none where there is no `candidates.yaml`.
    func aliases() throws(IssuingError) -> CandidateAliases {
        let file = path("candidates.yaml")
        guard FileStore.exists(file) else { return .none }
        guard let bytes = FileBytes.read(file, limit: 4 << 20) else {
            throw IssuingError(.fileUnreadable, "the file cannot be read", file: file)
        }
        return try CandidateAliases(yaml: bytes, file: file)
    }

    /// The private keys of all forms that need one.
    func signingKeys(
        passphrase: KeyStore.PassphraseSource? = nil
    ) throws(IssuingError) -> [BadgeForm: PrivateKey] {
        var keys: [BadgeForm: PrivateKey] = [:]
        var opened: [String: PrivateKey] = [:]
        for form in configuration.forms {
            guard let kid = configuration.keys[form], form != .ob2Hosted else { continue }
            if opened[kid] == nil { opened[kid] = try keyStore.privateKey(kid, passphrase: passphrase) }
            keys[form] = opened[kid]
        }
        return keys
    }

    /// The policies of the workspace, in the order of their file names; or the one that is named.
    ///
    /// - Parameter name: a file's path, or a name in `policies/` with or without `.yaml`.
    public func policies(named name: String? = nil) throws(IssuingError) -> [AwardPolicy] {
        if let name {
            let candidates = [name, path("policies/\(name)"), path("policies/\(name).yaml")]
            guard let file = candidates.first(where: { FileStore.exists($0) && !FileStore.isDirectory($0) }) else {
                throw IssuingError(
                    .policyMissing,
                    "there is no such policy",
                    file: name,
                    hint: "give the path of a policy file, or the name of one in policies/"
                )
            }
            return [try policy(file)]
        }
        let names = try FileStore.names(in: path("policies")).filter { $0.hasSuffix(".yaml") || $0.hasSuffix(".yml") }
        guard !names.isEmpty else {
            throw IssuingError(.policyMissing, "the workspace has no policy", file: path("policies"))
        }
        var policies: [AwardPolicy] = []
        for name in names.sorted() { policies.append(try policy(path("policies/\(name)"))) }
        return policies
    }

    private func policy(_ file: String) throws(IssuingError) -> AwardPolicy {
        guard let bytes = FileBytes.read(file, limit: 1 << 20) else {
            throw IssuingError(.policyMissing, "the policy cannot be read", file: file)
        }
        return try AwardPolicy(parsing: bytes, file: file)
    }
}

extension Workspace {
    /// The documents about the issuer that can be shown before anything is published.
    public enum IssuerDocument: Sendable {
        case keySet, didDocument
    }

    /// One of the issuer's documents, as `publish` writes it.
    ///
    /// - Throws: ``IssuingError`` `NOT_FOUND` where the issuer's id is no DID.
    public func issuerDocument(_ kind: IssuerDocument) throws(IssuingError) -> JSON {
        let documents = IssuerDocuments(
            configuration: configuration,
            keys: try publicKeys(),
            signed: hasLedger ? try openLedger(readOnly: true).signedForms() : [:],
            events: hasLedger ? try openLedger(readOnly: true).keyEvents() : [:]
        )
        switch kind {
        case .keySet: return documents.keySet
        case .didDocument:
            guard configuration.identity == .didWeb else {
                throw IssuingError(.notFound, "the issuer's id is an https URL, so there is no DID document")
            }
            return try documents.didDocument()
        }
    }

    /// Every key of the workspace, by kid.
    func publicKeys() throws(IssuingError) -> [(kid: String, key: PublicKey)] {
        var keys: [(kid: String, key: PublicKey)] = []
        for kid in try keyStore.kids() { keys.append((kid, try keyStore.publicKey(kid))) }
        return keys
    }

    public var hasLedger: Bool { FileStore.exists(ledgerPath) }

    /// A mapping by the path of its file, or by its name in `mappings/` with or without `.yaml`.
    public func mapping(
        named name: String,
        settings: IntakeSettings = IntakeSettings()
    ) throws(IssuingError) -> ResultMapping {
        try ResultMapping(named: name, folder: path("mappings"), settings: settings)
    }
}
