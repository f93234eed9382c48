import CCurl

/// One `CURLM` handle of libcurl: runs many transfers on one thread, and keeps their connections for the next ones.
///
/// Unchecked: all methods but ``wakeUp()`` are called on the loop's thread alone, and libcurl documents
/// `curl_multi_wakeup` as callable from any thread.
final class MultiHandle: @unchecked Sendable {
    private let curl: CurlLibrary
    private let handle: UnsafeMutableRawPointer

    /// - Throws: `SYSTEM_FAILURE` where there is no memory, no socket pair to be woken up by, or no libcurl.
    init(policy: FetchPolicy) throws(TransportError) {
        curl = try CurlLibrary.shared()
        guard let handle = curl.multiInit() else {
            throw TransportError(.systemFailure, "libcurl gives no multi handle")
        }
        self.handle = handle
        try set(CURLMOPT_PIPELINING, Int(CURLPIPE_MULTIPLEX))
        try set(CURLMOPT_MAXCONNECTS, max(1, policy.maximumIdleConnections))
        try set(CURLMOPT_MAX_HOST_CONNECTIONS, max(1, policy.maximumTransfersPerHost))
        try set(CURLMOPT_MAX_TOTAL_CONNECTIONS, max(1, policy.maximumConcurrentTransfers))
        try set(CURLMOPT_MAX_CONCURRENT_STREAMS, max(1, policy.maximumStreamsPerHost))
    }

    private func set(_ option: CURLMoption, _ value: Int) throws(TransportError) {
        guard shim_multi_setopt_long(curl.multiSetOption, handle, option, value) == CURLM_OK else {
            throw TransportError(.systemFailure, "libcurl refuses an option")
        }
    }

    deinit { _ = curl.multiCleanup(handle) }

    func add(_ easy: EasyHandle) -> Bool {
        easy.withHandle { curl.multiAddHandle(handle, $0) } == CURLM_OK
    }

    /// Takes a transfer out, done or not; a connection in the middle of something is closed.
    func remove(_ easy: EasyHandle) {
        _ = easy.withHandle { curl.multiRemoveHandle(handle, $0) }
    }

    /// Does what can be done without waiting. Says whether libcurl is in order.
    func perform() -> Bool {
        var running: Int32 = 0
        return curl.multiPerform(handle, &running) == CURLM_OK
    }

    /// The next transfer that is done: the address of its handle, and how it ended.
    func nextDone() -> (handle: UnsafeMutableRawPointer, code: CURLcode)? {
        var left: Int32 = 0
        while let message = curl.multiInfoRead(handle, &left) {
            guard message.pointee.msg == CURLMSG_DONE, let easy = message.pointee.easy_handle else { continue }
            return (easy, shim_message_result(message))
        }
        return nil
    }

    /// Waits until something moves, ``wakeUp()`` is called, or the time is over. Says whether libcurl is in order.
    func wait(milliseconds: Int32) -> Bool {
        var moved: Int32 = 0
        return curl.multiPoll(handle, nil, 0, milliseconds, &moved) == CURLM_OK
    }

    /// Ends the current or the next ``wait(milliseconds:)``. From any thread.
    func wakeUp() { _ = curl.multiWakeup(handle) }
}
