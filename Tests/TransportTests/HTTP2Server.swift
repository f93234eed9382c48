import Glibc
import Synchronization

/// A server of HTTP/2 on 127.0.0.1, as small as one can be: `openssl s_server` for the TLS, and the frames written here.
///
/// It takes one connection at a time, so a client that wants a second one at once waits for ever. It needs no decoder of
/// header compression: a client writes a path plainly where that is shorter than its Huffman code, and `~` has one of 13
/// bits. So it finds the path by its mark, `/~~~~`. Source: RFC 9113, RFC 7541.
final class HTTP2Server: Sendable {
    /// What is done once enough streams are open.
    enum Behaviour: Sendable {
        /// Answers all, the last first, each with its path and in two pieces that alternate with the others'.
        case answer
        /// Resets the first and answers the others.
        case resetFirst
        /// Says that it takes no more, and closes its ears.
        case goAway
        /// Sends content without end on the first.
        case flood
        /// Sends bytes that are no frames.
        case garbage
    }

    private struct State {
        var connections = 0
        var behaviour = Behaviour.answer
        var batch = 1
        var open: [(stream: UInt32, path: String)] = []
        var mostOpen = 0
    }

    let port: Int
    let rootPEM: [UInt8]
    private let folder: TemporaryFolder
    private let server: OpenSSL
    private let state = Mutex(State())

    /// - Parameter name: a host name.
    init(name: String) async throws {
        folder = try TemporaryFolder()
        rootPEM = try OpenSSL.makeCertificate(name: "DNS:\(name)", in: folder.path)
        let port = try Self.freePort()
        self.port = port
        // Quiet: it would take what we write for its own commands otherwise.
        server = try OpenSSL(
            [
                "s_server", "-accept", "127.0.0.1:\(port)", "-cert", "root.pem", "-key", "key.pem", "-alpn", "h2",
                "-quiet",
            ],
            in: folder.path
        )
        for _ in 0..<500 where !Self.isListening(port) { try await Task.sleep(for: .milliseconds(10)) }
        guard Self.isListening(port) else { throw OpenSSL.Failure(reason: "openssl s_server did not start") }
        let server = server
        startThread { [weak self] in
            var buffer: [UInt8] = []
            while let bytes = server.read() {
                buffer += bytes
                guard let self else { return }
                self.takeFrames(&buffer)
            }
        }
    }

    deinit { server.stop() }

    var connections: Int { state.withLock { $0.connections } }
    /// How many streams were open at the same time, at the most.
    var mostOpen: Int { state.withLock { $0.mostOpen } }

    /// What to do with the next requests, once so many are there.
    func expect(_ batch: Int, _ behaviour: Behaviour = .answer) {
        state.withLock {
            $0.batch = batch
            $0.behaviour = behaviour
        }
    }

    func url(_ path: String) -> String { "https://badge.example:\(port)/~~~~\(path)" }

    // MARK: Frames

    private static let preface = Array("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".utf8)
    private enum Kind {
        static let (data, headers, reset, settings, ping, goAway) =
            (0, 1, 3, 4, 6, 7) as (UInt8, UInt8, UInt8, UInt8, UInt8, UInt8)
    }

    private static func frame(_ kind: UInt8, flags: UInt8 = 0, stream: UInt32 = 0, _ payload: [UInt8] = []) -> [UInt8] {
        let length = payload.count
        return [UInt8(length >> 16 & 0xFF), UInt8(length >> 8 & 0xFF), UInt8(length & 0xFF), kind, flags]
            + bytes(stream) + payload
    }

    private static func bytes(_ word: UInt32) -> [UInt8] {
        [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: word >> $0) }
    }

    private func takeFrames(_ buffer: inout [UInt8]) {
        while true {
            if buffer.starts(with: Self.preface) {
                buffer.removeFirst(Self.preface.count)
                state.withLock { state in
                    state.connections += 1
                    state.open = []
                }
                server.write(Self.frame(Kind.settings))
            }
            // The start of a preface is no frame yet.
            guard buffer.count >= 9, !Self.preface.starts(with: buffer) else { return }
            let length = Int(buffer[0]) << 16 | Int(buffer[1]) << 8 | Int(buffer[2])
            guard buffer.count >= 9 + length else { return }
            let stream = buffer[5..<9].reduce(UInt32(0)) { $0 << 8 | UInt32($1) }
            take(buffer[3], flags: buffer[4], stream: stream, Array(buffer[9..<(9 + length)]))
            buffer.removeFirst(9 + length)
        }
    }

    private func take(_ kind: UInt8, flags: UInt8, stream: UInt32, _ payload: [UInt8]) {
        switch kind {
        case Kind.settings where flags & 1 == 0: server.write(Self.frame(Kind.settings, flags: 1))
        case Kind.ping where flags & 1 == 0: server.write(Self.frame(Kind.ping, flags: 1, payload))
        case Kind.reset: state.withLock { state in state.open.removeAll { $0.stream == stream } }
        case Kind.headers:
            let mark = Array("/~~~~".utf8)
            let start = payload.indices.first { payload[$0...].starts(with: mark) }
            let path = start.map { payload[($0 + mark.count)...].prefix { (0x30...0x39).contains($0) } } ?? []
            let batch = state.withLock { state -> ([(stream: UInt32, path: String)], Behaviour)? in
                state.open.append((stream, String(decoding: path, as: UTF8.self)))
                state.mostOpen = max(state.mostOpen, state.open.count)
                guard state.open.count >= state.batch else { return nil }
                defer { state.open = [] }
                return (state.open, state.behaviour)
            }
            if let (streams, behaviour) = batch { act(behaviour, streams) }
        default: break
        }
    }

    private func act(_ behaviour: Behaviour, _ streams: [(stream: UInt32, path: String)]) {
        switch behaviour {
        case .answer: answer(streams)
        case .resetFirst:
            // 2: INTERNAL_ERROR
            server.write(Self.frame(Kind.reset, stream: streams[0].stream, Self.bytes(2)))
            answer(Array(streams.dropFirst()))
        case .goAway: server.write(Self.frame(Kind.goAway, Self.bytes(0) + Self.bytes(0)))
        case .flood:
            server.write(Self.frame(Kind.headers, flags: 4, stream: streams[0].stream, [0x88]))
            let piece = Self.frame(Kind.data, stream: streams[0].stream, [UInt8](repeating: 0x61, count: 16_000))
            var count = 0
            while count < 300, server.write(piece) { count += 1 }
        case .garbage: server.write([UInt8](repeating: 0xFF, count: 100))
        }
    }

    /// Header blocks of one byte: `:status: 200` is number 8 of the static table.
    private func answer(_ streams: [(stream: UInt32, path: String)]) {
        let reversed = Array(streams.reversed())
        for (stream, _) in reversed { server.write(Self.frame(Kind.headers, flags: 4, stream: stream, [0x88])) }
        for (stream, _) in reversed { server.write(Self.frame(Kind.data, stream: stream, Array("path ".utf8))) }
        for (stream, path) in reversed {
            server.write(Self.frame(Kind.data, flags: 1, stream: stream, Array(path.utf8)))
        }
    }

    // MARK: Ports

    private static func freePort() throws -> Int {
        let server = try LoopbackServer { _, _ in false }
        return server.port
    }

    /// Asked without connecting, which would be this server's one connection. The kernel's list may be long.
    private static func isListening(_ port: Int) -> Bool {
        let hexadecimal = String(port, radix: 16, uppercase: true)
        let padding = String(repeating: "0", count: max(0, 4 - hexadecimal.count))
        // 127.0.0.1:port, nobody at the other end, listening.
        let wanted = "0100007F:\(padding)\(hexadecimal) 00000000:0000 0A"
        guard let file = fopen("/proc/net/tcp", "r") else { return false }
        defer { fclose(file) }
        var line: UnsafeMutablePointer<CChar>?
        var size = 0
        defer { free(line) }
        while getline(&line, &size, file) >= 0 {
            if let line, strstr(line, wanted) != nil { return true }
        }
        return false
    }
}
