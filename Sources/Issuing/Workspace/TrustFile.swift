import Glibc
import JSONCore
public import OpenBadges

/// An employer's `trust.yaml`.
public enum TrustFile {
    /// Reads a trust policy: `issuers`, `domains`, `keys`, what of these to `deny`, and `registries`.
    ///
    /// A registry's `file` is looked for beside the trust file.
    ///
    /// - Throws: ``IssuingError`` with file, line and column: `TRUST_SYNTAX` and its kin, `TRUST_FILE_INVALID`.
    public static func read(_ file: String) throws(IssuingError) -> TrustPolicy {
        guard let bytes = FileBytes.read(file, limit: maximumBytes) else {
            throw IssuingError(.fileUnreadable, "the trust file cannot be read", file: file)
        }
        let top = try YAMLSection(parsing: bytes, file: file, family: .trust, limit: maximumBytes)
        let folder = file.utf8.lastIndex(of: UInt8(ascii: "/")).map { String(file[...$0]) } ?? ""
        do {
            return try TrustPolicy(json: withLists(top.json)) { name in
                copy(name.hasPrefix("/") ? name : folder + name)
            }
        } catch {
            throw top.error(.trustFileInvalid, error.detail, at: error.path)
        }
    }

    /// Thousands of issuers fit in.
    private static let maximumBytes = 4 << 20

    /// YAML's `issuers: did:web:exams.example.org`, one text for a list of one.
    private static func withLists(_ json: JSON) -> JSON {
        guard var members = json.object else { return json }
        for name in ["issuers", "domains", "keys"] {
            if let text = members[name], text.string != nil { members[name] = [text] }
        }
        if let denied = members["deny"] { members["deny"] = withLists(denied) }
        return .object(members)
    }

    /// A registry that is kept as a file, as old as its last change.
    private static func copy(_ path: String) -> (body: [UInt8], date: Timestamp?)? {
        guard let body = FileBytes.read(path, limit: FileBytes.documentLimit) else { return nil }
        var status = stat()
        guard stat(path, &status) == 0 else { return (body, nil) }
        return (body, Timestamp(seconds: Int64(status.st_mtim.tv_sec)))
    }
}

extension IssuingError.Code {
    /// A trust file that reads as YAML, and does not say what one says.
    public static let trustFileInvalid = Self(rawValue: "TRUST_FILE_INVALID")
}
