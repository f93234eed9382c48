import CCurl
import Glibc

/// One `CURL` handle of libcurl: takes one transfer at a time, and is used again for the next.
///
/// It belongs to the loop's thread. libcurl's pointers do not leave this file but for the loop's own.
final class EasyHandle {
    private let curl: CurlLibrary
    private let handle: UnsafeMutableRawPointer
    /// Lists that libcurl reads while the transfer runs.
    private var headerList: StringList?
    private var pinList: StringList?

    /// - Throws: `SYSTEM_FAILURE` where there is no memory, or no libcurl.
    init() throws(TransportError) {
        curl = try CurlLibrary.shared()
        guard let handle = curl.easyInit() else {
            throw TransportError(.systemFailure, "libcurl gives no handle")
        }
        self.handle = handle
    }

    deinit { curl.easyCleanup(handle) }

    /// What the multi handle knows this one by.
    func withHandle<R>(_ body: (UnsafeMutableRawPointer) -> R) -> R { body(handle) }

    /// Forgets the last transfer; connections are the multi handle's, and stay.
    func reset() {
        curl.easyReset(handle)
        headerList = nil
        pinList = nil
    }

    /// Sets all options for a transfer. The handle must not outlive it unless it is reset.
    ///
    /// - Throws: `SYSTEM_FAILURE` where libcurl refuses an option: none is left out silently.
    func prepare(_ transfer: Transfer, policy: FetchPolicy) throws(TransportError) {
        let url = transfer.hop.request.url
        guard try URLHandle().agrees(with: url) else {
            throw TransportError(.urlMalformed, "libcurl reads another URL than the policy has seen")
        }
        try set(CURLOPT_URL, url.withoutFragment)
        try set(CURLOPT_PATH_AS_IS, 1)
        // Waits for the handshake of a connection under way, and shares it if it is HTTP/2, before another one is made.
        // Without TLS there is no handshake to tell, and libcurl would wait for the whole first answer.
        try set(CURLOPT_PIPEWAIT, url.isHTTPS ? 1 : 0)
        try set(CURLOPT_NOSIGNAL, 1)
        // A look-up cannot be broken off; without this libcurl would wait for its end, and the whole loop with it.
        try set(CURLOPT_QUICK_EXIT, 1)
        try restrict(to: policy)
        try setTimes(of: transfer, policy: policy)
        try setTrust(policy)
        try setRequest(transfer.hop.request, policy: policy)
        try pin(url, policy: policy)
        try setCallbacks(transfer)
    }

    /// The status code of the answer.
    var status: Int {
        var status = 0
        guard shim_getinfo_long(curl.easyGetInfo, handle, CURLINFO_RESPONSE_CODE, &status) == CURLE_OK else { return 0 }
        return status
    }

    /// Whether the answer came by HTTP/2.
    var isMultiplexed: Bool {
        var version = 0
        guard shim_getinfo_long(curl.easyGetInfo, handle, CURLINFO_HTTP_VERSION, &version) == CURLE_OK else {
            return false
        }
        return version == CURL_HTTP_VERSION_2_0
    }

    /// Why the certificate was not accepted, in words. The numbers are OpenSSL's (`X509_V_ERR_…`).
    var certificateProblem: String {
        var result = 0
        guard shim_getinfo_long(curl.easyGetInfo, handle, CURLINFO_SSL_VERIFYRESULT, &result) == CURLE_OK else {
            return "no reason given"
        }
        switch result {
        // 1 is what libcurl begins with: the chain is in order, and the name is not.
        case 0, 1, 62, 64: return "it is for another host"
        case 9: return "it is not valid yet"
        case 10: return "it has expired"
        case 18, 19: return "it is self-signed"
        case 2, 20, 21: return "its issuer is not known"
        case 23: return "it is revoked"
        default: return "verification error \(result)"
        }
    }

    // MARK: Groups of options

    private func restrict(to policy: FetchPolicy) throws(TransportError) {
        let protocols = policy.insecurePlainHTTP ? "http,https" : "https"
        try set(CURLOPT_PROTOCOLS_STR, protocols)
        try set(CURLOPT_REDIR_PROTOCOLS_STR, protocols)
        // Our own loop follows, and asks the policy at each step.
        try set(CURLOPT_FOLLOWLOCATION, 0)
        if !policy.insecureProxyFromEnvironment {
            // An empty name also keeps libcurl from looking at the environment.
            try set(CURLOPT_PROXY, "")
            try set(CURLOPT_NOPROXY, "*")
        }
        try set(CURLOPT_SUPPRESS_CONNECT_HEADERS, 1)
        try set(CURLOPT_NETRC, 0)
        try set(CURLOPT_HTTP_VERSION, CURL_HTTP_VERSION_2TLS)
        try set(CURLOPT_HTTP09_ALLOWED, 0)
    }

    private func setTimes(of transfer: Transfer, policy: FetchPolicy) throws(TransportError) {
        // 0 would mean "for ever".
        let left = max(1, ContinuousClock.now.duration(to: transfer.deadline).milliseconds)
        try set(CURLOPT_TIMEOUT_MS, left)
        try set(CURLOPT_CONNECTTIMEOUT_MS, min(left, max(1, policy.connectTimeout.milliseconds)))
        try set(CURLOPT_LOW_SPEED_LIMIT, max(0, policy.minimumRate))
        try set(CURLOPT_LOW_SPEED_TIME, max(1, policy.stallTime.milliseconds / 1000))
    }

    private func setTrust(_ policy: FetchPolicy) throws(TransportError) {
        try set(CURLOPT_SSL_VERIFYPEER, 1)
        try set(CURLOPT_SSL_VERIFYHOST, 2)
        try set(CURLOPT_SSLVERSION, CURL_SSLVERSION_TLSv1_2)
        if let roots = policy.extraRootsPEM {
            let code = roots.withUnsafeBytes { bytes in
                var blob = curl_blob(
                    data: UnsafeMutableRawPointer(mutating: bytes.baseAddress),
                    len: bytes.count,
                    flags: UInt32(CURL_BLOB_COPY)
                )
                return shim_setopt_blob(curl.easySetOption, handle, CURLOPT_CAINFO_BLOB, &blob)
            }
            try check(code)
        } else if curl.hasRootsFile {
            // File and directory hold the same roots. With the file alone libcurl parses them once for all connections
            // and not for each, which takes longer than the handshake.
            try check(shim_setopt_string(curl.easySetOption, handle, CURLOPT_CAPATH, nil))
        }
    }

    private func setRequest(_ request: HTTPRequest, policy: FetchPolicy) throws(TransportError) {
        try set(CURLOPT_USERAGENT, policy.userAgent)
        // What the static pages of the web are compressed with. Each further coding is a parser for strangers' bytes.
        try set(CURLOPT_ACCEPT_ENCODING, "gzip, deflate")
        if request.method != .head {
            // By Content-Length libcurl refuses at once; the callbacks refuse what has none, or lies.
            try check(
                shim_setopt_offset(
                    curl.easySetOption,
                    handle,
                    CURLOPT_MAXFILESIZE_LARGE,
                    curl_off_t(policy.maximumBytes)
                )
            )
        }
        if let body = request.body {
            try check(
                shim_setopt_offset(curl.easySetOption, handle, CURLOPT_POSTFIELDSIZE_LARGE, curl_off_t(body.count))
            )
            let code = body.withUnsafeBytes { bytes in
                // Copied: the array may not stay where it is. libcurl takes nil for "read from standard input".
                withUnsafeBytes(of: UInt8(0)) { none in
                    shim_setopt_pointer(
                        curl.easySetOption,
                        handle,
                        CURLOPT_COPYPOSTFIELDS,
                        UnsafeMutableRawPointer(mutating: bytes.baseAddress ?? none.baseAddress)
                    )
                }
            }
            try check(code)
            try set(CURLOPT_CUSTOMREQUEST, request.method.rawValue)
        } else if request.method == .head {
            try set(CURLOPT_NOBODY, 1)
        } else if request.method != .get {
            try set(CURLOPT_CUSTOMREQUEST, request.method.rawValue)
        }
        // libcurl reads "Name:" as "leave it out", and "Name;" as a field without value.
        var lines = request.headers.map { $0.value.isEmpty ? "\($0.name);" : "\($0.name): \($0.value)" }
        if request.body != nil {
            // Servers that do not know "100-continue" would cost a second of waiting.
            if request.headers["Expect"] == nil { lines.append("Expect:") }
            // libcurl would say that it is a web form.
            if request.headers["Content-Type"] == nil { lines.append("Content-Type:") }
        }
        let list = try StringList(lines)
        headerList = list
        try check(shim_setopt_list(curl.easySetOption, handle, CURLOPT_HTTPHEADER, list.head))
    }

    private func pin(_ url: WebURL, policy: FetchPolicy) throws(TransportError) {
        guard let addresses = policy.pinnedAddresses[url.host], !addresses.isEmpty else { return }
        let texts = addresses.map { $0.utf8.contains(UInt8(ascii: ":")) ? "[\($0)]" : $0 }
        let list = try StringList(["\(url.host):\(url.port):\(texts.joined(separator: ","))"])
        pinList = list
        try check(shim_setopt_list(curl.easySetOption, handle, CURLOPT_RESOLVE, list.head))
    }

    private func setCallbacks(_ transfer: Transfer) throws(TransportError) {
        // Not retained: the loop holds the transfer until the handle is removed.
        let context = Unmanaged.passUnretained(transfer).toOpaque()
        try check(shim_setopt_opensocket(curl.easySetOption, handle, openSocket))
        try check(shim_setopt_pointer(curl.easySetOption, handle, CURLOPT_OPENSOCKETDATA, context))
        try check(shim_setopt_prerequest(curl.easySetOption, handle, beforeRequest))
        try check(shim_setopt_pointer(curl.easySetOption, handle, CURLOPT_PREREQDATA, context))
        try check(shim_setopt_write(curl.easySetOption, handle, CURLOPT_HEADERFUNCTION, receiveHeader))
        try check(shim_setopt_pointer(curl.easySetOption, handle, CURLOPT_HEADERDATA, context))
        try check(shim_setopt_write(curl.easySetOption, handle, CURLOPT_WRITEFUNCTION, receiveContent))
        try check(shim_setopt_pointer(curl.easySetOption, handle, CURLOPT_WRITEDATA, context))
        try set(CURLOPT_NOPROGRESS, 0)
        try check(shim_setopt_progress(curl.easySetOption, handle, progress))
        try check(shim_setopt_pointer(curl.easySetOption, handle, CURLOPT_XFERINFODATA, context))
    }

    // MARK: One option

    private func set(_ option: CURLoption, _ value: Int) throws(TransportError) {
        try curl.set(option, value, of: handle)
    }

    private func set(_ option: CURLoption, _ value: String) throws(TransportError) {
        try curl.set(option, value, of: handle)
    }

    private func check(_ code: CURLcode) throws(TransportError) { try CurlLibrary.check(code) }
}

// MARK: Callbacks

/// The transfer that libcurl hands back to its callbacks.
private func transfer(_ context: UnsafeMutableRawPointer?) -> Transfer? {
    context.map { Unmanaged<Transfer>.fromOpaque($0).takeUnretainedValue() }
}

/// Opens a socket, if the policy allows the address that it is for: the very one, so no name can be bound anew between.
private let openSocket: curl_opensocket_callback = { context, _, target in
    guard let transfer = transfer(context), let target else { return CURL_SOCKET_BAD }
    guard let offset = MemoryLayout<curl_sockaddr>.offset(of: \.addr) else { return CURL_SOCKET_BAD }
    // libcurl's structure ends in room for the longest address, which the Swift type does not show.
    let raw = UnsafeRawBufferPointer(start: UnsafeRawPointer(target) + offset, count: Int(target.pointee.addrlen))
    let address = IPAddress(socketAddress: raw, family: target.pointee.family)
    guard transfer.mayConnect(to: address) else { return CURL_SOCKET_BAD }
    return socket(
        target.pointee.family,
        target.pointee.socktype | Int32(SOCK_CLOEXEC.rawValue),
        target.pointee.protocol
    )
}

/// Looks at the address again before a request goes out: this one may go on a connection that was opened for another.
private let beforeRequest: curl_prereq_callback = { context, address, _, _, _ in
    guard let transfer = transfer(context), let address else { return CURL_PREREQFUNC_ABORT }
    return transfer.maySend(to: IPAddress(String(cString: address))) ? CURL_PREREQFUNC_OK : CURL_PREREQFUNC_ABORT
}

private let receiveHeader: curl_write_callback = { data, size, count, context in
    let bytes = UnsafeRawBufferPointer(start: data, count: size * count)
    guard let transfer = transfer(context), transfer.receive(headerLine: bytes) else { return 0 }
    return bytes.count
}

private let receiveContent: curl_write_callback = { data, size, count, context in
    let bytes = UnsafeRawBufferPointer(start: data, count: size * count)
    // A number that is not that of the bytes given stops the transfer; for no bytes at all, 0 is that number.
    guard let transfer = transfer(context), transfer.receive(content: bytes) else { return bytes.isEmpty ? 1 : 0 }
    return bytes.count
}

private let progress: curl_xferinfo_callback = { context, _, received, _, _ in
    guard let transfer = transfer(context), transfer.mayGoOn(received: Int(received)) else { return 1 }
    return 0
}

extension Duration {
    /// Whole milliseconds, as many as libcurl's `long` surely holds.
    var milliseconds: Int {
        let (seconds, attoseconds) = components
        let bounded = min(max(seconds, 0), 1_000_000)
        return Int(bounded) * 1000 + Int(attoseconds / 1_000_000_000_000_000)
    }
}
