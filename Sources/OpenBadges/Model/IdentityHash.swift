import Cryptography

/// A recipient's identifier as a salted digest: `sha256$` and hex(SHA-256(identifier ‖ salt)).
///
/// The salt is appended, the hexadecimal digits count in either case. Source: Open Badges 2.0, "IdentityHash";
/// Open Badges 3.0 §B, IdentityHash. `md5$` is read, since the specifications allow it, and never written.
public enum IdentityHash {
    /// The digest of an identifier that is to be published.
    ///
    /// *For example:* `IdentityHash.sha256("a@example.com", salt: "Kosher")` begins with `sha256$b5809d8a`.
    public static func sha256(_ identifier: String, salt: String = "") -> String {
        "sha256$" + Hexadecimal.encode(DigestAlgorithm.sha256.digest(Array(identifier.utf8) + Array(salt.utf8)))
    }

    /// Whether `hash` is the digest of `identifier` under `salt`; `nil` where its algorithm is not one of the two.
    public static func matches(_ hash: String, _ identifier: String, salt: String = "") -> Bool? {
        switch hash.prefix(while: { $0 != "$" }).lowercased() {
        case "sha256":
            return hash.lowercased() == sha256(identifier, salt: salt)
        case "md5":
            // Where OpenSSL runs in a mode without MD5, such a hash cannot be compared.
            guard let digest = LegacyDigest.md5(Array(identifier.utf8) + Array(salt.utf8)) else { return nil }
            return hash.lowercased() == "md5$" + Hexadecimal.encode(digest)
        default:
            return nil
        }
    }

    /// Whether `text` has the form of an identity hash.
    static func isHash(_ text: String) -> Bool {
        let digits: Int
        switch text.prefix(while: { $0 != "$" }) {
        case "sha256": digits = 64
        case "md5": digits = 32
        default: return false
        }
        let hex = text.utf8.drop(while: { $0 != UInt8(ascii: "$") }).dropFirst()
        return hex.count == digits && hex.allSatisfy { Hexadecimal.value(of: $0) != nil }
    }
}
