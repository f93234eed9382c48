/// What a caller takes from a cache.
///
/// For example: `CacheUse(maximumAge: .zero)` asks the server whatever is kept, and
/// `CacheUse(staleIfError: .seconds(86_400))` is content with yesterday's answer where the server is down today.
public struct CacheUse: Sendable, Hashable {
    /// As the server says, and never anything stale.
    public static let standard = CacheUse()

    /// How old a copy may be that is used without asking, however much longer the server would allow; nil for as long as
    /// it allows. With zero the server is asked each time.
    public var maximumAge: Duration?
    /// For how long after its time a copy may be used, where the server cannot be reached, takes too long, or has a
    /// fault of its own (500, 502, 503, 504). Not where the server forbids it (`must-revalidate`, `no-cache`), nor where
    /// it was reached and is not to be trusted. Zero for never.
    ///
    /// The answer says that it is stale (``CacheStatus/stale(age:)``). What has a validity of its own, such as a status
    /// list, is not made valid by this: whoever reads it has to look at its dates.
    public var staleIfError: Duration

    public init(maximumAge: Duration? = nil, staleIfError: Duration = .zero) {
        self.maximumAge = maximumAge
        self.staleIfError = staleIfError
    }
}

/// How new an answer is.
public enum CacheStatus: Sendable, Hashable {
    /// It came from the server just now.
    case fetched
    /// The server has said just now that the copy still holds (304).
    case revalidated
    /// A copy that the server allows to be used for this long, or one that was asked for a moment ago.
    case cached(age: Int)
    /// A copy past its time: the server could not be asked, and the caller allowed it.
    case stale(age: Int)

    /// The seconds since the server last vouched for it.
    public var age: Int {
        switch self {
        case .fetched, .revalidated: 0
        case .cached(let age), .stale(let age): age
        }
    }

    public var isStale: Bool {
        if case .stale = self { true } else { false }
    }
}
