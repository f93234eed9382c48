import Cryptography
import OpenBadges
import Proofs

/// A letter as RFC 5322 writes it: text first, then HTML, then what is attached. The same bytes for the same letter.
struct MailMessage: Sendable {
    /// Something that travels with a letter.
    struct Attachment: Sendable {
        let name: String
        let type: String
        let bytes: [UInt8]
    }

    /// Somebody with an address.
    struct Mailbox: Sendable {
        let name: String?
        let address: String
    }

    /// The id, without its angle brackets.
    let id: String
    let from: Mailbox
    let to: Mailbox
    let date: Timestamp
    let subject: String
    let text: String
    let html: String?
    let attachments: [Attachment]

    /// The message, its lines ended by CR and LF.
    var bytes: [UInt8] {
        var message = ""
        func line(_ text: String) { message += text + "\r\n" }
        line("Date: \(Self.date(date))")
        line("From: \(Self.mailbox(from))")
        line("To: \(Self.mailbox(to))")
        line("Subject: \(Self.words(subject))")
        line("Message-ID: <\(id)>")
        line("Auto-Submitted: auto-generated")
        line("MIME-Version: 1.0")
        let alternative = html.map {
            Self.parts("alternative", "a-\(boundary)", [Self.text(text), Self.text($0, "html")])
        }
        let body = alternative ?? Self.text(text)
        message +=
            attachments.isEmpty ? body : Self.parts("mixed", "m-\(boundary)", [body] + attachments.map(Self.part))
        return Array(message.utf8)
    }

    /// Comes from the id, so that it is the same each time and stands in no letter by chance.
    private var boundary: String {
        Hexadecimal.encode(DigestAlgorithm.sha256.digest(Array(id.utf8)).prefix(12))
    }

    private static func parts(_ kind: String, _ boundary: String, _ parts: [String]) -> String {
        let head = "Content-Type: multipart/\(kind); boundary=\"\(boundary)\"\r\n\r\n"
        return head + parts.map { "--\(boundary)\r\n\($0)\r\n" }.joined() + "--\(boundary)--\r\n"
    }

    private static func text(_ text: String, _ kind: String = "plain") -> String {
        "Content-Type: text/\(kind); charset=utf-8\r\nContent-Transfer-Encoding: base64\r\n\r\n"
            + base64(Array(text.utf8))
    }

    private static func part(_ attachment: Attachment) -> String {
        "Content-Type: \(attachment.type); name=\"\(attachment.name)\"\r\n"
            + "Content-Disposition: attachment; filename=\"\(attachment.name)\"\r\n"
            + "Content-Transfer-Encoding: base64\r\n\r\n" + base64(attachment.bytes)
    }

    /// Base64 in lines of 76 characters (RFC 2045 §6.8).
    private static func base64(_ bytes: [UInt8]) -> String {
        let text = Array(encoded(bytes).utf8)
        return stride(from: 0, to: text.count, by: 76).map {
            String(decoding: text[$0..<min($0 + 76, text.count)], as: UTF8.self) + "\r\n"
        }.joined()
    }

    /// Base64 with its padding, made of the encoding that we have (RFC 4648 §4 and §5).
    private static func encoded(_ bytes: [UInt8]) -> String {
        var text = Array(Base64URL.encode(bytes).utf8).map { byte -> UInt8 in
            switch byte {
            case UInt8(ascii: "-"): UInt8(ascii: "+")
            case UInt8(ascii: "_"): UInt8(ascii: "/")
            default: byte
            }
        }
        while text.count % 4 != 0 { text.append(UInt8(ascii: "=")) }
        return String(decoding: text, as: UTF8.self)
    }

    // Headers.

    private static func mailbox(_ mailbox: Mailbox) -> String {
        guard let name = mailbox.name, !name.isEmpty else { return "<\(mailbox.address)>" }
        return "\(isPlain(name) ? "\"\(name)\"" : words(name)) <\(mailbox.address)>"
    }

    /// A text for a header: as it is where it is plain, else in encoded words (RFC 2047), each of 75 characters at most.
    private static func words(_ text: String) -> String {
        guard !isPlain(text) else { return text }
        var words: [String] = []
        var part: [UInt8] = []
        for character in text.unicodeScalars {
            let bytes = Array(String(character).utf8)
            if part.count + bytes.count > 42 {
                words.append("=?utf-8?B?\(encoded(part))?=")
                part = []
            }
            part += bytes
        }
        words.append("=?utf-8?B?\(encoded(part))?=")
        return words.joined(separator: "\r\n ")
    }

    private static func isPlain(_ text: String) -> Bool {
        text.utf8.count <= 70 && !text.contains("=?")
            && text.utf8.allSatisfy {
                (0x20..<0x7F).contains($0) && $0 != UInt8(ascii: "\"") && $0 != UInt8(ascii: "\\")
            }
    }

    /// `Sun, 01 Mar 2026 13:25:00 +0000`
    private static func date(_ time: Timestamp) -> String {
        let text = Array(time.description.utf8)
        func number(_ range: Range<Int>) -> String { String(decoding: text[range], as: UTF8.self) }
        let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
        let days = ["Thu", "Fri", "Sat", "Sun", "Mon", "Tue", "Wed"]
        let whole = time.seconds >= 0 ? time.seconds / 86_400 : (time.seconds - 86_399) / 86_400
        let weekday = Int(((whole % 7) + 7) % 7)
        let month = months[(Int(number(5..<7)) ?? 1) - 1]
        return "\(days[weekday]), \(number(8..<10)) \(month) \(number(0..<4)) \(number(11..<19)) +0000"
    }
}
