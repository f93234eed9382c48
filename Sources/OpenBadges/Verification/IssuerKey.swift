import JSONCore
import Proofs

/// The key that a proof names, and what the issuer's own documents say about it.
///
/// A key belongs to the issuer if it is listed under `assertionMethod` in the issuer's DID or controller document, or
/// stands at an https URL of the issuer's own origin, or is the very key (by thumbprint) of one of these. A key that
/// travels with the badge proves nothing by itself.
struct IssuerKey {
    enum Binding {
        /// The issuer's own documents name the key.
        case bound(LoadedDocument.Source?, String)
        /// The issuer's documents name keys, and this is none of them; or the key cannot be the issuer's.
        case foreign(ProblemDetails.Code, String)
        /// No document of the issuer says anything about keys, or none can be had.
        case unknown(ProblemDetails.Code, String)
    }

    /// `nil` where the key itself cannot be had.
    var key: JWK?
    var binding: Binding

    /// How near the key is to the issuer: its own, perhaps its own, somebody else's.
    var standing: Int {
        switch binding {
        case .bound: 2
        case .unknown: 1
        case .foreign: 0
        }
    }

    static func unknown(_ code: ProblemDetails.Code, _ detail: String, key: JWK? = nil) -> IssuerKey {
        IssuerKey(key: key, binding: .unknown(code, detail))
    }
    static func foreign(_ code: ProblemDetails.Code, _ detail: String, key: JWK? = nil) -> IssuerKey {
        IssuerKey(key: key, binding: .foreign(code, detail))
    }
}

extension Inspection {
    /// The key of a JWS: by its `kid`, else by its `jwk`; both have to be the same key.
    mutating func signer(of jws: JWS, issuer: String) -> IssuerKey {
        let embedded: JWK?
        do {
            embedded = try jws.header.embeddedKey()
        } catch {
            return .foreign(.init(error.code.rawValue, "A key that is refused"), error.detail)
        }
        guard let kid = jws.header.kid else {
            guard let embedded else {
                return .foreign(.proofVerification, "the JWS names no key: its header has neither kid nor jwk")
            }
            return signer(embedded, of: issuer)
        }
        let found = signer(named: kid, issuer: issuer, embedded: embedded)
        if let embedded, let key = found.key, key.publicKey != embedded.publicKey {
            return .foreign(.keyConflict, "the header's jwk is another key than the one that its kid names", key: key)
        }
        return found
    }

    /// The key that a `kid` or a `verificationMethod` names.
    mutating func signer(named name: String, issuer: String, embedded: JWK?) -> IssuerKey {
        if let did = DID(name), did.fragment != nil {
            return signer(verificationMethod: name, did: did, issuer: issuer, embedded: embedded)
        }
        if name.hasPrefix("https://") || name.hasPrefix("http://") {
            return signer(keyURL: name, issuer: issuer, embedded: embedded)
        }
        return signer(relative: name, issuer: issuer, embedded: embedded)
    }

    /// A DID URL: the method has to stand in the issuer's own DID document.
    private mutating func signer(
        verificationMethod kid: String,
        did: DID,
        issuer: String,
        embedded: JWK?
    ) -> IssuerKey {
        guard did.base == issuer else {
            // Somebody else's DID, then; unless the issuer lists the very same key, it is not the issuer's.
            switch controllerDocument(of: did.base) {
            case .found(let document, _):
                guard let method = try? document.assertionMethod(id: kid) else {
                    return .foreign(.keyNotIssuers, "the key is of another DID than the issuer", key: embedded)
                }
                return signer(method.key, of: issuer)
            case .pending, .none, .unavailable, .wrong:
                if let embedded { return signer(embedded, of: issuer) }
                return .unknown(.keyUnavailable, "the key is of another DID than the issuer, and cannot be had")
            }
        }
        return signer(listed: kid, in: issuer, embedded: embedded)
    }

    /// A key that the issuer's own document describes, under a fragment of it.
    private mutating func signer(listed kid: String, in issuer: String, embedded: JWK?) -> IssuerKey {
        switch controllerDocument(of: issuer) {
        case .found(let document, let source):
            do {
                let method = try document.assertionMethod(id: kid)
                guard isInForce(method) else {
                    return .foreign(.keyRevoked, Self.ended, key: method.key)
                }
                return IssuerKey(key: method.key, binding: .bound(source, "listed in the issuer's document"))
            } catch {
                return .foreign(.init(error.code.rawValue, "Not the issuer's key"), error.detail, key: embedded)
            }
        case .wrong(let detail): return .unknown(.keyUnreadable, detail, key: embedded)
        case .unavailable(let detail): return .unknown(.keyUnavailable, detail, key: embedded)
        case .none:
            // Some hosts let the fragment be the key itself: enough to check a signature, and no word of whose it is.
            let key = embedded ?? Self.keySpelled(by: kid)
            return .unknown(.keyNotBound, "the issuer's document says nothing about keys", key: key)
        case .pending: return .unknown(.keyUnavailable, "it is being fetched", key: embedded)
        }
    }

    private static func keySpelled(by kid: String) -> JWK? {
        IRI.fragment(of: kid).flatMap { try? Multikey.publicKey($0) }.map { JWK($0) }
    }

    /// An https URL: bound if it is of the issuer's own origin, before and after redirects.
    private mutating func signer(keyURL kid: String, issuer: String, embedded: JWK?) -> IssuerKey {
        if IRI.fragment(of: kid) != nil, IRI.withoutFragment(kid) == issuer {
            if case .unavailable(let reason) = controllerDocument(of: issuer) {
                let key = embedded ?? Self.keySpelled(by: kid)
                return .unknown(key == nil ? .keyUnavailable : .keyNotBound, reason, key: key)
            }
            return signer(listed: kid, in: issuer, embedded: embedded)
        }
        let key: JWK
        let final: LoadedDocument
        switch json(kid) {
        case .pending: return .unknown(.keyUnavailable, "it is being fetched", key: embedded)
        case .unavailable(let reason):
            let spelled = Self.keySpelled(by: kid)
            return .unknown(
                spelled == nil ? .keyUnavailable : .keyNotBound,
                "the key cannot be fetched: \(reason)",
                key: embedded ?? spelled
            )
        case .found(let json, let document):
            guard let found = Self.key(in: json, named: kid, issuer: issuer) else {
                return .unknown(.keyUnreadable, "what the kid names is no key that can be read", key: embedded)
            }
            key = found.key
            final = document
            if let (code, reason) = found.method.flatMap({ objection(to: $0, named: kid, issuer: issuer) }) {
                return .foreign(code, reason, key: key)
            }
        }
        guard kid.hasPrefix("https://"), WebOrigin.same(kid, issuer), WebOrigin.same(final.url, issuer) else {
            return signer(key, of: issuer)
        }
        // One origin can have many tenants: where the issuer's own document lists keys, this has to be one of them.
        switch controllerDocument(of: issuer) {
        case .found: return signer(key, of: issuer)
        case .pending: return .unknown(.keyUnavailable, "it is being fetched", key: key)
        case .none, .unavailable, .wrong:
            return IssuerKey(key: key, binding: .bound(final.source, "published under the issuer's own origin"))
        }
    }

    /// What speaks against a method that was found under a URL of its own.
    private func objection(
        to method: ControllerDocument.VerificationMethod,
        named kid: String,
        issuer: String
    ) -> (ProblemDetails.Code, String)? {
        if method.id != kid { return (.keyNotIssuers, "what the kid names is another key") }
        if method.controller != issuer {
            return (.keyNotIssuers, "the key is said to be another's than the issuer's")
        }
        return isInForce(method) ? nil : (.keyRevoked, Self.ended)
    }

    /// A kid that is no URL counts within the issuer's own documents only.
    private mutating func signer(relative kid: String, issuer: String, embedded: JWK?) -> IssuerKey {
        switch controllerDocument(of: issuer) {
        case .found(let document, let source):
            let id = kid.hasPrefix("#") ? issuer + kid : "\(issuer)#\(kid)"
            let methods = document.assertionMethods.filter { $0.key.kid == kid || $0.id == id }
            if let method = methods.first(where: isInForce) {
                return IssuerKey(key: method.key, binding: .bound(source, "listed in the issuer's document"))
            }
            if let method = methods.first { return .foreign(.keyRevoked, Self.ended, key: method.key) }
            return .foreign(.keyNotIssuers, "the issuer's document lists no such key", key: embedded)
        case .pending: return .unknown(.keyUnavailable, "it is being fetched", key: embedded)
        case .unavailable(let detail), .wrong(let detail): return .unknown(.keyUnavailable, detail, key: embedded)
        case .none: return .unknown(.keyNotBound, "the issuer publishes no keys that assert", key: embedded)
        }
    }

    /// A key that came from elsewhere: the issuer's own document has to list the very same one.
    mutating func signer(_ key: JWK, of issuer: String) -> IssuerKey {
        switch controllerDocument(of: issuer) {
        case .found(let document, let source):
            let methods = document.assertionMethods.filter { $0.key.publicKey == key.publicKey }
            guard !methods.isEmpty else {
                return .foreign(.keyNotIssuers, "the issuer's document does not list the key", key: key)
            }
            guard methods.contains(where: isInForce) else { return .foreign(.keyRevoked, Self.ended, key: key) }
            return IssuerKey(key: key, binding: .bound(source, "listed in the issuer's document"))
        case .pending: return .unknown(.keyNotBound, "it is being fetched", key: key)
        case .unavailable(let detail), .wrong(let detail): return .unknown(.keyNotBound, detail, key: key)
        case .none: return .unknown(.keyNotBound, "the issuer publishes no keys that assert", key: key)
        }
    }

    private static let ended = "the issuer's document says that the key no longer counts"

    /// Controlled Identifiers 1.0 §2.2: a method counts until it is revoked or expires. A date that cannot be read
    /// says that there is one, so the method does not count.
    private func isInForce(_ method: ControllerDocument.VerificationMethod) -> Bool {
        [method.revoked, method.expires].allSatisfy { text in
            guard let text else { return true }
            return Timestamp(text).map { options.at < $0 } ?? false
        }
    }

    private enum ControllerLookup {
        case found(ControllerDocument, LoadedDocument.Source?)
        /// The document is there, and says nothing about keys: a plain profile.
        case none
        case unavailable(String)
        case wrong(String)
        case pending
    }

    /// The DID document, or the controller document, of an issuer's id.
    private mutating func controllerDocument(of id: String) -> ControllerLookup {
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
    private static func key(
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
