public import Cryptography
import Glibc
import OpenBadges
import Proofs

/// The keys of a workspace: `Keys/KID.private.pem` (only its owner may read it) and `Keys/KID.public.pem`.
///
/// A key's name, its *kid*, is written into badges for ever, so it comes from the key itself and is never used again.
public struct KeyStore: Sendable {
    /// Where a passphrase comes from when an encrypted key asks for one.
    public typealias PassphraseSource = @Sendable (_ kid: String) throws(IssuingError) -> [UInt8]?

    public let directory: String

    public init(directory: String) {
        self.directory = directory
    }

    /// Makes a key and stores both of its halves.
    ///
    /// - Parameters:
    ///   - kid: letters, digits, `-`, `_` and `.`; if left out, the algorithm and eight digits of the key's thumbprint.
    ///   - passphrase: encrypts the private half.
    /// - Returns: the kid.
    /// - Throws: ``IssuingError`` `ALREADY_EXISTS` where the kid is taken: no key is ever overwritten.
    public func generate(
        _ algorithm: KeyAlgorithm,
        kid: String? = nil,
        passphrase: [UInt8]? = nil
    ) throws(IssuingError) -> String {
        let key: PrivateKey
        let pem: [UInt8]
        let publicPEM: [UInt8]
        do {
            key = try PrivateKey(generating: algorithm)
            pem = try key.pem(passphrase: passphrase)
            publicPEM = try key.publicKey.pem
        } catch {
            throw IssuingError(.keyUnsuitable, error.detail)
        }
        let kid = kid ?? Self.defaultKID(of: key.publicKey)
        try Self.check(kid: kid)
        for path in [privatePath(kid), publicPath(kid)] where FileStore.exists(path) {
            throw IssuingError(.alreadyExists, "there is a key of that name, and it is left as it is", file: path)
        }
        try FileStore.createDirectory(directory, mode: 0o700)
        try FileStore.create(privatePath(kid), pem, mode: 0o600)
        do throws(IssuingError) {
            try FileStore.create(publicPath(kid), publicPEM, mode: 0o644)
        } catch {
            FileStore.remove([privatePath(kid)])  // half a pair would only be in the way
            throw error
        }
        return kid
    }

    /// The kids of all keys whose public half is there, in order.
    public func kids() throws(IssuingError) -> [String] {
        let suffix = ".public.pem"
        return try FileStore.names(in: directory).filter { $0.hasSuffix(suffix) }
            .map { String($0.dropLast(suffix.count)) }.sorted()
    }

    public func publicKey(_ kid: String) throws(IssuingError) -> PublicKey {
        try Self.check(kid: kid)
        guard let bytes = FileBytes.read(publicPath(kid), limit: Self.maximumBytes) else {
            throw IssuingError(
                .keyMissing,
                "there is no key \(kid)",
                file: publicPath(kid),
                hint: "badge key list shows the keys of the workspace"
            )
        }
        do {
            return try PublicKey(pem: bytes)
        } catch {
            throw IssuingError(.keyUnreadable, error.detail, file: publicPath(kid))
        }
    }

    /// The private half of a key.
    ///
    /// - Throws: `KEY_EXPOSED` where others than its owner may read the file; `PASSPHRASE_REQUIRED`,
    ///   `WRONG_PASSPHRASE` where it is encrypted.
    public func privateKey(_ kid: String, passphrase: PassphraseSource? = nil) throws(IssuingError) -> PrivateKey {
        try Self.check(kid: kid)
        guard FileStore.exists(sourcePath(kid)) else {
            return try Self.key(file: privatePath(kid), named: kid, passphrase: passphrase)
        }
        let line = try SecretFile.read(sourcePath(kid), limit: 4096).prefix { $0 != 0x0A && $0 != 0x0D }
        let key = try KeySource(parsing: String(decoding: line, as: UTF8.self)).key(named: kid, passphrase: passphrase)
        guard try key.publicKey == publicKey(kid) else {
            throw IssuingError(
                .keyUnsuitable,
                "what is there for \(kid) now is another key than the one that is published",
                file: sourcePath(kid)
            )
        }
        return key
    }

    /// Whether the private half lies elsewhere: in hardware, in the environment.
    func isElsewhere(_ kid: String) -> Bool { FileStore.exists(sourcePath(kid)) }

    /// Whether the private half of a key is encrypted.
    func isEncrypted(_ kid: String) -> Bool {
        guard let bytes = FileBytes.read(privatePath(kid), limit: Self.maximumBytes) else { return false }
        return String(decoding: bytes, as: UTF8.self).contains("ENCRYPTED")
    }

    /// Adds a key whose private half lies elsewhere: in hardware, in the environment, behind a file descriptor. Its public
    /// half is asked for, and kept.
    ///
    /// - Returns: the kid.
    /// - Throws: ``IssuingError`` `KEY_UNREADABLE` where it cannot be had, `ALREADY_EXISTS` where the kid is taken.
    public func add(
        from source: String,
        kid: String? = nil,
        passphrase: PassphraseSource? = nil
    ) throws(IssuingError) -> String {
        let origin = try KeySource(parsing: source)
        let key = try origin.key(named: kid ?? "the key", passphrase: passphrase)
        let pem: [UInt8]
        do {
            pem = try key.publicKey.pem
        } catch {
            throw IssuingError(.keyUnsuitable, error.detail)
        }
        let kid = kid ?? Self.defaultKID(of: key.publicKey)
        try Self.check(kid: kid)
        for path in [privatePath(kid), publicPath(kid), sourcePath(kid)] where FileStore.exists(path) {
            throw IssuingError(.alreadyExists, "there is a key of that name, and it is left as it is", file: path)
        }
        try FileStore.createDirectory(directory, mode: 0o700)
        try FileStore.create(sourcePath(kid), Array((origin.text + "\n").utf8), mode: 0o600)
        do throws(IssuingError) {
            try FileStore.create(publicPath(kid), pem, mode: 0o644)
        } catch {
            FileStore.remove([sourcePath(kid)])
            throw error
        }
        return kid
    }

    /// A private key that stands in a file of its own, outside any workspace.
    ///
    /// - Throws: what ``privateKey(_:passphrase:)`` throws.
    public static func key(
        file path: String,
        named name: String? = nil,
        passphrase: PassphraseSource? = nil
    ) throws(IssuingError) -> PrivateKey {
        try key(pem: try SecretFile.read(path, limit: maximumBytes), file: path, named: name, passphrase: passphrase)
    }

    /// A private key from its text.
    ///
    /// - Parameter path: what errors call it.
    static func key(
        pem bytes: [UInt8],
        file path: String,
        named name: String? = nil,
        passphrase: PassphraseSource? = nil
    ) throws(IssuingError) -> PrivateKey {
        do {
            return try PrivateKey(pem: bytes)
        } catch  where error.code == .passphraseRequired {
            guard let secret = try passphrase?(name ?? path) else {
                throw IssuingError(
                    .passphraseRequired,
                    "the key is encrypted",
                    file: path,
                    hint: "give its passphrase by --passphrase-file or --passphrase-env, or on a terminal"
                )
            }
            do {
                return try PrivateKey(pem: bytes, passphrase: secret)
            } catch  where error.code == .wrongPassphrase {
                throw IssuingError(.wrongPassphrase, "the passphrase does not open the key", file: path)
            } catch {
                throw IssuingError(.keyUnreadable, error.detail, file: path)
            }
        } catch {
            throw IssuingError(.keyUnreadable, error.detail, file: path)
        }
    }

    /// The kid that a key gets if it is given none: its kind, and eight hexadecimal digits of its thumbprint.
    public static func defaultKID(of key: PublicKey) -> String {
        let kind =
            switch key.algorithm {
            case .rsa: "rsa"
            case .p256: "p256"
            case .p384: "p384"
            case .ed25519: "ed25519"
            }
        let digest = DigestAlgorithm.sha256.digest(Array(JWK.thumbprint(of: key).utf8))
        return "\(kind)-\(Hexadecimal.encode(digest.prefix(4)))"
    }

    /// A kid is a file name and a URL fragment, so nothing may stand in it that either could misread.
    private static func check(kid: String) throws(IssuingError) {
        let isPlain = kid.utf8.allSatisfy { byte in
            (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte)
                || byte == UInt8(ascii: "-") || byte == UInt8(ascii: "_") || byte == UInt8(ascii: ".")
        }
        guard isPlain, !kid.isEmpty, kid.utf8.count <= 64, !kid.hasPrefix("."), !kid.hasPrefix("-") else {
            throw IssuingError(.keyMissing, "a kid has letters, digits, '-', '_' and '.', 64 at most")
        }
    }

    private func privatePath(_ kid: String) -> String { "\(directory)/\(kid).private.pem" }
    private func sourcePath(_ kid: String) -> String { "\(directory)/\(kid).private.source" }
    private func publicPath(_ kid: String) -> String { "\(directory)/\(kid).public.pem" }

    /// An RSA-4096 key takes 3.3 KB.
    private static let maximumBytes = 64 << 10
}
