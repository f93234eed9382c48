public import Cryptography
public import JSONCore
public import LinkedData

/// What a proof hashes: the canonical forms of its own configuration and of the document.
///
/// Signing and verifying go through here; so does whoever has to find out why two implementations disagree.
///
/// Source: EdDSA Cryptosuites 1.0 §3.2.3 to §3.2.5 and §3.3.3 to §3.3.5; ECDSA Cryptosuites 1.0 alike.
public struct ProofTransformation: Sendable {
    /// The suite whose proof it is.
    public let cryptosuite: Cryptosuite
    /// The digest that goes with the key: over the canonical forms, and within RDFC-1.0.
    public let digest: DigestAlgorithm
    private let contexts: ContextStore
    private let budget: WorkBudget

    /// - Parameters:
    ///   - contexts: what JSON-LD contexts there are; the suites over JSON need none.
    ///   - budget: how much work a canonicalization may take.
    public init(
        _ cryptosuite: Cryptosuite,
        digest: DigestAlgorithm = .sha256,
        contexts: ContextStore,
        budget: WorkBudget = .standard
    ) {
        self.cryptosuite = cryptosuite
        self.digest = digest
        self.contexts = contexts
        self.budget = budget
    }

    /// The canonical form of a document that has no proof, or only those that a chain has before this one.
    ///
    /// Throws `PROOF_TRANSFORMATION_ERROR`, or where JSON-LD was the obstacle and it has a name of its own, that one:
    /// `UNDEFINED_TERM`, `RELATIVE_IRI`, `WORK_LIMIT`, `loading remote context failed` …
    public func canonicalForm(of document: JSON) throws(ProofError) -> [UInt8] {
        switch cryptosuite.canonicalForm {
        case .jcs:
            do throws(JSONError) {
                return try document.canonicalized()
            } catch {
                throw ProofError(.proofTransformation, "\(error.code.rawValue), \(error.detail)", path: error.path)
            }
        case .rdfc:
            do throws(LinkedDataError) {
                return try RDFC10.canonicalNQuads(of: document, store: contexts, digest: digest, budget: budget)
            } catch {
                throw ProofError(error)
            }
        }
    }

    /// The canonical form of a proof's configuration: everything but the signature, and in the suites over RDF under
    /// the document's `@context`. Throws like ``canonicalForm(of:)``.
    public func canonicalConfiguration(
        of proof: DataIntegrityProof,
        in document: JSON
    ) throws(ProofError) -> [UInt8] {
        var configuration = proof.configuration
        if cryptosuite.canonicalForm == .rdfc { configuration["@context"] = document["@context"] }
        return try canonicalForm(of: .object(configuration))
    }

    /// What is signed: the digest of the configuration, then the digest of the document. Throws like
    /// ``canonicalForm(of:)``.
    public func hashData(of proof: DataIntegrityProof, over document: JSON) throws(ProofError) -> [UInt8] {
        let documentHash = digest.digest(try canonicalForm(of: document))
        return digest.digest(try canonicalConfiguration(of: proof, in: document)) + documentHash
    }
}

extension ProofError {
    /// A JSON-LD failure: its own code where that is more telling than that the transformation failed.
    init(_ error: LinkedDataError) {
        let telling: Set<LinkedDataError.Code> = [
            .loadingRemoteContextFailed, .protectedTermRedefinition, .workLimit, .sizeLimit, .depthLimit,
        ]
        if error.isDataLoss || telling.contains(error.code) {
            self.init(Code(rawValue: error.code.rawValue), error.detail, path: error.path)
        } else {
            self.init(.proofTransformation, "\(error.code.rawValue): \(error.detail)", path: error.path)
        }
    }

    /// The same failure, seen from further out.
    func within(_ outer: JSONPointer) -> ProofError {
        ProofError(code, detail, path: JSONPointer(outer.description + path.description) ?? path)
    }
}
