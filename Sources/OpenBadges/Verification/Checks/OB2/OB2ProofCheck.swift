import Cryptography
import JSONCore
import Proofs

/// `proof` of Open Badges 1 and 2: does its host serve it, or is it unchanged since somebody signed it?
///
/// Source: Open Badges 2.0, "Badge Verification".
enum OB2ProofCheck {
    static func run(_ inspection: inout Inspection) {
        guard inspection.assertion != nil else {
            return inspection.record(.proof, .skipped, "there is no badge to check")
        }
        for note in inspection.related.notes where note.check == .proof { inspection.report(note) }
        if case .jws(let jws, _) = inspection.input.form {
            checkSigned(jws, &inspection)
        } else {
            checkHosted(&inspection)
        }
    }

    private static func checkSigned(_ jws: JWS, _ inspection: inout Inspection) {
        inspection.signer = inspection.related.signer.map { inspection.signer($0, of: jws) }
        ProofCheck.checkSignature(of: jws, &inspection) { inspection in
            if let algorithm = try? jws.header.acceptedAlgorithm(), algorithm != .rs256 {
                inspection.report(
                    .unusualAlgorithm,
                    "signed with \(jws.header.json["alg"]?.string ?? "another algorithm"): the specification names "
                        + "RS256, and many validators read nothing else",
                    check: .proof,
                    severity: .warning
                )
            }
            inspection.conclude(.proof, otherwise: "the signature is good")
        }
    }

    private static func checkHosted(_ inspection: inout Inspection) {
        switch inspection.related.hosted {
        case .served, .notNeeded:
            inspection.conclude(.proof, otherwise: "served at the URL that is its id")
        case .gone:
            // Whoever it was, nothing is there any more to be anybody's.
            inspection.record(.proof, .undetermined, "its host answers 410, gone")
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
