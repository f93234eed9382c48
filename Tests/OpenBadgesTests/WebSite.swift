import Glibc
import Synchronization

/// A web server on 127.0.0.1 for a test: one request a connection, answers by path.
///
/// What a client of HTTP has to stand is tested with the client; this is for what becomes of the answers.
final class WebSite: Sendable {
    struct Page: Sendable {
        var status = 200
        var headers: [String] = []
        var body = ""
    }

    struct Failure: Error {}

    let port: Int
    private let listener: Int32
    private struct State {
        var pages: [String: Page] = [:]
        var requests: [String] = []
    }

    private let state: Mutex<State>

    /// Serves until the value is gone.
    init(_ pages: [String: Page]) throws {
        state = Mutex(State(pages: pages))
        let listener = socket(AF_INET, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        let isBound = withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { generic in
                bind(listener, generic, length) == 0 && listen(listener, 64) == 0
                    && getsockname(listener, generic, &length) == 0
            }
        }
        guard isBound else {
            close(listener)
            throw Failure()
        }
        port = Int(UInt16(bigEndian: address.sin_port))
        self.listener = listener
        var thread = pthread_t()
        let box = Unmanaged.passRetained(Box(site: self, listener: listener))
        let code = pthread_create(
            &thread,
            nil,
            { context in
                if let context { Unmanaged<Box>.fromOpaque(context).takeRetainedValue().run() }
                return nil
            },
            box.toOpaque()
        )
        guard code == 0 else {
            box.release()
            throw Failure()
        }
        pthread_detach(thread)
    }

    deinit { shutdown(listener, Int32(SHUT_RDWR)) }

    func url(_ path: String) -> String { "http://127.0.0.1:\(port)\(path)" }

    /// The head of each request, in order.
    var requests: [String] { state.withLock { $0.requests } }

    subscript(path: String) -> Page? {
        get { state.withLock { $0.pages[path] } }
        set { state.withLock { $0.pages[path] = newValue } }
    }

    /// The thread's own: it must not keep the server that waits for it.
    private final class Box: Sendable {
        private weak let site: WebSite?
        private let listener: Int32

        init(site: WebSite, listener: Int32) {
            self.site = site
            self.listener = listener
        }

        func run() {
            defer { close(listener) }
            while true {
                let peer = accept(listener, nil, nil)
                guard peer >= 0 else { return }
                _ = fcntl(peer, F_SETFD, FD_CLOEXEC)
                site?.answer(peer)
                shutdown(peer, Int32(SHUT_RDWR))
                close(peer)
            }
        }
    }

    private func answer(_ peer: Int32) {
        var limit = timeval(tv_sec: 20, tv_usec: 0)
        setsockopt(peer, SOL_SOCKET, SO_RCVTIMEO, &limit, socklen_t(MemoryLayout<timeval>.size))
        var head: [UInt8] = []
        while !head.suffix(4).elementsEqual("\r\n\r\n".utf8) {
            var byte: UInt8 = 0
            guard recv(peer, &byte, 1, 0) == 1, head.count < 65_536 else { return }
            head.append(byte)
        }
        let text = String(decoding: head, as: UTF8.self)
        let words = text.split(separator: " ")
        let path = words.count > 1 ? String(words[1]) : ""
        let page = state.withLock { state in
            state.requests.append(text)
            return state.pages[path] ?? Page(status: 404)
        }
        let status = text.contains("If-None-Match: ") && page.status == 200 ? 304 : page.status
        let body = status == 304 ? [] : Array(page.body.utf8)
        var lines = ["HTTP/1.1 \(status) X"] + page.headers
        if status != 304 { lines.append("Content-Length: \(body.count)") }
        let bytes = Array((lines + ["Connection: close", "", ""]).joined(separator: "\r\n").utf8) + body
        _ = bytes.withUnsafeBytes { send(peer, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL)) }
    }
}
