import ArgumentParser
import Glibc
import Issuing
import OpenBadges

/// Where the passphrase of an encrypted key comes from: a file, an environment variable, or the terminal.
///
/// Never an argument: those can be read by every process of the machine.
struct PassphraseOptions: ParsableArguments {
    @Option(help: ArgumentHelp("Read the key's passphrase from a file (its first line).", valueName: "file"))
    var passphraseFile: String?

    @Option(help: ArgumentHelp("Read the key's passphrase from an environment variable.", valueName: "name"))
    var passphraseEnv: String?

    /// Asks for the passphrase of a key that turns out to be encrypted.
    var source: KeyStore.PassphraseSource {
        let given = self.given
        return { kid throws(IssuingError) in
            if let passphrase = try given() { return passphrase }
            return Self.prompt("Passphrase of \(kid): ")
        }
    }

    /// The passphrase that was given by file or environment; `nil` where neither was.
    var given: @Sendable () throws(IssuingError) -> [UInt8]? {
        let (file, name) = (passphraseFile, passphraseEnv)
        return { () throws(IssuingError) in try Self.secret(file: file, variable: name) }
    }

    /// A secret from a file's first line or from an environment variable; `nil` where neither is named.
    static func secret(file: String?, variable name: String?) throws(IssuingError) -> [UInt8]? {
        if let file {
            guard let bytes = FileBytes.read(file, limit: 64 << 10) else {
                throw IssuingError(.fileUnreadable, "the file of the secret cannot be read", file: file)
            }
            return Array(bytes.prefix { $0 != 0x0A && $0 != 0x0D })
        }
        guard let name else { return nil }
        guard let value = getenv(name) else {
            throw IssuingError(.passphraseRequired, "the environment variable \(name) is not set")
        }
        return Array(String(cString: value).utf8)
    }

    /// A passphrase typed on the terminal, unseen; `nil` without a terminal.
    static func prompt(_ question: String) -> [UInt8]? {
        let terminal = open("/dev/tty", O_RDWR | O_CLOEXEC)
        guard terminal >= 0 else { return nil }
        defer { close(terminal) }
        var old = termios()
        guard tcgetattr(terminal, &old) == 0 else { return nil }
        var unseen = old
        unseen.c_lflag &= ~tcflag_t(ECHO)
        tcsetattr(terminal, TCSAFLUSH, &unseen)
        defer {
            tcsetattr(terminal, TCSAFLUSH, &old)
            Console.write("\n", to: terminal)
        }
        Console.write(question, to: terminal)
        var passphrase: [UInt8] = []
        var byte: UInt8 = 0
        while read(terminal, &byte, 1) == 1, byte != 0x0A, passphrase.count < 1024 { passphrase.append(byte) }
        return passphrase
    }
}
