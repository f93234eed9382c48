public import Cryptography
public import OpenBadges

/// The life of an issuer's keys: new ones take the place of old ones, which stay published for what they have signed.
extension Workspace {
    /// What a rotation has done.
    public struct Rotation: Sendable, Hashable {
        /// The name under `keys:` in `issuer.yaml`.
        public let name: String
        public let old: String
        public let new: String
    }

    /// The names under `keys:`, and the forms that they are for.
    static let keyNames: [(name: String, form: BadgeForm)] = [
        ("ob3-jwt", .ob3JWT), ("ob3-proof", .ob3Proof), ("ob2", .ob2Signed),
    ]

    /// The names under `keys:` for which a key signs now.
    public static func keyNames(of kid: String, in configuration: IssuerConfiguration) -> [String] {
        keyNames.filter { configuration.keys[$0.form] == kid }.map(\.name)
    }

    /// Whether one of the keys behind some names is encrypted.
    public func hasEncryptedKey(_ names: [String]) throws(IssuingError) -> Bool {
        Self.keyNames.contains { name, form in
            names.contains(name) && configuration.keys[form].map(keyStore.isEncrypted) ?? false
        }
    }

    /// Makes a new key of the same kind for each of some names, and puts it into `issuer.yaml`.
    ///
    /// - Parameters:
    ///   - names: those under `keys:`.
    ///   - algorithm: of the new keys; that of the old ones if left out.
    ///   - passphrase: encrypts their private halves.
    /// - Throws: ``IssuingError`` where there is no such name, or the file cannot be written; then nothing has changed,
    ///   but for keys that nobody uses.
    public func rotateKeys(
        _ names: [String],
        algorithm: KeyAlgorithm? = nil,
        passphrase: [UInt8]? = nil
    ) throws(IssuingError) -> [Rotation] {
        let file = path("issuer.yaml")
        guard let bytes = FileBytes.read(file, limit: 1 << 20) else {
            throw IssuingError(.fileUnreadable, "issuer.yaml cannot be read", file: file)
        }
        var text = String(decoding: bytes, as: UTF8.self)
        var rotations: [Rotation] = []
        for name in names {
            guard let form = Self.keyNames.first(where: { $0.name == name })?.form,
                let old = configuration.keys[form]
            else {
                throw IssuingError(.keyMissing, "there is no key under keys.\(name)", file: file)
            }
            guard !keyStore.isElsewhere(old) else {
                throw IssuingError(
                    .keyUnsuitable,
                    "the key \(old) lies outside of Keys/, and its successor would be a file",
                    hint: "badge key add makes another one known; name it in issuer.yaml behind \(name):"
                )
            }
            let kind: KeyAlgorithm
            if let algorithm { kind = algorithm } else { kind = try keyStore.publicKey(old).algorithm }
            let new = try keyStore.generate(kind, passphrase: passphrase)
            guard let changed = Self.replacing(old, with: new, under: name, in: text) else {
                throw IssuingError(
                    .configurationInvalid,
                    "the key \(old) does not stand behind \(name): on a line of its own",
                    file: file,
                    hint: "write \(name): \(new) there yourself; the new key is made already"
                )
            }
            text = changed
            rotations.append(Rotation(name: name, old: old, new: new))
        }
        // What cannot be read again is not written.
        let changed = try IssuerConfiguration(yaml: Array(text.utf8), file: file)
        for rotation in rotations where !changed.keys.values.contains(rotation.new) {
            throw IssuingError(.configurationInvalid, "issuer.yaml could not be changed", file: file)
        }
        _ = try FileStore.replace(file, Array(text.utf8))
        return rotations
    }

    /// The text with the kid on the line of a name replaced; the rest, comments too, stays as it is.
    private static func replacing(_ old: String, with new: String, under name: String, in text: String) -> String? {
        var lines = text.split(separator: "\n", omittingEmptySubsequences: false).map { String($0) }
        guard
            let index = lines.firstIndex(where: { line in
                let trimmed = line.drop { $0 == " " }
                return trimmed.hasPrefix("\(name):") && trimmed.contains(old)
            })
        else {
            // keys: {ob3-jwt: …, ob2: …}
            guard let line = lines.firstIndex(where: { $0.contains("\(name): \(old)") }) else { return nil }
            lines[line] = lines[line].replacing("\(name): \(old)", with: "\(name): \(new)")
            return lines.joined(separator: "\n")
        }
        lines[index] = lines[index].replacing(old, with: new)
        return lines.joined(separator: "\n")
    }

    /// Notes that a key signs no more.
    ///
    /// - Throws: ``IssuingError`` `KEY_IN_USE` while `issuer.yaml` names it, `KEY_MISSING` where there is none.
    public func retireKey(_ kid: String, at time: Timestamp) throws(IssuingError) {
        _ = try keyStore.publicKey(kid)
        let uses = Self.keyNames(of: kid, in: configuration)
        guard uses.isEmpty else {
            let names = uses.map { "--name \($0)" }.joined(separator: " ")
            throw IssuingError(
                .keyInUse,
                "issuer.yaml still signs with the key \(kid)",
                hint: "badge key rotate \(names) makes another one in its place"
            )
        }
        try openLedger().note(KeyEvent(kid: kid, kind: .retired, since: time, reason: nil), at: time)
    }

    /// Notes that a key's private half may be in other hands since a time: what is dated after it does not count any more,
    /// and what is dated before it cannot be told from it by the badge alone.
    public func markCompromised(
        _ kid: String,
        since: Timestamp,
        reason: String?,
        at time: Timestamp
    ) throws(IssuingError) {
        _ = try keyStore.publicKey(kid)
        try openLedger().note(KeyEvent(kid: kid, kind: .compromised, since: since, reason: reason), at: time)
    }
}
