import JSONCore

/// One entry that names a list of revoked ids: what the list says about the badge.
///
/// The list is not signed. What vouches for it is its URL, which the signed badge names; so a redirect to another host
/// ends the look-up. Source: 1EdTech VC Revocation List Status Method 1.0.
struct RevocationListLookup {
    let status: CredentialStatus
    /// Where the entry stands.
    let path: JSONPointer

    func run(_ inspection: inout Inspection) -> StatusAnswer {
        var answer = StatusAnswer()
        let place = path.appending("id")
        guard let url = status.id else {
            answer.add(.schema(.required), "a revocation list needs \"id\", its URL", at: path)
            return answer
        }
        guard IRI.isWeb(url) else {
            answer.add(.schema(.malformedValue), "the \"id\" of a revocation list must be its URL", at: place)
            return answer
        }
        switch inspection.publishedRevocationList(url) {
        case .pending:
            answer.add(.statusRetrieval, "the revocation list is being fetched", severity: .unknown, at: path)
        case .unavailable(let reason):
            answer.add(.statusRetrieval, "the revocation list cannot be had: \(reason)", severity: .unknown, at: path)
        case .found(let list):
            read(list, at: url, inspection, &answer)
        }
        return answer
    }

    /// A revocation counts in any case; that there is none, only in a list that says so beyond doubt.
    private func read(
        _ list: PublishedRevocationList,
        at url: String,
        _ inspection: Inspection,
        _ answer: inout StatusAnswer
    ) {
        let place = path.appending("id")
        guard let credential = inspection.credential, !credential.id.isEmpty else {
            return answer.add(.statusVerification, "the badge has no id to look up", severity: .unknown, at: path)
        }
        if let entry = list.revocation(of: credential.id) {
            let because = entry.reason.map { " (\($0))" } ?? ""
            return answer.add(.revoked, "its issuer revoked it\(because)", at: place)
        }
        func doubt(_ reason: String) {
            answer.add(
                .statusVerification,
                "the revocation list cannot be relied on: \(reason)",
                severity: .unknown,
                at: path
            )
        }
        guard list.isReadable else { return doubt("it has entries that cannot be read") }
        guard url.hasPrefix("https://") else { return doubt("it is not fetched over https") }
        if let issuer = list.issuer, issuer != credential.issuer.id {
            return doubt("it is of another issuer than the badge")
        }
        if list.issuer == nil {
            answer.add(.statusIssuer, "the revocation list does not say whose it is", severity: .warning, at: path)
        }
        answer.note("not in its issuer's revocation list")
    }
}

/// A revocation list, laid out so that an id is found at once.
struct PublishedRevocationList: Sendable {
    enum Lookup: Sendable {
        case found(PublishedRevocationList)
        case unavailable(String)
        case pending
    }

    let issuer: String?
    let isReadable: Bool
    private let revoked: [[UInt8]: CredentialRevocationList.Entry]

    init(_ list: CredentialRevocationList) {
        issuer = list.issuer
        isReadable = list.isReadable
        var revoked: [[UInt8]: CredentialRevocationList.Entry] = [:]
        for entry in list.entries where entry.isRevoked {
            revoked[CredentialRevocationList.comparable(entry.id)] = entry
        }
        self.revoked = revoked
    }

    func revocation(of id: String) -> CredentialRevocationList.Entry? {
        revoked[CredentialRevocationList.comparable(id)]
    }

    /// How large a list may be to be kept from one badge to the next: some thousands of entries.
    static let maximumKeptBytes = 256 << 10
}

extension Inspection {
    /// The revocation list at a URL, read once for all badges of a verifier.
    mutating func publishedRevocationList(_ url: String) -> PublishedRevocationList.Lookup {
        if case .answer(.found(let document)) = document(url),
            document.body.count > PublishedRevocationList.maximumKeptBytes
        {
            return readRevocationList(url)
        }
        return finding("revocation list: \(IRI.withoutFragment(url))") { $0.readRevocationList(url) }
    }

    private mutating func readRevocationList(_ url: String) -> PublishedRevocationList.Lookup {
        switch json(url) {
        case .pending: return .pending
        case .unavailable(let reason): return .unavailable(reason)
        case .found(let json, let document):
            guard WebOrigin.answers(document.url, for: url) else {
                return .unavailable("its host sends on to another")
            }
            let list = CredentialRevocationList(uncheckedMembers: json.object ?? [:])
            guard list.isList else { return .unavailable("what answers there is no revocation list") }
            return .found(PublishedRevocationList(list))
        }
    }
}
