import GRDB

/// The ledger's tables. Migrations are only ever added, and each is named for what it does.
enum LedgerSchema {
    private static var migrator: DatabaseMigrator {
        var migrator = DatabaseMigrator()
        migrator.registerMigration("1-decisions-and-badges") { database in
            try database.execute(sql: decisionsAndBadges)
        }
        migrator.registerMigration("2-facts-letters-and-status") { database in
            try database.execute(sql: factsLettersAndStatus)
        }
        migrator.registerMigration("3-chain-and-keys") { database in
            try database.execute(sql: chainAndKeys)
            try restoreJournal(in: database)
        }
        migrator.registerMigration("4-timestamps") { database in
            try database.execute(sql: timestamps)
            // What is there already is covered by the first link, once all tables are there that a link covers.
            try LedgerChain.extend(in: database)
        }
        return migrator
    }

    /// Looks at a file before anything is opened for writing: somebody else's database, and a newer version's, stay as
    /// they are.
    ///
    /// - Returns: whether its tables are there, and those of this version.
    static func check(_ path: String, busyTimeout: Double) throws -> Bool {
        guard FileStore.exists(path) else { return false }
        var configuration = Configuration()
        configuration.busyMode = .timeout(busyTimeout)
        configuration.prepareDatabase { try $0.execute(sql: "PRAGMA query_only = ON") }
        let queue = try DatabaseQueue(path: path, configuration: configuration)
        let (tables, isNewer, isCurrent) = try queue.read { database in
            let names = try String.fetchSet(database, sql: "SELECT name FROM sqlite_master WHERE type = 'table'")
            guard names.contains("grdb_migrations") else { return (names, false, false) }
            return (names, try migrator.hasBeenSuperseded(database), try migrator.hasCompletedMigrations(database))
        }
        guard tables.isEmpty || tables.contains("grdb_migrations") else {
            throw IssuingError(.ledgerDamaged, "it is a database, and no ledger; it is left as it is", file: path)
        }
        guard !isNewer else {
            throw IssuingError(
                .ledgerNewer,
                "the ledger was written by a newer version of badge",
                file: path,
                hint: "update badge; this version leaves the ledger as it is"
            )
        }
        return isCurrent
    }

    /// Has the journal written from now on.
    static func restoreJournal(in database: Database) throws {
        for (table, column) in [("issuer", "id"), ("policy", "id"), ("delivery", "letter")] {
            try database.execute(
                sql: """
                    CREATE TRIGGER \(table)IsNoted AFTER INSERT ON \(table)
                        BEGIN INSERT INTO journal (kind, subject) VALUES ('\(table)', new.\(column)); END
                    """
            )
        }
    }

    static func migrate(_ writer: some DatabaseWriter) throws {
        let migrator = migrator
        let isCurrent = try writer.read { try migrator.hasCompletedMigrations($0) }
        if !isCurrent { try migrator.migrate(writer) }
    }

    /// `decision` is every answer ever given; `badge` what an award led to; `document` its signed forms, byte by byte
    /// as they are published; `issuer` whose they are. Texts of times are RFC 3339, digests SHA-256 in hexadecimal.
    private static let decisionsAndBadges = """
        CREATE TABLE issuer (
            one INTEGER PRIMARY KEY CHECK (one = 1),
            id TEXT NOT NULL,
            baseURL TEXT NOT NULL
        ) STRICT;

        CREATE TABLE policy (
            id TEXT PRIMARY KEY NOT NULL,
            digest TEXT NOT NULL CHECK (length(digest) = 64),
            document BLOB NOT NULL
        ) STRICT, WITHOUT ROWID;

        CREATE TABLE decision (
            number INTEGER PRIMARY KEY,
            policy TEXT NOT NULL REFERENCES policy(id),
            candidate TEXT NOT NULL CHECK (candidate <> ''),
            result TEXT NOT NULL CHECK (result <> ''),
            revision INTEGER NOT NULL DEFAULT 0 CHECK (revision >= 0),
            answer TEXT NOT NULL CHECK (answer IN ('award', 'deny', 'hold')),
            facts TEXT NOT NULL CHECK (length(facts) = 64),
            receipt BLOB NOT NULL,
            decidedAt TEXT NOT NULL,
            UNIQUE (policy, candidate, result, revision, facts)
        ) STRICT;
        CREATE UNIQUE INDEX award ON decision (policy, candidate, result, revision) WHERE answer = 'award';
        CREATE INDEX decisionByResult ON decision (result);
        CREATE INDEX decisionByCandidate ON decision (candidate);

        CREATE TABLE badge (
            id TEXT PRIMARY KEY NOT NULL CHECK (length(id) = 36),
            decision INTEGER NOT NULL UNIQUE REFERENCES decision(number),
            validFrom TEXT NOT NULL,
            issuedAt TEXT NOT NULL
        ) STRICT, WITHOUT ROWID;

        CREATE TABLE document (
            badge TEXT NOT NULL REFERENCES badge(id),
            form TEXT NOT NULL CHECK (form IN ('ob3-jwt', 'ob3-proof', 'ob2-signed', 'ob2-hosted')),
            kid TEXT,
            body BLOB NOT NULL,
            PRIMARY KEY (badge, form)
        ) STRICT, WITHOUT ROWID;
        CREATE INDEX documentByKey ON document (kid, form);

        CREATE TRIGGER policyIsImmutable BEFORE UPDATE ON policy
            BEGIN SELECT RAISE(ABORT, 'a policy that was used is immutable'); END;
        CREATE TRIGGER decisionIsFinal BEFORE UPDATE ON decision
            BEGIN SELECT RAISE(ABORT, 'the ledger is append-only'); END;
        CREATE TRIGGER decisionIsKept BEFORE DELETE ON decision
            BEGIN SELECT RAISE(ABORT, 'the ledger is append-only'); END;
        CREATE TRIGGER badgeIsFinal BEFORE UPDATE ON badge
            BEGIN SELECT RAISE(ABORT, 'the ledger is append-only'); END;
        CREATE TRIGGER badgeIsKept BEFORE DELETE ON badge
            BEGIN SELECT RAISE(ABORT, 'the ledger is append-only'); END;
        CREATE TRIGGER documentIsFinal BEFORE UPDATE ON document
            BEGIN SELECT RAISE(ABORT, 'the ledger is append-only'); END;
        CREATE TRIGGER documentIsKept BEFORE DELETE ON document
            BEGIN SELECT RAISE(ABORT, 'the ledger is append-only'); END;
        """

    /// `fact` is every record in each of its versions; `identifier` by what other ids a candidate is known; `letter` the
    /// outbox, and `delivery` what of it has gone out; `statusEntry` the place of a badge in its status lists,
    /// `statusChange` each change of its status, `statusList` the lists' signed forms as they are published.
    private static let factsLettersAndStatus = """
        CREATE TABLE fact (
            number INTEGER PRIMARY KEY,
            id TEXT NOT NULL CHECK (id <> ''),
            version INTEGER NOT NULL CHECK (version >= 0),
            candidate TEXT NOT NULL CHECK (candidate <> ''),
            kind TEXT NOT NULL,
            digest TEXT NOT NULL CHECK (length(digest) = 64),
            body BLOB NOT NULL,
            notedAt TEXT NOT NULL,
            UNIQUE (id, version)
        ) STRICT;
        CREATE INDEX factByCandidate ON fact (candidate);

        CREATE TABLE identifier (
            type TEXT NOT NULL,
            value TEXT NOT NULL,
            candidate TEXT NOT NULL,
            PRIMARY KEY (type, value, candidate)
        ) STRICT, WITHOUT ROWID;

        CREATE TABLE letter (
            number INTEGER PRIMARY KEY,
            template TEXT NOT NULL,
            policy TEXT NOT NULL,
            candidate TEXT NOT NULL,
            about TEXT NOT NULL,
            body TEXT NOT NULL,
            writtenAt TEXT NOT NULL,
            UNIQUE (template, policy, candidate, about)
        ) STRICT;

        CREATE TABLE delivery (
            letter INTEGER PRIMARY KEY REFERENCES letter(number),
            place TEXT NOT NULL,
            messageID TEXT NOT NULL,
            deliveredAt TEXT NOT NULL
        ) STRICT;

        CREATE TABLE statusEntry (
            badge TEXT NOT NULL REFERENCES badge(id),
            purpose TEXT NOT NULL,
            list INTEGER NOT NULL CHECK (list >= 1),
            place INTEGER NOT NULL CHECK (place >= 0),
            PRIMARY KEY (badge, purpose),
            UNIQUE (purpose, list, place)
        ) STRICT, WITHOUT ROWID;

        CREATE TABLE statusChange (
            number INTEGER PRIMARY KEY,
            badge TEXT NOT NULL REFERENCES badge(id),
            purpose TEXT NOT NULL,
            isSet INTEGER NOT NULL CHECK (isSet IN (0, 1)),
            reason TEXT,
            changedAt TEXT NOT NULL
        ) STRICT;
        CREATE INDEX statusChangeByBadge ON statusChange (badge, purpose);

        CREATE TABLE statusList (
            number INTEGER PRIMARY KEY,
            purpose TEXT NOT NULL,
            list INTEGER NOT NULL CHECK (list >= 1),
            form TEXT NOT NULL CHECK (form IN ('json', 'jwt')),
            kid TEXT NOT NULL,
            validFrom TEXT NOT NULL,
            body BLOB NOT NULL,
            signedAt TEXT NOT NULL
        ) STRICT;
        CREATE INDEX statusListByPlace ON statusList (purpose, list, form);

        CREATE TRIGGER factIsFinal BEFORE UPDATE ON fact
            BEGIN SELECT RAISE(ABORT, 'the ledger is append-only'); END;
        CREATE TRIGGER factIsKept BEFORE DELETE ON fact
            BEGIN SELECT RAISE(ABORT, 'the ledger is append-only'); END;
        CREATE TRIGGER letterIsFinal BEFORE UPDATE ON letter
            BEGIN SELECT RAISE(ABORT, 'the ledger is append-only'); END;
        CREATE TRIGGER letterIsKept BEFORE DELETE ON letter
            BEGIN SELECT RAISE(ABORT, 'the ledger is append-only'); END;
        CREATE TRIGGER deliveryIsFinal BEFORE UPDATE ON delivery
            BEGIN SELECT RAISE(ABORT, 'the ledger is append-only'); END;
        CREATE TRIGGER deliveryIsKept BEFORE DELETE ON delivery
            BEGIN SELECT RAISE(ABORT, 'the ledger is append-only'); END;
        CREATE TRIGGER statusEntryIsFinal BEFORE UPDATE ON statusEntry
            BEGIN SELECT RAISE(ABORT, 'the ledger is append-only'); END;
        CREATE TRIGGER statusEntryIsKept BEFORE DELETE ON statusEntry
            BEGIN SELECT RAISE(ABORT, 'the ledger is append-only'); END;
        CREATE TRIGGER statusChangeIsFinal BEFORE UPDATE ON statusChange
            BEGIN SELECT RAISE(ABORT, 'the ledger is append-only'); END;
        CREATE TRIGGER statusChangeIsKept BEFORE DELETE ON statusChange
            BEGIN SELECT RAISE(ABORT, 'the ledger is append-only'); END;
        """

    /// `link` is the chain over all rows; `journal` the order in which rows came that have no number of their own;
    /// `keyEvent` what became of keys; `signature` the form of a badge that was signed again with another key.
    private static let chainAndKeys = """
        CREATE TABLE link (
            number INTEGER PRIMARY KEY,
            tables TEXT NOT NULL,
            previous TEXT NOT NULL UNIQUE,
            head TEXT NOT NULL UNIQUE CHECK (length(head) = 64)
        ) STRICT;

        CREATE TABLE journal (
            number INTEGER PRIMARY KEY,
            kind TEXT NOT NULL CHECK (kind IN ('issuer', 'policy', 'delivery')),
            subject TEXT NOT NULL
        ) STRICT;
        INSERT INTO journal (kind, subject) SELECT 'issuer', id FROM issuer;
        INSERT INTO journal (kind, subject) SELECT 'policy', id FROM policy ORDER BY id;
        INSERT INTO journal (kind, subject) SELECT 'delivery', letter FROM delivery ORDER BY letter;
        CREATE TABLE keyEvent (
            number INTEGER PRIMARY KEY,
            kid TEXT NOT NULL,
            event TEXT NOT NULL CHECK (event IN ('retired', 'compromised')),
            since TEXT NOT NULL,
            reason TEXT,
            notedAt TEXT NOT NULL
        ) STRICT;

        CREATE TABLE signature (
            number INTEGER PRIMARY KEY,
            badge TEXT NOT NULL REFERENCES badge(id),
            form TEXT NOT NULL,
            kid TEXT NOT NULL,
            body BLOB NOT NULL,
            signedAt TEXT NOT NULL
        ) STRICT;
        CREATE INDEX signatureByBadge ON signature (badge, form);

        CREATE TRIGGER linkIsFinal BEFORE UPDATE ON link
            BEGIN SELECT RAISE(ABORT, 'the ledger is append-only'); END;
        CREATE TRIGGER linkIsKept BEFORE DELETE ON link
            BEGIN SELECT RAISE(ABORT, 'the ledger is append-only'); END;
        CREATE TRIGGER journalIsFinal BEFORE UPDATE ON journal
            BEGIN SELECT RAISE(ABORT, 'the ledger is append-only'); END;
        CREATE TRIGGER journalIsKept BEFORE DELETE ON journal
            BEGIN SELECT RAISE(ABORT, 'the ledger is append-only'); END;
        CREATE TRIGGER keyEventIsFinal BEFORE UPDATE ON keyEvent
            BEGIN SELECT RAISE(ABORT, 'the ledger is append-only'); END;
        CREATE TRIGGER keyEventIsKept BEFORE DELETE ON keyEvent
            BEGIN SELECT RAISE(ABORT, 'the ledger is append-only'); END;
        CREATE TRIGGER signatureIsFinal BEFORE UPDATE ON signature
            BEGIN SELECT RAISE(ABORT, 'the ledger is append-only'); END;
        CREATE TRIGGER signatureIsKept BEFORE DELETE ON signature
            BEGIN SELECT RAISE(ABORT, 'the ledger is append-only'); END;
        """

    /// `timestamp` has what an authority says about the signatures up to a badge and up to one that was made again: those
    /// that the timestamp before does not cover.
    private static let timestamps = """
        CREATE TABLE timestamp (
            number INTEGER PRIMARY KEY,
            head TEXT NOT NULL,
            decision INTEGER NOT NULL,
            signature INTEGER NOT NULL,
            root TEXT NOT NULL CHECK (length(root) = 64),
            reply BLOB NOT NULL,
            takenAt TEXT NOT NULL
        ) STRICT;

        CREATE TRIGGER timestampIsFinal BEFORE UPDATE ON timestamp
            BEGIN SELECT RAISE(ABORT, 'the ledger is append-only'); END;
        CREATE TRIGGER timestampIsKept BEFORE DELETE ON timestamp
            BEGIN SELECT RAISE(ABORT, 'the ledger is append-only'); END;
        """
}
