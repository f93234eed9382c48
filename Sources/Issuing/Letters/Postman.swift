import JSONCore
public import OpenBadges

/// Takes letters out of the ledger's outbox, once each.
public struct Postman {
    private let workspace: Workspace
    private let ledger: Ledger
    private let locale: String
    private let identity: BadgeIdentity
    private var templates: [String: LetterTemplate] = [:]

    /// - Parameter locale: of the letters' templates: `en`, `de`.
    /// - Throws: ``IssuingError`` `NOT_FOUND` where nothing was issued yet.
    public init(workspace: Workspace, locale: String) throws(IssuingError) {
        guard workspace.hasLedger else {
            throw IssuingError(.notFound, "nothing was issued yet", hint: "badge issue RESULTS first")
        }
        self.workspace = workspace
        self.locale = locale
        ledger = try workspace.openLedger()
        identity = try workspace.identity()
    }

    /// Puts all letters that wait into a Maildir: `DIR/new`, from where a mail client or a mailer takes them.
    ///
    /// A letter has the same name and the same bytes each time, so one that was written before its delivery was noted is
    /// written again, and not twice.
    ///
    /// - Returns: how many were written.
    public mutating func deliver(to directory: String, at time: Timestamp) throws(IssuingError) -> Int {
        for folder in ["tmp", "new", "cur"] { try FileStore.createDirectory("\(directory)/\(folder)", mode: 0o700) }
        var count = 0
        var last: Int64 = 0
        while true {
            let letters = try ledger.undelivered(limit: 100, after: last)
            guard let end = letters.last else { return count }
            for letter in letters {
                let message = try message(letter)
                let name = "\(message.date.seconds).\(message.id.prefix { $0 != "@" }).badge"
                // Letters hold people's names and results: only their owner may read them.
                _ = try FileStore.replace("\(directory)/new/\(name)", message.bytes, mode: 0o600)
                try ledger.deliver(letter, to: "maildir", messageID: message.id, at: time)
                count += 1
            }
            last = end.number
        }
    }

    private mutating func message(_ letter: Letter) throws(IssuingError) -> MailMessage {
        let template: LetterTemplate
        if let known = templates[letter.template] {
            template = known
        } else {
            template = try LetterTemplate(letter.template, locale: locale, workspace: workspace)
            templates[letter.template] = template
        }
        let configuration = workspace.configuration
        var values = letter.values.object ?? [:]
        values["issuer"] = .string(configuration.name)
        values["contact"] = .string(configuration.email)
        var attachments: [MailMessage.Attachment] = []
        if let badge = values["badge"]?.string {
            let link = LinkedInLink(values, badge: badge, configuration: configuration)
            values["url"] = .string(link.page)
            values["license"] = .string(link.license)
            values["linkedIn"] = .string(link.url)
            attachments = image(of: badge)
        }
        let parts = template.render(Self.plain(.object(values)) as? [String: Any] ?? [:])
        let names = [values["given"]?.string, values["family"]?.string].compactMap { $0 }.joined(separator: " ")
        let subject = BadgeIdentity.Subject(
            policy: letter.policy,
            candidate: letter.candidate,
            result: "\(letter.template) \(letter.about)",
            revision: 0
        )
        let host = configuration.baseURL.dropFirst("https://".count).prefix { $0 != "/" && $0 != ":" }
        return MailMessage(
            id: "\(identity.letterID(subject))@\(host)",
            from: .init(name: configuration.name, address: configuration.email),
            to: .init(name: names.isEmpty ? nil : names, address: letter.candidate),
            date: Timestamp(letter.writtenAt) ?? .now,
            subject: parts.subject,
            text: parts.text,
            html: parts.html,
            attachments: attachments
        )
    }

    /// The baked image, where it is published already.
    private func image(of badge: String) -> [MailMessage.Attachment] {
        for format in [ImageFormat.png, .svg] {
            let path = "\(workspace.publicDirectory)/\(HostedLayout.image(of: badge, format))"
            guard let bytes = FileBytes.read(path, limit: 1 << 20) else { continue }
            let type = format == .png ? "image/png" : "image/svg+xml"
            return [.init(name: "badge.\(format.rawValue)", type: type, bytes: bytes)]
        }
        return []
    }

    /// A JSON value as templates take it.
    private static func plain(_ json: JSON) -> Any {
        switch json {
        case .object(let members):
            Dictionary(members.map { ($0.key, plain($0.value)) }) { first, _ in first } as [String: Any]
        case .array(let elements): elements.map { plain($0) }
        case .string(let text): text
        case .bool(let truth): truth
        case .number(let number): number.literal
        case .null: ""
        }
    }
}

/// The link with which a recipient adds a badge to their LinkedIn profile.
private struct LinkedInLink {
    let page: String
    let license: String
    let url: String

    init(_ values: JSONObject, badge: String, configuration: IssuerConfiguration) {
        let layout = HostedLayout(baseURL: configuration.baseURL)
        page = layout.credentialID(badge, forms: configuration.forms)
        license = BadgeTemplate.licenseNumber(badge)
        var fields = [
            ("startTask", "CERTIFICATION_NAME"), ("name", values["achievement"]?.string ?? ""),
            ("organizationName", configuration.name),
        ]
        // Months count from 1 to 12, as they do in dates.
        if let (year, month) = Self.month(values["date"]?.string) {
            fields += [("issueYear", year), ("issueMonth", month)]
        }
        if let (year, month) = Self.month(values["validUntil"]?.string) {
            fields += [("expirationYear", year), ("expirationMonth", month)]
        }
        fields += [("certUrl", page), ("certId", license)]
        url =
            "https://www.linkedin.com/profile/add?"
            + fields.map { "\($0)=\(Self.escaped($1))" }.joined(separator: "&")
    }

    private static func month(_ date: String?) -> (year: String, month: String)? {
        guard let date, date.utf8.count >= 7, let month = Int(date.dropFirst(5).prefix(2)) else { return nil }
        return (String(date.prefix(4)), String(month))
    }

    /// Percent-encoded, all but what RFC 3986 leaves unreserved.
    private static func escaped(_ text: String) -> String {
        let digits = Array("0123456789ABCDEF".utf8)
        var bytes: [UInt8] = []
        for byte in text.utf8 {
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"),
                UInt8(ascii: "~"):
                bytes.append(byte)
            default: bytes += [UInt8(ascii: "%"), digits[Int(byte >> 4)], digits[Int(byte & 15)]]
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}
