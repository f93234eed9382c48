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
    private let loader: any DocumentLoader
    private let trust: TrustPolicy?
    private let contexts: ContextStore

    /// - Parameters:
    ///   - trust: whom to trust; without one, nobody's issuer is more than its own domain says.
    ///   - loader: where documents come from; the web under its standard policy if not said otherwise.
    ///   - contexts: the JSON-LD contexts that may be used, which are never fetched; the embedded ones if left out.
    public init(
        trust: TrustPolicy? = nil,
        loader: any DocumentLoader = WebLoader(),
        contexts: ContextStore = KnownContexts.current
    ) {
        self.trust = trust
        self.loader = loader
        self.contexts = contexts
    }

    /// A verifier that requires its badges to be of one of these issuers.
    public init(trusting issuers: [String], loader: any DocumentLoader = WebLoader()) {
        self.init(trust: TrustPolicy(issuers: issuers), loader: loader)
    }

    /// Verifies a badge as it came: a JWS, or JSON.
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
        let input: BadgeInput
        switch await loader.load(url) {
        case .found(let document):
            input = BadgeInput(name: url, bytes: document.body, url: document.url, source: document.source)
        case .gone(let document):
            return ReportAssembly.gone(url, body: document.body)
        case .missing(let status):
            return ReportAssembly.unreachable(url, "the server answers \(status)")
        case .unreachable(let reason):
            return ReportAssembly.unreachable(url, reason)
        }
        return await verify(input, options: options)
    }

    package func verify(_ input: BadgeInput, options: VerificationOptions?) async -> VerificationReport {
        var options = options ?? VerificationOptions(at: .now)
        if options.trust == nil { options.trust = trust }
        var documents: [String: LoadedDocument.Answer] = [:]
        for _ in 0..<Self.maximumPasses {
            var inspection = Inspection(input, options: options, documents: documents, contexts: contexts)
            for check in Self.checks { check(&inspection) }
            if inspection.needs.isEmpty { return ReportAssembly.report(on: inspection) }
            for url in inspection.needs {
                documents[url] =
                    documents.count < Self.maximumDocuments
                    ? await loader.load(url) : .unreachable("the badge names too many documents")
            }
        }
        // Only a chain of documents, each naming the next, gets here: the rest of it counts as out of reach.
        var inspection = Inspection(input, options: options, documents: documents, contexts: contexts)
        for check in Self.checks { check(&inspection) }
        return ReportAssembly.report(on: inspection)
    }

    /// An honest badge needs four: its class, its issuer, its key, its status.
    private static let maximumPasses = 8
    private static let maximumDocuments = 32

    /// In the order of Open Badges 3.0 §9.1. Each records exactly one outcome.
    private static let checks: [@Sendable (inout Inspection) -> Void] = [
        ContainerCheck.container, ContainerCheck.json, ContextCheck.run, TypeCheck.run, SchemaCheck.run,
        SubjectCheck.run, ResultCheck.run, ProofCheck.run, KeyCheck.run, ClaimsCheck.run, RefreshCheck.run,
        StatusCheck.run, DatesCheck.run, RecipientCheck.run, EndorsementCheck.run, IssuerCheck.run, ImageCheck.run,
    ]
}
