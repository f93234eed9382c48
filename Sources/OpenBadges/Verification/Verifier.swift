public import LinkedData

/// Verifies badges: one engine, a list of checks, and a loader for the documents that a badge names.
///
/// A verifier never throws: whatever comes in, a ``VerificationReport`` comes out. Time and documents are parameters,
/// so the same input with the same documents at the same time gives the same report.
///
/// *For example:*
/// ```swift
/// let report = await Verifier(trusting: ["https://exams.example.org/issuer"]).verify(bytes)
/// switch report.verdict {
/// case .verified(let badge): print(badge.achievement.name, badge.recipient ?? "")
/// case .rejected, .undetermined: report.problems.forEach { print($0) }
/// }
/// ```
public struct Verifier: Sendable {
    private let trust: TrustPolicy?
    private let contexts: ContextStore
    private let limits: VerificationLimits
    private let ownChecks: [OwnCheck]
    private let memory: VerifierMemory

    /// - Parameters:
    ///   - trust: whom to trust; without one, nobody's issuer is more than its own domain says.
    ///   - loader: where documents come from; the web under its standard policy if not said otherwise. Each document is
    ///     asked for once, and kept for a while, so that badges of one issuer share what they name.
    ///   - contexts: the JSON-LD contexts that may be used, which are never fetched; the embedded ones if left out.
    ///   - checks: the caller's own, beside those of the standard.
    public init(
        trust: TrustPolicy? = nil,
        loader: any DocumentLoader = WebLoader(),
        contexts: ContextStore = KnownContexts.current,
        limits: VerificationLimits = .standard,
        checks: [OwnCheck] = []
    ) {
        self.trust = trust
        self.contexts = contexts
        self.limits = limits
        ownChecks = checks
        memory = VerifierMemory(loader: loader)
    }

    /// A verifier that requires its badges to be of one of these issuers.
    public init(trusting issuers: [String], loader: any DocumentLoader = WebLoader()) {
        self.init(trust: TrustPolicy(issuers: issuers), loader: loader)
    }

    /// Verifies a badge as it came: a JWS, JSON, or an image that holds one.
    ///
    /// - Parameters:
    ///   - bytes: the file's content.
    ///   - name: what the report calls the input.
    ///   - options: the time, the recipient asked for, and what is required; now and nothing if left out.
    public func verify(
        _ bytes: some Sequence<UInt8>,
        name: String = "-",
        options: VerificationOptions? = nil
    ) async -> VerificationReport {
        await verify(BadgeInput(name: name, bytes: Array(bytes)), options: options)
    }

    /// Verifies the badge that a URL answers with. One that cannot be fetched is `undetermined`.
    public func verify(url: String, options: VerificationOptions? = nil) async -> VerificationReport {
        switch await BadgeSearch(memory.current().documents).badge(at: url, name: url) {
        case .input(let input): return await verify(input, options: options)
        case .gone(let body): return ReportAssembly.gone(url, body: body)
        case .unavailable(let reason): return ReportAssembly.unreachable(url, reason)
        }
    }

    package func verify(_ input: BadgeInput, options: VerificationOptions?) async -> VerificationReport {
        switch await BadgeSearch(memory.current().documents).badge(behind: input) {
        case .input(let input): return await inspect(input, options: options)
        case .gone(let body): return ReportAssembly.gone(input.name, body: body)
        case .unavailable(let reason): return ReportAssembly.unreachable(input.name, reason)
        }
    }

    private func inspect(_ input: BadgeInput, options: VerificationOptions?) async -> VerificationReport {
        var options = options ?? VerificationOptions(at: .now)
        if options.trust == nil { options.trust = trust }
        let memory = memory.current()
        let deadline = ContinuousClock.now + limits.time
        let documents = DocumentsAtHand(memory.documents, limits: limits)
        // A chain of documents, each naming the next, ends with the passes: the rest of it counts as out of reach.
        var pass = 0
        while true {
            pass += 1
            var inspection = Inspection(
                input,
                options: options,
                documents: documents,
                contexts: contexts,
                limits: limits,
                shared: memory.findings
            )
            CheckList.run(on: &inspection)
            guard !inspection.needs.isEmpty, pass < limits.passes else {
                for check in ownChecks { check.run(on: &inspection) }
                var report = ReportAssembly.report(on: inspection)
                if options.keepsEvidence {
                    report.evidence = VerificationEvidence(
                        input: input.bytes,
                        at: options.at,
                        documents: documents.answers
                    )
                }
                return report
            }
            await documents.load(inspection.needs, until: deadline)
        }
    }
}
