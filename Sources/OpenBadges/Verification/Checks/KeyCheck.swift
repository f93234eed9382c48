import Cryptography
import JSONCore
import Proofs

/// `key`: is the key that signed the issuer's own; or, for a hosted badge, does the issuer host there?
enum KeyCheck {
    static func run(_ inspection: inout Inspection) {
        switch inspection.input.format {
        case _ where inspection.credential != nil, .ob2Signed:
            switch inspection.signer?.binding {
            case .bound(_, let detail): inspection.record(.key, .passed, detail)
            case .foreign(let code, let detail): inspection.conclude(.key, code, detail)
            case .unknown(let code, let detail): inspection.conclude(.key, code, detail, severity: .unknown)
            case nil: inspection.record(.key, .skipped, "there is no proof that holds")
            }
        case .ob2Hosted:
            checkScope(&inspection)
        default:
            inspection.record(.key, .skipped, "there is no proof to check")
        }
    }

    /// Open Badges 2.0, "VerificationObject": a hosted assertion has to lie within its issuer's scope.
    private static func checkScope(_ inspection: inout Inspection) {
        guard let assertion = inspection.assertion else { return }
        switch inspection.related.hosted {
        case .served, .gone, .notNeeded: break
        case .missing, .unreachable, .other:
            return inspection.record(.key, .skipped, "there is no hosted badge to check")
        }
        guard let issuer = inspection.issuerProfile else {
            if case .gone = inspection.related.hosted {
                return inspection.record(.key, .skipped, "the host has taken the badge back")
            }
            return inspection.conclude(
                .key,
                .keyNotBound,
                "without the issuer's profile nothing shows that the issuer hosts there",
                severity: .unknown
            )
        }
        let scope = HostingScope(issuer: issuer)
        if scope.contains(assertion.id) {
            inspection.record(.key, .passed, "hosted where its issuer hosts")
        } else {
            inspection.conclude(.key, .scope, "the badge is hosted outside of what its issuer names as its own")
        }
    }
}

/// Where an issuer hosts its assertions: `startsWith` and `allowedOrigins`, or its own host.
///
/// Source: Open Badges 2.0, "VerificationObject".
struct HostingScope {
    let issuer: OB2.Profile

    func contains(_ id: String) -> Bool {
        guard let host = WebOrigin.host(of: id), !WebOrigin.climbs(id) else { return false }
        let policy = issuer.verification
        let prefixes = policy?.startsWith ?? []
        // The text is compared only after the host: `https://a.example` must not admit `https://a.example.evil`.
        if !prefixes.isEmpty {
            let isWithin = prefixes.contains { prefix in
                WebOrigin.same(prefix, id) && isSegmentPrefix(prefix, of: id)
            }
            guard isWithin else { return false }
        }
        let origins = policy?.allowedOrigins ?? []
        if !origins.isEmpty {
            return origins.contains { $0.lowercased() == host }
        }
        return !prefixes.isEmpty || WebOrigin.host(of: issuer.id) == host
    }

    /// A prefix ends where a path segment ends, or says by a slash that it does.
    private func isSegmentPrefix(_ prefix: String, of id: String) -> Bool {
        guard id.hasPrefix(prefix) else { return false }
        guard !prefix.hasSuffix("/"), let next = id.dropFirst(prefix.count).first else { return true }
        return next == "/" || next == "?" || next == "#"
    }
}

extension Inspection {
    /// The key of a signed assertion: `verification.creator`, which the issuer's profile has to list, and which has to
    /// name the issuer as its owner.
    mutating func signer(of assertion: OB2.Assertion) -> IssuerKey {
        let issuer: OB2.Profile
        switch related.badgeClass {
        case .wrong(let detail): return .foreign(.keyNotIssuers, detail)
        case .unavailable(let detail): return .unknown(.keyUnavailable, detail)
        case .found: break
        }
        switch related.issuer {
        case .wrong(let detail): return .foreign(.keyNotIssuers, detail)
        case .unavailable(let detail): return .unknown(.keyUnavailable, detail)
        case .found(let profile, _): issuer = profile
        }
        let listed = issuer.publicKeys
        guard !listed.isEmpty else { return .unknown(.keyNotBound, "the issuer's profile lists no key") }
        let url: String
        if let creator = assertion.verification.creator {
            guard listed.contains(creator) else {
                return .foreign(.keyNotIssuers, "the issuer's profile does not list the key that the badge names")
            }
            url = creator
        } else if listed.count == 1 {
            url = listed[0]
        } else {
            return .unknown(.keyNotBound, "the badge names no key, and the issuer has several")
        }
        switch json(url) {
        case .pending: return .unknown(.keyUnavailable, "it is being fetched")
        case .unavailable(let reason): return .unknown(.keyUnavailable, "the key cannot be fetched: \(reason)")
        case .found(let json, let document):
            guard WebOrigin.answers(document.url, for: url) else {
                return .unknown(.keyUnavailable, "the key cannot be fetched: its host sends on to another origin")
            }
            guard json["owner"]?.string == issuer.id else {
                return .foreign(.keyNotIssuers, "the key is said to be another's than the issuer's")
            }
            guard let pem = json["publicKeyPem"]?.string, let key = try? PublicKey(pem: Array(pem.utf8)) else {
                return .unknown(.keyUnreadable, "the issuer's key cannot be read")
            }
            return IssuerKey(key: JWK(key), binding: .bound(document.source, "listed in the issuer's profile"))
        }
    }
}
