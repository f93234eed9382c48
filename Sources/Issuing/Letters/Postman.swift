import Glibc
import JSONCore
public import OpenBadges
public import Transport

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
        let lock = try PostLock(workspace)
        defer { lock.release() }
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

    /// What became of the letters that waited.
    public struct Dispatch: Sendable, Hashable {
        /// The server has taken them, and the ledger knows it.
        public var sent = 0
        /// The server will not have them, whenever it is asked: by its answer. They wait on, to be looked into.
        public var refused: [Int: Int] = [:]
        /// It did not work so far; the next run tries again.
        public var postponed = 0
    }

    /// How often, and after what pauses, a letter is tried again that did not go out.
    public struct Patience: Sendable, Hashable {
        /// How many rounds there are.
        public var rounds: Int
        /// The pause before the second round; each further one is twice as long.
        public var firstPause: Duration

        /// Six rounds over half a minute: a server that restarts is back by then, one that greylists is for the next run.
        public init(rounds: Int = 6, firstPause: Duration = .seconds(1)) {
            (self.rounds, self.firstPause) = (max(1, rounds), firstPause)
        }
    }

    /// Hands all letters that wait to a mail server, and notes each as soon as the server has taken it.
    ///
    /// A letter whose line broke before the server's word goes out again under the same `Message-ID`, so that it can be
    /// told as one.
    ///
    /// - Throws: ``IssuingError`` `MAIL_REFUSED` where no letter can go out: no TLS, a wrong certificate or password.
    public mutating func send(
        by relay: MailRelay,
        patience: Patience = Patience(),
        now: () -> Timestamp = { .now },
        progress: (Dispatch) -> Void = { _ in }
    ) throws(IssuingError) -> Dispatch {
        let lock = try PostLock(workspace)
        defer { lock.release() }
        var dispatch = Dispatch()
        var refused: Set<Int64> = []
        for round in 0..<patience.rounds {
            if round > 0 {
                guard dispatch.postponed > 0 else { break }
                Self.sleep(patience.firstPause * (1 << (round - 1)))
            }
            dispatch.postponed = 0
            let sender = try Self.mail { () throws(TransportError) in try MailSender(relay) }
            // A server that is away is not knocked at a thousand times.
            var broken = 0
            var last: Int64 = 0
            while true {
                let letters = try ledger.undelivered(limit: 100, after: last)
                guard let end = letters.last else { break }
                for letter in letters where !refused.contains(letter.number) {
                    guard broken < 5 else {
                        dispatch.postponed += 1
                        continue
                    }
                    let message = try message(letter)
                    let outcome = try Self.mail { () throws(TransportError) in
                        try sender.send(message.bytes, from: message.from.address, to: message.to.address)
                    }
                    switch outcome {
                    case .accepted:
                        try ledger.deliver(letter, to: "smtp", messageID: message.id, at: now())
                        dispatch.sent += 1
                        broken = 0
                    case .refused(let answer):
                        refused.insert(letter.number)
                        dispatch.refused[answer, default: 0] += 1
                    case .postponed(let answer):
                        dispatch.postponed += 1
                        broken = answer == 0 ? broken + 1 : 0
                    }
                    progress(dispatch)
                }
                last = end.number
            }
        }
        return dispatch
    }

    private static func mail<Value>(_ body: () throws(TransportError) -> Value) throws(IssuingError) -> Value {
        do {
            return try body()
        } catch {
            throw IssuingError(
                .mailRefused,
                error.detail,
                hint: error.code == .tlsFailure
                    ? "smtps://HOST:465, or a server with STARTTLS and a certificate for its name" : nil
            )
        }
    }

    private static func sleep(_ time: Duration) {
        let (seconds, attoseconds) = time.components
        var left = timespec(tv_sec: Int(seconds), tv_nsec: Int(attoseconds / 1_000_000_000))
        var rest = timespec()
        while nanosleep(&left, &rest) != 0, errno == EINTR { left = rest }
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

/// Lets one process at a time hand letters out, as two would hand out the same ones.
///
/// What is locked is the file of the secret, from which the letters' ids come: nothing is left behind, and a process that
/// is killed lets go.
private struct PostLock {
    private let descriptor: Int32

    init(_ workspace: Workspace) throws(IssuingError) {
        descriptor = open(workspace.path("Keys/id.secret"), O_RDONLY | O_CLOEXEC)
        guard descriptor < 0 || flock(descriptor, LOCK_EX | LOCK_NB) == 0 || errno != EWOULDBLOCK else {
            close(descriptor)
            throw IssuingError(.ledgerBusy, "another process is sending the letters of this workspace")
        }
    }

    func release() {
        if descriptor >= 0 { close(descriptor) }
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
            + fields.map { "\($0)=\(PercentEncoding.encoded($1))" }.joined(separator: "&")
    }

    private static func month(_ date: String?) -> (year: String, month: String)? {
        guard let date, date.utf8.count >= 7, let month = Int(date.dropFirst(5).prefix(2)) else { return nil }
        return (String(date.prefix(4)), String(month))
    }
}
