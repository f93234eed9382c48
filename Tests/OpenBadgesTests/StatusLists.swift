import Cryptography
import JSONCore
import OpenBadges
import Proofs

/// Exams' status lists, in every form, good and bad; and badges with places in them.
enum StatusLists {
    static let url = "https://exams.example.org/status/revocation/1.json"
    static let second = "https://exams.example.org/status/suspension/1.json"
    static let index = 94_567

    enum Form: String, CaseIterable, CustomStringConvertible {
        case jwt, embedded
        var description: String { rawValue }
    }

    /// The issuer's documents: one key for JWT, the same as Multikey for embedded proofs.
    static var web: Documents {
        var web = Documents()
        let methods = [Exams.method(Exams.kid, Exams.key), Seal.multikey(Seal.method, Exams.key)]
        web.serve(Exams.didURL, Exams.didDocument(methods: methods))
        return web
    }

    /// The web with a list in it.
    static func web(_ list: [UInt8], at url: String = url) -> Documents {
        var web = web
        web.serve(url, text: String(decoding: list, as: UTF8.self))
        return web
    }

    static func bits(_ set: [Int] = [], count: Int = BitstringStatusList.minimumEntries) throws -> BitstringStatusList {
        var bits = BitstringStatusList(bytes: [UInt8](repeating: 0, count: count / 8))
        for index in set { try bits.set(1, at: index) }
        return bits
    }

    /// A list's credential, which any member of can be changed before it is signed.
    static func credential(
        _ bits: BitstringStatusList,
        purpose: StatusPurpose = .revocation,
        id: String = url,
        issuer: String = Exams.did,
        _ change: (inout JSON) -> Void = { _ in }
    ) throws -> StatusListCredential {
        var json = try StatusListCredential(
            id: id,
            issuer: issuer,
            purpose: purpose,
            list: bits,
            validFrom: Exams.issued,
            validUntil: Exams.expires,
            ttl: 300_000
        ).json
        change(&json)
        return StatusListCredential(uncheckedMembers: json.object ?? [:])
    }

    /// As it is published.
    static func signed(
        _ list: StatusListCredential,
        as form: Form = .jwt,
        key: PrivateKey = Exams.key,
        method: String? = nil
    ) throws -> [UInt8] {
        switch form {
        case .jwt:
            // Any payload can be signed so; ours would refuse some that are to be tested.
            return try Exams.jws(header: Exams.header(method ?? Exams.kid), payload: list.json, key: key)
        case .embedded:
            let signer = try Seal.signer(key, method: method ?? Seal.method)
            return try Seal.json(list.json, by: signer).serialized()
        }
    }

    /// A list with those bits set, as it is published.
    static func published(
        _ set: [Int] = [],
        purpose: StatusPurpose = .revocation,
        id: String = url,
        as form: Form = .jwt,
        _ change: (inout JSON) -> Void = { _ in }
    ) throws -> [UInt8] {
        try signed(credential(bits(set), purpose: purpose, id: id, change), as: form)
    }

    // MARK: Badges

    static func entry(
        _ purpose: StatusPurpose = .revocation,
        index: Int = index,
        list: String = url,
        _ change: (inout JSON) -> Void = { _ in }
    ) -> JSON {
        var json = StatusListEntry(list: list, index: index, purpose: purpose).json
        change(&json)
        return json
    }

    /// A badge that says that about its status.
    static func badge(_ status: JSON, contexts: [JSON] = [], as form: Form = .jwt) throws -> [UInt8] {
        var credential = Exams.credential()
        credential.members["credentialStatus"] = status
        credential.members["@context"] = .array(AchievementCredential.contexts.map(JSON.string) + contexts)
        switch form {
        case .jwt: return try Exams.jwt(credential)
        case .embedded: return try Seal.credential(credential).serialized()
        }
    }

    /// The report on a badge with the usual entry.
    static func report(_ web: Documents, at: Timestamp = Exams.now) async throws -> VerificationReport {
        try await report(entry(), web, at: at)
    }

    static func report(
        _ status: JSON,
        contexts: [JSON] = [],
        _ web: Documents,
        at: Timestamp = Exams.now
    ) async throws -> VerificationReport {
        await Exams.verify(try badge(status, contexts: contexts), web, at: at)
    }
}
