import JSONCore
public import OpenBadges
import Transport

/// Looks a published site over, as strangers will: does it answer what badges name, as it should, and do they verify?
public struct SiteExamination: Sendable {
    /// How bad a finding is.
    public enum Severity: String, Sendable, Hashable {
        case good, warning, fault
    }

    /// Something that was looked at.
    public struct Finding: Sendable, Hashable {
        public let severity: Severity
        /// A stable name: `CORS_MISSING`, or `OK`.
        public let code: String
        /// The file, from the base URL.
        public let path: String
        public let detail: String
        /// What to do about it.
        public let hint: String?
    }

    private let workspace: Workspace
    private let visit: SiteVisit
    private let time: Timestamp
    private var findings: [Finding] = []

    public init(workspace: Workspace, visit: SiteVisit, at time: Timestamp) {
        (self.workspace, self.visit, self.time) = (workspace, visit, time)
    }

    /// Looks at everything, and says what it found.
    public mutating func run() async throws(IssuingError) -> [Finding] {
        let configuration = workspace.configuration
        let layout = HostedLayout(baseURL: configuration.baseURL)
        guard workspace.hasLedger else {
            throw IssuingError(.notFound, "nothing was issued yet", hint: "badge issue RESULTS first")
        }
        let ledger = try workspace.openLedger(readOnly: true)
        if configuration.identity == .didWeb { await look(layout.didDocument, isJSON: true) }
        for path in [HostedLayout.issuer, HostedLayout.jwks, HostedLayout.ob2Issuer, HostedLayout.ob2Revocations] {
            await look(path, isJSON: true)
        }
        for list in try ledger.statusLists() {
            let path = HostedLayout.statusList(StatusPurpose(rawValue: list.purpose), list.list, form: list.form)
            guard let body = await look(path, isJSON: list.form == "json") else { continue }
            if body != list.body {
                note(.fault, "NOT_UP_TO_DATE", path, "the site has another list than the ledger", "badge publish")
            }
            examineEnd(of: body, path)
        }
        try await examineBadges(ledger)
        return findings
    }

    // MARK: Files

    /// Fetches a file and looks at how it is served; its bytes, if it is there.
    @discardableResult
    private mutating func look(_ path: String, isJSON: Bool, status: Int = 200) async -> [UInt8]? {
        let page: SiteVisit.Page
        switch await visit.page(path) {
        case .success(let answer): page = answer
        case .failure(let error):
            let isTLS = error.code == .tlsFailure
            note(
                .fault,
                error.code.rawValue,
                path,
                error.detail,
                isTLS ? "the certificate has to be for this host, and its chain complete" : nil
            )
            return nil
        }
        guard page.status == status else {
            note(
                .fault,
                "NOT_THERE",
                path,
                "the server answers \(page.status)",
                "badge publish, and badge hosting for the web server"
            )
            return nil
        }
        if page.isRedirected {
            note(
                .fault,
                "REDIRECTED",
                path,
                "another host answers for it, and keys that it has count for nothing",
                "serve it under its own URL"
            )
        }
        if isJSON, (try? JSON(parsing: page.body)) == nil {
            note(
                .fault,
                "NOT_JSON",
                path,
                "what the server answers is no JSON",
                "a page for people, or an error, stands in its place"
            )
            return nil
        }
        examine(page.headers, path)
        if findings.last?.path != path { note(.good, "OK", path, "served as it should be", nil) }
        return page.body
    }

    private mutating func examine(_ headers: HTTPHeaders?, _ path: String) {
        guard let headers else { return }
        if headers["Access-Control-Allow-Origin"] != "*" {
            note(
                .warning,
                "CORS_MISSING",
                path,
                "verifiers that run in a browser cannot read it",
                "badge hosting nginx|caddy|apache has the header"
            )
        }
        let type = (headers["Content-Type"] ?? "").prefix { $0 != ";" }.lowercased()
        let wanted = WebServer.kinds.first { "/\(path)".hasSuffix($0.ending) }?.type ?? ""
        let isJSON = path.hasSuffix(".json") && (type.hasSuffix("json") || type == "application/did")
        if type != wanted, !isJSON {
            note(
                .warning,
                "TYPE_UNEXPECTED",
                path,
                "it is served as \(type.isEmpty ? "nothing" : type), and not as \(wanted)",
                "badge hosting nginx|caddy|apache has the types"
            )
        }
        if let date = headers["Date"].flatMap(Self.seconds), abs(date - time.seconds) > 300 {
            note(
                .warning,
                "CLOCK_DIFFERS",
                path,
                "the server's clock and this one differ by \(abs(date - time.seconds)) seconds",
                nil
            )
        }
    }

    private mutating func examineEnd(of list: [UInt8], _ path: String) {
        guard path.hasSuffix(".json"),
            let end = (try? JSON(parsing: list))?["validUntil"]?.string.flatMap({ Timestamp($0) })
        else { return }
        if end < time {
            note(
                .fault,
                "LIST_ENDED",
                path,
                "the list has ended, so that no badge in it is current",
                "badge publish signs it anew"
            )
        } else if end.seconds - time.seconds < 7 * 86_400 {
            note(.warning, "LIST_ENDS_SOON", path, "the list ends on \(end)", "badge publish signs it anew")
        }
    }

    // MARK: Badges

    /// One badge that holds is verified in each of its forms, and one that is revoked is looked at.
    private mutating func examineBadges(_ ledger: Ledger) async throws(IssuingError) {
        let reasons = try ledger.revocations()
        if let badge = try ledger.newestBadge(except: Set(reasons.keys)) {
            await examine(badge)
        } else {
            note(.warning, "NO_BADGE", "", "there is no badge that holds, so none was verified", nil)
        }
        try await examineGone(reasons.keys.sorted(), ledger)
    }

    /// Verifies each form of a badge from end to end.
    private mutating func examine(_ badge: LedgerBadge) async {
        let verifier = Verifier(loader: visit)
        for form in badge.documents.keys.sorted(by: { $0.rawValue < $1.rawValue }) {
            let path = HostedLayout.document(badge.id, form)
            guard let body = await look(path, isJSON: path.hasSuffix(".json")) else { continue }
            let report = await verifier.verify(body, name: path, options: VerificationOptions(at: time))
            switch report.verdict {
            case .verified: note(.good, "VERIFIED", path, "it verifies from end to end", nil)
            case .rejected, .undetermined:
                let problem = report.problems.first
                note(
                    .fault,
                    problem?.code.rawValue ?? "NOT_VERIFIED",
                    path,
                    problem?.detail ?? "it does not verify",
                    "badge checks \(problem?.code.rawValue ?? "")"
                )
            }
        }
    }

    /// How the first assertion of some is served that are revoked and were hosted.
    private mutating func examineGone(_ badges: [String], _ ledger: Ledger) async throws(IssuingError) {
        for id in badges {
            guard try ledger.has(.ob2Hosted, id) else { continue }
            let path = HostedLayout.document(id, .ob2Hosted)
            guard case .success(let page) = await visit.page(path) else {
                return note(.fault, "NOT_THERE", path, "a revoked assertion cannot be fetched", "badge publish")
            }
            let isRevoked = (try? JSON(parsing: page.body))?["revoked"]?.bool == true
            switch page.status {
            case 410: note(.good, "GONE", path, "a revoked assertion is answered with 410", nil)
            case 200 where isRevoked:
                note(
                    .good,
                    "REVOKED",
                    path,
                    "a revoked assertion is answered with 200, and says so itself",
                    "badge hosting has 410 for it"
                )
            default:
                note(.fault, "NOT_UP_TO_DATE", path, "a revoked assertion is served as if it held", "badge publish")
            }
            return
        }
    }

    private mutating func note(_ severity: Severity, _ code: String, _ path: String, _ detail: String, _ hint: String?)
    {
        findings.append(Finding(severity: severity, code: code, path: path, detail: detail, hint: hint))
    }

    /// `Sun, 01 Mar 2026 13:25:00 GMT` as seconds of Unix.
    private static func seconds(_ date: String) -> Int64? {
        let parts = date.split(separator: " ")
        let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
        guard parts.count == 6, let month = months.firstIndex(of: String(parts[2])) else { return nil }
        let number = month + 1
        return Timestamp("\(parts[3])-\(number < 10 ? "0" : "")\(number)-\(parts[1])T\(parts[4])Z")?.seconds
    }
}
