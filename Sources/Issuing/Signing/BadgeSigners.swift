import Cryptography
import JSONCore
import OpenBadges

/// One thread's prepared signers.
final class BadgeSigners {
    private let credentialSigner: CredentialSigner?
    private let proofSigner: CredentialProofSigner?
    private let assertionSigner: OB2.AssertionSigner?

    init(
        configuration: IssuerConfiguration,
        keys: [BadgeForm: PrivateKey]
    ) throws(IssuingError) {
        do {
            credentialSigner = try keys[.ob3JWT].map { key in
                let kid = IssuerDocuments.keyURL(configuration.keys[.ob3JWT] ?? "", configuration)
                return try CredentialSigner(key: key, kid: kid)
            }
            proofSigner = try keys[.ob3Proof].map { key in
                let kid = configuration.keys[.ob3Proof] ?? ""
                return try CredentialProofSigner(
                    key: key,
                    verificationMethod: IssuerDocuments.proofKeyURL(kid, configuration)
                )
            }
            assertionSigner = try keys[.ob2Signed].map { try OB2.AssertionSigner(key: $0) }
        } catch {
            throw IssuingError(.keyUnsuitable, "a key of issuer.yaml cannot sign")
        }
    }

    /// Whether a status list can be signed: a key for Open Badges 3.0 signs it.
    var canSignLists: Bool { proofSigner != nil || credentialSigner != nil }

    /// The signed forms of a status list: with an embedded proof, and as VC-JWT.
    func list(
        _ bits: BitstringStatusList,
        _ purpose: StatusPurpose,
        number: Int,
        configuration: IssuerConfiguration,
        validFrom: Timestamp,
        at time: Timestamp
    ) throws -> [(name: String, kid: String, body: [UInt8])] {
        let layout = HostedLayout(baseURL: configuration.baseURL)
        let path = HostedLayout.statusList(
            purpose,
            number,
            form: configuration.forms.contains(.ob3Proof) ? "json" : "jwt"
        )
        let list = try StatusListCredential(
            id: layout.url(path),
            issuer: configuration.issuerID,
            purpose: purpose,
            list: bits,
            validFrom: validFrom,
            validUntil: Self.end(configuration.statusValidity, from: validFrom, at: time)
        )
        var documents: [(name: String, kid: String, body: [UInt8])] = []
        if let proofSigner {
            let secured = try proofSigner.secure(list, created: time)
            documents.append(("json", configuration.keys[.ob3Proof] ?? "", secured.json.serialized()))
        }
        if let credentialSigner {
            documents.append(("jwt", configuration.keys[.ob3JWT] ?? "", try credentialSigner.compact(list)))
        }
        return documents
    }

    /// When a list ends: counted from its first badge while that is young, so that the same results give the same list
    /// whenever it is signed, and from its signing else.
    private static func end(_ validity: CalendarPeriod?, from validFrom: Timestamp, at time: Timestamp) -> Timestamp? {
        guard let validity, let end = validity.end(from: time) else { return nil }
        let isYoung = (time.seconds - validFrom.seconds) * 4 <= end.seconds - time.seconds
        return isYoung ? validity.end(from: validFrom) : end
    }

    func credential(_ credential: AchievementCredential) throws -> [UInt8] {
        guard let credentialSigner else { throw IssuingError(.keyMissing, "there is no key for ob3-jwt") }
        return try credentialSigner.compact(credential)
    }

    func secured(_ credential: AchievementCredential, created: Timestamp) throws -> AchievementCredential {
        guard let proofSigner else { throw IssuingError(.keyMissing, "there is no key for ob3-proof") }
        return try proofSigner.secure(credential, created: created)
    }

    func assertion(_ assertion: OB2.Assertion) throws -> [UInt8] {
        guard let assertionSigner else { throw IssuingError(.keyMissing, "there is no key for ob2") }
        return try assertionSigner.compact(assertion)
    }
}
