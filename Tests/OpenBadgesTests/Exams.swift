import Cryptography
import JSONCore
import OpenBadges
import Proofs

/// An examining body with everything that it publishes for Open Badges 3.0, and somebody who would like to be it.
enum Exams {
    static let did = "did:web:exams.example.org"
    static let didURL = "https://exams.example.org/.well-known/did.json"
    static let profileID = "https://exams.example.org/issuer.json"
    static let kid = did + "#k1"
    static let keyURL = "https://exams.example.org/keys/k1.jwk"
    static let issued = time("2026-03-01T12:30:00Z")
    static let expires = time("2028-03-01T12:30:00Z")
    static let now = time("2026-06-01T00:00:00Z")

    /// One key of each kind; RSA keys take a moment to make.
    static let rsa = make(.rsa(bits: 2048))
    static let p256 = make(.p256)
    static let key = make(.ed25519)
    static let other = make(.ed25519)
    static let forger = make(.ed25519)

    private static func make(_ algorithm: KeyAlgorithm) -> PrivateKey {
        do {
            return try PrivateKey(generating: algorithm)
        } catch {
            fatalError("no key: \(error)")
        }
    }

    static func time(_ text: String) -> Timestamp {
        guard let time = Timestamp(text) else { fatalError("no time: \(text)") }
        return time
    }

    static var algebra: Achievement {
        Achievement(
            id: "https://exams.example.org/achievements/algebra/achievement.json",
            name: "Algebra I",
            description: "First-year algebra.",
            criteria: "Score 60 % or more."
        )
    }

    static func credential(
        issuer: String = did,
        subject: AchievementSubject? = nil,
        achievement: Achievement = algebra
    ) -> AchievementCredential {
        AchievementCredential(
            id: "https://exams.example.org/credentials/1/credential.json",
            name: achievement.name,
            issuer: Profile(id: issuer, name: "Example Exams"),
            validFrom: issued,
            subject: subject
                ?? AchievementSubject(
                    id: "urn:uuid:6f0d4e6e-6f3e-4f7c-9a53-0c6a3a1c2b10",
                    identifiers: [IdentityObject(hashing: "ada@example.org", salt: "s")],
                    achievement: achievement
                )
        )
    }

    /// A VC-JWT of a credential, with a `kid` that the issuer's DID document lists unless told otherwise.
    static func jwt(
        _ credential: AchievementCredential = credential(),
        key: PrivateKey = key,
        kid: String = kid
    ) throws -> [UInt8] {
        try CredentialSigner(key: key, kid: kid).compact(credential)
    }

    /// The payload that our signer writes, to be changed and signed again.
    static func payload(of credential: AchievementCredential = credential()) throws -> JSON {
        try JSON(parsing: JWS(compact: jwt(credential)).payload)
    }

    /// Any header over any payload, honestly signed.
    static func jws(header: JSON, payload: JSON, key: PrivateKey = key) throws -> [UInt8] {
        let input = Base64URL.encode(header.serialized()) + "." + Base64URL.encode(payload.serialized())
        let signature = try key.signature(for: Array(input.utf8), algorithm: .preferred(for: key.algorithm))
        return Array("\(input).\(Base64URL.encode(signature))".utf8)
    }

    static func header(_ kid: String? = kid, embedding jwk: PrivateKey? = nil, alg: String = "EdDSA") -> JSON {
        var header: JSON = ["alg": .string(alg), "typ": "JWT"]
        header["kid"] = kid.map(JSON.string)
        header["jwk"] = jwk.map { JWK($0.publicKey).json }
        return header
    }

    /// A verification method of a DID document.
    static func method(_ id: String, _ key: PrivateKey, controller: String = did) -> JSON {
        [
            "id": .string(id), "type": "JsonWebKey", "controller": .string(controller),
            "publicKeyJwk": JWK(key.publicKey).json,
        ]
    }

    /// - Parameter asserting: what stands under `assertionMethod`; every method, by its id, if left out.
    static func didDocument(id: String = did, methods: [JSON], asserting: [JSON]? = nil) -> JSON {
        [
            "@context": ["https://www.w3.org/ns/did/v1"], "id": .string(id), "verificationMethod": .array(methods),
            "assertionMethod": .array(asserting ?? methods.compactMap { $0["id"] }),
        ]
    }

    /// What the web holds when all is well: a DID document with two keys.
    static var web: Documents {
        var documents = Documents()
        documents.serve(didURL, didDocument(methods: [method(did + "#k0", other), method(kid, key)]))
        return documents
    }

    static func verify(
        _ badge: [UInt8],
        _ documents: Documents = web,
        at: Timestamp = now,
        recipient: Recipient? = nil,
        trust: TrustPolicy? = nil,
        requirements: Set<VerificationOptions.Requirement> = [],
        reportOnly: Bool = false
    ) async -> VerificationReport {
        let options = VerificationOptions(
            at: at,
            recipient: recipient,
            trust: trust,
            requirements: requirements,
            reportOnly: reportOnly
        )
        // How long a test waits for a processor says nothing about the badge.
        var limits = VerificationLimits.standard
        limits.time = .seconds(3600)
        let report = await Verifier(loader: documents, limits: limits).verify(badge, name: "badge", options: options)
        report.isHeldAgainstCatalog()
        return report
    }
}
