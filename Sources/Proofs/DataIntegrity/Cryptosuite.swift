public import Cryptography

/// How a kind of proof turns a document into a signature: its name, its canonical form, and the keys that it is for.
///
/// The suites differ in nothing else: each hashes the canonical proof configuration and the canonical document, and
/// signs both hashes in this order (VC Data Integrity 1.0 §4; EdDSA Cryptosuites §3; ECDSA Cryptosuites §3).
public struct Cryptosuite: Sendable, Hashable, CustomStringConvertible {
    /// What is hashed of a JSON document.
    public enum CanonicalForm: Sendable, Hashable {
        /// The RDF that the document means, by RDFC-1.0: survives any rewriting that keeps the meaning.
        case rdfc
        /// The JSON itself, by RFC 8785: needs no contexts.
        case jcs
    }

    /// `proof.cryptosuite`, or the type of a proof from before there were cryptosuites.
    public let name: String
    /// `proof.type`.
    public let proofType: String
    /// What is hashed.
    public let canonicalForm: CanonicalForm
    /// Whether the suite is verified only, because old badges bear it.
    public let isLegacy: Bool
    private let keys: Keys

    enum Keys {
        case ed25519
        case ecdsa
    }

    init(
        _ name: String,
        proofType: String = "DataIntegrityProof",
        _ canonicalForm: CanonicalForm,
        _ keys: Keys,
        isLegacy: Bool = false
    ) {
        self.name = name
        self.proofType = proofType
        self.canonicalForm = canonicalForm
        self.keys = keys
        self.isLegacy = isLegacy
    }

    /// All that we verify.
    public static let all = [eddsaRDFC2022, eddsaJCS2022, ecdsaRDFC2019, ecdsaJCS2019, ed25519Signature2020]

    /// The suite of that name, if it is one of ours.
    public init?(named name: String) {
        guard let suite = Cryptosuite.all.first(where: { $0.name == name }) else { return nil }
        self = suite
    }

    /// The suite that a proof is of; `nil` for every one that we do not verify.
    public init?(of proof: DataIntegrityProof) {
        let isDataIntegrity = proof.type == "DataIntegrityProof"
        let name = isDataIntegrity ? proof.cryptosuite : proof.type
        guard let suite = Cryptosuite.all.first(where: { $0.proofType == proof.type && $0.name == name }) else {
            return nil
        }
        self = suite
    }

    /// Whether keys of a kind make proofs of this suite.
    public func suits(_ key: KeyAlgorithm) -> Bool {
        switch (keys, key) {
        case (.ed25519, .ed25519), (.ecdsa, .p256), (.ecdsa, .p384): true
        default: false
        }
    }

    /// The digest for a key of the suite: of the canonical forms, and within RDFC-1.0.
    public func digest(for key: KeyAlgorithm) -> DigestAlgorithm {
        key == .p384 ? .sha384 : .sha256
    }

    /// Bytes of a proof value for a key of the suite.
    func signatureLength(for key: KeyAlgorithm) -> Int {
        key == .p384 ? 96 : 64
    }

    public var description: String { name }
}
