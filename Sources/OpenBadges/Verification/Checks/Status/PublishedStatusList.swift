import JSONCore
import Proofs

/// A status list as its URL answers: read, its proof and key verified, and its bits laid open.
///
/// It is the same for every badge that names it. What concerns one badge (its issuer, its entry, the time within the
/// list's validity) is for ``StatusListLookup`` to say.
struct PublishedStatusList: Sendable {
    enum Lookup: Sendable {
        case found(PublishedStatusList)
        /// Why there is none.
        case unavailable(String)
        case pending
    }

    let issuer: String
    let form: StatusListForm?
    let purposes: [StatusPurpose]
    let validFrom: Timestamp?
    let validUntil: Timestamp?
    /// Until when the copy at hand was to be used, where it is a kept one: the issuer's `ttl`, from the day it was had.
    let freshUntil: Timestamp?
    let bits: Swift.Result<BitstringStatusList, OpenBadgesError>
    /// The key of its proof.
    let key: JWK?
    /// Whether its issuer's own documents name that key; if not, `keyDetail` says what is known instead.
    let isBound: Bool
    let keyDetail: String
    /// Why nobody can rely on it, whoever they are.
    let defect: String?
    private let ids: [String]

    /// Whether it is the list that a URL names: by its id, or by where its host sent on to. It need not have an id.
    func isAt(_ url: String) -> Bool {
        guard let id = ids.first else { return true }
        return IRI.withoutFragment(url) == id || ids.dropFirst().contains(id)
    }

    /// How many bytes of bits are kept from one badge to the next: two million entries. Larger lists are rare, and
    /// are read again for each badge, so that a folder of hostile badges cannot fill the memory.
    static let maximumKeptBytes = 256 << 10

    // MARK: Reading

    /// - Parameters:
    ///   - document: what the URL answered with: a VC-JWT as text, or JSON with an embedded proof.
    ///   - inspection: of the badge; the list is inspected within it, by the checks that badges pass.
    fileprivate static func read(_ document: LoadedDocument, _ inspection: inout Inspection) -> Lookup {
        var options = inspection.options
        (options.recipient, options.trust, options.requirements, options.reportOnly) = (nil, nil, [], true)
        let input = BadgeInput(
            name: document.url,
            bytes: enveloped(in: document.body) ?? document.body,
            url: document.url,
            source: document.source
        )
        guard let inner = inspection.inspect(input, as: .statusList, options: options, asksForRefresh: false),
            let credential = inner.credential
        else { return .unavailable("what answers there is no status list") }
        let list = StatusListCredential(uncheckedMembers: credential.members)
        return .found(PublishedStatusList(list, claims: claims(of: input), inner, document))
    }

    private init(_ list: StatusListCredential, claims: JSON, _ inner: Inspection, _ document: LoadedDocument) {
        issuer = list.issuer
        form = list.form
        purposes = list.purposes
        // VC-JOSE-COSE §3.2.1: the claims are about the signature, so both have to hold.
        validFrom = [list.validFrom, Self.time(claims["nbf"])].compactMap(\.self).max()
        validUntil = [list.validUntil, Self.time(claims["exp"])].compactMap(\.self).min()
        freshUntil = document.date.flatMap { list.expiry(fetchedAt: $0) }
        key = inner.signer?.key
        isBound = [.passed, .warned].contains(inner.outcome(of: .key))
        keyDetail = Self.detail(of: .key, inner) ?? "nothing shows whose key signed it"
        let defect = Self.defect(of: list, claims, inner)
        self.defect = defect
        // Nobody's list is not worth the memory.
        bits =
            defect == nil
            ? Swift.Result { () throws(OpenBadgesError) in try list.unverifiedList() }
            : .failure(OpenBadgesError(.parsing, "it is not read"))
        ids = list.id.map { [IRI.withoutFragment($0), IRI.withoutFragment(document.url)] } ?? []
    }

    private static func defect(of list: StatusListCredential, _ claims: JSON, _ inner: Inspection) -> String? {
        guard [.passed, .warned].contains(inner.outcome(of: .proof)) else {
            return detail(of: .proof, inner) ?? "nothing proves it"
        }
        if inner.outcome(of: .key) == .failed { return detail(of: .key, inner) }
        // An embedded proof covers the meaning, not the text: where these differ, a reader of the text can be misled, by
        // an end that is written so that only linked data shows it, say.
        guard inner.input.isJWS || [.passed, .warned].contains(inner.outcome(of: .context)) else {
            return detail(of: .context, inner)
        }
        guard list.form != nil, list.json.types.contains("VerifiableCredential") else {
            return "its types are not those of a status list"
        }
        if let violation = StatusListCredential.definition.violations(in: list.json).first { return violation.detail }
        guard let context = list.json.contexts.first, contexts.contains(context) else {
            return "its context is not that of a credential"
        }
        guard !list.purposes.isEmpty else { return "it has no purpose" }
        // None of the claims is needed; those that stand there may not contradict the list.
        let repeated: [(String, String?)] = [
            ("iss", list.issuer), ("jti", list.id), ("sub", list.members["credentialSubject"]?["id"]?.string),
        ]
        for (name, value) in repeated {
            guard let claim = claims[name] else { continue }
            if claim.string == nil || (value != nil && claim.string != value) {
                return "the claim \(name) contradicts it"
            }
        }
        for name in ["nbf", "exp"] where claims[name] != nil && time(claims[name]) == nil {
            return "the claim \(name) is no time"
        }
        return nil
    }

    private static let contexts: Set<String> = [
        "https://www.w3.org/ns/credentials/v2", "https://www.w3.org/2018/credentials/v1",
    ]

    private static func detail(of check: CheckName, _ inner: Inspection) -> String? {
        inner.problems.filter { $0.check == check }.min { $0.severity < $1.severity }?.detail
            ?? inner.checks.first { $0.check == check }?.detail
    }

    private static func claims(of input: BadgeInput) -> JSON {
        if case .jws(_, let payload) = input.form { payload } else { .null }
    }

    /// A NumericDate; fractions of a second are cut off.
    private static func time(_ claim: JSON?) -> Timestamp? {
        guard let number = claim?.number, number.double.isFinite, abs(number.double) < 1e15 else { return nil }
        return Timestamp(seconds: number.int.map(Int64.init) ?? Int64(number.double.rounded(.down)))
    }

    /// The VC-JWT in an `EnvelopedVerifiableCredential`. Source: Verifiable Credentials Data Model 2.0 §4.13.
    private static func enveloped(in body: [UInt8]) -> [UInt8]? {
        guard body.count <= BadgeInput.maximumBytes, let json = try? JSON(parsing: body),
            json.types.contains("EnvelopedVerifiableCredential"), let url = json["id"]?.string,
            url.lowercased().hasPrefix("data:application/vc+jwt"), let comma = url.utf8.firstIndex(of: 0x2C)
        else { return nil }
        return Array(url.utf8[url.utf8.index(after: comma)...])
    }
}

extension Inspection {
    /// The status list at a URL, verified once for all badges of a verifier that ask at the same time.
    mutating func publishedStatusList(_ url: String) -> PublishedStatusList.Lookup {
        // What is not looked at for its depth must not be remembered as a list that nobody can have.
        guard canInspect else { return .unavailable("credentials within credentials are not followed this deep") }
        let url = IRI.withoutFragment(url)
        // The time counts for keys and proofs that expire.
        let kept: PublishedStatusList.Lookup? = finding("status list at \(options.at): \(url)") { inspection in
            let lookup = inspection.readStatusList(url)
            guard case .found(let list) = lookup, case .success(let bits) = list.bits,
                bits.bytes.count > PublishedStatusList.maximumKeptBytes
            else { return lookup }
            return nil
        }
        return kept ?? readStatusList(url)
    }

    private mutating func readStatusList(_ url: String) -> PublishedStatusList.Lookup {
        switch document(url) {
        case .pending: .pending
        case .answer(.unreachable(let reason)): .unavailable(reason)
        case .answer(.missing(let status)): .unavailable("the server answers \(status)")
        case .answer(.gone): .unavailable("the server answers 410, gone")
        case .answer(.found(let document)): PublishedStatusList.read(document, &self)
        }
    }
}
