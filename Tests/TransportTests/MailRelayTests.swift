import Testing
import Transport

@Suite("Mail relays")
struct MailRelayTests {
    @Test(
        "a line without TLS is for the loopback interface alone",
        arguments: [
            ("smtp://mail.example.org", MailRelay.Security.startTLS, 587), ("smtps://mail.example.org", .tls, 465),
            ("smtp://127.0.0.1:2525", .none, 2525), ("smtp://localhost", .none, 587), ("smtp://[::1]:25", .none, 25),
            ("smtp://10.0.0.1", .startTLS, 587), ("smtps://127.0.0.1:4465", .tls, 4465),
            ("smtp://localhost.example.org", .startTLS, 587),
        ]
    ) func security(url: String, security: MailRelay.Security, port: Int) throws {
        let relay = try MailRelay(parsing: url)
        #expect(relay.security == security)
        #expect(relay.port == port)
    }

    @Test("what is no mail server is refused", arguments: ["https://a.org", "smtp://", "smtp://a.org:0", "smtp://a b"])
    func malformed(url: String) {
        #expect(throws: TransportError.self) { try MailRelay(parsing: url) }
    }

    @Test("a certificate that nobody vouches for ends the sending", .enabled(if: SecureServer.command != nil))
    func certificate() throws {
        let server = try SecureServer(name: "DNS:mail.example")
        let sender = try MailSender(MailRelay(parsing: "smtps://127.0.0.1:\(server.port)"))
        let error = #expect(throws: TransportError.self) {
            try sender.send(Array("Subject: x\r\n\r\nx\r\n".utf8), from: "a@example.org", to: "b@example.org")
        }
        #expect(error?.code == .tlsFailure)
    }

    @Test("an address that is a command is none", arguments: ["b@x.org>\r\nRCPT TO:<c@x.org", "b@x.org c"])
    func injection(address: String) throws {
        let sender = try MailSender(MailRelay(parsing: "smtp://127.0.0.1:1"))
        #expect(throws: TransportError.self) { try sender.send([], from: "a@example.org", to: address) }
    }
}
