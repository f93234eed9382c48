import CCurl

/// One `curl_slist`: lines that libcurl reads as long as a transfer runs.
final class StringList {
    private(set) var head: UnsafeMutablePointer<curl_slist>?

    /// - Throws: `SYSTEM_FAILURE` where there is no memory.
    init(_ lines: [String]) throws(TransportError) {
        for line in lines {
            guard let longer = curl_slist_append(head, line) else {
                throw TransportError(.systemFailure, "out of memory for a list of headers")
            }
            head = longer
        }
    }

    deinit { curl_slist_free_all(head) }
}
