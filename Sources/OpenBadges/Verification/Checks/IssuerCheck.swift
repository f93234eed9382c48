import JSONCore
import Proofs

/// `issuer`: who vouches for the issuer? The caller's trust policy, its own domain, or nobody but the badge.
enum IssuerCheck {
    static func run(_ inspection: inout Inspection) {
        guard inspection.isReadable else {
            return inspection.record(.issuer, .skipped, "there is nothing to check")
        }
        let id: String
        let source: LoadedDocument.Source?
        let isBound: Bool
        if let credential = inspection.credential {
            id = credential.issuer.id
            (isBound, source) = bound(inspection.signer?.binding)
        } else {
            id = inspection.issuerProfile?.id ?? inspection.badgeClass?.issuer ?? ""
            switch (inspection.input.format, inspection.related.issuer) {
            case (.ob2Signed, _): (isBound, source) = bound(inspection.signer?.binding)
            case (_, .found(_, let document)):
                (isBound, source) = (inspection.outcome(of: .key) == .passed, document.source)
            default: (isBound, source) = (false, nil)
            }
        }
        let proof = inspection.outcome(of: .proof)
        guard isBound, proof == .passed || proof == .warned, !id.isEmpty else {
            inspection.issuer =
                inspection.options.trust.map { policy in
                    // Somebody outside the policy is untrusted whatever else comes to light; somebody inside it who is
                    // not proved to have signed is not known.
                    policy.trusts(issuer: id, host: host(of: id), keyThumbprint: nil) || !policy.keys.isEmpty
                        ? .unknown : .untrusted
                } ?? .unknown
            let detail = "it is not known whether the badge is its issuer's"
            return inspection.conclude(.issuer, .issuerUnknown, detail, severity: .unknown)
        }
        if inspection.restsOnWorkspace {
            // A workspace can say anything of itself, so its own word earns no trust, whoever is trusted otherwise.
            inspection.issuer = .selfClaimed
            return inspection.record(.issuer, .passed, "the issuer's documents were read from its own workspace")
        }
        if let trust = inspection.options.trust {
            let thumbprint = inspection.signer?.key?.thumbprint()
            if trust.trusts(issuer: id, host: host(of: id), keyThumbprint: thumbprint) {
                inspection.issuer = .trusted
                return inspection.record(.issuer, .passed, "the trust policy names the issuer")
            }
            inspection.issuer = .untrusted
            return inspection.conclude(
                .issuer,
                .issuerUntrusted,
                "the trust policy does not name the issuer",
                severity: .warning
            )
        }
        guard source != nil else {
            inspection.issuer = .selfClaimed
            return inspection.record(.issuer, .passed, "the issuer's id is nothing but its key")
        }
        inspection.issuer = .domain
        inspection.record(.issuer, .passed, "the key was found under the issuer's own domain")
    }

    private static func bound(_ binding: IssuerKey.Binding?) -> (Bool, LoadedDocument.Source?) {
        guard case .bound(let source, _) = binding else { return (false, nil) }
        return (true, source)
    }

    private static func host(of id: String) -> String? {
        if let did = DID(id) {
            return DIDWeb.documentURL(of: did).flatMap(WebOrigin.host(of:))
        }
        return WebOrigin.host(of: id)
    }
}
