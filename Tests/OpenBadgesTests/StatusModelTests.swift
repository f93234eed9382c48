import JSONCore
import OpenBadges
import Testing

/// The entries of `credentialStatus`, and the credentials and lists that they lead to.
@Suite("Status models")
struct StatusModelTests {
    static let url = "https://exams.example.org/status/revocation/1.json"

    static func entry(_ change: (inout JSON) -> Void = { _ in }) -> StatusListEntry {
        var json = StatusListEntry(list: url, index: 94_567).json
        change(&json)
        return StatusListEntry(uncheckedMembers: json.object ?? [:])
    }

    @Test("an entry is written as the specification shows it")
    func written() {
        let expected: JSON = [
            "id": "https://exams.example.org/status/revocation/1.json#94567", "type": "BitstringStatusListEntry",
            "statusPurpose": "revocation", "statusListIndex": "94567",
            "statusListCredential": "https://exams.example.org/status/revocation/1.json",
        ]
        #expect(Self.entry().json == expected)
        #expect(Self.entry().violations.isEmpty)
        #expect(Self.entry().statusSize == 1)
        #expect(Self.entry().index == 94_567)
    }

    @Test("one entry stands as an object, several as an array, none not at all")
    func cardinality() {
        var credential = Exams.credential()
        #expect(credential.statuses.isEmpty)
        let revocation = CredentialStatus(Self.entry())
        let suspension = CredentialStatus(StatusListEntry(list: Self.url, index: 1, purpose: .suspension))
        credential.statuses = [revocation]
        #expect(credential.members["credentialStatus"]?.object != nil)
        #expect(credential.statuses == [revocation])
        credential.statuses = [revocation, suspension]
        #expect(credential.members["credentialStatus"]?.array?.count == 2)
        #expect(credential.statuses == [revocation, suspension])
        credential.statuses = []
        #expect(credential.members["credentialStatus"] == nil)
    }

    @Test("a status is told apart by its type, single or among others")
    func kinds() {
        func kind(_ type: JSON) -> CredentialStatus.Kind {
            CredentialStatus(uncheckedMembers: ["type": type]).kind
        }
        #expect(kind("BitstringStatusListEntry") == .statusList(.bitstring))
        #expect(kind(["Other", "StatusList2021Entry"]) == .statusList(.statusList2021))
        #expect(kind("1EdTechRevocationList") == .revocationList)
        #expect(kind("RevocationList2020Status") == .other)
        #expect(kind(7) == .other)
        #expect(CredentialStatus(revocationList: Self.url).kind == .revocationList)
        #expect(CredentialStatus(revocationList: Self.url).entry == nil)
        #expect(CredentialStatus(Self.entry()).entry == Self.entry())
    }

    @Test(
        "an index is digits, whatever their number; as a number it is read, and told",
        arguments: [
            ("0", 0), ("007", 7), ("131071", 131_071), ("99999999999999999999999999", Int.max), (23, 23), (23.0, 23),
            ("-1", nil), ("+1", nil), ("1.5", nil), ("0x10", nil), ("", nil), (" 7", nil), ("７", nil), ("1e3", nil),
            (-1, nil), (1.5, nil), (nil, nil), (true, nil), (["7"], nil),
        ] as [(JSON, Int?)]
    )
    func index(value: JSON, expected: Int?) {
        let entry = Self.entry { $0["statusListIndex"] = value }
        #expect(entry.index == expected)
        #expect(entry.violations.isEmpty == (expected != nil))
        #expect(entry.hasNumericIndex == (value.number != nil))
    }

    @Test("what the specification does not allow in an entry is found in its place", arguments: invalid)
    func violations(name: String, value: JSON?, expected: String) {
        let entry = Self.entry { $0[name] = value }
        #expect(entry.violations.map { "\($0.code) \($0.path)" } == [expected])
    }

    static let invalid: [(String, JSON?, String)] = [
        ("type", nil, "REQUIRED_PROPERTY_MISSING "),
        ("statusPurpose", nil, "REQUIRED_PROPERTY_MISSING "),
        ("statusPurpose", "", "MALFORMED_VALUE_ERROR /statusPurpose"),
        ("statusPurpose", ["revocation"], "MALFORMED_VALUE_ERROR /statusPurpose"),
        ("statusPurpose", 1, "MALFORMED_VALUE_ERROR /statusPurpose"),
        ("statusListIndex", nil, "REQUIRED_PROPERTY_MISSING "),
        ("statusListIndex", "-1", "MALFORMED_VALUE_ERROR /statusListIndex"),
        ("statusListCredential", nil, "REQUIRED_PROPERTY_MISSING "),
        ("statusListCredential", "status/1", "MALFORMED_VALUE_ERROR /statusListCredential"),
        ("statusListCredential", 5, "MALFORMED_VALUE_ERROR /statusListCredential"),
        ("id", .string(url), "MALFORMED_VALUE_ERROR /id"),
        ("id", "#1", "MALFORMED_VALUE_ERROR /id"),
        ("statusSize", 0, "MALFORMED_VALUE_ERROR /statusSize"),
        ("statusSize", -1, "MALFORMED_VALUE_ERROR /statusSize"),
        ("statusSize", "2", "MALFORMED_VALUE_ERROR /statusSize"),
        ("statusSize", 1.5, "MALFORMED_VALUE_ERROR /statusSize"),
        ("statusSize", 2, "REQUIRED_PROPERTY_MISSING "),
        ("statusSize", 1_000_000_000_000, "REQUIRED_PROPERTY_MISSING "),
        ("statusMessage", [["status": "0x0", "message": "fine"]], "MALFORMED_VALUE_ERROR /statusMessage"),
        (
            "statusMessage", [["status": "0x0", "message": "fine"], ["status": "1", "message": "x"]],
            "MALFORMED_VALUE_ERROR /statusMessage"
        ),
        ("statusReference", "nowhere", "MALFORMED_VALUE_ERROR /statusReference"),
    ]

    @Test("an entry of several bits has a message for each value, found by the value")
    func messages() {
        var entry = Self.entry { $0["statusSize"] = 2 }
        entry.messages = (0..<4).reversed().map { StatusMessage(value: $0, message: "message \($0)") }
        #expect(entry.violations.isEmpty)
        #expect(entry.members["statusMessage"]?[0]?["status"]?.string == "0x3")
        #expect((0..<4).map { entry.message(for: $0) } == (0..<4).map { "message \($0)" })
        #expect(entry.message(for: 4) == nil)
        entry.messages.removeLast()
        #expect(entry.violations.map(\.code) == [.malformedValue])
        let huge = Self.entry {
            $0["statusSize"] = 9_000_000_000_000_000_000
            $0["statusMessage"] = [["status": "0x0", "message": "x"]]
        }
        #expect(huge.violations.map(\.code) == [.malformedValue])
    }

    @Test("an entry of the older kind has no size and no messages")
    func olderEntry() {
        let entry = Self.entry {
            $0["type"] = "StatusList2021Entry"
            $0["statusSize"] = 0
        }
        #expect(entry.statusSize == 1)
        #expect(entry.violations.isEmpty)
    }

    @Test("a list's credential is written as the specification shows it, and read back")
    func credential() throws {
        var bits = BitstringStatusList()
        try bits.set(1, at: 7)
        let list = try StatusListCredential(
            id: Self.url,
            issuer: Exams.did,
            purpose: .suspension,
            list: bits,
            validFrom: Exams.issued,
            validUntil: Exams.expires,
            ttl: 300_000
        )
        #expect(StatusListCredential.definition.violations(in: list.json).isEmpty)
        #expect(list.json.text.hasPrefix(#"{"@context":["https://www.w3.org/ns/credentials/v2"],"id":""#))
        #expect(list.form == .bitstring)
        #expect(list.issuer == Exams.did)
        #expect(list.purposes == [.suspension])
        #expect(list.validFrom == Exams.issued)
        #expect(list.validUntil == Exams.expires)
        #expect(list.ttl == 300_000)
        #expect(try list.unverifiedList() == bits)
    }

    @Test("a copy of a list may be kept for its time to live, and never past its end")
    func expiry() throws {
        func list(until: String?, ttl: Int?) throws -> StatusListCredential {
            try StatusListCredential(
                id: Self.url,
                issuer: Exams.did,
                purpose: .revocation,
                list: BitstringStatusList(),
                validFrom: Exams.issued,
                validUntil: until.map(Exams.time),
                ttl: ttl
            )
        }
        let now = Exams.time("2026-06-01T00:00:00.9Z")
        let cases: [(String?, Int?, String?)] = [
            (nil, nil, nil), (nil, 1_500, "2026-06-01T00:00:02.4Z"),
            ("2026-06-01T00:00:01Z", nil, "2026-06-01T00:00:01Z"),
            ("2026-06-01T00:00:01Z", 300_000, "2026-06-01T00:00:01Z"),
            ("2027-06-01T00:00:01Z", 300_000, "2026-06-01T00:05:00.9Z"), (nil, -1, nil), (nil, .max, nil),
        ]
        for (until, ttl, expected) in cases {
            #expect(try list(until: until, ttl: ttl).expiry(fetchedAt: now)?.description == expected)
        }
    }

    @Test("a credential is a list only where its types and its subject's agree")
    func forms() throws {
        func form(_ type: String, _ subject: JSON) -> StatusListForm? {
            let members: JSONObject = ["type": ["VerifiableCredential", .string(type)], "credentialSubject": subject]
            return StatusListCredential(uncheckedMembers: members).form
        }
        #expect(form("BitstringStatusListCredential", ["type": "BitstringStatusList"]) == .bitstring)
        #expect(form("BitstringStatusListCredential", [["type": ["BitstringStatusList"]]]) == .bitstring)
        #expect(form("StatusList2021Credential", ["type": "StatusList2021"]) == .statusList2021)
        #expect(form("BitstringStatusListCredential", ["type": "StatusList2021"]) == nil)
        #expect(form("OpenBadgeCredential", ["type": "BitstringStatusList"]) == nil)
        let two: JSON = [["type": "BitstringStatusList"], ["type": "BitstringStatusList"]]
        #expect(form("BitstringStatusListCredential", two) == nil)
        let bare = StatusListCredential(uncheckedMembers: ["credentialSubject": 7])
        #expect(bare.form == nil)
        #expect(bare.purposes.isEmpty)
        #expect(throws: OpenBadgesError.self) { try bare.unverifiedList() }
    }

    @Test("a revocation list is written in the newer form, and read in both, with entries of every kind")
    func revocationList() throws {
        let list = CredentialRevocationList(
            id: "https://exams.example.org/r",
            issuer: Exams.did,
            entries: [
                .init(id: "urn:uuid:1", reason: "Issued in error."), .init(id: "urn:uuid:2", isRevoked: false),
            ]
        )
        #expect(CredentialRevocationList.definition.violations(in: list.json).isEmpty)
        #expect(list.revocation(of: "urn:uuid:1")?.reason == "Issued in error.")
        #expect(list.revocation(of: "urn:uuid:2") == nil)
        #expect(list.revocation(of: "urn:uuid:3") == nil)
        #expect(list.isReadable)

        let odd = CredentialRevocationList(
            uncheckedMembers: [
                "revokedCredential": ["id": "urn:uuid:1", "revoked": false],
                "revokedCredentials": ["urn:uuid:4", ["id": "urn:uuid:1"], ["id": " https://a.example/%41 "]],
            ]
        )
        #expect(odd.isList)
        #expect(odd.isReadable)
        // One entry that says revoked is enough, whatever another says.
        #expect(odd.revocation(of: "urn:uuid:1") != nil)
        #expect(odd.revocation(of: "urn:uuid:4") != nil)
        #expect(odd.revocation(of: "https://a.example/A") != nil)
        #expect(odd.revocation(of: "https://a.example/B") == nil)
    }

    @Test(
        "entries that nobody understands are told",
        arguments: [
            [["id": 7]], [["revoked": true]], [["id": "urn:uuid:1", "revoked": "yes"]], [nil], 7,
        ] as [JSON]
    )
    func unreadable(entries: JSON) {
        let list = CredentialRevocationList(uncheckedMembers: ["revokedCredential": entries])
        #expect(list.isList)
        #expect(!list.isReadable)
    }

    @Test("a document that is no revocation list is none")
    func noList() {
        for members in [[:], ["id": "https://a.example"], ["issuer": "https://a.example"], ["error": 404]]
            as [JSONObject]
        {
            #expect(!CredentialRevocationList(uncheckedMembers: members).isList)
        }
        // Nobody is revoked where nothing is listed, as long as it says whose list it is.
        let empty = CredentialRevocationList(uncheckedMembers: [
            "id": "https://a.example/r", "issuer": ["id": "https://a.example"],
        ])
        #expect(empty.isList)
        #expect(empty.isReadable)
    }
}
