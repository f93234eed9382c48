import JSONCore
public import OpenBadges

/// The endorsements that lie in a workspace's `endorsements/`: whose they are, and of which credential.
///
/// `badge endorse` writes them, on anybody's machine, with a key of their own. They go into the credential that they are
/// about when it is issued; each has been verified before.
public struct Endorsements: Sendable {
    /// One of them.
    struct Endorsement: Sendable {
        /// The endorser's id.
        let issuer: String
        /// The credential with its embedded proof.
        let credential: EndorsementCredential
    }

    /// A file that is none, or that cannot be believed.
    public struct Problem: Sendable, Hashable {
        /// The file, and what is wrong with it.
        public let error: IssuingError
    }

    private var byCredential: [String: [Endorsement]] = [:]
    /// What was left out, and why.
    public private(set) var problems: [Problem] = []

    /// None at all.
    public static let none = Endorsements()

    private init() {}

    /// More files than this are not read: a sitting's endorsements are some thousand.
    private static let maximumFiles = 100_000

    /// Reads and verifies the endorsements of a workspace.
    ///
    /// One whose signature does not hold is left out; so is one whose key cannot be found, as it would make the badge
    /// around it doubtful. ``problems`` says which.
    ///
    /// - Parameter loader: where the keys of those come from that are no `did:key` or `did:jwk`.
    public init(of workspace: Workspace, loader: any DocumentLoader) async throws(IssuingError) {
        let folder = workspace.path("endorsements")
        guard FileStore.isDirectory(folder) else { return }
        let names = try FileStore.names(in: folder).filter { $0.hasSuffix(".json") || $0.hasSuffix(".jwt") }.sorted()
        guard names.count <= Self.maximumFiles else {
            throw IssuingError(.tooManyRows, "more than \(Self.maximumFiles) endorsements", file: folder)
        }
        let verifier = Verifier(loader: loader)
        for name in names {
            let file = "\(folder)/\(name)"
            guard let bytes = FileBytes.read(file, limit: 1 << 20) else {
                leaveOut(.fileUnreadable, "it cannot be read", file)
                continue
            }
            await add(bytes, file, verifier)
        }
    }

    /// The endorsements of a credential.
    func of(_ credential: String) -> [Endorsement] { byCredential[credential] ?? [] }

    private mutating func add(_ bytes: [UInt8], _ file: String, _ verifier: Verifier) async {
        let report = await verifier.verify(bytes, name: file)
        guard report.format == .endorsement else {
            leaveOut(.endorsementInvalid, "it is no endorsement", file)
            return
        }
        guard report.answers.authentic == .yes, report.answers.current == .yes else {
            let reason =
                report.problems.first.map { "\($0.code.rawValue): \($0.detail)" }
                ?? "it is not known to be authentic and current"
            leaveOut(.endorsementInvalid, reason, file)
            return
        }
        guard let members = (try? JSON(parsing: bytes))?.object else {
            // The contexts of Open Badges 3.0 have no `endorsementJwt`: a signature around it would leave it out.
            leaveOut(
                .endorsementInvalid,
                "an endorsement as JWT cannot stand in a badge; sign it with an embedded proof (Ed25519 or P-256)",
                file
            )
            return
        }
        let credential = EndorsementCredential(uncheckedMembers: members)
        let subject = credential.subject.id
        guard !subject.isEmpty, !credential.issuer.id.isEmpty else {
            leaveOut(.endorsementInvalid, "it does not say what it endorses, or who does", file)
            return
        }
        byCredential[subject, default: []].append(
            Endorsement(issuer: credential.issuer.id, credential: credential)
        )
    }

    private mutating func leaveOut(_ code: IssuingError.Code, _ detail: String, _ file: String) {
        problems.append(Problem(error: IssuingError(code, detail, file: file)))
    }
}
