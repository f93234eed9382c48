import JSONCore
public import OpenBadges

/// An employer's `trust.yaml`.
public enum TrustFile {
    /// Reads a trust policy: `issuers:`, `domains:` and `keys:`, each a list of texts.
    ///
    /// - Throws: ``IssuingError`` with file, line and column.
    public static func read(_ file: String) throws(IssuingError) -> TrustPolicy {
        guard let bytes = FileBytes.read(file, limit: maximumBytes) else {
            throw IssuingError(.fileUnreadable, "the trust file cannot be read", file: file)
        }
        let top = try YAMLSection(parsing: bytes, file: file, family: .trust, limit: maximumBytes)
        try top.allow(["issuers", "domains", "keys"], later: ["registries"])
        do {
            return try TrustPolicy(
                issuers: top.texts("issuers") ?? [],
                domains: top.texts("domains") ?? [],
                keys: top.texts("keys") ?? []
            )
        }
    }

    private static let maximumBytes = 4 << 20
}
