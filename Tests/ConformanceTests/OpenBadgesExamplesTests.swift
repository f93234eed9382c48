import Glibc
import JSONCore
import OpenBadges
import Testing

/// The official examples of both specifications, and the official JSON Schemas of Open Badges 3.0.
enum OfficialBadges {
    static let folder = getenv("OPENBADGES_CONFORMANCE").map { String(cString: $0) }

    static func json(_ path: String) throws -> JSON {
        let file = try #require(fopen("\(folder ?? "")/\(path)", "rb"), "\(path) is not there")
        defer { fclose(file) }
        var bytes: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: 65536)
        while true {
            let count = fread(&chunk, 1, chunk.count, file)
            if count == 0 { return try JSON(parsing: bytes) }
            bytes += chunk[..<count]
        }
    }

    /// The class of a document that is whole by itself, by the name in its `type`.
    static let classes: [(name: String, definition: ClassDefinition, reading: @Sendable (JSON) throws -> JSON)] = [
        ("OpenBadgeCredential", AchievementCredential.definition, { try AchievementCredential(json: $0).json }),
        ("AchievementCredential", AchievementCredential.definition, { try AchievementCredential(json: $0).json }),
        ("EndorsementCredential", EndorsementCredential.definition, { try EndorsementCredential(json: $0).json }),
        ("Assertion", OB2.Assertion.definition, { try OB2.Assertion(json: $0).json }),
        ("BadgeClass", OB2.BadgeClass.definition, { try OB2.BadgeClass(json: $0).json }),
        ("Issuer", OB2.Profile.definition, { try OB2.Profile(json: $0).json }),
        ("CryptographicKey", OB2.CryptographicKey.definition, { try OB2.CryptographicKey(json: $0).json }),
        ("RevocationList", OB2.RevocationList.definition, { try OB2.RevocationList(json: $0).json }),
        ("Endorsement", OB2.Endorsement.definition, { try OB2.Endorsement(json: $0).json }),
    ]

    static func types(of json: JSON) -> [String] {
        json["type"]?.array?.compactMap(\.string) ?? json["type"]?.string.map { [$0] } ?? []
    }
}

@Suite(
    "Open Badges, official examples",
    .enabled(if: getenv("OPENBADGES_CONFORMANCE") != nil, "OPENBADGES_CONFORMANCE names no folder of official data")
)
struct OpenBadgesExamplesTests {
    // MARK: Identity hashes

    @Test("the identity hashes of the specifications match, and nobody else's do")
    func identityHashes() throws {
        let vectors = try #require(try OfficialBadges.json("ob-examples/identity-hash.json")["vectors"]?.array)
        #expect(vectors.count == 6)
        for vector in vectors {
            let identity = try #require(vector["identity"]?.string)
            let hash = try #require(vector["hash"]?.string)
            let salt = vector["salt"]?.string ?? ""
            #expect(IdentityHash.matches(hash, identity, salt: salt) == true)
            #expect(IdentityHash.matches(hash, identity + "x", salt: salt) == false)
            #expect(IdentityHash.matches(hash, identity, salt: salt + "x") == false)
            if vector["alg"] == "sha256" {
                #expect(IdentityHash.sha256(identity, salt: salt) == hash.lowercased())
            }
        }
    }

    // MARK: What is read and refused

    /// What the official schema (Open Badges 3.0) or the specification's tables (2.0) say about each whole document:
    /// the pointers to what they refuse, none where they accept it.
    ///
    /// 3.0: looked up with `ob3-jsonld/…_schema.json` and the class names of §B, which the schema leaves out.
    /// 2.0: looked up in "Data Classes"; there is no official schema of 2.0.
    static let expectations: [(file: String, refused: [String])] = [
        ("ob3/001-sample-putprofile-response.json", []),
        ("ob3/002-sample-openbadgecredential-file-contents.json", []),
        ("ob3/003-sample-credential-a.json", []),
        ("ob3/004-sample-credential-c.json", []),
        // An issuer without a type, and a subject with neither type nor achievement.
        ("ob3/005-examples-html.json", ["/issuer", "/credentialSubject"]),
        ("ob3/006-achievement-alignment-case.json", []),
        ("ob3/007-achievement-alignment-credential-engine.json", []),
        ("ob3/008-sample-openbadgecredential.json", []),
        ("ob3/009-sample-endorsementcredential.json", []),
        ("ob3/010-complete-openbadgecredential.json", []),
        ("ob3/011-skill-assertion-case.json", []),
        ("ob3/012-skill-assertion-credential-registry.json", []),
        ("ob3/015-getting-started-md.json", []),
        // "…" in the places of a term and of a class name.
        (
            "ob3/017-getting-started-md.json",
            ["/credentialSubject/achievement/type", "/credentialSubject/identifier/identityType"]
        ),
        ("ob3/021-credential.json", []),
        ("ob3/023-signed-credential.json", []),
        // A badge class of 2.0 that shows nothing but its relation.
        ("ob3/024-openbadges-2-0-with-related-openbadges-3-0.json", [""]),
        ("ob3/025-issuer-profile-relation-between-open-badges-2-0-and-open-bad.json", []),
        // IdentifierEntry's type is one text, and stands as a list.
        (
            "ob3/026-upgraded-ob-2-0-assertion-included-within-clr-2-0.json", ["/issuer/otherIdentifier/0/type"]
        ),
        ("ob3/027-achievement-alignment-case.json", []),
        ("ob3/028-skill-assertion-credential-registry.json", []),
        // A subject that is nothing but an id.
        ("ob3/033-sample-assertion-credential.json", ["/credentialSubject"]),
        ("ob2/001-assertion-example.json", []),
        ("ob2/002-badgeclass-example.json", []),
        ("ob2/003-issuer-profile-example.json", []),
        ("ob2/004-open-badges-in-linked-data.json", []),
        ("ob2/006-signed-badges-example.json", []),
        ("ob2/007-cryptographickey-example.json", []),
        ("ob2/008-revocationlist-example.json", []),
        ("ob2/022-endorsement-examples.json", []),
        ("ob2/023-endorsement-examples.json", []),
        ("ob2/024-endorsement-examples.json", []),
        // A revoked endorsement, of which only the id is left.
        ("ob2/025-endorsement-examples.json", [""]),
        ("ob2/026-endorsement.json", []),
        // An assertion of 1.1: no verification, and a date for its time.
        ("ob2/027-endorsement.json", ["", "/issuedOn"]),
        // A badge class with "…" for most of its members.
        ("ob2/031-creative-commons-content-license.json", [""]),
        // A recipient without `hashed`.
        ("ob2/040-introduction.json", ["/recipient"]),
        ("ob2/041-endorsement.json", []),
    ]

    @Test("an official example is accepted or refused as the official schema says", arguments: expectations)
    func expectation(file: String, refused: [String]) throws {
        let json = try OfficialBadges.json("ob-examples/" + file)
        let definition = try #require(Self.definition(of: json))
        let places = Set(definition.violations(in: json).map(\.path.description))
        #expect(places == Set(refused))
    }

    private static func definition(of json: JSON) -> ClassDefinition? {
        let types = OfficialBadges.types(of: json)
        if types.contains("Profile") {
            return json["@context"]?.string == OB2.context ? OB2.Profile.definition : Profile.definition
        }
        return OfficialBadges.classes.first { types.contains($0.name) }?.definition
    }

    @Test("every whole document among the examples has an expectation")
    func complete() throws {
        let index = try #require(try OfficialBadges.json("ob-examples/index.json").array)
        #expect(index.count == 75)
        let listed = Set(Self.expectations.map(\.file))
        for entry in index {
            let file = try #require(entry["file"]?.string)
            let json = try OfficialBadges.json("ob-examples/" + file)
            if Self.definition(of: json) != nil { #expect(listed.contains(file), "\(file)") }
        }
    }

    // MARK: Round trips

    /// Reads as the model, refused or not, touches what the model can set, and gives it back.
    private func roundTrip<Model: BadgeObject>(_ json: JSON, as model: Model.Type) throws {
        var object = Model(uncheckedMembers: try #require(json.object))
        #expect(object.json.serialized() == json.serialized())
        let copy = object
        object.members["urn:added"] = "x"
        object.members["urn:added"] = nil
        #expect(object == copy)
        #expect(object.json.serialized() == json.serialized())
        if Model.definition.violations(in: json).isEmpty {
            #expect(try Model(json: json).json.serialized() == json.serialized())
        }
    }

    @Test("every example comes back byte for byte from our models")
    func roundTrips() throws {
        let index = try #require(try OfficialBadges.json("ob-examples/index.json").array)
        for entry in index {
            let file = try #require(entry["file"]?.string)
            let json = try OfficialBadges.json("ob-examples/" + file)
            guard json.object != nil else { continue }
            #expect(try JSON(parsing: json.serialized(.pretty)).serialized() == json.serialized(), "\(file)")
            if file.hasPrefix("ob3/") {
                try roundTrip(json, as: AchievementCredential.self)
                try roundTrip(json, as: EndorsementCredential.self)
                try roundTrip(json, as: Profile.self)
            } else {
                try roundTrip(json, as: OB2.Assertion.self)
                try roundTrip(json, as: OB2.BadgeClass.self)
                try roundTrip(json, as: OB2.Profile.self)
            }
        }
    }

    @Test("what a model reads and writes again is what stood there")
    func settersAreFaithful() throws {
        let json = try OfficialBadges.json("ob-examples/ob3/010-complete-openbadgecredential.json")
        var credential = try AchievementCredential(json: json)
        credential.id = credential.id
        credential.name = credential.name
        credential.description = credential.description
        credential.image = credential.image
        credential.issuer = credential.issuer
        var subject = credential.subject
        var achievement = subject.achievement
        achievement.alignments = achievement.alignments
        achievement.resultDescriptions = achievement.resultDescriptions
        achievement.related = achievement.related
        achievement.otherIdentifiers = achievement.otherIdentifiers
        achievement.tags = achievement.tags
        achievement.creator = achievement.creator
        subject.achievement = achievement
        subject.results = subject.results
        subject.identifiers = subject.identifiers
        credential.subject = subject
        credential.evidence = credential.evidence
        credential.endorsements = credential.endorsements
        #expect(credential.json.serialized() == json.serialized())
    }

    // MARK: As badges

    @Test("no official example verifies, since none is signed for us, and each gets a whole report")
    func verification() async throws {
        let index = try #require(try OfficialBadges.json("ob-examples/index.json").array)
        let time = try #require(Timestamp("2024-06-01T00:00:00Z"))
        for entry in index {
            let file = try #require(entry["file"]?.string)
            let json = try OfficialBadges.json("ob-examples/" + file)
            let report = await Verifier(loader: LoaderChain([]))
                .verify(json.serialized(), options: VerificationOptions(at: time))
            if case .verified = report.verdict { Issue.record("\(file) is verified") }
            #expect(report.checks.map(\.check) == CheckName.standard)
            let types = OfficialBadges.types(of: json)
            if types.contains("OpenBadgeCredential") { #expect(report.format == .ob3Proof) }
            if types.contains("ClrCredential") { #expect(report.format == .clr) }
        }
    }
}
