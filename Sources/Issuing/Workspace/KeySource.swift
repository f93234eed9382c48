import Cryptography
import Glibc
import OpenBadges

/// Where a private key comes from that is no file of the workspace.
///
/// `pkcs11:token=badges;object=jwt` (RFC 7512), `env:NAME` (PEM in an environment variable), `fd:3` (PEM behind an open
/// file descriptor).
struct KeySource: Sendable {
    private enum Origin: Sendable {
        case hardware
        case environment(String)
        case descriptor(Int32)
    }

    /// As it is written.
    let text: String
    private let origin: Origin

    /// - Throws: ``IssuingError`` `KEY_UNREADABLE` where it is none of these, or a PIN stands in it.
    init(parsing text: String) throws(IssuingError) {
        self.text = text
        if text.hasPrefix("pkcs11:") {
            guard !text.contains("pin-value"), !text.contains("pin-source") else {
                throw IssuingError(
                    .keyUnreadable,
                    "a PIN does not belong into the URI of a key, which is kept in a file",
                    hint: "give it by --passphrase-env or --passphrase-file, or on a terminal"
                )
            }
            origin = .hardware
        } else if text.hasPrefix("env:"), text.utf8.count > 4 {
            origin = .environment(String(text.dropFirst(4)))
        } else if text.hasPrefix("fd:"), let number = Int32(text.dropFirst(3)), number > 2 {
            origin = .descriptor(number)
        } else {
            throw IssuingError(.keyUnreadable, "a key comes from pkcs11:…, env:NAME or fd:NUMBER")
        }
    }

    func key(named name: String, passphrase: KeyStore.PassphraseSource?) throws(IssuingError) -> PrivateKey {
        switch origin {
        case .hardware:
            // Some tokens ask for none.
            let pin = try passphrase?(name)
            do {
                return try PrivateKey(hardware: text, pin: pin)
            } catch {
                throw IssuingError(.keyUnreadable, error.detail, hint: "PKCS11_MODULE_PATH names the token's module")
            }
        case .environment(let variable):
            guard let value = getenv(variable) else {
                throw IssuingError(
                    .keyMissing,
                    "the environment variable \(variable), which has the key \(name), is not set"
                )
            }
            return try KeyStore.key(
                pem: Array(String(cString: value).utf8),
                file: "$\(variable)",
                named: name,
                passphrase: passphrase
            )
        case .descriptor(let number):
            guard let bytes = FileBytes.read(descriptor: number, limit: 64 << 10), !bytes.isEmpty else {
                throw IssuingError(
                    .keyMissing,
                    "the file descriptor \(number), which has the key \(name), cannot be read"
                )
            }
            return try KeyStore.key(pem: bytes, file: "descriptor \(number)", named: name, passphrase: passphrase)
        }
    }
}
