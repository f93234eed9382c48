public import JSONCore
import Synchronization

/// The contexts that may be used: a pure table of documents by URL, and what was made of them.
///
/// Nothing is ever fetched here. What a caller wants to allow, it loads first and pins; a context that is not in the
/// table is an error that names its URL. Processed contexts are kept and shared across threads and documents: one
/// store for a process is what makes expansion fast.
///
/// *For example:*
/// ```swift
/// let store = ContextStore(["https://www.w3.org/ns/credentials/v2": try JSON(parsing: bytes)])
/// let nquads = try RDFC10.canonicalNQuads(of: credential, store: store)
/// ```
public final class ContextStore: Sendable {
    /// A document, or how to read it when somebody asks for it.
    private enum Entry: Sendable {
        case document(JSON)
        case unread(@Sendable () -> JSON?)
    }

    private let documents: Mutex<[ExactText: Entry]>
    private let root: Mutex<ActiveContext>
    private let limits: ContextStoreLimits

    /// A store of whole documents (objects with an `@context`) by absolute URL.
    public convenience init(_ documents: [String: JSON], limits: ContextStoreLimits = .standard) {
        let entries = documents.map { (ExactText($0.key), Entry.document($0.value)) }
        self.init(entries: Dictionary(entries) { first, _ in first }, limits: limits)
    }

    /// A store of documents that are read when they are first asked for: of many contexts, a badge names two.
    public convenience init(
        reading documents: [String: @Sendable () -> JSON?],
        limits: ContextStoreLimits = .standard
    ) {
        let entries = documents.map { (ExactText($0.key), Entry.unread($0.value)) }
        self.init(entries: Dictionary(entries) { first, _ in first }, limits: limits)
    }

    private init(entries: [ExactText: Entry], limits: ContextStoreLimits) {
        documents = Mutex(entries)
        self.limits = limits
        root = Mutex(Self.newRoot(limits))
    }

    private static func newRoot(_ limits: ContextStoreLimits) -> ActiveContext {
        ActiveContext(
            ContextState(base: nil),
            allowance: CacheAllowance(pinned: limits.pinnedContexts, inline: limits.inlineContexts)
        )
    }

    /// The URLs of all documents, in no order.
    public var urls: [String] { documents.withLock { $0.keys.map(\.text) } }

    /// The document of a URL, if it is pinned.
    public func document(_ url: String) -> JSON? {
        let url = ExactText(url)
        return documents.withLock { documents in
            switch documents[url] {
            case .document(let document): return document
            case .unread(let read):
                let document = read()
                documents[url] = document.map(Entry.document)
                return document
            case nil: return nil
            }
        }
    }

    /// A store that also has other documents, which go before those of the same URL here.
    public func adding(_ documents: [String: JSON]) -> ContextStore {
        var all = self.documents.withLock { $0 }
        for (url, document) in documents { all[ExactText(url)] = .document(document) }
        return ContextStore(entries: all, limits: limits)
    }

    /// The active context at the start of a document.
    func initialContext(base: String?) -> ActiveContext {
        let root = root.withLock { root in
            // When no more can be kept, all that was kept goes, so that nobody can fill the store for good.
            if root.isFull, limits.pinnedContexts > 0 { root = Self.newRoot(limits) }
            return root
        }
        // A base belongs to one document, so nothing of it is kept for others.
        return base.map { root.variant(ContextState(base: $0)) } ?? root
    }

    /// Whether a context within a document is small enough to be kept.
    func isWorthKeeping(_ context: JSON) -> Bool {
        var left = limits.inlineSize
        return context.fits(in: &left)
    }
}

/// How much a context store keeps.
public struct ContextStoreLimits: Sendable, Hashable {
    /// Processed contexts that come from pinned documents. 4,096 at about 10 kB: a credential takes 20, and pinned
    /// contexts can follow one another in any order that someone writes into a document. When they are used up, the
    /// store starts anew.
    public var pinnedContexts: Int
    /// Processed contexts that come from contexts within documents: 1,024, about 60
    /// different ones, as anyone can write them.
    public var inlineContexts: Int
    /// Bytes of text and values in a context within a document that is kept at all: 4,096.
    public var inlineSize: Int

    /// What is kept unless told otherwise.
    public static let standard = ContextStoreLimits()

    /// Limits that differ from the standard in what is given.
    public init(pinnedContexts: Int = 4_096, inlineContexts: Int = 1_024, inlineSize: Int = 4_096) {
        self.pinnedContexts = pinnedContexts
        self.inlineContexts = inlineContexts
        self.inlineSize = inlineSize
    }
}

extension JSON {
    /// Whether a value is no larger than what is left, which shrinks by it.
    fileprivate func fits(in left: inout Int) -> Bool {
        left -= 1
        switch self {
        case .null, .bool: break
        case .number(let number): left -= number.literal.utf8.count
        case .string(let text): left -= text.utf8.count
        case .array(let elements):
            for element in elements where left < 0 || !element.fits(in: &left) { return false }
        case .object(let members):
            for (key, value) in members {
                left -= key.utf8.count
                guard left >= 0, value.fits(in: &left) else { return false }
            }
        }
        return left >= 0
    }
}
