import JSONCore
import LinkedData
import Proofs

/// What came of the proofs embedded in a credential (Data Integrity).
struct EmbeddedProofs {
    /// One proof that holds, and whose key it is.
    struct Verified {
        let signer: IssuerKey
        /// The `proofValue`.
        let signature: [UInt8]
        /// What the proof covers: go on with this.
        let document: JSON
        let isLegacy: Bool
        /// When it was made, by its own word.
        let created: Timestamp?
    }

    var verified: Verified?
    /// What is wrong with the others, or with all.
    var problems: [ProblemDetails] = []
    /// The older body of a context with which it had to be read.
    var variant: String?
}

extension Inspection {
    /// Verifies every proof of a document; one good one is enough (Open Badges 3.0 §9.1), the others are reported.
    ///
    /// Contexts that were edited in place are tried in each of their known bodies.
    mutating func embeddedProofs(of document: JSON, issuer: String) -> EmbeddedProofs {
        let set: ProofSet
        do {
            set = try ProofSet(of: document)
        } catch {
            return EmbeddedProofs(problems: [problem(error, severity: .failure, at: JSONPointer().appending("proof"))])
        }
        var signers: [String: IssuerKey] = [:]
        for entry in set.entries {
            guard let name = try? entry.proof.get().verificationMethod, signers[name] == nil else { continue }
            signers[name] = signer(named: name, issuer: issuer, embedded: nil)
        }
        // While keys are being fetched, a signature cannot be judged; the next pass will.
        guard needs.isEmpty else {
            let detail = "it is being fetched"
            let pending = ProblemDetails(
                code: .keyUnavailable,
                severity: .unknown,
                detail: detail,
                check: .proof,
                path: nil
            )
            return EmbeddedProofs(problems: [pending])
        }
        var outcome = verify(document, signers, contexts)
        let limits: Set<String> = ["WORK_LIMIT", "SIZE_LIMIT", "DEPTH_LIMIT"]
        if outcome.verified == nil, !outcome.problems.contains(where: { limits.contains($0.code.rawValue) }) {
            for variant in KnownContexts.variants(for: document) {
                var other = verify(document, signers, variant.store)
                guard other.verified != nil else { continue }
                other.variant = variant.file
                outcome = other
                break
            }
        }
        return outcome
    }

    private func verify(_ document: JSON, _ signers: [String: IssuerKey], _ store: ContextStore) -> EmbeddedProofs {
        let now = options.at
        let expectations = ProofExpectations(
            clock: ProofClock { text in
                guard let time = Timestamp(text) else { return .unreadable }
                return time < now ? .past : .notPast
            }
        )
        let verifier = DataIntegrityVerifier(contexts: store, expectations: expectations)
        var outcome = EmbeddedProofs()
        let results: [ProofResult]
        do {
            results = try verifier.verify(document) { proof in
                guard let signer = signers[proof.verificationMethod] else {
                    return .unknown(ProofError(.keyUnsupported, "its key cannot be had"))
                }
                if let key = signer.key { return .found(key.publicKey) }
                switch signer.binding {
                case .foreign(let code, let detail):
                    return .refused(ProofError(.init(rawValue: code.rawValue), detail))
                case .unknown(let code, let detail):
                    return .unknown(ProofError(.init(rawValue: code.rawValue), detail))
                case .bound(_, let detail):
                    return .unknown(ProofError(.keyUnsupported, detail))
                }
            }
        } catch {
            outcome.problems = [problem(error, severity: .failure, at: JSONPointer().appending("proof"))]
            return outcome
        }
        for result in results {
            switch result.outcome {
            case .verified(let covered):
                guard let name = result.proof?.verificationMethod, let signer = signers[name] else { continue }
                // Of several good proofs, the one counts whose key is the issuer's, or at least may be.
                if let best = outcome.verified, best.signer.standing >= signer.standing { continue }
                outcome.verified = EmbeddedProofs.Verified(
                    signer: signer,
                    signature: Array((result.proof?.proofValue ?? "").utf8),
                    document: covered,
                    isLegacy: result.cryptosuite?.isLegacy ?? false,
                    created: result.proof?.created.flatMap { Timestamp($0) }
                )
            case .failed(let error):
                outcome.problems.append(problem(error, severity: .failure, at: result.path))
            case .undetermined(let error):
                outcome.problems.append(problem(error, severity: .unknown, at: result.path))
            }
        }
        return outcome
    }

    private func problem(
        _ error: ProofError,
        severity: ProblemDetails.Severity,
        at path: JSONPointer
    ) -> ProblemDetails {
        ProblemDetails(
            code: .named(error.code.rawValue, "An embedded proof that does not hold"),
            severity: severity,
            detail: error.detail,
            check: .proof,
            path: error.path.isRoot ? path : error.path
        )
    }
}
