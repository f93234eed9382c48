import CCurl
import Glibc

/// One `CURLU` of libcurl: for international host names, and to see a URL with libcurl's eyes.
final class URLHandle {
    private let curl: CurlLibrary
    private let handle: OpaquePointer

    /// - Throws: `SYSTEM_FAILURE` where there is no memory, or no libcurl.
    init() throws(TransportError) {
        curl = try CurlLibrary.shared()
        guard let handle = curl.url() else {
            throw TransportError(.systemFailure, "out of memory for a URL")
        }
        self.handle = handle
    }

    deinit { curl.urlCleanup(handle) }

    /// Whether libcurl reads the same scheme, host and port in a URL as we do: what the policy has looked at must be
    /// what is connected to.
    func agrees(with url: WebURL) -> Bool {
        guard curl.urlSet(handle, CURLUPART_URL, url.withoutFragment, UInt32(CURLU_PATH_AS_IS)) == CURLUE_OK else {
            return false
        }
        return part(CURLUPART_SCHEME) == url.scheme && part(CURLUPART_HOST) == url.host
            && part(CURLUPART_PORT, flags: CURLU_DEFAULT_PORT) == "\(url.port)" && part(CURLUPART_USER) == nil
    }

    /// A host name in Punycode; nil where it is none (IDNA as libidn2 has it).
    ///
    /// libidn2 reads the host in the character set of the thread's locale, and a Swift process starts in "C": so the
    /// thread is lent a UTF-8 locale for this call.
    func punycode(of host: String) -> String? {
        guard curl.urlSet(handle, CURLUPART_HOST, host, 0) == CURLUE_OK,
            let locale = newlocale(1 << LC_CTYPE, "C.UTF-8", nil)
        else { return nil }
        let previous = uselocale(locale)
        defer {
            uselocale(previous)
            freelocale(locale)
        }
        return part(CURLUPART_HOST, flags: CURLU_PUNYCODE)
    }

    /// One part, or nil where the URL has none.
    private func part(_ part: CURLUPart, flags: Int32 = 0) -> String? {
        var text: UnsafeMutablePointer<CChar>?
        guard curl.urlGet(handle, part, &text, UInt32(flags)) == CURLUE_OK, let text else { return nil }
        defer { curl.free(text) }
        return String(validatingCString: text)
    }
}
