import Glibc

/// A real SMTP server on 127.0.0.1 (aiosmtpd) that fails now and then, on purpose: it postpones recipients and letters,
/// closes the line in their middle and after their end, and has no such user for some.
struct MailServer {
    /// A Python that has aiosmtpd; `nil` where there is none.
    static let python: String? = ["/usr/bin/python3", "/usr/local/bin/python3"].first { path in
        guard access(path, X_OK) == 0 else { return false }
        return access("/usr/lib/python3/dist-packages/aiosmtpd", F_OK) == 0
    }

    private let server: PythonServer

    /// - Parameter faults: whether it fails now and then.
    init(faults: Bool) async throws {
        server = try await PythonServer(Self.python, "mail", script: Self.script, faults ? "1" : "0")
    }

    var port: Int { server.port }
    private var folder: String { server.folder }

    func stop() { server.stop() }

    /// What it has taken: a line each of Message-ID and recipient.
    func letters() throws -> [(id: String, recipient: String)] {
        guard FileTree.exists("\(folder)/taken") else { return [] }
        return String(decoding: try FileTree.read("\(folder)/taken"), as: UTF8.self).split(separator: "\n").map {
            line in
            let parts = line.split(separator: " ")
            return (String(parts[0]), String(parts[1]))
        }
    }

    /// How often it failed on purpose.
    func faults() throws -> Int {
        FileTree.exists("\(folder)/faults") ? try FileTree.read("\(folder)/faults").count { $0 == 0x0A } : 0
    }

    private static let script = """
        import asyncio, email, os, sys
        from aiosmtpd.smtp import SMTP

        folder, faulty = sys.argv[1], sys.argv[2] == "1"
        counts = {"rcpt": 0, "data": 0}

        def fault(what):
            with open(folder + "/faults", "a") as file:
                file.write(what + "\\n")

        class Handler:
            async def handle_RCPT(self, server, session, envelope, address, options):
                if address.startswith("nobody"):
                    return "550 no such user"
                counts["rcpt"] += 1
                if faulty and counts["rcpt"] % 29 == 0:
                    fault("450")
                    return "450 try again later"
                envelope.rcpt_tos.append(address)
                return "250 OK"

            async def handle_DATA(self, server, session, envelope):
                counts["data"] += 1
                if faulty and counts["data"] % 31 == 0:
                    fault("451")
                    return "451 try again later"
                if faulty and counts["data"] % 37 == 0:
                    fault("closed")
                    server.transport.abort()
                    return "451 gone"
                message = email.message_from_bytes(envelope.content)
                with open(folder + "/taken", "a") as file:
                    file.write(message["Message-ID"] + " " + envelope.rcpt_tos[0] + "\\n")
                return "250 OK"

        async def main():
            loop = asyncio.get_running_loop()
            server = await loop.create_server(lambda: SMTP(Handler(), hostname="localhost"), "127.0.0.1", 0)
            with open(folder + "/port.new", "w") as file:
                file.write(str(server.sockets[0].getsockname()[1]))
            os.rename(folder + "/port.new", folder + "/port")
            await server.serve_forever()

        asyncio.run(main())
        """
}
