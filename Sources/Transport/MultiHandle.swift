import CCurl

/// One `CURLM` handle of libcurl: runs many transfers on one thread, and keeps their connections for the next ones.
///
/// Unchecked: all methods but ``wakeUp()`` are called on the loop's thread alone, and libcurl documents
/// `curl_multi_wakeup` as callable from any thread.
final class MultiHandle: @unchecked Sendable {
    private let handle: UnsafeMutableRawPointer

    /// - Throws: `SYSTEM_FAILURE` where there is no memory, or no socket pair to be woken up by.
    init(maximumIdleConnections: Int) throws(TransportError) {
        guard LibCurl.isReady, let handle = curl_multi_init() else {
            throw TransportError(.systemFailure, "libcurl gives no multi handle")
        }
        self.handle = handle
        guard
            shim_multi_setopt_long(handle, CURLMOPT_PIPELINING, Int(CURLPIPE_MULTIPLEX)) == CURLM_OK,
            shim_multi_setopt_long(handle, CURLMOPT_MAXCONNECTS, max(1, maximumIdleConnections)) == CURLM_OK
        else { throw TransportError(.systemFailure, "libcurl refuses an option") }
    }

    deinit { curl_multi_cleanup(handle) }

    func add(_ easy: EasyHandle) -> Bool {
        easy.withHandle { curl_multi_add_handle(handle, $0) } == CURLM_OK
    }

    /// Takes a transfer out, done or not; a connection in the middle of something is closed.
    func remove(_ easy: EasyHandle) {
        _ = easy.withHandle { curl_multi_remove_handle(handle, $0) }
    }

    /// Does what can be done without waiting. Says whether libcurl is in order.
    func perform() -> Bool {
        var running: Int32 = 0
        return curl_multi_perform(handle, &running) == CURLM_OK
    }

    /// The next transfer that is done: the address of its handle, and how it ended.
    func nextDone() -> (handle: UnsafeMutableRawPointer, code: CURLcode)? {
        var left: Int32 = 0
        while let message = curl_multi_info_read(handle, &left) {
            guard message.pointee.msg == CURLMSG_DONE, let easy = message.pointee.easy_handle else { continue }
            return (easy, shim_message_result(message))
        }
        return nil
    }

    /// Waits until something moves, ``wakeUp()`` is called, or the time is over. Says whether libcurl is in order.
    func wait(milliseconds: Int32) -> Bool {
        var moved: Int32 = 0
        return curl_multi_poll(handle, nil, 0, milliseconds, &moved) == CURLM_OK
    }

    /// Ends the current or the next ``wait(milliseconds:)``. From any thread.
    func wakeUp() { curl_multi_wakeup(handle) }
}
