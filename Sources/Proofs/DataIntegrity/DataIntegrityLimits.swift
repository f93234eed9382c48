public import LinkedData

/// How much work the proofs of one document may cause.
public struct DataIntegrityLimits: Sendable, Hashable {
    /// Proofs on one document: 16. Badges have one, a document signed by a whole board a handful; each proof of a
    /// chain costs a canonicalization of its own.
    public var proofs: Int
    /// Work of one RDF canonicalization.
    public var canonicalization: WorkBudget

    /// What verification uses unless told otherwise.
    public static let standard = DataIntegrityLimits()

    /// Limits that differ from the standard in what is given.
    public init(proofs: Int = 16, canonicalization: WorkBudget = .standard) {
        self.proofs = proofs
        self.canonicalization = canonicalization
    }
}
