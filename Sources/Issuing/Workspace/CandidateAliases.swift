import OpenBadges

/// Which e-mail addresses are one person's: `candidates.yaml`.
///
/// ```yaml
/// candidates:
///   - [ada@example.org, ada.byron@example.com]   # the first is the one that badges are issued to
/// ```
struct CandidateAliases: Sendable {
    private var names: [String: String] = [:]
    private var others: [String: [String]] = [:]

    static let none = CandidateAliases()

    private init() {}

    /// - Throws: ``IssuingError`` `CONFIGURATION_…` with file, line and column.
    init(yaml: [UInt8], file: String) throws(IssuingError) {
        let top = try YAMLSection(parsing: yaml, file: file, family: .configuration, limit: 4 << 20)
        try top.allow(["candidates"])
        for person in try top.lists("candidates") ?? [] {
            let keys = person.map { CandidateKey.normalized($0) }
            guard keys.count >= 2, keys.allSatisfy({ EmailAddress.isWellFormed($0) }) else {
                throw top.error("VALUE", "each entry is a list of two e-mail addresses or more", at: "candidates")
            }
            for key in keys {
                guard names.updateValue(keys[0], forKey: key) == nil else {
                    throw top.error("VALUE", "an address stands in two entries, or twice in one", at: "candidates")
                }
            }
            others[keys[0]] = keys
        }
    }

    /// The address under which a person is known.
    func name(of candidate: ExamResult.Candidate) -> String { name(of: CandidateKey.normalized(candidate.email)) }

    func name(of key: String) -> String { names[key] ?? key }

    /// All addresses of a person, the one they are known under first.
    func keys(of name: String) -> [String] { others[name] ?? [name] }
}
