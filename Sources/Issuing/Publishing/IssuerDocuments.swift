import Cryptography
import JSONCore
import OpenBadges
import Proofs

/// The documents about the issuer and its keys, as they are hosted.
struct IssuerDocuments: Sendable {
    let configuration: IssuerConfiguration
    /// Every key of the workspace, whether it signs now or did once: old badges verify for ever.
    let keys: [(kid: String, key: PublicKey)]
    /// What each key has signed so far, as the ledger knows it.
    let signed: [String: Set<BadgeForm>]
    /// What became of keys. One that is retired stands here as ever; one that is compromised says since when.
    var events: [String: KeyEvent] = [:]

    /// Whether there is anything that shows signatures of such a key to be older.
    var hasTimestamps = false

    /// Since when a key does not count, as a verification method says it. Source: Controlled Identifiers 1.0 §2.2.
    private func revoked(_ kid: String) -> JSON? {
        guard let event = events[kid], event.kind == .compromised else { return nil }
        return .string(event.since.description)
    }

    /// Where what its signatures are timestamped with lies, as our own term beside `revoked`.
    private func timestamps(_ kid: String) -> JSON? {
        hasTimestamps && revoked(kid) != nil ? .string(layout.url(HostedLayout.timestamps)) : nil
    }

    private var layout: HostedLayout { HostedLayout(baseURL: configuration.baseURL) }

    /// The profile that stands in each credential.
    static func profile(_ configuration: IssuerConfiguration) -> Profile {
        var profile = Profile(id: configuration.issuerID, name: configuration.name)
        profile.url = configuration.url
        profile.email = configuration.email
        return profile
    }

    /// What a VC-JWT names as its key: a DID URL into `did.json`, or the https URL of the bare JWK.
    static func keyURL(_ kid: String, _ configuration: IssuerConfiguration) -> String {
        switch configuration.identity {
        case .didWeb: "\(configuration.issuerID)#\(kid)"
        case .https: HostedLayout(baseURL: configuration.baseURL).url(HostedLayout.jwk(kid))
        }
    }

    /// What an embedded proof names as its key: a DID URL into `did.json`, or the https URL of the Multikey.
    static func proofKeyURL(_ kid: String, _ configuration: IssuerConfiguration) -> String {
        switch configuration.identity {
        case .didWeb: "\(configuration.issuerID)#\(kid)"
        case .https: HostedLayout(baseURL: configuration.baseURL).url(HostedLayout.multikey(kid))
        }
    }

    /// The keys that sign embedded proofs are published as Multikey, all others as JWK: verifiers of the one kind of
    /// proof do not read the other kind of key. What a key has signed decides, so that it keeps its form when another
    /// takes its place; of a new one, what it is configured for.
    private func isProofKey(_ kid: String, _ key: PublicKey) -> Bool {
        if case .rsa = key.algorithm { return false }
        if let forms = signed[kid], !forms.isEmpty { return forms.contains(.ob3Proof) }
        return kid != configuration.keys[.ob3JWT] && kid != configuration.keys[.ob2Signed]
    }

    /// Path and document of each.
    ///
    /// - Throws: ``IssuingError`` `KEY_UNREADABLE` where a key cannot be written as PEM.
    func all() throws(IssuingError) -> [(path: String, json: JSON)] {
        var documents: [(path: String, json: JSON)] = [
            (HostedLayout.issuer, try issuer()),
            (HostedLayout.jwks, keySet),
        ]
        if configuration.identity == .didWeb { documents.append((layout.didDocument, try didDocument())) }
        for (kid, key) in keys {
            if isProofKey(kid, key) {
                var document: JSONObject = ["@context": "https://w3id.org/security/multikey/v1"]
                for (name, value) in try multikey(kid, key).object ?? [:] { document[name] = value }
                documents.append((HostedLayout.multikey(kid), .object(document)))
            } else if revoked(kid) == nil {
                // A bare JWK cannot say that it does not count: one that does not is there no more.
                documents.append((HostedLayout.jwk(kid), JWK(key, kid: Self.keyURL(kid, configuration)).json))
            }
        }
        documents.append((HostedLayout.ob2Issuer, ob2Issuer))
        for key in ob2Keys { documents.append((HostedLayout.ob2Key(key.kid), try ob2KeyDocument(key))) }
        return documents
    }

    /// The profile by itself needs contexts of its own; where the issuer's id is its URL it is the controller document
    /// too, and lists the keys.
    private func issuer() throws(IssuingError) -> JSON {
        var members: JSONObject = ["@context": .array(AchievementCredential.contexts.map(JSON.string))]
        for (name, value) in Self.profile(configuration).members { members[name] = value }
        if configuration.identity == .https {
            for (name, value) in try controllerMembers(of: configuration.issuerID) { members[name] = value }
        }
        return .object(members)
    }

    /// The keys as JWK Set.
    var keySet: JSON {
        JWKSet(
            keys: keys.filter { !isProofKey($0.kid, $0.key) && revoked($0.kid) == nil }.map { JWK($0.key, kid: $0.kid) }
        ).json
    }

    func didDocument() throws(IssuingError) -> JSON {
        var members: JSONObject = [
            "@context": [
                "https://www.w3.org/ns/did/v1", "https://w3id.org/security/multikey/v1",
                "https://w3id.org/security/jwk/v1",
            ],
            "id": .string(configuration.issuerID),
        ]
        for (name, value) in try controllerMembers(of: configuration.issuerID) { members[name] = value }
        return .object(members)
    }

    /// Ids are absolute and `assertionMethod` is a list of strings: readers in the field know no other form.
    private func controllerMembers(of id: String) throws(IssuingError) -> JSONObject {
        var methods: [JSON] = []
        for (kid, key) in keys {
            guard !isProofKey(kid, key) else {
                methods.append(try multikey(kid, key))
                continue
            }
            methods.append(
                .members([
                    ("id", .string(Self.keyURL(kid, configuration))), ("type", "JsonWebKey"),
                    ("controller", .string(id)), ("revoked", revoked(kid)),
                    ("timestamps", timestamps(kid)), ("publicKeyJwk", JWK(key, kid: kid).json),
                ])
            )
        }
        return [
            "verificationMethod": .array(methods),
            "assertionMethod": .array(methods.compactMap { $0["id"] }),
        ]
    }

    private func multikey(_ kid: String, _ key: PublicKey) throws(IssuingError) -> JSON {
        do {
            let method = try Multikey.verificationMethod(
                key,
                id: Self.proofKeyURL(kid, configuration),
                controller: configuration.issuerID
            )
            guard let revoked = revoked(kid), var members = method.object else { return method }
            members["revoked"] = revoked
            members["timestamps"] = timestamps(kid)
            return .object(members)
        } catch {
            throw IssuingError(.keyUnsuitable, error.detail)
        }
    }

    /// The key that signs Open Badges 2.0 now, and those that did: each assertion names its own.
    private var ob2Keys: [(kid: String, key: PublicKey)] {
        keys.filter { $0.kid == configuration.keys[.ob2Signed] || signed[$0.kid]?.contains(.ob2Signed) == true }
    }

    private var ob2Issuer: JSON {
        var profile = OB2.Profile(
            id: layout.url(HostedLayout.ob2Issuer),
            name: configuration.name,
            url: configuration.url,
            email: configuration.email
        )
        profile.publicKeys = ob2Keys.map { layout.url(HostedLayout.ob2Key($0.kid)) }
        profile.revocationList = layout.url(HostedLayout.ob2Revocations)
        return profile.json
    }

    private func ob2KeyDocument(_ key: (kid: String, key: PublicKey)) throws(IssuingError) -> JSON {
        let pem: [UInt8]
        do {
            pem = try key.key.pem
        } catch {
            throw IssuingError(.keyUnreadable, error.detail)
        }
        var document = OB2.CryptographicKey(
            id: layout.url(HostedLayout.ob2Key(key.kid)),
            owner: layout.url(HostedLayout.ob2Issuer),
            publicKeyPEM: String(decoding: pem, as: UTF8.self)
        )
        if let revoked = revoked(key.kid) {
            document.members["revoked"] = revoked
            document.members["timestamps"] = timestamps(key.kid)
        }
        return document.json
    }
}
