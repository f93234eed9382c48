import Cryptography
import JSONCore
import Proofs

extension Inspection {
    /// The key of a signed assertion: `verification.creator`, which the issuer's profile has to list, and which has to
    /// name the issuer as its owner.
    ///
    /// Source: Open Badges 2.0, "Signed Badges", "CryptographicKey".
    mutating func resolveSigner(of assertion: OB2.Reading) -> IssuerKey {
        switch related.badgeClass {
        case .wrong(_, let detail): return .foreign(.keyNotIssuers, detail)
        case .unavailable(let detail): return .unknown(.keyUnavailable, detail)
        case .found, .embedded: break
        }
        let issuer: OB2.Profile
        let document: LoadedDocument
        switch related.issuer {
        case .wrong(_, let detail): return .foreign(.keyNotIssuers, detail)
        case .unavailable(let detail): return .unknown(.keyUnavailable, detail)
        case .embedded:
            // Whoever writes a badge can write an issuer into it.
            return .unknown(.keyNotBound, "the issuer's profile stands in the badge only, and nobody vouches for it")
        case .found(let profile, let loaded): (issuer, document) = (profile, loaded)
        }
        if assertion.version < .v20 { return signer(at: assertion.members["verification"]?["url"], of: issuer) }
        let listed = issuer.members["publicKey"].map { $0.array ?? [$0] } ?? []
        let path = JSONPointer().appending("verification").appending("creator")
        guard let creator = OB2.VerificationObject(assertion.members).creator else {
            guard !listed.isEmpty else { return .unknown(.keyNotBound, "the issuer's profile lists no key") }
            guard listed.count == 1 else {
                return .unknown(.keyNotBound, "the badge names no key, and the issuer has several")
            }
            return signer(listed[0], of: issuer, in: document, at: path)
        }
        guard let key = listed.first(where: { ($0.string ?? $0["id"]?.string) == creator }) else {
            return .foreign(.keyNotIssuers, "the issuer's profile does not list the key that the badge names")
        }
        return signer(key, of: issuer, in: document, at: path)
    }

    /// A key as the issuer's profile has it: its URL, or the key itself.
    private mutating func signer(
        _ value: JSON,
        of issuer: OB2.Profile,
        in profile: LoadedDocument,
        at path: JSONPointer
    ) -> IssuerKey {
        switch ob2Document(value, as: .key, in: .v20, at: path) {
        case .unavailable(let detail): return .unknown(.keyUnavailable, detail)
        case .wrong(_, let detail): return .unknown(.keyUnreadable, detail)
        case .embedded(let reading): return signer(reading.members, of: issuer, source: profile.source)
        case .found(let reading, let document): return signer(reading.members, of: issuer, source: document.source)
        }
    }

    private func signer(_ key: JSONObject, of issuer: OB2.Profile, source: LoadedDocument.Source) -> IssuerKey {
        guard (key["owner"]?.string ?? key["owner"]?["id"]?.string) == issuer.id else {
            return .foreign(.keyNotIssuers, "the key is said to be another's than the issuer's")
        }
        guard let pem = key["publicKeyPem"]?.string, let publicKey = try? PublicKey(pem: Array(pem.utf8)) else {
            return .unknown(.keyUnreadable, "the issuer's key cannot be read")
        }
        let jwk = JWK(publicKey)
        let revoked = key["revoked"]?.string.flatMap(ISO8601.timestamp)
        // `revoked` can be a truth or the time since when; in either form somebody took the key back.
        if let value = key["revoked"], value != false, revoked == nil {
            return .foreign(.keyRevoked, "its issuer says that the key no longer counts", key: jwk)
        }
        let expires = key["expires"]?.string.flatMap(ISO8601.timestamp)
        if let end = IssuerKey.End([revoked, expires], timestamps: key["timestamps"]?.string),
            let binding = endOfUse(at: end.time)
        {
            return IssuerKey(key: jwk, binding: binding, end: end)
        }
        return IssuerKey(key: jwk, binding: .bound(source, "listed in the issuer's profile"))
    }

    /// Open Badges 1: `verify.url` is the URL of the key in PEM, which has to be the issuer's own.
    private mutating func signer(at url: JSON?, of issuer: OB2.Profile) -> IssuerKey {
        guard let url = url?.string, IRI.isWeb(url) else {
            return .unknown(.keyUnavailable, "the badge does not say where its key is")
        }
        switch document(url) {
        case .pending: return .unknown(.keyUnavailable, "it is being fetched")
        case .answer(.unreachable(let reason)):
            return .unknown(.keyUnavailable, "the key cannot be fetched: \(reason)")
        case .answer(.missing(let status)):
            return .unknown(.keyUnavailable, "the key cannot be fetched: the server answers \(status)")
        case .answer(.gone):
            return .unknown(.keyUnavailable, "the key cannot be fetched: the server answers 410, gone")
        case .answer(.found(let document)):
            guard WebOrigin.answers(document.url, for: url) else {
                return .unknown(.keyUnavailable, "the key cannot be fetched: its host sends on to another origin")
            }
            guard let key = try? PublicKey(pem: document.body) else {
                return .unknown(.keyUnreadable, "what the badge names as its key is none in PEM")
            }
            guard WebOrigin.answers(url, for: issuer.id) || WebOrigin.answers(issuer.id, for: url) else {
                return .foreign(.keyNotIssuers, "the key is not on the issuer's own site", key: JWK(key))
            }
            // One site can have many tenants: an issuer that lists its keys, as 2.0 asks for, has to list this one.
            // Else anybody with an upload there could sign in its name by writing an older version's badge.
            let listed = issuer.members["publicKey"].map { $0.array ?? [$0] } ?? []
            guard listed.isEmpty || listed.contains(where: { ($0.string ?? $0["id"]?.string) == url }) else {
                let detail = "the issuer lists its keys, and nothing shows that this is one of them"
                return .unknown(.keyNotBound, detail, key: JWK(key))
            }
            return IssuerKey(
                key: JWK(key),
                binding: .bound(document.source, "published under the issuer's own origin")
            )
        }
    }
}

extension OB2.VerificationObject {
    /// The verification of an assertion in the context's own terms.
    fileprivate init(_ assertion: JSONObject) {
        self.init(uncheckedMembers: assertion["verification"]?.object ?? [:])
    }
}
