import JSONCore
import Proofs

extension Inspection {
    /// What the DID document, or the controller document, of an issuer's id says about keys.
    enum ControllerLookup: Sendable {
        case found(ControllerDocument, LoadedDocument.Source?)
        /// The document is there, and says nothing about keys: a plain profile.
        case none
        case unavailable(String)
        case wrong(String)
        case pending
    }

    /// The DID document, or the controller document, of an issuer's id: read once for all its badges.
    mutating func controllerDocument(of id: String) -> ControllerLookup {
        finding("controller document of \(id)") { $0.readControllerDocument(of: id) }
    }

    private mutating func readControllerDocument(of id: String) -> ControllerLookup {
        if let did = DID(id) {
            if did.method == "jwk" || did.method == "key" {
                let document = did.method == "jwk" ? try? DIDJWK.document(of: did) : try? DIDKey.document(of: did)
                return document.map { .found($0, nil) } ?? .wrong("the did:\(did.method) cannot be read")
            }
            guard did.method == "web" else { return .unavailable("did:\(did.method) is not resolved") }
            guard let url = DIDWeb.documentURL(of: did) else { return .wrong("the did:web names no host") }
            return controllerDocument(at: url, id: did.base)
        }
        guard id.hasPrefix("https://") else { return .unavailable("the issuer's id is neither a DID nor an https URL") }
        return controllerDocument(at: id, id: id)
    }

    private mutating func controllerDocument(at url: String, id: String) -> ControllerLookup {
        switch json(url) {
        case .pending: return .pending
        case .unavailable(let reason): return .unavailable("the issuer's document cannot be fetched: \(reason)")
        case .found(let json, let document):
            guard WebOrigin.same(url, document.url) else {
                return .wrong("the issuer's document redirects to another origin")
            }
            do {
                let controller = try ControllerDocument(json: json, expectedID: id)
                return controller.describesKeys ? .found(controller, document.source) : .none
            } catch {
                return .wrong(error.detail)
            }
        }
    }

    /// The key in what a key URL answers with: a bare JWK, a JWK Set, a verification method, or the issuer's own
    /// controller document. What a method says of itself is the caller's to judge.
    static func key(
        in json: JSON,
        named kid: String,
        issuer: String
    ) -> (key: JWK, method: ControllerDocument.VerificationMethod?)? {
        func bare(_ key: JWK?) -> (key: JWK, method: ControllerDocument.VerificationMethod?)? { key.map { ($0, nil) } }
        if json["kty"] != nil { return bare(try? JWK(json: json)) }
        if json["keys"] != nil {
            guard let set = try? JWKSet(json: json) else { return nil }
            let name = IRI.fragment(of: kid)
            if let name, let key = try? set.key(kid: name) { return bare(key) }
            if let key = try? set.key(kid: kid) { return bare(key) }
            return bare(name == nil && set.keys.count == 1 ? set.keys.first : nil)
        }
        if json["publicKeyJwk"] != nil || json["publicKeyMultibase"] != nil {
            return (try? ControllerDocument.VerificationMethod(json: json)).map { ($0.key, $0) }
        }
        // Somebody else's controller document vouches for somebody else.
        guard let document = try? ControllerDocument(json: json, expectedID: issuer) else { return nil }
        return (try? document.assertionMethod(id: kid)).map { ($0.key, $0) }
    }
}
