import CCurl

/// The state of one hop while it is under way: libcurl's callbacks write into it.
///
/// It belongs to the loop's thread, and lives from before its handle is added until after that is removed.
final class Transfer {
    let hop: Hop
    let deadline: ContinuousClock.Instant
    let handle: EasyHandle
    private let policy: FetchPolicy

    private(set) var headers = HTTPHeaders()
    private(set) var body: [UInt8] = []
    /// Why a callback stopped the transfer; it explains more than libcurl's own code does.
    private(set) var refusal: TransportError?
    /// What the addresses are that were refused: counts only if no other one could be connected to.
    private(set) var refusedScope: AddressScope?
    private var headerBytes = 0
    private var headerIsComplete = false

    init(_ hop: Hop, policy: FetchPolicy, deadline: ContinuousClock.Instant, handle: EasyHandle) {
        self.hop = hop
        self.policy = policy
        self.deadline = deadline
        self.handle = handle
    }

    var name: String { FetchPolicy.name(of: hop.request.url, isRedirect: hop.isRedirect) }

    // MARK: Called back by libcurl

    /// Whether a socket to this address may be opened. Behind a proxy the address is the proxy's own, whom the user named.
    func mayConnect(to address: IPAddress?) -> Bool {
        if policy.insecureProxyFromEnvironment || policy.insecurePrivateAddresses { return true }
        guard let address, policy.allows(address) else {
            refusedScope = address?.scope ?? .reserved
            return false
        }
        return true
    }

    /// Whether a request may go out on this connection, new or reused.
    func maySend(to address: IPAddress?) -> Bool {
        guard mayConnect(to: address) else {
            refusal = FetchPolicy.refusal(of: refusedScope ?? .reserved, name: name)
            return false
        }
        return true
    }

    /// Takes one line of the header, or of the trailer. Says whether to go on.
    func receive(headerLine line: UnsafeRawBufferPointer) -> Bool {
        headerBytes += line.count
        guard headerBytes <= policy.maximumHeaderBytes else {
            refusal = TransportError(.tooLarge, "the header is larger than \(policy.maximumHeaderBytes) bytes")
            return false
        }
        guard isWithinBudget(line.count) else { return false }
        let text = String(decoding: line, as: UTF8.self).trimmingHTTPSpace
        if text.hasPrefix("HTTP/") {
            // Each answer has a header of its own: "100 Continue" comes before the one that counts.
            headers = HTTPHeaders()
            headerIsComplete = false
        } else if text.isEmpty {
            headerIsComplete = true
        } else if headerIsComplete {
            // A trailer: it says nothing that may change what was read above it.
        } else if line.first == 0x20 || line.first == 0x09 {
            headers.continueLast(text)
        } else if let colon = text.utf8.firstIndex(of: UInt8(ascii: ":")) {
            headers.append(String(text[..<colon]), String(text[colon...].dropFirst()).trimmingHTTPSpace)
        }
        return true
    }

    /// Takes a piece of the decompressed content. Says whether to go on.
    func receive(content piece: UnsafeRawBufferPointer) -> Bool {
        guard piece.count <= policy.maximumBytes - body.count else {
            refuseSize()
            return false
        }
        guard isWithinBudget(piece.count) else { return false }
        if body.isEmpty, let length = headers["Content-Length"].flatMap({ Int($0) }), length > piece.count {
            body.reserveCapacity(min(length, policy.maximumBytes))
        }
        body.append(contentsOf: piece)
        return true
    }

    /// Looks at the bytes that came over the wire: compressed data may run on for ever without a byte of content.
    func mayGoOn(received: Int) -> Bool {
        guard received <= policy.maximumBytes else {
            refuseSize()
            return false
        }
        return true
    }

    private func isWithinBudget(_ bytes: Int) -> Bool {
        guard let budget = hop.budget, !budget.take(bytes: bytes) else { return true }
        refusal = FetchBudget.exceeded
        return false
    }

    private func refuseSize() {
        refusal = TransportError(.tooLarge, "the content is larger than \(policy.maximumBytes) bytes")
    }

    // MARK: The end

    func result(of code: CURLcode) -> Result<Answer, TransportError> {
        if let refusal { return .failure(refusal) }
        if code == CURLE_OK {
            return .success(
                Answer(
                    status: handle.status,
                    headers: headers,
                    body: body,
                    deadline: deadline,
                    cacheStatus: .fetched
                )
            )
        }
        return .failure(error(for: code))
    }

    private func error(for code: CURLcode) -> TransportError {
        switch code {
        case CURLE_COULDNT_CONNECT, CURLE_ABORTED_BY_CALLBACK:
            if let refusedScope { return FetchPolicy.refusal(of: refusedScope, name: name) }
            return TransportError(.unreachable, "\(name) accepts no connection")
        case CURLE_COULDNT_RESOLVE_HOST:
            return TransportError(.unreachable, "\(name) has no address")
        case CURLE_COULDNT_RESOLVE_PROXY:
            return TransportError(.unreachable, "the proxy has no address")
        case CURLE_OPERATION_TIMEDOUT:
            return TransportError(.timedOut, "\(name) did not answer in time")
        case CURLE_FILESIZE_EXCEEDED:
            return TransportError(.tooLarge, "the content is larger than \(policy.maximumBytes) bytes")
        case CURLE_PEER_FAILED_VERIFICATION:
            return TransportError(
                .tlsFailure,
                "the certificate of \(name) is not trusted: \(handle.certificateProblem)"
            )
        case CURLE_SSL_CONNECT_ERROR, CURLE_SSL_CIPHER, CURLE_SSL_ISSUER_ERROR, CURLE_SSL_CERTPROBLEM,
            CURLE_USE_SSL_FAILED:
            return TransportError(.tlsFailure, "\(name) offers no TLS connection that is secure enough")
        case CURLE_SSL_CACERT_BADFILE:
            return TransportError(.tlsFailure, "the root certificates cannot be read")
        case CURLE_SEND_ERROR, CURLE_RECV_ERROR, CURLE_GOT_NOTHING:
            // Within the content it may be the connection or the framing that is broken; libcurl does not say which.
            guard !headerIsComplete else { break }
            return TransportError(.unreachable, "\(name) broke off the connection")
        case CURLE_OUT_OF_MEMORY, CURLE_FAILED_INIT, CURLE_NOT_BUILT_IN, CURLE_UNKNOWN_OPTION,
            CURLE_BAD_FUNCTION_ARGUMENT, CURLE_SSL_ENGINE_INITFAILED:
            return TransportError(.systemFailure, "libcurl: \(CurlLibrary.describe(code))")
        case CURLE_URL_MALFORMAT:
            return TransportError(.urlMalformed, "libcurl does not take the URL")
        default: break
        }
        return TransportError(.responseMalformed, "the answer of \(name) cannot be read: \(CurlLibrary.describe(code))")
    }
}

extension String {
    /// Without the spaces, tabs and line ends at both ends.
    fileprivate var trimmingHTTPSpace: String {
        func isSpace(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x09 || byte == 0x0D || byte == 0x0A }
        guard let first = utf8.firstIndex(where: { !isSpace($0) }), let last = utf8.lastIndex(where: { !isSpace($0) })
        else { return "" }
        return String(self[first...last])
    }
}
