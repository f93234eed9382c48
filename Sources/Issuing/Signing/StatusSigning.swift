import GRDB
import OpenBadges

/// The status lists that one transaction changes: each is signed anew once, when all is known.
struct StatusSigning {
    private struct List: Hashable, Comparable {
        let purpose: StatusPurpose
        let number: Int

        init(_ entry: StatusEntry) { (purpose, number) = (entry.purpose, entry.list) }

        static func < (left: List, right: List) -> Bool {
            (left.purpose.rawValue, left.number) < (right.purpose.rawValue, right.number)
        }
    }

    private let configuration: IssuerConfiguration
    private let time: Timestamp
    private let database: Database
    /// Since when each of them is valid.
    private var changed: [List: Timestamp] = [:]

    init(configuration: IssuerConfiguration, at time: Timestamp, in database: Database) {
        (self.configuration, self.time, self.database) = (configuration, time, database)
    }

    /// Gives a badge its place. A list has to be valid for as long as the first of its badges is.
    mutating func add(_ badge: String, at place: StatusEntry, dated: Timestamp?) throws {
        try Ledger.record(place, of: badge, in: database)
        let list = List(place)
        let known = try changed[list] ?? Ledger.validFrom(list.purpose, list.number, in: database)
        if let dated, known.map({ dated < $0 }) ?? true { changed[list] = dated }
    }

    /// Changes the status of a badge.
    mutating func set(_ purpose: StatusPurpose, _ isSet: Bool, for badge: String, reason: String?) throws {
        let change = StatusChange(badge: badge, purpose: purpose, isSet: isSet, reason: reason, at: time)
        try Ledger.record(change, in: database)
        for entry in try Ledger.entries(of: badge, in: database) where entry.purpose == purpose {
            let list = List(entry)
            if changed[list] == nil {
                changed[list] = try Ledger.validFrom(list.purpose, list.number, in: database)
            }
        }
    }

    /// Has a list signed anew that has not changed: the one that is published comes to its end.
    mutating func renew(_ purpose: StatusPurpose, _ number: Int, validFrom: Timestamp) {
        changed[List(StatusEntry(purpose: purpose, list: number, index: 0))] = validFrom
    }

    /// How many lists have to be signed.
    var count: Int { changed.count }

    /// Signs the lists that have changed, and keeps them as they are to be published.
    func sign(with signers: BadgeSigners) throws {
        for (list, validFrom) in changed.sorted(by: { $0.key < $1.key }) {
            let documents = try signers.list(
                try Ledger.bits(list.purpose, list.number, in: database),
                list.purpose,
                number: list.number,
                configuration: configuration,
                validFrom: validFrom,
                at: time
            )
            // Badges name the list in the form that was published with them.
            let published = try Ledger.forms(ofList: list.purpose, list.number, in: database)
            guard published.isSubset(of: documents.map(\.name)) else {
                throw IssuingError(
                    .keyMissing,
                    "status lists were published in a form that no format of issuer.yaml signs any more",
                    hint: "badges that are out name it: put the format back into formats: in issuer.yaml"
                )
            }
            try Ledger.record(
                list.purpose,
                list.number,
                documents: documents,
                validFrom: validFrom,
                at: time,
                in: database
            )
        }
    }
}
