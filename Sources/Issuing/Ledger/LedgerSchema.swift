import GRDB

/// The ledger's tables. Migrations are only ever added, and each is named for what it does.
enum LedgerSchema {
    private static var migrator: DatabaseMigrator {
        var migrator = DatabaseMigrator()
        migrator.registerMigration("1-decisions-and-badges") { database in
            try database.execute(sql: decisionsAndBadges)
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

    static func migrate(_ pool: DatabasePool) throws {
        let migrator = migrator
        let isCurrent = try pool.read { try migrator.hasCompletedMigrations($0) }
        if !isCurrent { try migrator.migrate(pool) }
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
}
