public import Cryptography
public import JSONCore
public import LinkedData

/// Makes proofs with one key and one suite, both prepared once: one thread at a time, and best kept for many documents.
///
/// It is not `Sendable`; make one for each thread. What proofs have in common (the canonical form of their
/// configuration) is computed once and kept as long as it holds.
///
/// *For example:*
/// ```swift
/// let signer = try DataIntegritySigner(
///     key: key, cryptosuite: .eddsaRDFC2022, verificationMethod: "did:web:exams.example.org#proof-1",
///     contexts: store, clock: clock)
/// let badge = try signer.secure(credential, options: ProofOptions(created: "2026-03-01T13:25:00Z"))
/// ```
public final class DataIntegritySigner {
    /// The suite of the proofs.
    public let cryptosuite: Cryptosuite
    /// What they name as their key.
    public let verificationMethod: String
    /// What they are for.
    public let proofPurpose: String
    private let transformation: ProofTransformation
    private let clock: ProofClock
    private let signer: Signer
    private let hasher: DigestContext
    /// What is signed: the digests of configuration and document.
    private var hashData: [UInt8]
    private var signature: [UInt8]
    private var text: [UInt8] = []
    private var prepared: Prepared?

    /// A proof that lacks its signature only, and the digest of its canonical form.
    private struct Prepared {
        let options: ProofOptions
        let context: JSON?
        let members: JSONObject
        let hash: [UInt8]
    }

    /// - Parameters:
    ///   - cryptosuite: one that suits the key, else `ALGORITHM_MISMATCH`; a legacy one is `PROOF_GENERATION_ERROR`.
    ///   - verificationMethod: the DID URL or URL where verifiers find the key.
    ///   - contexts: all JSON-LD contexts that documents may use; the suites over JSON need none.
    ///   - clock: the moment of signing: a proof that has expired is not made.
    public init(
        key: PrivateKey,
        cryptosuite: Cryptosuite,
        verificationMethod: String,
        proofPurpose: String = "assertionMethod",
        contexts: ContextStore,
        clock: ProofClock,
        limits: DataIntegrityLimits = .standard
    ) throws(ProofError) {
        guard !cryptosuite.isLegacy else {
            throw ProofError(.proofGeneration, "\(cryptosuite) is verified, and no longer made")
        }
        guard cryptosuite.suits(key.algorithm) else {
            throw ProofError(.algorithmMismatch, "\(cryptosuite) does not suit a key of type \(key.algorithm)")
        }
        // VC Data Integrity §4.2 step 2
        guard !verificationMethod.isEmpty, !proofPurpose.isEmpty else {
            throw ProofError(.proofGeneration, "a proof needs a verificationMethod and a proofPurpose")
        }
        do throws(CryptographyError) {
            signer = try key.signer(.preferred(for: key.algorithm))
        } catch {
            throw ProofError(error)
        }
        let digest = cryptosuite.digest(for: key.algorithm)
        transformation = ProofTransformation(
            cryptosuite,
            digest: digest,
            contexts: contexts,
            budget: limits.canonicalization
        )
        self.cryptosuite = cryptosuite
        self.verificationMethod = verificationMethod
        self.proofPurpose = proofPurpose
        self.clock = clock
        hasher = DigestContext(digest)
        hashData = [UInt8](repeating: 0, count: 2 * digest.length)
        signature = [UInt8](repeating: 0, count: signer.signatureLength)
    }

    /// A proof over a document, which has no proof yet, or only those that a chain has before this one.
    ///
    /// For documents as a whole see ``secure(_:options:)``. Throws `PROOF_GENERATION_ERROR`, and what
    /// ``ProofTransformation/canonicalForm(of:)`` throws.
    public func proof(over document: JSON, options: ProofOptions) throws(ProofError) -> DataIntegrityProof {
        let canonical = try transformation.canonicalForm(of: document)
        let prepared = try prepare(options, document)
        let length = prepared.hash.count
        canonical.withUnsafeBytes { hasher.update($0) }
        hashData.replaceSubrange(..<length, with: prepared.hash)
        hashData.withUnsafeMutableBytes { hasher.finish(into: UnsafeMutableRawBufferPointer(rebasing: $0[length...])) }
        do throws(CryptographyError) {
            try hashData.withUnsafeBufferPointer { message throws(CryptographyError) in
                try signature.withUnsafeMutableBufferPointer { signature throws(CryptographyError) in
                    try signer.sign(UnsafeRawBufferPointer(message), into: UnsafeMutableRawBufferPointer(signature))
                }
            }
        } catch {
            throw ProofError(error)
        }
        text.removeAll(keepingCapacity: true)
        text.append(UInt8(ascii: "z"))
        Base58BTC.encode(signature, into: &text)
        var members = prepared.members
        members.append(unchecked: "proofValue", .string(String(decoding: text, as: UTF8.self)))
        return DataIntegrityProof(
            unchecked: members,
            type: cryptosuite.proofType,
            verificationMethod: verificationMethod,
            proofPurpose: proofPurpose
        )
    }

    private func prepare(_ options: ProofOptions, _ document: JSON) throws(ProofError) -> Prepared {
        if let expires = options.expires, clock.place(of: expires) != .notPast {
            throw ProofError(.proofGeneration, "expires is past, or no date and time with a zone")
        }
        let context = document["@context"]
        if let prepared, prepared.options == options, prepared.context == context { return prepared }
        if let created = options.created, clock.place(of: created) == .unreadable {
            throw ProofError(.proofGeneration, "created is no date and time with a zone")
        }
        var members = JSONObject(capacity: 10)
        if let id = options.id { members["id"] = .string(id) }
        members["type"] = .string(cryptosuite.proofType)
        members["cryptosuite"] = .string(cryptosuite.name)
        members["verificationMethod"] = .string(verificationMethod)
        members["proofPurpose"] = .string(proofPurpose)
        for (name, value) in options.members { members[name] = value }
        // The suites over JSON keep the document's context in the proof (EdDSA Cryptosuites §3.3.1).
        if cryptosuite.canonicalForm == .jcs, let context { members["@context"] = context }
        let proof = DataIntegrityProof(
            unchecked: members,
            type: cryptosuite.proofType,
            verificationMethod: verificationMethod,
            proofPurpose: proofPurpose
        )
        let canonical: [UInt8]
        do throws(ProofError) {
            canonical = try transformation.canonicalConfiguration(of: proof, in: document)
        } catch {
            throw error.within(JSONPointer().appending("proof"))
        }
        let new = Prepared(
            options: options,
            context: context,
            members: members,
            hash: transformation.digest.digest(canonical)
        )
        prepared = new
        return new
    }
}
