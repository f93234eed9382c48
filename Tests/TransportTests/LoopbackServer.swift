import Glibc
import Synchronization

/// An HTTP/1.1 server on 127.0.0.1 for tests: plain sockets, a thread for each connection, all of it bounded.
///
/// The handler gets each request and writes whatever bytes it likes, also wrong ones.
final class LoopbackServer: Sendable {
    struct Request: Sendable {
        let method: String
        let target: String
        /// Names in lower case.
        let headers: [String: String]
        let body: [UInt8]
    }

    /// Where a handler writes its answer.
    struct Peer: Sendable {
        fileprivate let descriptor: Int32

        /// Writes all the bytes; false where the client is gone.
        @discardableResult
        func write(_ bytes: [UInt8]) -> Bool {
            var sent = 0
            while sent < bytes.count {
                let count = bytes.withUnsafeBytes { raw in
                    send(descriptor, raw.baseAddress.map { $0 + sent }, raw.count - sent, Int32(MSG_NOSIGNAL))
                }
                guard count > 0 else { return false }
                sent += count
            }
            return true
        }

        @discardableResult
        func write(_ text: String) -> Bool { write(Array(text.utf8)) }

        func answer(_ status: Int, _ headers: [String] = [], _ body: [UInt8] = []) {
            let lines = headers.map { $0 + "\r\n" }.joined()
            write(Array("HTTP/1.1 \(status) X\r\n\(lines)Content-Length: \(body.count)\r\n\r\n".utf8) + body)
        }

        func redirect(to location: String, status: Int = 302) { answer(status, ["Location: \(location)"]) }

        func pause(milliseconds: UInt32) { usleep(milliseconds * 1000) }

        /// Waits until a test opens the gate, twenty seconds at the most.
        func wait(for gate: Gate) { for _ in 0..<20_000 where !gate.isOpen { usleep(1000) } }
    }

    /// What a handler waits for, where a test depends on what happens meanwhile and not on how long it takes.
    final class Gate: Sendable {
        private let flag = Atomic(false)
        var isOpen: Bool { flag.load(ordering: .acquiring) }
        func open() { flag.store(true, ordering: .releasing) }
    }

    /// Answers a request; says whether the connection stays open.
    typealias Handler = @Sendable (Request, Peer) -> Bool

    struct Failure: Error {}

    let port: Int
    private let listener: Int32
    private let accepted = Atomic(0)
    private let served = Atomic(0)
    private let open = Atomic(0)
    private let handler: Handler

    /// Binds to a free port and begins to serve, until the value is gone.
    init(_ handler: @escaping Handler) throws {
        self.handler = handler
        let listener = socket(AF_INET, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        let isBound = withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { generic in
                bind(listener, generic, length) == 0 && listen(listener, 128) == 0
                    && getsockname(listener, generic, &length) == 0
            }
        }
        guard isBound else {
            close(listener)
            throw Failure()
        }
        port = Int(UInt16(bigEndian: address.sin_port))
        self.listener = listener
        // The thread knows the server only weakly while it waits, or it would keep it for ever.
        startThread { [weak self] in
            while true {
                let descriptor = accept(listener, nil, nil)
                guard descriptor >= 0, let self else {
                    if descriptor >= 0 { close(descriptor) }
                    break
                }
                // A child process that another test starts would hold the connection open.
                _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC)
                self.accepted.add(1, ordering: .relaxed)
                guard self.open.load(ordering: .relaxed) < 64 else {
                    close(descriptor)
                    continue
                }
                self.open.add(1, ordering: .relaxed)
                startThread { self.serve(descriptor) }
            }
            close(listener)
        }
    }

    deinit { shutdown(listener, Int32(SHUT_RDWR)) }

    var connections: Int { accepted.load(ordering: .relaxed) }
    var requests: Int { served.load(ordering: .relaxed) }
    /// Waits until so many requests have come, twenty seconds at the most.
    func hasRequests(_ count: Int) async -> Bool {
        for _ in 0..<4000 where requests < count { try? await Task.sleep(for: .milliseconds(5)) }
        return requests >= count
    }

    func url(_ path: String = "/") -> String { "http://127.0.0.1:\(port)\(path)" }

    private func serve(_ descriptor: Int32) {
        defer {
            shutdown(descriptor, Int32(SHUT_RDWR))
            close(descriptor)
            open.subtract(1, ordering: .relaxed)
        }
        var limit = timeval(tv_sec: 30, tv_usec: 0)
        let size = socklen_t(MemoryLayout<timeval>.size)
        setsockopt(descriptor, SOL_SOCKET, SO_RCVTIMEO, &limit, size)
        setsockopt(descriptor, SOL_SOCKET, SO_SNDTIMEO, &limit, size)
        var buffer: [UInt8] = []
        while let request = Self.read(descriptor, &buffer) {
            served.add(1, ordering: .relaxed)
            guard handler(request, Peer(descriptor: descriptor)) else { return }
        }
    }

    private static func read(_ descriptor: Int32, _ buffer: inout [UInt8]) -> Request? {
        func fill() -> Bool {
            var chunk = [UInt8](repeating: 0, count: 16384)
            let count = recv(descriptor, &chunk, chunk.count, 0)
            guard count > 0, buffer.count < 4 << 20 else { return false }
            buffer += chunk[..<count]
            return true
        }
        func endOfHead() -> Int? {
            guard buffer.count >= 4 else { return nil }
            return (0...buffer.count - 4).first { buffer[$0...].starts(with: [13, 10, 13, 10]) }
        }
        while endOfHead() == nil { guard fill() else { return nil } }
        guard let end = endOfHead() else { return nil }
        let lines = String(decoding: buffer[..<end], as: UTF8.self).split(separator: "\r\n")
        let words = lines.first?.split(separator: " ") ?? []
        var headers: [String: String] = [:]
        for line in lines.dropFirst() {
            let parts = line.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
            headers[parts[0].lowercased()] = parts.count > 1 ? String(parts[1].drop { $0 == " " }) : ""
        }
        let length = headers["content-length"].flatMap { Int($0) } ?? 0
        while buffer.count < end + 4 + length { guard fill() else { return nil } }
        let body = Array(buffer[(end + 4)..<(end + 4 + length)])
        buffer.removeFirst(end + 4 + length)
        guard words.count >= 2 else { return nil }
        return Request(method: String(words[0]), target: String(words[1]), headers: headers, body: body)
    }
}

/// Runs a closure on a thread of its own: one that blocks must not take a thread of the concurrency pool.
func startThread(_ body: @escaping @Sendable () -> Void) {
    final class Box: Sendable {
        let body: @Sendable () -> Void
        init(_ body: @escaping @Sendable () -> Void) { self.body = body }
    }
    var thread = pthread_t()
    let box = Unmanaged.passRetained(Box(body))
    let code = pthread_create(
        &thread,
        nil,
        { context in
            if let context { Unmanaged<Box>.fromOpaque(context).takeRetainedValue().body() }
            return nil
        },
        box.toOpaque()
    )
    if code == 0 { pthread_detach(thread) } else { box.release() }
}
