internal import Cryptography
public import JSONCore
public import LinkedData

/// Verifies the proofs of documents (VC Data Integrity 1.0 §4.4, §4.5): one thread at a time, and best kept for many.
///
/// It is not `Sendable`; make one for each thread. Contexts are shared, keys are the caller's to find, and nothing is
/// fetched.
///
/// *For example:*
/// ```swift
/// let verifier = DataIntegrityVerifier(contexts: store, expectations: ProofExpectations(clock: clock))
/// for result in try verifier.verify(credential, key: { _ in .found(issuerKey) }) {
///     if case .verified(let document) = result.outcome { … }
/// }
/// ```
public final class DataIntegrityVerifier {
    /// What proofs have to fulfil.
    public let expectations: ProofExpectations
    private let contexts: ContextStore
    private let limits: DataIntegrityLimits
    /// The last key and the last configuration: badges of one issuer come in heaps, often made at one time.
    private var last: SignatureVerifier?
    private var lastConfiguration: (key: ConfigurationKey, hash: [UInt8])?

    /// What the digest of a configuration depends on. Values that are equal have the same canonical form.
    private struct ConfigurationKey: Equatable {
        let configuration: JSONObject
        let context: JSON?
        let suite: Cryptosuite
        let digest: DigestAlgorithm
    }

    /// - Parameter contexts: all JSON-LD contexts that may be used; the suites over JSON need none.
    public init(
        contexts: ContextStore,
        expectations: ProofExpectations,
        limits: DataIntegrityLimits = .standard
    ) {
        self.contexts = contexts
        self.expectations = expectations
        self.limits = limits
    }

    /// Verifies every proof of a document, each by itself and those of a chain after the ones they name.
    ///
    /// - Parameter key: finds the key of a proof's verification method, and whether it may vouch for the document.
    /// - Returns: a result for each proof, in their order. One verified proof does not vouch for the others.
    /// - Throws: `PARSING_ERROR` or `SIZE_LIMIT`, as ``ProofSet/init(of:limits:)`` does.
    public func verify(
        _ document: JSON,
        key: (DataIntegrityProof) -> ProofKey
    ) throws(ProofError) -> [ProofResult] {
        let set = try ProofSet(of: document, limits: limits)
        var verification = ProofVerification(set)
        for position in set.entries.indices {
            verification.verify(position, by: self, key: key)
        }
        return verification.results
    }

    func transformation(_ suite: Cryptosuite, _ digest: DigestAlgorithm) -> ProofTransformation {
        ProofTransformation(suite, digest: digest, contexts: contexts, budget: limits.canonicalization)
    }

    /// The digest of a proof's configuration. Throws like ``ProofTransformation/canonicalForm(of:)``.
    func configurationHash(
        of proof: DataIntegrityProof,
        in document: JSON,
        _ transformation: ProofTransformation
    ) throws(ProofError) -> [UInt8] {
        let key = ConfigurationKey(
            configuration: proof.configuration,
            context: document["@context"],
            suite: transformation.cryptosuite,
            digest: transformation.digest
        )
        if let lastConfiguration, lastConfiguration.key == key { return lastConfiguration.hash }
        let hash = transformation.digest.digest(try transformation.canonicalConfiguration(of: proof, in: document))
        lastConfiguration = (key, hash)
        return hash
    }

    /// Whether the signature is the key's. Throws only where OpenSSL could not do the work.
    func isValid(signature: [UInt8], for message: [UInt8], key: PublicKey) throws(ProofError) -> Bool {
        do throws(CryptographyError) {
            if let last, last.key == key { return try last.isValid(signature: signature, for: message) }
            let verifier = try key.verifier(.preferred(for: key.algorithm))
            last = verifier
            return try verifier.isValid(signature: signature, for: message)
        } catch {
            throw ProofError(error)
        }
    }
}
