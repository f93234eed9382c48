import CCurl
import Glibc

/// One `CURLU` of libcurl: takes a URL apart and resolves relative references. ``WebURL`` is what it is for.
final class URLHandle {
    private let handle: OpaquePointer

    /// - Throws: `SYSTEM_FAILURE` where there is no memory.
    init() throws(TransportError) {
        guard let handle = curl_url() else {
            throw TransportError(.systemFailure, "out of memory for a URL")
        }
        self.handle = handle
    }

    deinit { curl_url_cleanup(handle) }

    /// Reads a URL, or resolves a relative reference against the one read before. Says whether it is well-formed.
    ///
    /// Bytes outside ASCII and spaces are percent-encoded in path, query and fragment.
    func set(_ text: String) -> Bool {
        curl_url_set(handle, CURLUPART_URL, text, UInt32(CURLU_NON_SUPPORT_SCHEME | CURLU_URLENCODE)) == CURLUE_OK
    }

    /// One part, or nil where the URL has none.
    func part(_ part: CURLUPart, flags: Int32 = 0) -> String? {
        var text: UnsafeMutablePointer<CChar>?
        guard curl_url_get(handle, part, &text, UInt32(flags)) == CURLUE_OK, let text else { return nil }
        defer { curl_free(text) }
        return String(validatingCString: text)
    }

    /// The host, in Punycode where it is written in other letters than ASCII.
    ///
    /// libidn2 reads the host in the character set of the thread's locale, and a Swift process starts in "C": so the
    /// thread is lent a UTF-8 locale for this call.
    var asciiHost: String? {
        guard let host = part(CURLUPART_HOST), !host.utf8.allSatisfy({ $0 < 0x80 }) else { return part(CURLUPART_HOST) }
        guard let locale = newlocale(1 << LC_CTYPE, "C.UTF-8", nil) else { return nil }
        let previous = uselocale(locale)
        defer {
            uselocale(previous)
            freelocale(locale)
        }
        return part(CURLUPART_HOST, flags: CURLU_PUNYCODE)
    }
}
