import JSONCore
import LinkedData

/// One pass over one badge: what is known so far, what is found, and which documents are still needed.
///
/// Checks are plain synchronous functions over this value. A check that lacks a document names it and goes on as if
/// the answer were unknown; the engine fetches what was named and starts a new pass, until a pass needs nothing more.
struct Inspection {
    /// What asking for a document in a pass leads to.
    enum Lookup {
        case answer(LoadedDocument.Answer)
        /// It will be there in the next pass.
        case pending
    }

    let input: BadgeInput
    let options: VerificationOptions
    /// The contexts that may be used.
    let contexts: ContextStore
    private let documents: [String: LoadedDocument.Answer]

    private(set) var needs: [String] = []
    private(set) var checks: [CheckOutcome] = []
    private(set) var problems: [ProblemDetails] = []

    // What earlier checks establish for later ones.

    /// The credential of an Open Badges 3.0 input.
    var credential: AchievementCredential?
    /// The assertion of an Open Badges 2.0 input: for a hosted badge the copy that its host serves.
    var assertion: OB2.Assertion?
    /// The documents that an Open Badges 2.0 assertion names.
    var related = OB2Documents()
    /// What the issuer's documents say about the key of the proof.
    var signer: IssuerKey?
    var subject = VerificationReport.Answers.Subject.notAsked
    var issuer = VerificationReport.Answers.Issuer.unknown
    /// Whether any answer rests on the workspace's own files.
    private(set) var restsOnWorkspace: Bool

    init(
        _ input: BadgeInput,
        options: VerificationOptions,
        documents: [String: LoadedDocument.Answer],
        contexts: ContextStore
    ) {
        self.contexts = contexts
        self.input = input
        self.options = options
        self.documents = documents
        restsOnWorkspace = input.source == .workspace
        guard let document = input.document?.object else { return }
        switch input.format {
        case .ob3JWT:
            credential = AchievementCredential(uncheckedMembers: CredentialJWT.credential(in: document))
        case .ob3Proof:
            credential = AchievementCredential(uncheckedMembers: document)
        case .ob2Signed, .ob2Hosted:
            assertion = OB2.Assertion(uncheckedMembers: document)
        default:
            break
        }
    }

    /// A document by its URL, without the fragment.
    mutating func document(_ url: String) -> Lookup {
        let url = IRI.withoutFragment(url)
        guard let answer = documents[url] else {
            if !needs.contains(url) { needs.append(url) }
            return .pending
        }
        if case .found(let document) = answer, document.source == .workspace { restsOnWorkspace = true }
        return .answer(answer)
    }

    /// A document that has to be JSON. Everything else is told apart in words.
    mutating func json(_ url: String) -> JSONLookup {
        switch document(url) {
        case .pending: return .pending
        case .answer(.unreachable(let reason)): return .unavailable(reason)
        case .answer(.missing(let status)): return .unavailable("the server answers \(status)")
        case .answer(.gone): return .unavailable("the server answers 410, gone")
        case .answer(.found(let document)):
            guard let json = try? JSON(parsing: document.body) else { return .unavailable("it is no JSON") }
            return .found(json, document)
        }
    }

    enum JSONLookup {
        case found(JSON, LoadedDocument)
        case unavailable(String)
        case pending
    }

    mutating func record(_ check: CheckName, _ outcome: CheckOutcome.Outcome, _ detail: String) {
        checks.append(CheckOutcome(check, outcome, detail))
    }

    mutating func report(
        _ code: ProblemDetails.Code,
        _ detail: String,
        check: CheckName,
        severity: ProblemDetails.Severity = .failure,
        at path: JSONPointer? = nil
    ) {
        problems.append(
            ProblemDetails(code: code, severity: severity, detail: detail, check: check, path: path)
        )
    }

    mutating func report(_ problem: ProblemDetails) {
        problems.append(problem)
    }

    /// Reports a problem, and records the check as its severity says.
    mutating func conclude(
        _ check: CheckName,
        _ code: ProblemDetails.Code,
        _ detail: String,
        severity: ProblemDetails.Severity = .failure,
        at path: JSONPointer? = nil
    ) {
        report(code, detail, check: check, severity: severity, at: path)
        switch severity {
        case .failure: record(check, .failed, detail)
        case .unknown: record(check, .undetermined, detail)
        case .warning: record(check, .warned, detail)
        }
    }

    /// Records a check that may have reported any number of problems: the worst of them decides.
    mutating func conclude(_ check: CheckName, otherwise passed: String) {
        let own = problems.filter { $0.check == check }
        guard let worst = own.min(by: { $0.severity < $1.severity }) else {
            return record(check, .passed, passed)
        }
        let more = own.count > 1 ? " (and \(own.count - 1) more)" : ""
        switch worst.severity {
        case .failure: record(check, .failed, worst.detail + more)
        case .unknown: record(check, .undetermined, worst.detail + more)
        case .warning: record(check, .warned, worst.detail + more)
        }
    }

    /// Whether the input could be read as a badge that these checks know.
    var isReadable: Bool { credential != nil || assertion != nil }

    var badgeClass: OB2.BadgeClass? { related.badgeClass.value }
    var issuerProfile: OB2.Profile? { related.issuer.value }

    func outcome(of check: CheckName) -> CheckOutcome.Outcome? {
        checks.first { $0.check == check }?.outcome
    }
}
