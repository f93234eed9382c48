import Cryptography
import GRDB
public import OpenBadges

/// Changes the status of badges: all forms of a badge together, in one transaction, with the lists signed anew.
///
/// What is published says so after the next `publish`.
public final class StatusRun {
    /// What is done to badges.
    public enum Action: String, Sendable, Hashable {
        /// Takes them back, for good.
        case revoke
        /// Takes them back for the time being.
        case suspend
        /// Ends a suspension.
        case reinstate
    }

    /// What became of a badge.
    public struct Outcome: Sendable, Hashable {
        /// Its UUID.
        public let badge: String
        /// False where it was so before.
        public let isChanged: Bool
    }

    private let ledger: Ledger
    private let configuration: IssuerConfiguration
    private let time: Timestamp
    private let signers: BadgeSigners

    /// - Parameter time: when the change is made, and the lists are signed.
    /// - Throws: ``IssuingError`` where the ledger or a key cannot be used.
    public init(
        workspace: Workspace,
        at time: Timestamp,
        passphrase: KeyStore.PassphraseSource? = nil
    ) throws(IssuingError) {
        guard workspace.hasLedger else {
            throw IssuingError(.notFound, "nothing was issued yet", hint: "badge issue RESULTS first")
        }
        configuration = workspace.configuration
        self.time = time
        signers = try BadgeSigners(
            configuration: configuration,
            keys: try workspace.signingKeys(passphrase: passphrase)
        )
        ledger = try workspace.openLedger()
        try ledger.checkIssuer(configuration)
        try ledger.checkKeys(configuration)
    }

    /// Does something to badges: to all of them or, where it cannot be done to one, to none.
    ///
    /// - Parameter reason: for people; it is published, so no personal data belongs into it.
    /// - Throws: ``IssuingError`` `STATUS_NOT_POSSIBLE` where a badge has no place in the list, or is revoked for good.
    public func apply(
        _ action: Action,
        to badges: [String],
        reason: String?
    ) throws(IssuingError) -> [Outcome] {
        try ledger.write { database in
            var lists = StatusSigning(configuration: self.configuration, at: self.time, in: database)
            var outcomes: [Outcome] = []
            for badge in badges {
                let isChanged = try Self.change(badge, action, reason, &lists, in: database)
                outcomes.append(Outcome(badge: badge, isChanged: isChanged))
            }
            try lists.sign(with: self.signers)
            return outcomes
        }
    }

    private static func change(
        _ badge: String,
        _ action: Action,
        _ reason: String?,
        _ lists: inout StatusSigning,
        in database: Database
    ) throws -> Bool {
        let purpose: StatusPurpose = action == .revoke ? .revocation : .suspension
        let isSet = action != .reinstate
        let isRevoked = try Ledger.status(of: badge, .revocation, in: database)
        if isRevoked, action != .revoke {
            throw IssuingError(
                .statusNotPossible,
                "the badge \(badge) is revoked, and that is for good",
                hint: "issue it anew, if it was a mistake: a corrected result makes the next revision"
            )
        }
        guard try Ledger.status(of: badge, purpose, in: database) != isSet else { return false }
        let hasPlace = try Ledger.entries(of: badge, in: database).contains { $0.purpose == purpose }
        let needsPlace = try String.fetchAll(
            database,
            sql: "SELECT form FROM document WHERE badge = ?",
            arguments: [badge]
        ).contains { $0.hasPrefix("ob3") }
        guard hasPlace || !needsPlace else {
            throw IssuingError(
                .statusNotPossible,
                "the badge \(badge) was issued without a place in a list for \(purpose.rawValue)",
                hint: purpose == .suspension
                    ? "status: [revocation, suspension] in issuer.yaml gives one to badges issued from then on; badge revoke takes this one back for good"
                    : "status: [revocation] in issuer.yaml gives one to badges issued from then on"
            )
        }
        try lists.set(purpose, isSet, for: badge, reason: reason)
        return true
    }

    /// Signs anew the status lists of which less than half of their validity is left, and those that a key has signed
    /// which is compromised since: nobody believes these any more.
    ///
    /// - Returns: how many.
    public func renew() throws(IssuingError) -> Int {
        try ledger.write { database in
            var lists = StatusSigning(configuration: self.configuration, at: self.time, in: database)
            for (purpose, number, validFrom) in try Self.worn(self.configuration, at: self.time, in: database) {
                lists.renew(purpose, number, validFrom: validFrom)
            }
            try lists.sign(with: self.signers)
            return lists.count
        }
    }

    /// The lists that have to be signed anew.
    fileprivate static func worn(
        _ configuration: IssuerConfiguration,
        at time: Timestamp,
        in database: Database
    ) throws -> [(StatusPurpose, Int, Timestamp)] {
        var lists: [(StatusPurpose, Int, Timestamp)] = []
        if let limit = renewalLimit(configuration, at: time) {
            lists = try Ledger.lists(signedBefore: limit, in: database)
        }
        let events = try Ledger.keyEvents(in: database).values
        for event in events where event.kind == .compromised && !configuration.keys.values.contains(event.kid) {
            lists += try Ledger.lists(signedBy: event.kid, in: database)
        }
        return lists
    }

    /// Lists signed before this have less than half of their validity left; `nil` where lists have no end.
    fileprivate static func renewalLimit(_ configuration: IssuerConfiguration, at time: Timestamp) -> Timestamp? {
        guard let end = configuration.statusValidity?.end(from: time) else { return nil }
        return Timestamp(seconds: time.seconds - (end.seconds - time.seconds) / 2)
    }
}

extension Workspace {
    /// Whether status lists have to be signed anew before they are published: ``StatusRun/renew()``.
    public func needsRenewal(at time: Timestamp) throws(IssuingError) -> Bool {
        guard hasLedger else { return false }
        return try !openLedger(readOnly: true).read { try StatusRun.worn(configuration, at: time, in: $0) }.isEmpty
    }
}
