/// What an answer is kept under: the whole URL, the `Accept` that chose among its forms, and whom the client trusts.
///
/// A copy that was fetched under a policy with roots or addresses of its own is no copy for another policy.
struct CacheKey: Sendable, Hashable {
    /// Without its fragment.
    let url: String
    let accept: String
    /// Empty for a policy that trusts the public web alone.
    let trust: String

    /// nil for a request whose answer is none of a cache's business: it changes something, or says who asks.
    init?(_ request: HTTPRequest, trust: String) {
        guard request.method == .get, request.body == nil,
            request.headers.allSatisfy({ $0.name.lowercased() == "accept" })
        else { return nil }
        url = request.url.withoutFragment
        accept = request.headers["Accept"] ?? ""
        self.trust = trust
    }

    /// The key as one text, different for different keys: none of the parts has line ends in it.
    var text: String { "\(url)\n\(accept)\n\(trust)" }
}

extension FetchPolicy {
    /// Whatever in this policy decides who may answer, beyond the public web; one line.
    var trustMark: String {
        var parts: [String] = []
        if insecurePrivateAddresses { parts.append("private") }
        if insecureProxyFromEnvironment { parts.append("proxy") }
        parts += insecureAllowedAddresses.map(\.description).sorted()
        parts += pinnedAddresses.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value.joined(separator: ","))" }
        if let roots = extraRootsPEM {
            parts.append(String(decoding: roots.filter { $0 > 0x20 && $0 < 0x7F }, as: UTF8.self))
        }
        return parts.joined(separator: " ")
    }
}
