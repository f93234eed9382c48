import JSONCore
public import OpenBadges
import Proofs

/// What `issuer.yaml` says: who issues, where it is hosted, in which forms, with which keys.
public struct IssuerConfiguration: Sendable, Hashable {
    /// What an issuer's id is.
    public enum Identity: String, Sendable, Hashable, CaseIterable {
        /// The `did:web` of the base URL.
        case didWeb = "did-web"
        /// The URL of the published profile.
        case https
    }

    /// How recipients stand in badges.
    public enum RecipientForm: String, Sendable, Hashable, CaseIterable {
        /// As a salted hash: who knows the address can check it, nobody can read it.
        case hashed
        /// In the clear, for all the world to read.
        case plain
        /// By the DID that the results name, where they do; hashed otherwise.
        case did
    }

    /// Without a slash at its end.
    public var baseURL: String
    public var name: String
    /// The issuer's home page.
    public var url: String
    /// The issuer's contact address; Open Badges 2.0 requires one.
    public var email: String
    public var identity: Identity
    public var forms: [BadgeForm]
    /// The kid for each form. Hosted assertions need no key.
    public var keys: [BadgeForm: String]
    public var recipient: RecipientForm
    /// The purposes of the status lists that each badge has a place in.
    public var statusPurposes: [StatusPurpose]
    /// Whether each badge names 1EdTech's list of revoked credentials as well.
    public var has1EdTechList: Bool
    /// For how long a signed status list holds before it has to be signed anew; `nil` for ever.
    public var statusValidity: CalendarPeriod?
    /// Where exams are taken, by their ids: what a letter with the URL of an exam says.
    public var examURLs: [String: String]

    /// Reads the file's text.
    ///
    /// - Throws: ``IssuingError`` with file, line, column and what is allowed there.
    public init(yaml: [UInt8], file: String) throws(IssuingError) {
        let top = try YAMLSection(parsing: yaml, file: file, family: .configuration, limit: Self.maximumBytes)
        try top.allow([
            "base_url", "name", "url", "email", "issuer", "formats", "keys", "recipient", "status", "status_validity",
            "exams",
        ])
        baseURL = try Self.baseURL(top)
        name = try top.requiredText("name")
        url = try top.text("url") ?? baseURL
        email = try top.requiredText("email")
        identity = try top.word("issuer", of: Identity.self) ?? .didWeb
        recipient = try top.word("recipient", of: RecipientForm.self) ?? .hashed
        forms = try Self.forms(top)
        keys = try Self.keys(top, forms)
        (statusPurposes, has1EdTechList) = try Self.status(top)
        statusValidity = try Self.statusValidity(top)
        examURLs = try Self.examURLs(top)
        guard IRI.isAbsolute(url) else { throw top.error("VALUE", "url must be an absolute URL", at: "url") }
        guard email.contains("@") else { throw top.error("VALUE", "email must be an e-mail address", at: "email") }
        if identity == .didWeb, DIDWeb.identifier(forBaseURL: baseURL) == nil {
            throw top.error("VALUE", "base_url has no did:web; say issuer: https", at: "base_url")
        }
    }

    /// The issuer's id in Open Badges 3.0.
    public var issuerID: String {
        switch identity {
        case .didWeb: DIDWeb.identifier(forBaseURL: baseURL) ?? issuerURL
        case .https: issuerURL
        }
    }

    private var issuerURL: String { "\(baseURL)/issuer.json" }

    private static func baseURL(_ top: YAMLSection) throws(IssuingError) -> String {
        var text = try top.requiredText("base_url")
        while text.hasSuffix("/") { text.removeLast() }
        guard text.hasPrefix("https://"), IRI.isAbsolute(text), !text.contains("?"), !text.contains("#"),
            !text.contains("@")
        else {
            throw top.error("VALUE", "base_url must be an https URL without query or fragment", at: "base_url")
        }
        return text
    }

    private static func status(_ top: YAMLSection) throws(IssuingError) -> ([StatusPurpose], Bool) {
        guard let names = try top.texts("status"), names != ["revocation"] else { return ([.revocation], false) }
        if names == ["none"] { return ([], false) }
        let known = ["revocation", "suspension", "1edtech"]
        guard names.contains("revocation"), Set(names).count == names.count, names.allSatisfy(known.contains) else {
            throw top.error(
                "VALUE",
                "status is [revocation], which suspension and 1edtech can be added to, or none",
                at: "status"
            )
        }
        let purposes: [StatusPurpose] = names.contains("suspension") ? [.revocation, .suspension] : [.revocation]
        return (purposes, names.contains("1edtech"))
    }

    private static func statusValidity(_ top: YAMLSection) throws(IssuingError) -> CalendarPeriod? {
        // An issuer who publishes once a year must not lose every badge by forgetting to: who publishes daily says P30D.
        guard let text = try top.text("status_validity") else { return CalendarPeriod("P10Y") }
        if text == "none" { return nil }
        guard let period = CalendarPeriod(text) else {
            throw top.error("VALUE", "expected a period such as P1Y or P30D, or none", at: "status_validity")
        }
        return period
    }

    private static func examURLs(_ top: YAMLSection) throws(IssuingError) -> [String: String] {
        guard let section = try top.section("exams") else { return [:] }
        var urls: [String: String] = [:]
        for id in section.keys {
            let url = try section.requiredText(id)
            guard url.hasPrefix("https://") || url.hasPrefix("http://"), !url.contains("@"), !url.contains(" ") else {
                throw section.error("VALUE", "an exam has a web address, without user or spaces", at: id)
            }
            urls[id] = url
        }
        return urls
    }

    private static func forms(_ top: YAMLSection) throws(IssuingError) -> [BadgeForm] {
        guard let names = try top.texts("formats") else { return supportedForms }
        var forms: [BadgeForm] = []
        for name in names {
            guard let form = BadgeForm(rawValue: name), supportedForms.contains(form) else {
                let known = supportedForms.map(\.rawValue).joined(separator: ", ")
                throw top.error("VALUE", "formats are some of \(known)", at: "formats")
            }
            if !forms.contains(form) { forms.append(form) }
        }
        guard !forms.isEmpty else { throw top.error("VALUE", "at least one format is needed", at: "formats") }
        return forms
    }

    private static func keys(_ top: YAMLSection, _ forms: [BadgeForm]) throws(IssuingError) -> [BadgeForm: String] {
        let names: [(String, BadgeForm)] = [("ob3-jwt", .ob3JWT), ("ob3-proof", .ob3Proof), ("ob2", .ob2Signed)]
        let section = try top.section("keys")
        try section?.allow(Set(names.map(\.0)))
        var keys: [BadgeForm: String] = [:]
        for (name, form) in names {
            if let kid = try section?.text(name) { keys[form] = kid }
            if forms.contains(form), keys[form] == nil {
                throw (section ?? top).error(
                    "KEY_MISSING",
                    "the format \(form.rawValue) needs a key: keys.\(name)",
                    hint: "badge key generate makes one and prints its kid"
                )
            }
        }
        if let kid = keys[.ob3Proof], kid == keys[.ob3JWT] || kid == keys[.ob2Signed] {
            throw (section ?? top).error(
                "VALUE",
                "ob3-proof needs a key of its own: it is published in another form (Multikey) than the others (JWK)",
                at: section == nil ? nil : "ob3-proof"
            )
        }
        return keys
    }

    /// What this version signs.
    static let supportedForms: [BadgeForm] = [.ob3JWT, .ob3Proof, .ob2Signed, .ob2Hosted]

    private static let maximumBytes = 1 << 20
}
