public import JSONCore

extension DataIntegritySigner {
    /// The document with a proof, its first. Source: VC Data Integrity 1.0 §4.2.
    ///
    /// Throws `PROOF_GENERATION_ERROR` where the document is no object or has a proof already: that is
    /// ``addProof(to:options:)``'s to do, because it has to be meant.
    public func secure(_ document: JSON, options: ProofOptions = ProofOptions()) throws(ProofError) -> JSON {
        guard var object = document.object else { throw ProofError(.proofGeneration, "the document is no object") }
        guard !object.contains(key: "proof") else {
            throw ProofError(
                .proofGeneration,
                "the document has a proof already",
                path: JSONPointer().appending("proof")
            )
        }
        guard options.previousProof.isEmpty else {
            throw ProofError(.proofGeneration, "there is no previous proof in the document")
        }
        object.append(unchecked: "proof", try proof(over: document, options: options).json)
        return .object(object)
    }

    /// The document with one proof more: in the set, or behind those that the options name as previous ones.
    ///
    /// The proofs that are there are not verified here; a chain vouches for them, so verify them first.
    /// Source: VC Data Integrity 1.0 §4.3.
    ///
    /// Throws `PROOF_GENERATION_ERROR` where a previous proof is not there, or two have its id.
    public func addProof(to document: JSON, options: ProofOptions = ProofOptions()) throws(ProofError) -> JSON {
        guard document["proof"] != nil else { return try secure(document, options: options) }
        // One proof more than are verified would make the document worthless.
        let limits = DataIntegrityLimits(proofs: DataIntegrityLimits.standard.proofs - 1)
        let new: DataIntegrityProof
        let set: ProofSet
        do throws(ProofError) {
            set = try ProofSet(of: document, limits: limits)
            let previous = try set.previous(named: options.previousProof)
            new = try proof(over: set.inputDocument(previous: previous), options: options)
        } catch {
            let isOurs = error.code == .proofVerification || error.code == .parsing
            throw isOurs ? ProofError(.proofGeneration, error.detail, path: error.path) : error
        }
        var secured = document
        secured["proof"] = .array(set.entries.map(\.json) + [new.json])
        return secured
    }
}
