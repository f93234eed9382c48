import GRDB
public import OpenBadges

/// What became of a key: it is no longer used, or somebody else has it.
public struct KeyEvent: Sendable, Hashable {
    /// What has happened.
    public enum Kind: String, Sendable, Hashable {
        /// It signs no more; what it has signed counts for ever.
        case retired
        /// Its private half may be in other hands: what is dated after it does not count.
        case compromised
    }

    public let kid: String
    public let kind: Kind
    /// Since when.
    public let since: Timestamp
    /// Why, for people.
    public let reason: String?
}

extension Ledger {
    /// Notes what became of a key.
    func note(_ event: KeyEvent, at time: Timestamp) throws(IssuingError) {
        try write { database in
            try database.execute(
                sql: "INSERT INTO keyEvent (kid, event, since, reason, notedAt) VALUES (?, ?, ?, ?, ?)",
                arguments: [
                    event.kid, event.kind.rawValue, event.since.description, event.reason, time.description,
                ]
            )
        }
    }

    /// What became of each key of which something is known. A compromise outdoes everything, and the earliest counts.
    public func keyEvents() throws(IssuingError) -> [String: KeyEvent] { try read { try Self.keyEvents(in: $0) } }

    static func keyEvents(in database: Database) throws -> [String: KeyEvent] {
        var events: [String: KeyEvent] = [:]
        let rows = try Row.fetchAll(database, sql: "SELECT kid, event, since, reason FROM keyEvent ORDER BY number")
        for row in rows {
            guard let kind = KeyEvent.Kind(rawValue: row[1]), let since = Timestamp(row[2] as String) else {
                continue
            }
            let event = KeyEvent(kid: row[0], kind: kind, since: since, reason: row[3])
            guard let known = events[event.kid], known.kind == .compromised else {
                events[event.kid] = event
                continue
            }
            if event.kind == .compromised, event.since < known.since { events[event.kid] = event }
        }
        return events
    }

    /// Badges that a key has signed in some form, oldest first, by the number of their award.
    func badges(signedBy kid: String, after number: Int, limit: Int) throws(IssuingError) -> [(
        number: Int, badge: String
    )] {
        try read { database in
            try Row.fetchAll(
                database,
                sql: """
                    SELECT DISTINCT badge.decision, badge.id FROM document JOIN badge ON badge.id = document.badge
                    WHERE badge.decision > ? AND coalesce((SELECT signature.kid FROM signature
                        WHERE signature.badge = document.badge AND signature.form = document.form
                        ORDER BY number DESC LIMIT 1), document.kid) = ?
                    ORDER BY badge.decision LIMIT ?
                    """,
                arguments: [number, kid, limit]
            ).map { ($0[0], $0[1]) }
        }
    }

    /// The forms of a badge whose newest signature is a key's.
    static func forms(of badge: String, signedBy kid: String, in database: Database) throws -> [BadgeForm] {
        let find = try database.cachedStatement(
            sql: """
                SELECT form FROM document WHERE badge = ? AND coalesce((SELECT signature.kid FROM signature
                    WHERE signature.badge = document.badge AND signature.form = document.form
                    ORDER BY number DESC LIMIT 1), kid) = ?
                """
        )
        return try String.fetchAll(find, arguments: [badge, kid]).compactMap { BadgeForm(rawValue: $0) }
    }

    /// The status lists whose newest form is signed by a key.
    static func lists(signedBy kid: String, in database: Database) throws -> [(StatusPurpose, Int, Timestamp)] {
        try Row.fetchAll(
            database,
            sql: """
                SELECT DISTINCT purpose, list, validFrom FROM statusList WHERE kid = ? AND number IN (
                    SELECT max(number) FROM statusList GROUP BY purpose, list, form)
                """,
            arguments: [kid]
        ).compactMap { row in
            Timestamp(row[2] as String).map { (StatusPurpose(rawValue: row[0]), row[1], $0) }
        }
    }

    /// Refuses to sign with keys that sign no more.
    func checkKeys(_ configuration: IssuerConfiguration) throws(IssuingError) {
        let events = try keyEvents()
        for (name, form) in Workspace.keyNames {
            guard let kid = configuration.keys[form], configuration.forms.contains(form), let event = events[kid] else {
                continue
            }
            throw IssuingError(
                .keyRetired,
                "the key \(kid), which issuer.yaml names for \(name), is \(event.kind.rawValue)",
                hint: "badge key rotate --name \(name) makes another one in its place"
            )
        }
    }
}
