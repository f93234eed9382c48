import JSONCore
import Synchronization

/// A processed context (JSON-LD 1.1 API §4.1): what terms mean at a place in a document.
///
/// It never changes and has an identity. What follows from it (by a further context, or by the scoped context of a
/// term) is kept with it, so a context is processed once and shared by all documents and threads.
public final class ActiveContext: Sendable {
    let state: ContextState
    /// The names that expand to `@type`, in code point order.
    let typeKeys: [String]
    /// The names that expand to `@value`.
    let valueKeys: [String]
    private let followers: Mutex<[ContextStep: ActiveContext]>
    private let allowance: CacheAllowance

    init(_ state: ContextState, allowance: CacheAllowance) {
        self.state = state
        self.allowance = allowance
        typeKeys = Self.keys(.type, state)
        valueKeys = Self.keys(.value, state)
        followers = Mutex([:])
    }

    private static func keys(_ keyword: Keyword, _ state: ContextState) -> [String] {
        // A term `@type` with a container is no second name.
        let names = state.terms.names { $0.keyword == keyword }.filter { $0 != keyword.rawValue }
        return ([keyword.rawValue] + names).sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
    }

    /// Whether nothing more that follows can be kept.
    var isFull: Bool { allowance.isUsedUp }

    /// What a term means here.
    @inline(__always)
    func definition(_ term: String) -> TermDefinition? {
        state.terms[term]
    }

    /// The context that follows by a step, if it was kept.
    @inline(__always)
    func follower(_ step: ContextStep) -> ActiveContext? {
        followers.withLock { $0[step] }
    }

    /// Makes the context that follows by a step, and keeps it while there is room for more.
    func follow(_ step: ContextStep, _ state: ContextState) -> ActiveContext {
        let allowance = step.isInline ? self.allowance.inline : self.allowance
        guard allowance.take() else { return variant(state) }
        let context = ActiveContext(state, allowance: allowance)
        // Another thread may have been first: all use its context then.
        return followers.withLock { followers in
            if let first = followers[step] { return first }
            followers[step] = context
            return context
        }
    }

    /// A context that follows and is not kept: it lives as long as the document that needs it.
    func variant(_ state: ContextState) -> ActiveContext {
        ActiveContext(state, allowance: CacheAllowance.transient())
    }
}

/// How one active context leads to another.
enum ContextStep: Hashable, Sendable {
    /// By the context of a pinned document.
    case remote(ExactText)
    /// By a context within the document.
    case inline(JSON)
    /// By the type-scoped context of a term, which does not propagate unless it says so.
    case typeScoped(TermIdentity)
    /// By the property-scoped context of a term.
    case propertyScoped(TermIdentity)
    /// By the type-scoped context of a term in a type map.
    case typeMapScoped(TermIdentity)

    /// Whether the document itself holds the context: anyone can write any number of those.
    var isInline: Bool {
        if case .inline = self { true } else { false }
    }
}

/// A term definition as a key; it keeps the definition alive, so that its identity is not used again.
struct TermIdentity: Hashable, Sendable {
    let definition: TermDefinition

    static func == (left: TermIdentity, right: TermIdentity) -> Bool {
        left.definition === right.definition
    }

    func hash(into hasher: inout Hasher) {
        hasher.combine(ObjectIdentifier(definition))
    }
}

/// How many more contexts may be kept.
///
/// Pinned contexts can follow one another in any number of orders, and anyone can write contexts into a document: what
/// is kept has a limit, and what is beyond it is processed each time.
final class CacheAllowance: Sendable {
    private let left: Atomic<Int>
    private let inlineAllowance: CacheAllowance?

    /// Allowances for contexts of pinned documents, and for those that stand in documents.
    convenience init(pinned: Int, inline: Int) {
        self.init(count: pinned, inline: CacheAllowance(count: inline, inline: nil))
    }

    /// An allowance for what one document needs and takes with it. 1,000: enough for every node of a real one.
    static func transient() -> CacheAllowance {
        CacheAllowance(count: 1_000, inline: nil)
    }

    private init(count: Int, inline: CacheAllowance?) {
        left = Atomic(count)
        inlineAllowance = inline
    }

    /// The allowance for contexts that stand in documents, and for all that follows from them.
    var inline: CacheAllowance { inlineAllowance ?? self }

    /// Whether nothing more can be kept.
    var isUsedUp: Bool { left.load(ordering: .relaxed) <= 0 }

    /// Takes one, if there is one left.
    func take() -> Bool {
        // Below zero only by the number of threads.
        guard left.load(ordering: .relaxed) > 0 else { return false }
        return left.subtract(1, ordering: .relaxed).oldValue > 0
    }
}
