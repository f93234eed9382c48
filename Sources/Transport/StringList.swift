import CCurl

/// One `curl_slist`: lines that libcurl reads as long as a transfer runs.
final class StringList {
    private let curl: CurlLibrary
    private(set) var head: UnsafeMutablePointer<curl_slist>?

    /// - Throws: `SYSTEM_FAILURE` where there is no memory, or no libcurl.
    init(_ lines: [String]) throws(TransportError) {
        curl = try CurlLibrary.shared()
        for line in lines {
            guard let longer = curl.listAppend(head, line) else {
                throw TransportError(.systemFailure, "out of memory for a list of headers")
            }
            head = longer
        }
    }

    deinit { curl.listFreeAll(head) }
}
