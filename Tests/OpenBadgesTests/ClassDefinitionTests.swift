import JSONCore
import OpenBadges
import Testing

/// The tables of the classes, against values that they take and values that they do not.
@Suite("Class tables")
struct ClassDefinitionTests {
    /// The violations of an Open Badges 3.0 achievement with one member of it changed.
    private func violations(_ member: String, _ value: JSON?) -> [OpenBadgesError] {
        var json = Exams.algebra.json
        json[member] = value
        return Achievement.definition.violations(in: json)
    }

    @Test(
        "a required property that is missing is reported once, at the object that lacks it",
        arguments: [
            "id", "name", "description", "criteria", "type",
        ]
    )
    func missing(member: String) {
        let found = violations(member, nil)
        #expect(found.map(\.code) == [.required])
        #expect(found.allSatisfy { $0.path.description == "" && $0.detail.contains("\"\(member)\"") })
    }

    @Test("a violation deep in a credential has the whole pointer to it")
    func pointer() throws {
        var json = Exams.credential().json
        var achievement = Exams.algebra
        achievement.alignments = [
            Alignment(targetName: "A", targetURL: "https://a.example/"),
            Alignment(uncheckedMembers: ["type": ["Alignment"]]),
        ]
        json["credentialSubject"] = AchievementSubject(id: "urn:uuid:1", achievement: achievement).json
        let found = AchievementCredential.definition.violations(in: json)
        #expect(found.map(\.code) == [.required, .required])
        #expect(Set(found.map(\.path.description)) == ["/credentialSubject/achievement/alignment/1"])
        let report = #expect(throws: OpenBadgesError.self) { try AchievementCredential(json: json) }
        #expect(report == found.first)
    }

    static let values: [(String, JSON, Bool)] = [
        ("name", "x", true), ("name", 1, false), ("name", nil, false), ("name", [], false), ("name", ["en": 1], false),
        ("name", [:], false), ("name", true, false),
        ("id", "urn:uuid:1", true), ("id", "did:web:a", true), ("id", "a", false), ("id", "", false),
        ("id", "https://a b", false), ("id", "https:", false), ("id", "//a.example", false), ("id", "1a:b", false),
        ("achievementType", "Certificate", true), ("achievementType", "ext:Own", true),
        ("achievementType", "ext:", false), ("achievementType", "ext:a b", false),
        ("achievementType", "certificate", false), ("achievementType", "", false),
        ("creditsAvailable", 1, true), ("creditsAvailable", 1.5, true), ("creditsAvailable", "1", false),
        ("inLanguage", "en", true), ("inLanguage", "de-AT", true), ("inLanguage", "zh-Hant-TW", true),
        ("inLanguage", "es-419", true), ("inLanguage", "english", false), ("inLanguage", "e", false),
        ("inLanguage", "en-", false), ("inLanguage", "en-us-x", false), ("inLanguage", "", false),
        ("image", ["id": "https://a.example/1.png", "type": "Image"], true),
        ("image", ["id": "data:image/png;base64,AA", "type": "Image"], true),
        ("image", ["id": "data:image/svg+xml,x", "type": "Image"], true),
        ("image", ["id": "data:image/jpeg;base64,AA", "type": "Image"], false),
        ("image", ["id": "data:text/html,x", "type": "Image"], false),
        ("image", ["id": "https://a.example/1.png", "type": "Image", "more": 1], false),
        ("image", "https://a.example/1.png", false),
        ("endorsementJwt", "a.b.c", true), ("endorsementJwt", ["a.b.c", "a..c"], true),
        ("endorsementJwt", "a.b", false), ("endorsementJwt", "a.b.c.d", false), ("endorsementJwt", ".b.c", false),
        ("endorsementJwt", "a.b.c=", false), ("endorsementJwt", ["a.b.c", 1], false),
        ("tag", ["a", "b"], true), ("tag", "a", true), ("tag", [], false), ("tag", ["a", 1], false),
        ("tag", [[]], false),
        ("criteria", ["narrative": "x"], true), ("criteria", ["id": "https://a.example/"], true),
        ("criteria", [:], false), ("criteria", "x", false),
        ("type", "Achievement", true), ("type", ["Achievement", "Own"], true), ("type", ["Own"], false),
        ("type", [], false), ("type", "achievement", false), ("type", 1, false),
        ("creator", ["id": "urn:uuid:1", "type": "Profile"], true), ("creator", ["id": "urn:uuid:1"], false),
        ("creator", ["id": "urn:uuid:1", "type": "Person"], false), ("creator", "urn:uuid:1", false),
        ("unknown", [nil, 1], true), ("@context", 7, true),
    ]

    @Test("a value is in its property's range, or it is a violation at its place", arguments: values)
    func range(member: String, value: JSON, isGood: Bool) {
        let found = violations(member, value)
        #expect(found.isEmpty == isGood, "\(found)")
        #expect(found.allSatisfy { $0.path.description.hasPrefix("/\(member)") })
        #expect(found.allSatisfy { $0.code != .notSignable && $0.code != .parsing })
    }

    @Test("an inLanguage is spelled as the official pattern has it", arguments: ["EN", "de-at", "ZH-hant"])
    func languageCase(tag: String) {
        #expect(violations("inLanguage", .string(tag)).map(\.code) == [.malformedValue])
    }

    @Test("a property that stands once does not stand as a list")
    func cardinality() {
        for member in ["name", "id", "description", "criteria", "version"] {
            let value = Exams.algebra.json[member] ?? "x"
            #expect(violations(member, [value]).map(\.code) == [.cardinality], "\(member)")
            #expect(violations(member, [value, value]).map(\.path.description) == ["/\(member)"])
        }
    }

    @Test("classes that the specification closes take nothing else")
    func closed() {
        for (json, definition) in [
            (IdentityObject(plain: "a").json, IdentityObject.definition),
            (Image(id: "https://a.example/").json, Image.definition),
            (IdentifierEntry(identifier: "1", identifierType: "isbn").json, IdentifierEntry.definition),
        ] {
            var json = json
            #expect(definition.violations(in: json).isEmpty)
            json["more"] = 1
            #expect(definition.violations(in: json).map(\.path.description) == ["/more"])
        }
    }

    @Test("a subject needs an id or an identifier")
    func subject() {
        let subject = AchievementSubject(id: nil, achievement: Exams.algebra)
        let found = AchievementSubject.definition.violations(in: subject.json)
        #expect(found.map(\.code) == [.required])
        #expect(found.first?.detail.contains("identifier") == true)
    }

    @Test(
        "an image of Open Badges 2.0 is a PNG or an SVG, however it is written",
        arguments: [
            "data:image/jpeg;base64,AA", "data:text/html,x",
        ]
    )
    func imageData(url: String) {
        var badge = Academy.badgeClass.json
        badge["image"] = ["id": .string(url)]
        #expect(OB2.BadgeClass.definition.violations(in: badge).map(\.code) == [.malformedValue])
        badge["image"] = .string(url)
        #expect(OB2.BadgeClass.definition.violations(in: badge).map(\.code) == [.malformedValue])
    }

    @Test("a document of nothing but mistakes has a bounded list of them")
    func bounded() {
        var json = Exams.algebra.json
        json["alignment"] = .array(Array(repeating: [:], count: 10_000))
        json["tag"] = .array(Array(repeating: 1, count: 10_000))
        let found = Achievement.definition.violations(in: json)
        #expect(!found.isEmpty)
        #expect(found.count <= 1000)
    }

    @Test("depth is bounded by the reader, and the tables follow it")
    func depth() throws {
        var org: JSON = ["id": "urn:uuid:1", "type": "Profile"]
        for _ in 0..<200 { org = ["id": "urn:uuid:1", "type": "Profile", "parentOrg": org] }
        #expect(Profile.definition.violations(in: org).isEmpty)
    }

    @Test("no error echoes the value that is wrong")
    func privacy() {
        var json = Exams.credential().json
        json["credentialSubject"] = [
            "id": "secret", "identifier": [["identityHash": ["secret"], "secret@": 1]], "term": [7],
        ]
        for violation in AchievementCredential.definition.violations(in: json) {
            #expect(!violation.detail.contains("secret"))
        }
    }
}
