import JSONCore

/// Context Processing (JSON-LD 1.1 API §4.1): applies local contexts to active contexts.
///
/// One processor serves one document, whose budget it holds.
struct ContextProcessor {
    let store: ContextStore
    let mode: JSONLDOptions.ProcessingMode
    let limits: JSONLDLimits
    private var workLeft: Int
    /// How deep scoped contexts stand inside one another where terms are being defined.
    var scopeDepth = 0

    init(store: ContextStore, options: JSONLDOptions) {
        self.store = store
        mode = options.processingMode
        limits = options.limits
        workLeft = options.limits.contextWork
    }

    var is10: Bool { mode == .jsonLD10 }

    /// What the algorithm is told beside the contexts.
    struct Parameters {
        /// The URL that relative context URLs are resolved against.
        var baseURL: String?
        /// The contexts that led here.
        var remoteContexts: [String] = []
        var overrideProtected = false
        var propagate = true
        var validateScopedContext = true
    }

    /// The context that a document's or node's own `@context` leads to.
    mutating func process(
        _ active: ActiveContext,
        local: JSON,
        baseURL: String?
    ) throws(LinkedDataError) -> ActiveContext {
        guard case .array(let contexts) = local else {
            return try step(active, local: local, baseURL: baseURL)
        }
        // Without a change of protection or propagation an array is the same as its items one after another, and
        // each of them can be kept.
        var result = active
        for (index, context) in contexts.enumerated() {
            do throws(LinkedDataError) {
                if case .array = context {
                    throw LinkedDataError(.invalidLocalContext, "a context in an array is an array")
                }
                result = try step(result, local: context, baseURL: baseURL, isInArray: true)
            } catch {
                throw error.within(index)
            }
        }
        return result
    }

    /// The context that a single local context leads to: from what was kept, where it was.
    private mutating func step(
        _ active: ActiveContext,
        local: JSON,
        baseURL: String?,
        isInArray: Bool = false
    ) throws(LinkedDataError) -> ActiveContext {
        let step: ContextStep
        switch local {
        case .string(let reference):
            // The mode is not part of the key: what 1.0 refuses must not come from what 1.1 kept.
            guard !is10 else { return try unkept(active, local: local, baseURL: baseURL, isInArray: isInArray) }
            step = .remote(ExactText(try resolve(reference, against: baseURL)))
        default:
            guard !is10, baseURL == nil, !isInArray || local["@propagate"] == nil, store.isWorthKeeping(local) else {
                return try unkept(active, local: local, baseURL: baseURL, isInArray: isInArray)
            }
            step = .inline(local)
        }
        if let kept = active.follower(step) { return kept }
        var parameters = Parameters(baseURL: baseURL)
        let state = try process(active, local: local, &parameters)
        return active.follow(step, state)
    }

    private mutating func unkept(
        _ active: ActiveContext,
        local: JSON,
        baseURL: String?,
        isInArray: Bool
    ) throws(LinkedDataError) -> ActiveContext {
        var parameters = Parameters(baseURL: baseURL)
        // Step 2 looks at a local context that is a map, not at maps in an array.
        let state = try process(active, local: isInArray ? .array([local]) : local, &parameters)
        return active.variant(state)
    }

    /// The context that the scoped context of a term leads to.
    mutating func scoped(
        _ active: ActiveContext,
        _ step: ContextStep,
        _ definition: TermDefinition
    ) throws(LinkedDataError) -> ActiveContext {
        guard let local = definition.mapping.context else { return active }
        if !is10, let kept = active.follower(step) { return kept }
        var parameters = Parameters(baseURL: definition.mapping.baseURL)
        switch step {
        case .typeScoped: parameters.propagate = false
        case .propertyScoped: parameters.overrideProtected = true
        case .typeMapScoped, .remote, .inline: break
        }
        let state = try process(active, local: local, &parameters)
        return is10 ? active.variant(state) : active.follow(step, state)
    }

    /// The algorithm itself, from the numbered steps of the recommendation.
    mutating func process(
        _ active: ActiveContext,
        local: JSON,
        _ parameters: inout Parameters
    ) throws(LinkedDataError) -> ContextState {
        // 1
        var result = active.state
        try spend(1 + result.terms.count)
        // 2
        if case .bool(let propagate)? = local["@propagate"] { parameters.propagate = propagate }
        // 3
        if !parameters.propagate, result.previous == nil { result.previous = active }
        // 4, 5
        guard case .array(let contexts) = local else {
            try apply(local, to: &result, parameters)
            return result
        }
        for (index, context) in contexts.enumerated() {
            do throws(LinkedDataError) {
                try apply(context, to: &result, parameters)
            } catch {
                throw error.within(index)
            }
        }
        // 6
        return result
    }

    /// Step 5 for one context.
    private mutating func apply(
        _ context: JSON,
        to result: inout ContextState,
        _ parameters: Parameters
    ) throws(LinkedDataError) {
        switch context {
        case .null:
            // 5.1
            if !parameters.overrideProtected, result.hasProtectedTerms {
                throw LinkedDataError(.invalidContextNullification, "a null context would remove protected terms")
            }
            var fresh = ContextState(base: result.originalBase)
            if !parameters.propagate { fresh.previous = ActiveContext(result, allowance: .transient()) }
            result = fresh
        case .string(let reference):
            try applyRemote(reference, to: &result, parameters)
        case .object(let definition):
            try apply(definition, to: &result, parameters)
        default:
            // 5.3
            throw LinkedDataError(.invalidLocalContext, "a context is a URL, an object, null, or an array of these")
        }
    }

    /// Step 5.2.
    private mutating func applyRemote(
        _ reference: String,
        to result: inout ContextState,
        _ parameters: Parameters
    ) throws(LinkedDataError) {
        // 5.2.1
        let url = try resolve(reference, against: parameters.baseURL)
        // 5.2.2
        let isKnown = parameters.remoteContexts.contains { $0.isExactly(url) }
        if !parameters.validateScopedContext, isKnown { return }
        // 5.2.3
        guard parameters.remoteContexts.count < limits.contextDepth else {
            throw LinkedDataError(.contextOverflow, "more than \(limits.contextDepth) contexts refer to one another")
        }
        // 5.2.4, 5.2.5
        guard let loaded = try load(url)["@context"] else {
            throw LinkedDataError(.invalidRemoteContext, "the document of \(url) is no object with a @context")
        }
        // 5.2.6
        var inner = Parameters(baseURL: url)
        inner.remoteContexts = parameters.remoteContexts + [url]
        inner.validateScopedContext = parameters.validateScopedContext
        let active = ActiveContext(result, allowance: .transient())
        result = try process(active, local: loaded, &inner)
    }

    private func load(_ url: String) throws(LinkedDataError) -> JSON {
        guard let document = store.document(url) else {
            throw LinkedDataError(
                .loadingRemoteContextFailed,
                "the context \(url) is not known here; contexts are never fetched: pin its document to allow it"
            )
        }
        return document
    }

    /// The document's `@context`, for `@import` (step 5.6).
    func importedContext(_ url: String) throws(LinkedDataError) -> JSONObject {
        guard case .object(let context)? = try load(url)["@context"] else {
            throw LinkedDataError(.invalidRemoteContext, "the @context of \(url) is no object")
        }
        return context
    }

    /// The absolute URL of a context.
    func resolve(_ reference: String, against base: String?) throws(LinkedDataError) -> String {
        if IRIReference.hasScheme(reference) { return reference }
        guard let base, IRIReference.hasScheme(base) else {
            throw LinkedDataError(.loadingDocumentFailed, "the URL of a context is relative, and there is no base URL")
        }
        return IRIReference.resolve(reference, against: base)
    }

    /// Takes what a text costs that was put together from a context and the document: a long vocabulary in front of
    /// many short terms would make a small document large.
    @inline(__always)
    mutating func spend(text: String, madeFrom source: String) throws(LinkedDataError) {
        let growth = text.utf8.count - source.utf8.count
        if growth > 0 { try spend(growth >> 5) }
    }

    /// Takes from the document's budget.
    mutating func spend(_ work: Int) throws(LinkedDataError) {
        workLeft -= work
        if workLeft < 0 {
            throw LinkedDataError(.contextOverflow, "the document's contexts take more work than is allowed")
        }
    }
}
