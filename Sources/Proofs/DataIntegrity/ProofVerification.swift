internal import Cryptography
internal import JSONCore
internal import LinkedData

/// The verification of one document's proofs. Source: VC Data Integrity 1.0 §4.4, §4.5; the suites' `verifyProof`.
struct ProofVerification {
    private let set: ProofSet
    private var outcomes: [ProofOutcome?]
    /// Proofs whose verification has begun: coming back to one of them closes a circle.
    private var isBegun: [Bool]
    /// Digests of the document without proofs: the proofs of a set share them.
    private var documentHashes: [(part: SecuredPart, hash: [UInt8])] = []
    /// Set once a document was too much work: the links of a chain are not allowed to spend the budget again and again.
    private var exhaustion: ProofError?

    /// What a document's digest depends on, beside the document.
    private struct SecuredPart: Equatable {
        let form: Cryptosuite.CanonicalForm
        let digest: DigestAlgorithm
        let context: JSON?
    }

    init(_ set: ProofSet) {
        self.set = set
        outcomes = Array(repeating: nil, count: set.entries.count)
        isBegun = Array(repeating: false, count: set.entries.count)
    }

    var results: [ProofResult] {
        zip(set.entries, outcomes).map { entry, outcome in
            let proof = try? entry.proof.get()
            return ProofResult(
                path: entry.path,
                proof: proof,
                cryptosuite: proof.flatMap(Cryptosuite.init(of:)),
                outcome: outcome ?? .undetermined(ProofError(.proofUnsupported, "the proof was not looked at"))
            )
        }
    }

    /// Verifies a proof, and before it those that it names. The recursion is as deep as there are proofs.
    mutating func verify(_ position: Int, by verifier: DataIntegrityVerifier, key: (DataIntegrityProof) -> ProofKey) {
        guard outcomes[position] == nil else { return }
        isBegun[position] = true
        do throws(ProofError) {
            outcomes[position] = try outcome(position, by: verifier, key: key)
        } catch {
            outcomes[position] = error.leavesProofOpen ? .undetermined(error) : .failed(error)
        }
    }

    private mutating func outcome(
        _ position: Int,
        by verifier: DataIntegrityVerifier,
        key: (DataIntegrityProof) -> ProofKey
    ) throws(ProofError) -> ProofOutcome {
        let path = set.entries[position].path
        let proof = try set.entries[position].proof.get()
        let suite: Cryptosuite
        let previous: [Int]
        do throws(ProofError) {
            suite = try Self.suite(of: proof)
            try verifier.expectations.check(proof)
            previous = try set.previous(named: proof.previousProof)
        } catch {
            throw error.within(path)
        }
        for link in previous {
            guard outcomes[link] != nil || !isBegun[link] else {
                throw ProofError(.proofVerification, "proofs name each other as previous ones", path: path)
            }
            verify(link, by: verifier, key: key)
            switch outcomes[link] {
            case .verified: break
            case .failed: throw ProofError(.proofVerification, "a previous proof has failed", path: path)
            case .undetermined, nil:
                return .undetermined(ProofError(.proofUnsupported, "a previous proof is undetermined", path: path))
            }
        }
        switch key(proof) {
        case .refused(let error): return .failed(error)
        case .unknown(let error): return .undetermined(error)
        case .found(let publicKey):
            return try outcome(of: proof, at: path, suite, previous, publicKey, by: verifier)
        }
    }

    private mutating func outcome(
        of proof: DataIntegrityProof,
        at path: JSONPointer,
        _ suite: Cryptosuite,
        _ previous: [Int],
        _ publicKey: PublicKey,
        by verifier: DataIntegrityVerifier
    ) throws(ProofError) -> ProofOutcome {
        var document = set.inputDocument(previous: previous)
        let signature: [UInt8]
        do throws(ProofError) {
            guard suite.suits(publicKey.algorithm) else {
                throw ProofError(.algorithmMismatch, "\(suite) does not suit a key of type \(publicKey.algorithm)")
            }
            signature = try Self.signature(of: proof, length: suite.signatureLength(for: publicKey.algorithm))
            document["@context"] = try Self.context(of: proof, in: document, suite)
        } catch {
            throw error.within(path)
        }
        let transformation = verifier.transformation(suite, suite.digest(for: publicKey.algorithm))
        let documentHash = try hash(of: document, isWhole: previous.isEmpty, transformation)
        let isValid: Bool
        do throws(ProofError) {
            let message = try verifier.configurationHash(of: proof, in: document, transformation) + documentHash
            isValid = try verifier.isValid(signature: signature, for: message, key: publicKey)
        } catch {
            throw error.within(path)
        }
        guard isValid else {
            throw ProofError(.proofVerification, "the signature is not this key's over this document", path: path)
        }
        document["proof"] = nil
        return .verified(document: document)
    }

    private mutating func hash(
        of document: JSON,
        isWhole: Bool,
        _ transformation: ProofTransformation
    ) throws(ProofError) -> [UInt8] {
        let part = SecuredPart(
            form: transformation.cryptosuite.canonicalForm,
            digest: transformation.digest,
            context: document["@context"]
        )
        let isShared = isWhole && set.entries.count > 1
        if isShared, let known = documentHashes.first(where: { $0.part == part }) { return known.hash }
        if let exhaustion, part.form == .rdfc { throw exhaustion }
        do throws(ProofError) {
            let hash = transformation.digest.digest(try transformation.canonicalForm(of: document))
            if isShared { documentHashes.append((part, hash)) }
            return hash
        } catch {
            if error.leavesProofOpen { exhaustion = error }
            throw error
        }
    }
}

// MARK: The proof's own members

extension ProofVerification {
    private static func suite(of proof: DataIntegrityProof) throws(ProofError) -> Cryptosuite {
        if let suite = Cryptosuite(of: proof) { return suite }
        guard proof.type != "DataIntegrityProof" || proof.cryptosuite != nil else {
            throw ProofError(.proofVerification, "the proof has no cryptosuite")
        }
        // The name is shown where it looks like one: anybody can have written it.
        let name = proof.type == "DataIntegrityProof" ? proof.cryptosuite ?? "" : proof.type
        let isName =
            name.utf8.count <= 48
            && name.utf8.allSatisfy { byte in
                switch byte {
                case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                    UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "-"):
                    true
                default: false
                }
            }
        throw ProofError(.proofUnsupported, isName ? "\(name) is not verified here" : "an unknown kind of proof")
    }

    /// The signature, decoded, if it has the key's length.
    private static func signature(of proof: DataIntegrityProof, length: Int) throws(ProofError) -> [UInt8] {
        guard let text = proof.proofValue else { throw ProofError(.proofVerification, "the proof has no proofValue") }
        let path = JSONPointer().appending("proofValue")
        guard let bytes = try? Multibase.base58BTC.decode(text) else {
            throw ProofError(.proofVerification, "the proofValue is no base58-btc multibase", path: path)
        }
        guard bytes.count == length else {
            throw ProofError(
                .proofVerification,
                "a proofValue of \(bytes.count) bytes instead of \(length)",
                path: path
            )
        }
        return bytes
    }

    /// The `@context` that the document has under this proof.
    ///
    /// Over JSON, the document's may have grown since, and counts as the proof has it (EdDSA Cryptosuites §3.3.2).
    /// Over RDF, the proof is read under the document's (§3.2.5). A different one in the proof would not be covered, and
    /// yet tell others what the proof means; so it is refused, which the specification leaves open.
    private static func context(
        of proof: DataIntegrityProof,
        in document: JSON,
        _ suite: Cryptosuite
    ) throws(ProofError) -> JSON? {
        let outer = document["@context"]
        guard let context = proof.members["@context"] else { return outer }
        switch suite.canonicalForm {
        case .jcs:
            guard elements(outer).starts(with: elements(context)) else {
                throw ProofError(
                    .proofVerification,
                    "the document's @context does not begin with the proof's",
                    path: JSONPointer().appending("@context")
                )
            }
            return context
        case .rdfc:
            guard context == outer else {
                throw ProofError(
                    .proofVerification,
                    "the proof's @context is not the document's",
                    path: JSONPointer().appending("@context")
                )
            }
            return outer
        }
    }

    private static func elements(_ value: JSON?) -> [JSON] {
        value.map { $0.array ?? [$0] } ?? []
    }
}

extension ProofError {
    /// Whether this is no answer about a proof, but the lack of one.
    fileprivate var leavesProofOpen: Bool {
        Self.openCodes.contains(code)
    }

    private static let openCodes: Set<Code> = [
        .proofUnsupported,
        Code(rawValue: CryptographyError.Code.openSSLFailure.rawValue),
        Code(rawValue: LinkedDataError.Code.loadingRemoteContextFailed.rawValue),
        Code(rawValue: LinkedDataError.Code.workLimit.rawValue),
        Code(rawValue: LinkedDataError.Code.sizeLimit.rawValue),
        Code(rawValue: LinkedDataError.Code.depthLimit.rawValue),
    ]
}
