import JSONCore
import Proofs

/// `proof`: is the badge unchanged since somebody signed it, or does its host serve it?
///
/// Whose signature it is, `key` says. Source: Open Badges 3.0 §8.2.5; Open Badges 2.0, "Badge Verification".
enum ProofCheck {
    static func run(_ inspection: inout Inspection) {
        switch inspection.input.format {
        case .ob3JWT: checkJWT(&inspection)
        case .ob2Signed: checkSigned(&inspection)
        case .ob2Hosted: checkHosted(&inspection)
        case .ob3Proof:
            if inspection.credential?.members["proof"] == nil {
                inspection.conclude(.proof, .proofMissing, "the credential has no proof: anyone could have written it")
            } else {
                inspection.conclude(
                    .proof,
                    .proofUnsupported,
                    "embedded proofs are not verified yet",
                    severity: .unknown
                )
            }
        default:
            inspection.record(.proof, .skipped, "there is nothing to check")
        }
    }

    private static func checkJWT(_ inspection: inout Inspection) {
        guard case .jws(let jws, _) = inspection.input.form, let credential = inspection.credential else { return }
        inspection.signer = inspection.signer(of: jws, issuer: credential.issuer.id)
        checkSignature(of: jws, &inspection)
    }

    private static func checkSigned(_ inspection: inout Inspection) {
        guard case .jws(let jws, _) = inspection.input.form, let assertion = inspection.assertion else { return }
        inspection.signer = inspection.signer(of: assertion)
        checkSignature(of: jws, &inspection)
    }

    private static func checkSignature(of jws: JWS, _ inspection: inout Inspection) {
        do {
            // What no key could make good is refused before one is looked for.
            _ = try jws.header.acceptedAlgorithm()
            guard let key = inspection.signer?.key else {
                let detail = reason(inspection.signer?.binding)
                return inspection.conclude(.proof, .keyUnavailable, detail, severity: .unknown)
            }
            guard try jws.isValid(for: key) else {
                return inspection.conclude(
                    .proof,
                    .proofVerification,
                    "the signature does not fit: the badge was changed, or signed with another key"
                )
            }
            inspection.record(.proof, .passed, "the signature is good")
        } catch {
            inspection.conclude(
                .proof,
                .init(error.code.rawValue, "A proof that is refused"),
                error.detail
            )
        }
    }

    private static func reason(_ binding: IssuerKey.Binding?) -> String {
        switch binding {
        case .foreign(_, let detail), .unknown(_, let detail), .bound(_, let detail): detail
        case nil: "the key is not known"
        }
    }

    private static func checkHosted(_ inspection: inout Inspection) {
        switch inspection.related.hosted {
        case .served, .notNeeded:
            inspection.record(.proof, .passed, "served at the URL that is its id")
        case .gone:
            inspection.record(.proof, .passed, "its host answers 410, gone")
        case .missing(let status):
            inspection.conclude(
                .proof,
                .hostedMissing,
                "its host answers \(status): the badge is no longer there, which does not say that it is revoked",
                severity: .unknown
            )
        case .unreachable(let reason):
            inspection.conclude(
                .proof,
                .unreachable,
                "the hosted badge cannot be fetched: \(reason)",
                severity: .unknown
            )
        case .other(let detail):
            inspection.conclude(.proof, .hostedDiffers, detail)
        }
    }
}
