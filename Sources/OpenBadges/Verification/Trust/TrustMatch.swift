public import JSONCore

/// Which entry of a trust policy, or which registry, vouches for an issuer.
public struct TrustMatch: Sendable, Hashable {
    public enum Rule: String, Sendable, Hashable {
        case issuer, domain, key, registry
    }

    public let by: Rule
    /// The entry as it is written in the trust policy; for a registry, the registry's name.
    public let entry: String
    /// What the issuer is called there: not by the badge, whose own name for its issuer is a claim.
    public let name: String?

    /// `{"by":"registry","name":"…","registry":"…"}`; for the other rules `"entry"` stands for `"registry"`.
    ///
    /// Registries are written by others, so nothing that a terminal would obey stays in it.
    public var json: JSON {
        var members: JSONObject = ["by": .string(by.rawValue)]
        if let name { members["name"] = .string(PrintableText.of(name)) }
        members[by == .registry ? "registry" : "entry"] = .string(PrintableText.of(entry))
        return .object(members)
    }
}
