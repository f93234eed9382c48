/// Whom the verifying side trusts: issuers, domains, keys, registries; and whom it denies.
///
/// Source: the employer's own `trust.yaml`. Who is denied is not trusted, whoever else names them.
///
/// *For example:* `TrustPolicy(issuers: ["did:web:exams.example.org"], deny: TrustList(domains: ["mill.example"]))`.
public struct TrustPolicy: Sendable, Hashable {
    public let allow: TrustList
    public let deny: TrustList
    /// Asked, in their order, where no entry of ``allow`` names the issuer.
    public let registries: [TrustRegistry]

    private let denied: DenyList
    let memo = RegistryMemo()
    /// The trusted domains, which others may be made to look like.
    let domains: LookalikeIndex
    private let idsByName: [String: String]

    public init(allow: TrustList, deny: TrustList = TrustList(), registries: [TrustRegistry] = []) {
        self.allow = allow
        self.deny = deny
        self.registries = registries
        denied = DenyList(deny)
        let hosts = allow.issuers.compactMap { entry in
            IssuerClaim.host(of: entry.hasSuffix("*") ? String(entry.dropLast(2)) : entry)
        }
        domains = LookalikeIndex(hosts: hosts + allow.domains.compactMap(TrustList.host(of:)))
        var idsByName: [String: String] = [:]
        for id in allow.issuers {
            if let skeleton = allow.names[id].flatMap(NameSkeleton.of), idsByName[skeleton] == nil {
                idsByName[skeleton] = id
            }
        }
        self.idsByName = idsByName
    }

    /// A pattern that names no host (`did:*`, `https://*`) trusts nobody.
    ///
    /// - Parameters:
    ///   - issuers: DIDs, URLs, and prefixes of them that end in `*` (`did:web:www.example.com:issuers:*`).
    ///   - domains: host names; an issuer under one of them (a `did:web` or an https id of that very host) is trusted.
    ///   - keys: JWK thumbprints (RFC 7638, SHA-256, base64url) or Multikeys.
    ///   - deny: who is not trusted whatever else names them; a domain stands for those under it, too.
    public init(
        issuers: [String] = [],
        domains: [String] = [],
        keys: [String] = [],
        deny: TrustList = TrustList(),
        registries: [TrustRegistry] = []
    ) {
        let allow = TrustList(issuers: issuers, domains: domains, keys: keys)
        self.init(allow: allow, deny: deny, registries: registries)
    }

    /// Whether it names nobody to trust, and somebody not to: then everybody else is what they are without a policy.
    var onlyDenies: Bool { allow == TrustList() && registries.isEmpty && deny != TrustList() }

    public static func == (left: TrustPolicy, right: TrustPolicy) -> Bool {
        left.allow == right.allow && left.deny == right.deny && left.registries == right.registries
    }

    public func hash(into hasher: inout Hasher) {
        hasher.combine(allow)
        hasher.combine(deny)
        hasher.combine(registries)
    }

    /// The entry that denies an issuer, proved or not: who is denied gains nothing by a bad signature.
    func denial(of claim: IssuerClaim) -> TrustMatch? {
        // A thumbprint takes a digest, and few policies name keys.
        let thumbprint = deny.keys.isEmpty ? nil : claim.keyThumbprint
        return denied.match(issuer: claim.id, host: claim.host, keyThumbprint: thumbprint)
    }

    /// The entry that names an issuer; by its key only where the key is shown to be the issuer's.
    func match(_ claim: IssuerClaim) -> TrustMatch? {
        guard !claim.id.isEmpty else { return nil }
        return allow.match(
            issuer: claim.id,
            host: claim.host,
            keyThumbprint: claim.isProved && !allow.keys.isEmpty ? claim.keyThumbprint : nil
        )
    }

    /// The id of a trusted issuer whose name looks like this one.
    func issuer(named skeleton: String) -> String? { idsByName[skeleton] }
}
