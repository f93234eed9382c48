internal import JSONCore

/// What a new proof is to say beside its key, suite and purpose. Source: VC Data Integrity 1.0 §2.1.
public struct ProofOptions: Sendable, Hashable {
    /// When the proof is made, an XML Schema dateTimeStamp: `2026-03-01T13:25:00Z`.
    public var created: String?
    /// Until when it counts, an XML Schema dateTimeStamp.
    public var expires: String?
    /// Where it may be used.
    public var domain: [String]
    /// What the verifier asked to have repeated.
    public var challenge: String?
    /// A value that makes proofs over the same document differ.
    public var nonce: String?
    /// A name for other proofs to refer to, an absolute URL such as `urn:uuid:…`.
    public var id: String?
    /// The proofs that this one signs too.
    public var previousProof: [String]

    /// A proof that says no more than the members given.
    public init(
        created: String? = nil,
        expires: String? = nil,
        domain: [String] = [],
        challenge: String? = nil,
        nonce: String? = nil,
        id: String? = nil,
        previousProof: [String] = []
    ) {
        self.created = created
        self.expires = expires
        self.domain = domain
        self.challenge = challenge
        self.nonce = nonce
        self.id = id
        self.previousProof = previousProof
    }

    /// The members, behind those that every proof has.
    var members: [(String, JSON)] {
        var members: [(String, JSON)] = []
        if let created { members.append(("created", .string(created))) }
        if let expires { members.append(("expires", .string(expires))) }
        if !domain.isEmpty { members.append(("domain", Self.json(domain))) }
        if let challenge { members.append(("challenge", .string(challenge))) }
        if let nonce { members.append(("nonce", .string(nonce))) }
        if !previousProof.isEmpty { members.append(("previousProof", Self.json(previousProof))) }
        return members
    }

    /// One value by itself, as most implementations write it.
    private static func json(_ values: [String]) -> JSON {
        values.count == 1 ? .string(values[0]) : .array(values.map(JSON.string))
    }
}
