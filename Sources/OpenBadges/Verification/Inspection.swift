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
    let limits: VerificationLimits
    /// What kind of credential it is inspected as; `nil` where it is none.
    let kind: CredentialKind?
    private let documents: DocumentsAtHand
    /// What other badges of the same verifier have found out already.
    private let shared: SharedFindings
    /// How many credentials lie around this one: 0 for a badge, 1 for its endorsement or its status list.
    private let depth: Int
    /// Whether a newer version is looked for: once, so not for one that is itself the newer version.
    private(set) var asksForRefresh = true

    private(set) var needs: [String] = []
    private(set) var checks: [CheckOutcome] = []
    private(set) var problems: [ProblemDetails] = []

    // What earlier checks establish for later ones.

    /// The credential of an Open Badges 3.0 input, of whatever kind.
    var credential: VerifiableCredential?
    /// The assertion of an Open Badges 2.0 input: for a hosted badge the copy that its host serves.
    var assertion: OB2.Assertion?
    /// The documents that an Open Badges 2.0 assertion names.
    var related = OB2Documents()
    /// What the issuer's documents say about the key of the proof.
    var signer: IssuerKey?
    /// The reports on the endorsements that it holds, and on the credentials of a learner record.
    var endorsements: [VerificationReport] = []
    var credentials: [VerificationReport] = []
    var subject = VerificationReport.Answers.Subject.notAsked
    var issuer = VerificationReport.Answers.Issuer.unknown
    /// What vouches for the issuer, where anything does.
    var trust: TrustMatch?
    /// Whether any answer rests on the workspace's own files.
    private(set) var restsOnWorkspace: Bool

    /// - Parameter kind: what it has to be; as which it is inspected follows from its type if left out.
    init(
        _ input: BadgeInput,
        options: VerificationOptions,
        documents: DocumentsAtHand,
        contexts: ContextStore,
        limits: VerificationLimits,
        shared: SharedFindings,
        kind: CredentialKind? = nil,
        depth: Int = 0
    ) {
        self.contexts = contexts
        self.input = input
        self.options = options
        self.documents = documents
        self.limits = limits
        self.shared = shared
        self.depth = depth
        // A status list by itself is no badge, however good.
        self.kind = kind ?? (input.kind == .statusList ? nil : input.kind)
        restsOnWorkspace = input.source == .workspace
        guard let document = input.document?.object else { return }
        if self.kind != nil {
            credential = VerifiableCredential(
                uncheckedMembers: input.isJWS ? CredentialJWT.credential(in: document) : document
            )
        } else if input.format == .ob2Signed || input.format == .ob2Hosted {
            assertion = OB2.Assertion(uncheckedMembers: document)
        }
    }

    /// Whether credentials within this one are still looked at.
    var canInspect: Bool { depth < limits.depth }

    /// Inspects another credential that this one rests on or holds, with the same checks and the same documents.
    ///
    /// - Parameter asksForRefresh: whether a newer version of it is looked for; not where it is itself one.
    /// - Returns: `nil` where credentials hold credentials deeper than any honest one does.
    mutating func inspect(
        _ input: BadgeInput,
        as kind: CredentialKind? = nil,
        options: VerificationOptions,
        asksForRefresh: Bool = true
    ) -> Inspection? {
        guard canInspect else { return nil }
        var inner = Inspection(
            input,
            options: options,
            documents: documents,
            contexts: contexts,
            limits: limits,
            shared: shared,
            kind: kind,
            depth: depth + 1
        )
        inner.asksForRefresh = asksForRefresh
        CheckList.run(on: &inner)
        for url in inner.needs where !needs.contains(url) { needs.append(url) }
        if inner.restsOnWorkspace { restsOnWorkspace = true }
        return inner
    }

    /// A finding that is the same for every badge that asks for it under this name: what a status list says, say.
    ///
    /// It is kept once it needs no more documents. The name has to tell all that it depends on, beside the documents:
    /// the URL, and the time where that matters.
    mutating func finding<Value: Sendable>(_ name: String, _ work: (inout Inspection) -> Value) -> Value {
        // A receipt lists every document, so each has to be asked for.
        if options.keepsEvidence { return work(&self) }
        if let known: SharedFindings.Entry<Value> = shared.entry(name) {
            if known.restsOnWorkspace { restsOnWorkspace = true }
            return known.value
        }
        let (outerNeeds, outerRests) = (needs, restsOnWorkspace)
        (needs, restsOnWorkspace) = ([], false)
        let value = work(&self)
        if needs.isEmpty {
            shared.keep(name, SharedFindings.Entry(value: value, restsOnWorkspace: restsOnWorkspace))
        }
        for url in outerNeeds where !needs.contains(url) { needs.append(url) }
        if outerRests { restsOnWorkspace = true }
        return value
    }

    /// A document by its URL, without the fragment.
    mutating func document(_ url: String) -> Lookup {
        let url = IRI.withoutFragment(url)
        guard let answer = documents.answer(url) else {
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

    /// The problems that were reported since some moment, and are no longer.
    mutating func takeProblems(since count: Int) -> [ProblemDetails] {
        defer { problems.removeSubrange(count...) }
        return Array(problems[count...])
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

    /// The document that the claims come from, as it came.
    var document: JSON? { credential?.json ?? (assertion == nil ? nil : related.original) }

    /// Whether the input could be read as a badge that these checks know.
    var isReadable: Bool { credential != nil || assertion != nil }

    /// The credential, where it is one about an achievement.
    var achievementCredential: AchievementCredential? {
        kind == .achievement ? credential?.achievementCredential : nil
    }

    var badgeClass: OB2.BadgeClass? { related.badgeClass.value }
    var issuerProfile: OB2.Profile? { related.issuer.value }

    func outcome(of check: CheckName) -> CheckOutcome.Outcome? {
        checks.first { $0.check == check }?.outcome
    }
}
