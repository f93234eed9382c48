import Cryptography
import JSONCore
import Proofs

/// What stands behind the links of a badge: its issuer's page, its evidence, the copy at its own id.
///
/// Nothing that a badge says depends on them, and fetching them tells their hosts who is being looked at: so it is done
/// only where somebody asks for it. Evidence whose digest the issuer signed has to be what the issuer saw.
enum LinkedDocuments {
    /// For `issuer`: does the issuer's own page answer?
    static func checkIssuerPage(_ inspection: inout Inspection) {
        let url = inspection.credential?.issuer.url ?? inspection.issuerProfile.map(\.url)
        guard inspection.options.followsLinks, let url, let reason = unreachable(url, &inspection) else { return }
        inspection.report(
            .issuerPageUnreachable,
            "the issuer's page cannot be fetched: \(reason)",
            check: .issuer,
            severity: .warning
        )
    }

    /// For `subject`: is the evidence still there, and what the issuer saw?
    static func checkEvidence(_ inspection: inout Inspection) {
        guard inspection.options.followsLinks, let document = inspection.document?.object else { return }
        let evidence = document["evidence"].map { $0.array ?? [$0] } ?? []
        for (index, work) in evidence.prefix(maximumLinks).enumerated() {
            guard let url = work.string ?? work["id"]?.string, let reason = unreachable(url, &inspection) else {
                continue
            }
            inspection.report(
                .evidenceUnreachable,
                "its evidence cannot be fetched: \(reason)",
                check: .subject,
                severity: .warning,
                at: JSONPointer().appending("evidence").appending(index)
            )
        }
        let resources = document["relatedResource"].map { $0.array ?? [$0] } ?? []
        for (index, resource) in resources.prefix(maximumLinks).enumerated() {
            check(resource, at: JSONPointer().appending("relatedResource").appending(index), &inspection)
        }
    }

    /// Verifiable Credentials Data Model 2.0 §5.3: a resource with the digest that it had when the badge was signed.
    private static func check(_ resource: JSON, at path: JSONPointer, _ inspection: inout Inspection) {
        guard let url = resource["id"]?.string, IRI.isWeb(url) else { return }
        switch inspection.document(url) {
        case .pending: return
        case .answer(.found(let document)):
            let digests = [
                resource["digestSRI"]?.string.map { isDigest($0, of: document.body) },
                resource["digestMultibase"]?.string.map { isMultihash($0, of: document.body) },
            ]
            guard digests.contains(false) else { return }
            inspection.report(
                .resourceDiffers,
                "what the badge refers to is no longer what its issuer saw: its digest is another",
                check: .subject,
                at: path
            )
        case .answer:
            inspection.report(
                .evidenceUnreachable,
                "what the badge refers to cannot be fetched",
                check: .subject,
                severity: .warning,
                at: path
            )
        }
    }

    /// Subresource Integrity: `sha384-` and base64; several, separated by spaces, of which the strongest known counts.
    private static func isDigest(_ text: String, of body: [UInt8]) -> Bool {
        let algorithms: [(name: String, algorithm: DigestAlgorithm)] = [
            ("sha512-", .sha512), ("sha384-", .sha384), ("sha256-", .sha256),
        ]
        for (name, algorithm) in algorithms {
            let named = text.split(separator: " ").filter { $0.hasPrefix(name) }
            guard !named.isEmpty else { continue }
            let digest = Base64URL.encode(algorithm.digest(body))
            return named.contains { token in
                let base64 = token.dropFirst(name.count).prefix { $0 != "?" && $0 != "=" }
                return String(base64.map { $0 == "+" ? "-" : $0 == "/" ? "_" : $0 }) == digest
            }
        }
        return true  // no algorithm that we know says anything
    }

    /// A multihash (`0x12 0x20` for SHA-256) in multibase.
    private static func isMultihash(_ text: String, of body: [UInt8]) -> Bool {
        guard let bytes = (try? Multibase.base58BTC.decode(text)) ?? (try? Multibase.base64URL.decode(text)) else {
            return false
        }
        switch bytes.prefix(2) {
        case [0x12, 0x20]: return Array(bytes.dropFirst(2)) == DigestAlgorithm.sha256.digest(body)
        case [0x20, 0x30]: return Array(bytes.dropFirst(2)) == DigestAlgorithm.sha384.digest(body)
        case [0x13, 0x40]: return Array(bytes.dropFirst(2)) == DigestAlgorithm.sha512.digest(body)
        default: return true
        }
    }

    /// For `proof`: does the copy at the credential's own id say the same?
    static func checkHostedCopy(_ inspection: inout Inspection) {
        guard inspection.options.followsLinks, let credential = inspection.credential, IRI.isWeb(credential.id),
            inspection.input.url != credential.id,
            case .answer(.found(let document)) = inspection.document(credential.id)
        else { return }
        let hosted = BadgeInput(name: credential.id, bytes: document.body)
        guard let other = hosted.document?.object else { return }
        let served = withoutProof(hosted.isJWS ? CredentialJWT.credential(in: other) : other)
        let given = withoutProof(credential.members)
        guard served != given else { return }
        let names = (given.keys + served.keys).filter { given[$0] != served[$0] }
        inspection.report(
            .hostedCopyDiffers,
            "the copy at its own id differs in \(Set(names).sorted().prefix(5).joined(separator: ", "))",
            check: .proof,
            severity: .warning
        )
    }

    private static func withoutProof(_ members: JSONObject) -> JSONObject {
        var members = CredentialJWT.withoutClaims(members)
        members.removeValue(forKey: "proof")
        return members
    }

    private static func unreachable(_ url: String, _ inspection: inout Inspection) -> String? {
        guard IRI.isWeb(url) else { return nil }
        switch inspection.document(url) {
        case .pending, .answer(.found): return nil
        case .answer(.gone): return "the server answers 410, gone"
        case .answer(.missing(let status)): return "the server answers \(status)"
        case .answer(.unreachable(let reason)): return reason
        }
    }

    /// An honest badge refers to a few works.
    private static let maximumLinks = 8
}
