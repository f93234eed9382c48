import FoundationEssentials
import GRDB
import JSONCore
public import OpenBadges
import Proofs

/// Signs badges again whose key is compromised, with the keys of today: the same badges, under the same ids, so that whoever
/// fetches them has a signature that counts.
public struct SigningAgain {
    private let configuration: IssuerConfiguration
    private let ledger: Ledger
    private let signers: BadgeSigners
    private let time: Timestamp

    /// - Throws: ``IssuingError`` `KEY_RETIRED` where `issuer.yaml` names a key that signs no more.
    public init(
        workspace: Workspace,
        at time: Timestamp,
        passphrase: KeyStore.PassphraseSource? = nil
    ) throws(IssuingError) {
        configuration = workspace.configuration
        self.time = time
        ledger = try workspace.openLedger()
        try ledger.checkKeys(configuration)
        signers = try BadgeSigners(
            configuration: configuration,
            keys: try workspace.signingKeys(passphrase: passphrase)
        )
    }

    /// Signs again what a key has signed: badges that were issued before a time, and the status lists.
    ///
    /// Some badges at a time, so that a run that is killed goes on where it was.
    ///
    /// - Parameter since: badges issued from then on are left as they are: they may be somebody else's.
    /// - Returns: how many badges.
    public func sign(whatWasSignedBy kid: String, before since: Timestamp) throws(IssuingError) -> Int {
        var count = 0
        var last = 0
        while true {
            let page = try ledger.badges(signedBy: kid, after: last, limit: 200)
            guard let end = page.last else { break }
            let ids = page.map(\.badge)
            let badges = try ledger.read { try Ledger.badges(ids, in: $0) }.filter {
                Timestamp($0.issuedAt).map { $0 < since } ?? false
            }
            try ledger.write { database in
                for badge in badges {
                    for (form, body) in try self.signed(badge, insteadOf: kid, in: database) {
                        try database.execute(
                            sql: "INSERT INTO signature (badge, form, kid, body, signedAt) VALUES (?, ?, ?, ?, ?)",
                            arguments: [
                                badge.id, form.rawValue, self.configuration.keys[form] ?? "", Data(body),
                                self.time.description,
                            ]
                        )
                    }
                }
            }
            count += badges.count
            last = end.number
        }
        try signLists(insteadOf: kid)
        return count
    }

    /// The forms of a badge that have to be signed anew: those of one generation together, as one holds the other.
    private func signed(
        _ badge: LedgerBadge,
        insteadOf kid: String,
        in database: Database
    ) throws -> [(BadgeForm, [UInt8])] {
        let signedForms = try Ledger.forms(of: badge.id, signedBy: kid, in: database)
        var bodies: [(BadgeForm, [UInt8])] = []
        if signedForms.contains(where: { $0.generation == .ob3 }) {
            var credential = try plain(badge)
            if badge.documents[.ob3Proof] != nil {
                credential = try signers.secured(credential, created: time)
                bodies.append((.ob3Proof, credential.json.serialized()))
            }
            if badge.documents[.ob3JWT] != nil { bodies.append((.ob3JWT, try signers.credential(credential))) }
        }
        if signedForms.contains(.ob2Signed), let body = badge.documents[.ob2Signed] {
            var members = try JSON(parsing: JWS(compact: body).payload).object ?? [:]
            let layout = HostedLayout(baseURL: configuration.baseURL)
            let key = layout.url(HostedLayout.ob2Key(configuration.keys[.ob2Signed] ?? ""))
            members["verification"] = OB2.VerificationObject.signed(creator: key).json
            bodies.append((.ob2Signed, try signers.assertion(OB2.Assertion(uncheckedMembers: members))))
        }
        return bodies
    }

    /// The credential of a badge without any signature.
    private func plain(_ badge: LedgerBadge) throws -> AchievementCredential {
        if let body = badge.documents[.ob3Proof] {
            var members = try JSON(parsing: body).object ?? [:]
            members.removeValue(forKey: "proof")
            return AchievementCredential(uncheckedMembers: members)
        }
        guard let body = badge.documents[.ob3JWT] else { return AchievementCredential(uncheckedMembers: [:]) }
        return try CredentialJWT(compact: body).unsignedCredential
    }

    private func signLists(insteadOf kid: String) throws(IssuingError) {
        try ledger.write { database in
            var lists = StatusSigning(configuration: self.configuration, at: self.time, in: database)
            for (purpose, number, validFrom) in try Ledger.lists(signedBy: kid, in: database) {
                lists.renew(purpose, number, validFrom: validFrom)
            }
            try lists.sign(with: self.signers)
        }
    }
}
