import CCurl
import Glibc

/// Hands letters to a mail server by SMTP (RFC 5321), one after the other over one connection.
///
/// It belongs to the thread that made it. Which letters there are, and when one is tried again, is its user's business:
/// a letter that was not ``Outcome/accepted`` may have arrived all the same where the line broke before the server's last
/// word, so that it has to go out under the same `Message-ID`.
public final class MailSender {
    /// What became of a letter.
    public enum Outcome: Sendable, Hashable {
        /// The server has taken it.
        case accepted
        /// The server will not have it, whenever it is asked: its answer, 500 to 599.
        case refused(Int)
        /// It did not work this time: the server's answer, 400 to 499, or 0 where the line broke.
        case postponed(Int)
    }

    private let curl: CurlLibrary
    private let handle: UnsafeMutableRawPointer
    private let relay: MailRelay

    /// - Throws: `SYSTEM_FAILURE` where there is no memory, or no libcurl.
    public init(_ relay: MailRelay) throws(TransportError) {
        curl = try CurlLibrary.shared()
        guard let handle = curl.easyInit() else { throw TransportError(.systemFailure, "libcurl gives no handle") }
        self.handle = handle
        self.relay = relay
        try prepare()
    }

    deinit { curl.easyCleanup(handle) }

    /// Sends one letter.
    ///
    /// - Parameter message: RFC 5322, its lines ended by CR and LF; dots are escaped here.
    /// - Throws: what no other letter would meet otherwise: `TLS_FAILURE` where the line cannot be made secret,
    ///   `REQUEST_MALFORMED` where the server refuses name or password.
    public func send(_ message: [UInt8], from sender: String, to recipient: String) throws(TransportError) -> Outcome {
        // Control characters would be commands of their own.
        guard (sender + recipient).utf8.allSatisfy({ $0 > 0x20 && $0 != 0x7F && $0 != 0x3C && $0 != 0x3E }) else {
            throw TransportError(.requestMalformed, "an address has characters that none can have")
        }
        let letter = OutgoingLetter(message)
        let recipients = try StringList(["<\(recipient)>"])
        try set(CURLOPT_MAIL_FROM, "<\(sender)>")
        try check(shim_setopt_list(curl.easySetOption, handle, CURLOPT_MAIL_RCPT, recipients.head))
        let context = Unmanaged.passUnretained(letter).toOpaque()
        try check(shim_setopt_pointer(curl.easySetOption, handle, CURLOPT_READDATA, context))
        let code = withExtendedLifetime((letter, recipients)) { curl.easyPerform(handle) }
        try check(shim_setopt_list(curl.easySetOption, handle, CURLOPT_MAIL_RCPT, nil))
        return try outcome(code)
    }

    private func outcome(_ code: CURLcode) throws(TransportError) -> Outcome {
        var answer = 0
        _ = shim_getinfo_long(curl.easyGetInfo, handle, CURLINFO_RESPONSE_CODE, &answer)
        switch code {
        case CURLE_OK: return .accepted
        case CURLE_LOGIN_DENIED:
            throw TransportError(.requestMalformed, "the mail server refuses the name or the password")
        case CURLE_USE_SSL_FAILED:
            throw TransportError(
                .tlsFailure,
                "the mail server offers no TLS (STARTTLS), and letters are not sent without"
            )
        case CURLE_PEER_FAILED_VERIFICATION, CURLE_SSL_CACERT_BADFILE:
            throw TransportError(.tlsFailure, "the mail server's certificate cannot be trusted for its name")
        default:
            return (500...599).contains(answer)
                ? .refused(answer) : .postponed((400...499).contains(answer) ? answer : 0)
        }
    }

    private func prepare() throws(TransportError) {
        let scheme = relay.security == .tls ? "smtps" : "smtp"
        try set(CURLOPT_URL, "\(scheme)://\(relay.host):\(relay.port)/\(Self.ownName)")
        try set(CURLOPT_PROTOCOLS_STR, scheme)
        try set(CURLOPT_PROXY, "")
        try set(CURLOPT_NOPROXY, "*")
        try set(CURLOPT_NOSIGNAL, 1)
        try set(CURLOPT_UPLOAD, 1)
        try set(CURLOPT_USE_SSL, relay.security == .none ? Int(CURLUSESSL_TRY.rawValue) : Int(CURLUSESSL_ALL.rawValue))
        try set(CURLOPT_SSLVERSION, CURL_SSLVERSION_TLSv1_2)
        // On this machine itself a certificate, if there is one, proves nothing that the address does not.
        try set(CURLOPT_SSL_VERIFYPEER, relay.security == .none ? 0 : 1)
        try set(CURLOPT_SSL_VERIFYHOST, relay.security == .none ? 0 : 2)
        if let roots = relay.rootsFile { try set(CURLOPT_CAINFO, roots) }
        try set(CURLOPT_CONNECTTIMEOUT_MS, 30_000)
        try set(CURLOPT_TIMEOUT_MS, 120_000)
        if let user = relay.user {
            try set(CURLOPT_USERNAME, user)
            try set(CURLOPT_PASSWORD, String(decoding: relay.password, as: UTF8.self))
        }
        try check(shim_setopt_write(curl.easySetOption, handle, CURLOPT_READFUNCTION, readLetter))
        // What the server says is nobody's output.
        try check(shim_setopt_write(curl.easySetOption, handle, CURLOPT_WRITEFUNCTION, dropAnswer))
        if relay.security == .none { try check(shim_setopt_opensocket(curl.easySetOption, handle, openLoopback)) }
    }

    /// The name to say hello with (RFC 5321 §4.1.4): this host's, or one that is always well-formed.
    private static var ownName: String {
        var name = [CChar](repeating: 0, count: 256)
        guard gethostname(&name, name.count - 1) == 0 else { return "localhost" }
        let text = String(decoding: name.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
        let isName = text.utf8.allSatisfy { byte in
            (0x30...0x39).contains(byte) || (0x61...0x7A).contains(byte | 0x20) || byte == 0x2D || byte == 0x2E
        }
        return text.isEmpty || !isName ? "localhost" : text
    }

    private func set(_ option: CURLoption, _ value: Int) throws(TransportError) {
        try curl.set(option, value, of: handle)
    }

    private func set(_ option: CURLoption, _ value: String) throws(TransportError) {
        try curl.set(option, value, of: handle)
    }

    private func check(_ code: CURLcode) throws(TransportError) { try CurlLibrary.check(code) }
}

/// A letter while libcurl reads it.
private final class OutgoingLetter {
    private let bytes: [UInt8]
    private var position = 0

    init(_ bytes: [UInt8]) { self.bytes = bytes }

    func read(into target: UnsafeMutableRawBufferPointer) -> Int {
        let count = min(target.count, bytes.count - position)
        target.copyBytes(from: bytes[position..<(position + count)])
        position += count
        return count
    }
}

private let readLetter: curl_write_callback = { data, size, count, context in
    guard let context, let data else { return 0 }
    let letter = Unmanaged<OutgoingLetter>.fromOpaque(context).takeUnretainedValue()
    return letter.read(into: UnsafeMutableRawBufferPointer(start: data, count: size * count))
}

private let dropAnswer: curl_write_callback = { _, size, count, _ in size * count }

/// Opens a socket to the loopback interface, and to no other: what a name resolves to is not to be believed.
private let openLoopback: curl_opensocket_callback = { _, _, target in
    guard let target, let offset = MemoryLayout<curl_sockaddr>.offset(of: \.addr) else { return CURL_SOCKET_BAD }
    let raw = UnsafeRawBufferPointer(start: UnsafeRawPointer(target) + offset, count: Int(target.pointee.addrlen))
    guard IPAddress(socketAddress: raw, family: target.pointee.family)?.scope == .loopback else {
        return CURL_SOCKET_BAD
    }
    return socket(
        target.pointee.family,
        target.pointee.socktype | Int32(SOCK_CLOEXEC.rawValue),
        target.pointee.protocol
    )
}
