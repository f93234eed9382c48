/// What a client may fetch, and how much time and memory that may take: all budgets of this module, each with its reason.
///
/// URLs to fetch stand in badges, and badges come from strangers; so ``standard`` allows what a public web server needs
/// and nothing else. Whatever loosens the guard is named `insecure…`.
///
/// For example:
/// ```swift
/// var policy = FetchPolicy.standard
/// policy.maximumBytes = 8 << 20
/// ```
public struct FetchPolicy: Sendable, Hashable {
    /// https on public addresses, and the limits below.
    public static let standard = FetchPolicy()

    // MARK: What is fetched

    /// Allows `http:` too. A redirect from https to http is refused all the same.
    public var insecurePlainHTTP = false
    /// Allows loopback, private and all other addresses that are not public: for tests, and for a company's own network.
    public var insecurePrivateAddresses = false
    /// These addresses beside the public ones: for tests, and for single servers of a company's own network.
    public var insecureAllowedAddresses: Set<IPAddress> = []
    /// Takes the proxy from the environment (`https_proxy` and so on). The proxy then looks up the names, and connects:
    /// the addresses behind it cannot be checked here.
    public var insecureProxyFromEnvironment = false
    /// The web's own ports, and those that need no privilege, where many a school's server is. The other ones belong to
    /// mail, name and file servers, which should not be sent strangers' lines.
    public var allowedPorts: [ClosedRange<Int>] = [80...80, 443...443, 1024...65535]
    /// Redirects to follow. Three are enough for http→https, a moved host and a moved path; the design says three.
    public var maximumRedirects = 3

    // MARK: Time

    /// For looking up the name, connecting and the TLS handshake, of each hop. TCP sends its second SYN after 1 s and its
    /// third after 3 s.
    public var connectTimeout: Duration = .seconds(5)
    /// For all hops together, from when the first is begun. A person waits for the answer.
    public var totalTimeout: Duration = .seconds(10)
    /// Bytes a second below which, for ``stallTime`` at a stretch, a transfer is given up: a line of 1 kbit/s has more,
    /// and a server that drips to hold the connection has less. 0 for no such limit.
    public var minimumRate = 100
    /// See ``minimumRate``. Half of the total: so a body that stalls is told apart from one that is long.
    public var stallTime: Duration = .seconds(5)

    // MARK: Memory

    /// For a body, before and after decompression. A status list of the largest usual size (131,072 entries) is 16 KiB
    /// compressed; a baked image seldom reaches 1 MiB.
    public var maximumBytes = 1 << 20
    /// For all header lines of a response. Other clients and servers allow 8 KiB to 256 KiB.
    public var maximumHeaderBytes = 64 << 10
    /// Transfers at a time; more wait in line without their time running. Far below the usual 1024 file descriptors.
    public var maximumConcurrentTransfers = 32
    /// Transfers at a time to one host, a connection for each: what browsers have taken for fair since 2008.
    public var maximumTransfersPerHost = 6
    /// Transfers at a time to one host that speaks HTTP/2, all on one connection. Half of all, so that one host leaves
    /// room for the others.
    public var maximumStreamsPerHost = 16
    /// Idle connections that are kept for the next request.
    public var maximumIdleConnections = 16

    // MARK: Surroundings

    /// Certificates in PEM to trust as roots beside the system's own directory of them: for tests and private networks.
    public var extraRootsPEM: [UInt8]?
    /// Addresses for host names that are not looked up: name in lower case, addresses without brackets. The policy's
    /// rule about addresses applies to these as well.
    public var pinnedAddresses: [String: [String]] = [:]
    /// The `User-Agent` header; some servers refuse requests that have none.
    public var userAgent = "open-badges"

    private init() {}
}

extension FetchPolicy {
    /// Refuses a URL that this policy does not allow, before anything is sent or looked up.
    ///
    /// A name may still turn out to have a private address: that is seen, and refused, when its socket is opened.
    ///
    /// - Throws: `SCHEME_REFUSED`, `PORT_REFUSED`, `ADDRESS_REFUSED`.
    public func check(_ url: WebURL) throws(TransportError) { try check(url, redirectedFrom: nil) }

    func check(_ url: WebURL, redirectedFrom previous: WebURL?) throws(TransportError) {
        let name = FetchPolicy.name(of: url, isRedirect: previous != nil)
        if !url.isHTTPS {
            guard insecurePlainHTTP else {
                throw TransportError(.schemeRefused, "only https is allowed, and \(name) would be reached by http")
            }
            guard previous?.isHTTPS != true else {
                throw TransportError(.schemeRefused, "a redirect from https to http is not followed")
            }
        }
        if let address = url.address, !allows(address) {
            throw FetchPolicy.refusal(of: address.scope, name: name)
        }
        // libcurl, resolvers and hosts files do not agree on all spellings of this name (RFC 6761 §6.3), so it is not asked.
        let labels = url.host.split(separator: ".")
        if labels.last == "localhost", !insecurePrivateAddresses {
            throw FetchPolicy.refusal(of: .loopback, name: name)
        }
        guard allowedPorts.contains(where: { $0.contains(url.port) }) else {
            throw TransportError(.portRefused, "port \(url.port) is not allowed")
        }
    }

    func allows(_ address: IPAddress) -> Bool {
        insecurePrivateAddresses || address.scope == .global || insecureAllowedAddresses.contains(address)
    }

    static func refusal(of scope: AddressScope, name: String) -> TransportError {
        TransportError(.addressRefused, "\(name) has no public address (\(scope.rawValue))")
    }

    /// How an error calls the host: a redirect's target was not named by the caller.
    static func name(of url: WebURL, isRedirect: Bool) -> String {
        isRedirect ? "the target of a redirect" : url.host
    }
}
