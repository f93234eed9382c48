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
    /// What is odd about how the badge names it.
    var note: String?
    /// Its end, where it has one and the badge is dated before.
    var end: End?
    /// Since when there is the key, where the issuer's document says so.
    var created: Timestamp?

    /// From when a key counts no longer.
    struct End {
        let time: Timestamp
        /// Where the issuer keeps what shows that signatures are older.
        let timestamps: String?

        /// - Parameter times: the earliest counts.
        init?(_ times: [Timestamp?], timestamps: String?) {
            guard let time = times.compactMap(\.self).min() else { return nil }
            (self.time, self.timestamps) = (time, timestamps)
        }
    }

    /// How near the key is to the issuer: its own, its own once and perhaps to be proved, perhaps its own, somebody else's.
    var standing: Int {
        switch binding {
        case .bound: 3
        case .unknown: end?.timestamps == nil ? 1 : 2
        case .foreign: 0
        }
    }

    static func unknown(_ code: ProblemDetails.Code, _ detail: String, key: JWK? = nil) -> IssuerKey {
        IssuerKey(key: key, binding: .unknown(code, detail))
    }
    static func foreign(_ code: ProblemDetails.Code, _ detail: String, key: JWK? = nil) -> IssuerKey {
        IssuerKey(key: key, binding: .foreign(code, detail))
    }

    /// A key that is there and cannot be used. What we do not read says nothing against it; what is broken does.
    static func refused(_ error: ProofError, key: JWK? = nil) -> IssuerKey {
        switch error.code {
        case .keyTypeUnsupported: unknown(.init(error.code.rawValue, "A kind of key that is not read"), error.detail)
        case .parsing, .init(rawValue: "KEY_UNREADABLE"): unknown(.keyUnreadable, error.detail)
        default: foreign(.init(error.code.rawValue, "A key that is refused"), error.detail, key: key)
        }
    }
}

extension Inspection {
    /// The key of a JWS: by its `kid`, else by its `jwk`; both have to be the same key.
    mutating func signer(of jws: JWS, issuer: String) -> IssuerKey {
        let embedded: JWK?
        do {
            embedded = try jws.header.embeddedKey()
        } catch {
            return .refused(error)
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
        if let did = DID(name) {
            guard did.fragment != nil else { return signer(wholeDocument: did, issuer: issuer, embedded: embedded) }
            return signer(verificationMethod: name, did: did, issuer: issuer, embedded: embedded)
        }
        if name.hasPrefix("https://") || name.hasPrefix("http://") {
            return signer(keyURL: name, issuer: issuer, embedded: embedded)
        }
        return signer(relative: name, issuer: issuer, embedded: embedded)
    }

    /// A DID without a fragment, as some samples name a key: that is the key of a document which lists one only.
    private mutating func signer(wholeDocument did: DID, issuer: String, embedded: JWK?) -> IssuerKey {
        switch controllerDocument(of: did.base) {
        case .found(let document, _):
            let methods = document.assertionMethods
            guard methods.count == 1, let method = methods.first else {
                return .unknown(.keyNotBound, "a DID is named in place of a key, and it has several", key: embedded)
            }
            var found = signer(named: method.id, issuer: issuer, embedded: embedded)
            found.note = "a DID is named in place of the key in its document"
            return found
        case .none: return .unknown(.keyNotBound, "a DID is named in place of a key, and it has none", key: embedded)
        case .pending: return .unknown(.keyUnavailable, "it is being fetched", key: embedded)
        case .unavailable(let detail): return .unknown(.keyUnavailable, detail, key: embedded)
        case .wrong(let detail): return .unknown(.keyUnreadable, detail, key: embedded)
        }
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
            let method: Swift.Result<ControllerDocument.VerificationMethod, ProofError> =
                finding("method \(kid) of \(issuer)") { _ in
                    Swift.Result { () throws(ProofError) in try document.assertionMethod(id: kid) }
                }
            switch method {
            case .success(let method): return signer(method, listedBy: source)
            case .failure(let error): return .refused(error, key: embedded)
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
        switch json(kid) {
        case .pending: return .unknown(.keyUnavailable, "it is being fetched", key: embedded)
        case .unavailable(let reason):
            // The key that travels with the badge may be one that the issuer lists.
            if let embedded, case .found = controllerDocument(of: issuer) { return signer(embedded, of: issuer) }
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
            let end = found.method.flatMap { objection(to: $0, named: kid, issuer: issuer) }
            if let end, case .foreign = end { return IssuerKey(key: found.key, binding: end) }
            let owner = signer(found.key, at: kid, answeredBy: document, issuer: issuer)
            // What a document says of its own end, and where it is proved, counts only where the key is the issuer's:
            // anybody can write that an issuer controls a key.
            guard let end, case .bound = owner.binding else { return owner }
            return IssuerKey(key: found.key, binding: end, end: found.method?.end)
        }
    }

    /// Whether a key that stands at a URL of its own is the issuer's.
    private mutating func signer(
        _ key: JWK,
        at kid: String,
        answeredBy final: LoadedDocument,
        issuer: String
    ) -> IssuerKey {
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
    ) -> IssuerKey.Binding? {
        if method.id != kid { return .foreign(.keyNotIssuers, "what the kid names is another key") }
        if method.controller != issuer {
            return .foreign(.keyNotIssuers, "the key is said to be another's than the issuer's")
        }
        return endOfUse(method)
    }

    /// A kid that is no URL counts within the issuer's own documents only.
    private mutating func signer(relative kid: String, issuer: String, embedded: JWK?) -> IssuerKey {
        switch controllerDocument(of: issuer) {
        case .found(let document, let source):
            let id = kid.hasPrefix("#") ? issuer + kid : "\(issuer)#\(kid)"
            let methods = document.assertionMethods.filter {
                $0.key.kid == kid || $0.id == id || $0.key.thumbprint() == kid
            }
            if let method = methods.first(where: { endOfUse($0) == nil }) ?? methods.first {
                return signer(method, listedBy: source)
            }
            // The name says nothing; the key that travels with it may be one that the issuer lists.
            if let embedded { return signer(embedded, of: issuer) }
            return .foreign(.keyNotIssuers, "the issuer's document lists no such key")
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
            return signer(methods.first { endOfUse($0) == nil } ?? methods[0], listedBy: source)
        case .pending: return .unknown(.keyNotBound, "it is being fetched", key: key)
        case .unavailable(let detail), .wrong(let detail): return .unknown(.keyNotBound, detail, key: key)
        case .none: return .unknown(.keyNotBound, "the issuer publishes no keys that assert", key: key)
        }
    }

    /// A key that the issuer's own document lists.
    private func signer(
        _ method: ControllerDocument.VerificationMethod,
        listedBy source: LoadedDocument.Source?
    ) -> IssuerKey {
        let binding = endOfUse(method) ?? .bound(source, "listed in the issuer's document")
        return IssuerKey(
            key: method.key,
            binding: binding,
            end: method.end,
            created: method.created.flatMap { Timestamp($0) }
        )
    }

    /// What follows from a key's end; `nil` where it has none yet at the time asked for.
    ///
    /// Controlled Identifiers 1.0 §2.2: from then on nothing is verified with it. A badge that is dated before may be
    /// genuine, and its date is the signer's own word: so it is not known. A date that cannot be read says that there is
    /// one, so the key does not count.
    private func endOfUse(_ method: ControllerDocument.VerificationMethod) -> IssuerKey.Binding? {
        let texts = [method.revoked, method.expires].compactMap(\.self)
        let ends = texts.compactMap { Timestamp($0) }
        guard ends.count == texts.count else { return .foreign(.keyRevoked, Self.ended) }
        guard let end = ends.min() else { return nil }
        return endOfUse(at: end)
    }

    /// What follows from the end of a key at some time.
    func endOfUse(at end: Timestamp) -> IssuerKey.Binding? {
        guard end <= options.at else { return nil }
        guard let begin = credential?.validFrom ?? assertion?.issuedOn, begin < end else {
            return .foreign(.keyRevoked, Self.ended)
        }
        return .unknown(.keyRevokedLater, "\(Self.ended), and only the badge itself says that it is older")
    }

    private static let ended = "the issuer's document says that the key no longer counts"
}

extension ControllerDocument.VerificationMethod {
    fileprivate var end: IssuerKey.End? {
        IssuerKey.End([revoked, expires].map { $0.flatMap { Timestamp($0) } }, timestamps: timestamps)
    }
}
