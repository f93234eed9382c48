import JSONCore
import OpenBadges

/// Where everything stands in the hosted directory, and under which URL: an id is the URL of the file that answers it.
struct HostedLayout: Sendable {
    /// Without a slash at its end.
    let baseURL: String

    func url(_ path: String) -> String { "\(baseURL)/\(path)" }

    static let issuer = "issuer.json"
    static let jwks = ".well-known/jwks.json"
    static let ob2Issuer = "ob2/issuer.json"
    static let ob2Revocations = "ob2/revocations.json"

    /// The document of the base URL's `did:web`: at the root where the base URL has a path, as the method says.
    var didDocument: String {
        baseURL.dropFirst("https://".count).contains("/") ? "did.json" : ".well-known/did.json"
    }

    static func jwk(_ kid: String) -> String { "keys/\(kid).jwk" }
    static func multikey(_ kid: String) -> String { "keys/\(kid).json" }
    static func ob2Key(_ kid: String) -> String { "ob2/keys/\(kid).json" }

    static func achievement(_ slug: String) -> String { "achievements/\(slug)/achievement.json" }
    static func badgeClass(_ slug: String) -> String { "achievements/\(slug)/ob2.json" }
    static func image(_ slug: String, _ fileExtension: String) -> String {
        "achievements/\(slug)/image.\(fileExtension)"
    }

    /// The folder of a badge: below the first two digits of its UUID, so that no folder grows without end.
    static func folder(_ badge: String) -> String { "credentials/\(badge.prefix(2))/\(badge)" }
    static func document(_ badge: String, _ form: BadgeForm) -> String { "\(folder(badge))/\(form.fileName)" }

    /// The signed list of a purpose; `form` is `json` or `jwt`.
    static func statusList(_ purpose: StatusPurpose, _ number: Int, form: String) -> String {
        "status/\(purpose.rawValue)/\(number).\(form)"
    }

    /// What shows that signatures are older than the end of their key.
    static let timestamps = "timestamps/"
    static func timestamp(_ number: Int) -> String { "\(timestamps)\(number).tsr" }

    /// The context that has the terms of 1EdTech's own ways to look up a status.
    static let extensionsContext = "https://purl.imsglobal.org/spec/ob/v3p0/extensions.json"
    static let revokedCredentials = "status/1edtech.json"

    /// What a badge says of its status: one object where there is one way to look it up, else a list of them.
    func status(_ entries: [StatusEntry], _ configuration: IssuerConfiguration) -> JSON? {
        var all = entries.map { statusEntry($0, forms: configuration.forms) }
        if configuration.has1EdTechList {
            // Source: 1EdTech, Verifiable Credentials Revocation List Status Method 1.0.
            all.append(["id": .string(url(Self.revokedCredentials)), "type": "1EdTechRevocationList"])
        }
        return all.count == 1 ? all[0] : all.isEmpty ? nil : .array(all)
    }

    /// What a badge says of its place in a status list. Source: Bitstring Status List 1.0 §2.1.
    func statusEntry(_ entry: StatusEntry, forms: [BadgeForm]) -> JSON {
        let form = forms.contains(.ob3Proof) ? "json" : "jwt"
        let list = url(Self.statusList(entry.purpose, entry.list, form: form))
        return [
            "id": .string("\(list)#\(entry.index)"),
            "type": "BitstringStatusListEntry",
            "statusPurpose": .string(entry.purpose.rawValue),
            "statusListIndex": .string(String(entry.index)),
            "statusListCredential": .string(list),
        ]
    }

    /// The image that a badge is baked into.
    static func image(of badge: String, _ format: ImageFormat) -> String {
        "\(folder(badge))/badge.\(format.rawValue)"
    }

    /// The id of a badge in Open Badges 3.0: the URL of `credential.json`, or of `credential.jwt` where only that is
    /// published; the same in both forms.
    func credentialID(_ badge: String, forms: [BadgeForm]) -> String {
        url(Self.document(badge, forms.contains(.ob3Proof) ? .ob3Proof : .ob3JWT))
    }
}
