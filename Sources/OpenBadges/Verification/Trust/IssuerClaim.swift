import Proofs

/// Who a badge says its issuer is, and whether that is shown.
struct IssuerClaim {
    let id: String
    /// What the badge, or its issuer's own profile, calls the issuer.
    let name: String?
    /// The host that the id names, in lower case.
    let host: String?
    /// The key that signed, whosever it is.
    private let key: JWK?
    /// Whether the proof holds, and its key is the issuer's; or the issuer hosts the badge.
    let isProved: Bool
    /// Where that was read; `nil` where the id itself says it.
    let source: LoadedDocument.Source?

    init(_ inspection: inout Inspection) {
        let bound: (isBound: Bool, source: LoadedDocument.Source?)
        if let credential = inspection.credential {
            (id, name) = (credential.issuer.id, credential.issuer.name)
            bound = Self.bound(inspection.signer?.binding)
        } else {
            id = inspection.issuerProfile?.id ?? inspection.badgeClass?.issuer ?? ""
            name = inspection.issuerProfile?.name
            switch (inspection.input.isJWS, inspection.related.issuer) {
            case (true, _): bound = Self.bound(inspection.signer?.binding)
            case (_, .found(_, let document)):
                bound = (inspection.outcome(of: .key) == .passed, document.source)
            default: bound = (false, nil)
            }
        }
        let proof = inspection.outcome(of: .proof)
        isProved = bound.isBound && (proof == .passed || proof == .warned) && !id.isEmpty
        source = bound.source
        let id = id
        host = inspection.finding("host of \(id)") { _ in Self.host(of: id) }
        key = inspection.signer?.key
    }

    /// Of the key that signed.
    var keyThumbprint: String? { key?.thumbprint() }

    private static func bound(_ binding: IssuerKey.Binding?) -> (Bool, LoadedDocument.Source?) {
        guard case .bound(let source, _) = binding else { return (false, nil) }
        return (true, source)
    }

    /// The host of a `did:web` or of a web URL.
    static func host(of id: String) -> String? {
        if let did = DID(id) {
            return DIDWeb.documentURL(of: did).flatMap(WebOrigin.host(of:))
        }
        return WebOrigin.host(of: id)
    }
}
