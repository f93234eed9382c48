import JSONCore

/// `claims`: do the registered claims of a VC-JWT repeat what the credential says?
///
/// Source: Open Badges 3.0 §8.2.6.1. A status list follows VC-JOSE-COSE §3.2, which asks for none: those that stand
/// there have to agree.
enum ClaimsCheck {
    static func run(_ inspection: inout Inspection) {
        guard case .jws(_, let payload) = inspection.input.form, let credential = inspection.credential else {
            return inspection.record(.claims, .skipped, "there are no JWT claims")
        }
        for problem in CredentialJWT.claimProblems(in: payload, of: credential) {
            if inspection.kind == .statusList, problem.code == .claimMissing { continue }
            inspection.report(problem)
        }
        if payload["vc"] != nil, !credential.followsOlderDataModel {
            inspection.report(
                .claimUnexpected,
                "the credential stands in the claim vc, which the Data Model 2.0 does not have",
                check: .claims,
                severity: .warning,
                at: JSONPointer().appending("vc")
            )
        }
        inspection.conclude(.claims, otherwise: "iss, sub, jti, nbf and exp repeat the credential")
    }
}
