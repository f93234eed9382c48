import JSONCore
import Testing

@Suite("The JSON Schemas of status lists")
struct StatusSchemaTests {
    private static let list: JSON = [
        "@context": ["https://www.w3.org/ns/credentials/v2"], "id": "https://exams.example.org/status/1",
        "type": ["VerifiableCredential", "BitstringStatusListCredential"], "issuer": "did:web:exams.example.org",
        "validFrom": "2026-03-01T12:30:00Z",
        "credentialSubject": [
            "id": "https://exams.example.org/status/1#list", "type": "BitstringStatusList",
            "statusPurpose": "revocation", "encodedList": "uH4sIAAAAAAAAA-3B", "ttl": 300_000,
        ],
    ]

    static let lists: [SchemaCase] = [
        .good("no id", "id", value: nil),
        .good("an issuer with a name", "issuer", value: ["id": "did:web:exams.example.org", "name": "Example Exams"]),
        .bad("no issuer", "issuer", value: nil),
        .bad("a class that stands alone", "type", value: "BitstringStatusListCredential"),
        .bad("another context first", "@context", value: ["https://www.w3.org/2018/credentials/v1"]),
        .good("several purposes", "credentialSubject", "statusPurpose", value: ["revocation", "suspension"]),
        .bad("no purpose", "credentialSubject", "statusPurpose", value: []),
        .bad("a list without its letter u", "credentialSubject", "encodedList", value: "H4sIAAAAAAAAA-3B"),
        .bad("a list with padding", "credentialSubject", "encodedList", value: "uH4sIAAAAAAAAA-3B=="),
        .bad("a list in ordinary base64", "credentialSubject", "encodedList", value: "uH4sIAAAAAAAAA+3B"),
        .bad("a list of another class", "credentialSubject", "type", value: "StatusList2021"),
        .bad("part of a millisecond", "credentialSubject", "ttl", value: 0.5),
        .good("a proof", "proof", value: ["type": "DataIntegrityProof"]),
        .bad("a proof of nothing", "proof", value: [[:]]),
        .bad("a day", "validUntil", value: "2026-03-01"),
    ]

    @Test("a list credential", arguments: lists)
    func list(_ test: SchemaCase) throws {
        let schema = try EmbeddedSchema.named("bitstring-status-list.json")
        #expect(schema.violations(in: Self.list).isEmpty)
        test.check(schema, Self.list)
    }

    static let entries: [SchemaCase] = [
        .good("no change", "statusListIndex", value: "0"),
        .good("an index of any size", "statusListIndex", value: "99999999999999999999999999"),
        .bad("an index that is a number", "statusListIndex", value: 7),
        .bad("an index below zero", "statusListIndex", value: "-1"),
        .bad("an index with a space", "statusListIndex", value: " 7"),
        .bad("no index", "statusListIndex", value: ""),
        .bad("no list", "statusListCredential", value: nil),
        .bad("several purposes", "statusPurpose", value: ["revocation"]),
        .good("one bit", "statusSize", value: 1),
        .bad("two bits and no messages", "statusSize", value: 2),
        .bad("no bits", "statusSize", value: 0),
        .good(
            "messages",
            "statusMessage",
            value: [["status": "0x0", "message": "a"], ["status": "0x1", "message": "b"]]
        ),
        .bad("a message without a status", "statusMessage", value: [["message": "a"], ["message": "b"]]),
    ]

    @Test("an entry", arguments: entries)
    func entry(_ test: SchemaCase) throws {
        let entry: JSON = [
            "type": "BitstringStatusListEntry", "statusPurpose": "revocation", "statusListIndex": "7",
            "statusListCredential": "https://exams.example.org/status/1",
        ]
        test.check(try EmbeddedSchema.named("bitstring-status-list.json#/$defs/BitstringStatusListEntry"), entry)
    }

    static let revocations: [SchemaCase] = [
        .good("nothing revoked", "revokedCredential", value: []),
        .good("one that is no longer revoked", "revokedCredential", value: [["id": "urn:uuid:1", "revoked": false]]),
        .good("a reason", "revokedCredential", value: [["id": "urn:uuid:1", "revocationReason": "Fraud"]]),
        .bad("an id alone", "revokedCredential", value: ["urn:uuid:1"]),
        .bad("an entry that names nothing", "revokedCredential", value: [["revoked": true]]),
        .bad("yes as text", "revokedCredential", value: [["id": "urn:uuid:1", "revoked": "true"]]),
        .bad("no entries", "revokedCredential", value: nil),
        .bad("no issuer", "issuer", value: nil),
    ]

    @Test("a list of 1EdTech's kind", arguments: revocations)
    func revocationList(_ test: SchemaCase) throws {
        var list: JSON = [
            "id": "https://exams.example.org/revoked", "issuer": "https://exams.example.org/issuer",
            "revokedCredential": [["id": "urn:uuid:1"]],
        ]
        let schema = try EmbeddedSchema.named("1edtech-revocation-list.json")
        #expect(schema.violations(in: list).isEmpty)
        test.check(schema, list)
        // The older name.
        list["revokedCredentials"] = list["revokedCredential"]
        list["revokedCredential"] = nil
        #expect(schema.isValid(list))
    }
}
