import Cryptography
import JSONCore
import OpenBadges
import Proofs

/// An academy with everything that it publishes for Open Badges 2.0.
enum Academy {
    static let issuerURL = "https://academy.example.org/ob2/issuer.json"
    static let keyURL = "https://academy.example.org/ob2/keys/k1.json"
    static let listURL = "https://academy.example.org/ob2/revocations.json"
    static let imageURL = "https://academy.example.org/badges/algebra/image.png"
    static let classURL = "https://academy.example.org/badges/algebra/ob2.json"
    static let hostedID = "https://academy.example.org/assertions/1/assertion.json"
    static let signedID = "urn:uuid:0b0f4f5c-52e6-4ba4-93a5-4f9a5d2f6d11"
    static let key = Exams.rsa

    static var recipient: OB2.IdentityObject { .init(hashing: "ada@example.org", salt: "s") }

    static func signed(id: String = signedID, creator: String? = keyURL) -> OB2.Assertion {
        var assertion = OB2.Assertion(
            id: id,
            recipient: recipient,
            badge: classURL,
            verification: .signed(creator: creator ?? ""),
            issuedOn: Exams.issued
        )
        if creator == nil { assertion.verification.creator = nil }
        return assertion
    }

    static func hosted(id: String = hostedID) -> OB2.Assertion {
        OB2.Assertion(
            id: id,
            recipient: recipient,
            badge: classURL,
            verification: .hosted,
            issuedOn: Exams.issued
        )
    }

    static var badgeClass: OB2.BadgeClass {
        OB2.BadgeClass(
            id: classURL,
            name: "Algebra I",
            description: "First-year algebra.",
            image: imageURL,
            criteria: Criteria(narrative: "Score 60 % or more."),
            issuer: issuerURL
        )
    }

    static var issuer: OB2.Profile {
        var issuer = OB2.Profile(
            id: issuerURL,
            name: "Example Academy",
            url: "https://academy.example.org/",
            email: "badges@academy.example.org"
        )
        issuer.publicKeys = [keyURL]
        issuer.revocationList = listURL
        return issuer
    }

    static func keyDocument(
        _ key: PrivateKey = key,
        id: String = keyURL,
        owner: String = issuerURL
    ) -> OB2.CryptographicKey {
        do {
            let pem = try String(decoding: key.publicKey.pem, as: UTF8.self)
            return OB2.CryptographicKey(id: id, owner: owner, publicKeyPEM: pem)
        } catch {
            fatalError("no PEM: \(error)")
        }
    }

    static func list(_ entries: [OB2.RevocationList.Entry] = []) -> JSON {
        OB2.RevocationList(id: listURL, issuer: issuerURL, entries: entries).json
    }

    /// The first bytes of a PNG: what makes it one.
    static let image: [UInt8] = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]

    /// What the web holds when all is well.
    static var web: Documents {
        var web = Documents()
        web.serve(classURL, badgeClass.json)
        web.serve(imageURL, image: image)
        web.serve(issuerURL, issuer.json)
        web.serve(keyURL, keyDocument().json)
        web.serve(listURL, list())
        web.serve(hostedID, hosted().json)
        return web
    }

    static func sign(_ assertion: OB2.Assertion = signed(), key: PrivateKey = key) throws -> [UInt8] {
        try OB2.AssertionSigner(key: key).compact(assertion)
    }

    static func verify(
        _ badge: [UInt8],
        _ web: Documents = web,
        at: Timestamp = Exams.now,
        recipient: Recipient? = nil,
        trust: TrustPolicy? = nil
    ) async -> VerificationReport {
        await Exams.verify(badge, web, at: at, recipient: recipient, trust: trust)
    }
}
