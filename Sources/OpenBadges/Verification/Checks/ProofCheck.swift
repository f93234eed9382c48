import Cryptography
import JSONCore
import Proofs

/// `proof`: is the badge unchanged since somebody signed it, or does its host serve it?
///
/// Whose signature it is, `key` says. Source: Open Badges 3.0 §8.2.5.
enum ProofCheck {
    static func run(_ inspection: inout Inspection) {
        if inspection.credential != nil {
            LinkedDocuments.checkHostedCopy(&inspection)
            return inspection.input.isJWS ? checkJWT(&inspection) : checkEmbedded(&inspection)
        }
        switch inspection.input.format {
        case .ob1, .ob2Signed, .ob2Hosted: OB2ProofCheck.run(&inspection)
        default:
            inspection.record(.proof, .skipped, "there is nothing to check")
        }
    }

    private static func checkJWT(_ inspection: inout Inspection) {
        guard case .jws(let jws, _) = inspection.input.form, let credential = inspection.credential else { return }
        inspection.signer = inspection.signer(inspection.signer(of: jws, issuer: credential.issuer.id), of: jws)
        checkSignature(of: jws, &inspection)
        guard credential.members["proof"] != nil, inspection.outcome(of: .proof) == .passed else { return }
        // The signature over the whole covers the proof inside, so a bad one is strange, and no forgery.
        let payload = inspection.input.document
        let document = JSON.object(CredentialJWT.withoutClaims((payload?["vc"] ?? payload)?.object ?? [:]))
        for problem in inspection.embeddedProofs(of: document, issuer: credential.issuer.id).problems {
            inspection.report(
                problem.code,
                "the proof inside the JWT: \(problem.detail)",
                check: .proof,
                severity: .warning,
                at: problem.path
            )
        }
    }

    private static func checkEmbedded(_ inspection: inout Inspection) {
        guard let credential = inspection.credential else { return }
        guard let proof = credential.members["proof"], proof.array?.isEmpty != true else {
            return inspection.conclude(
                .proof,
                .proofMissing,
                "the credential has no proof: anyone could have written it"
            )
        }
        let proofs = inspection.embeddedProofs(of: credential.json, issuer: credential.issuer.id)
        let isOpen = proofs.problems.contains { $0.severity == .unknown }
        // A stranger can add a good proof of their own to any badge; it says nothing while the issuer's is open.
        guard let verified = proofs.verified, verified.signer.standing > 0 || !isOpen else {
            // One good proof is enough, so as long as one of them may be good, the others decide nothing.
            for problem in proofs.problems {
                let severity = isOpen && problem.severity == .failure ? .warning : problem.severity
                inspection.report(problem.code, problem.detail, check: .proof, severity: severity, at: problem.path)
            }
            guard !proofs.problems.isEmpty else {
                return inspection.conclude(.proof, .proofMissing, "the credential has no proof that can be read")
            }
            return inspection.conclude(.proof, otherwise: "")
        }
        for problem in proofs.problems {
            inspection.report(problem.code, problem.detail, check: .proof, severity: .warning, at: problem.path)
        }
        if verified.isLegacy {
            inspection.report(
                .legacyProof,
                "Ed25519Signature2020 is no longer made; the badge is an old one",
                check: .proof,
                severity: .warning
            )
        }
        if let created = verified.created, inspection.options.at < created {
            inspection.report(
                .proofFromFuture,
                "the proof says of itself that it is made later than the time asked for",
                check: .proof,
                severity: .warning
            )
        }
        if let variant = proofs.variant {
            inspection.report(
                .contextVariant,
                "signed under an older body of a context (\(variant))",
                check: .proof,
                severity: .warning
            )
        }
        inspection.signer = inspection.signer(verified.signer, of: verified.signature)
        inspection.credential = verified.document.object.map { VerifiableCredential(uncheckedMembers: $0) }
        inspection.conclude(.proof, otherwise: "the signature is good")
    }

    /// - Parameter conclude: what to say of a good signature.
    static func checkSignature(
        of jws: JWS,
        _ inspection: inout Inspection,
        conclude: (inout Inspection) -> Void = { $0.record(.proof, .passed, "the signature is good") }
    ) {
        do {
            // What no key could make good is refused before one is looked for.
            _ = try jws.header.acceptedAlgorithm()
            guard let key = inspection.signer?.key else {
                // Why there is no key, `key` says; here it only follows that the signature cannot be checked.
                let detail = "without a key the signature cannot be checked: \(reason(inspection.signer?.binding))"
                return inspection.record(.proof, .undetermined, detail)
            }
            guard try jws.isValid(for: key) else {
                return inspection.conclude(
                    .proof,
                    .proofVerification,
                    "the signature does not fit: the badge was changed, or signed with another key"
                )
            }
            conclude(&inspection)
        } catch {
            inspection.conclude(
                .proof,
                .init(error.code.rawValue, "A proof that is refused"),
                error.detail,
                severity: openCodes.contains(error.code.rawValue) ? .unknown : .failure
            )
        }
    }

    /// These say nothing against a signature, only that it cannot be checked here.
    private static let openCodes: Set<String> = [
        ProofError.Code.algorithmUnsupported.rawValue, CryptographyError.Code.openSSLFailure.rawValue,
    ]

    private static func reason(_ binding: IssuerKey.Binding?) -> String {
        switch binding {
        case .foreign(_, let detail), .unknown(_, let detail), .bound(_, let detail): detail
        case nil: "the key is not known"
        }
    }
}
