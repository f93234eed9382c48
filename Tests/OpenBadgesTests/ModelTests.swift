import JSONCore
import OpenBadges
import Testing

/// The models see a document through its JSON and leave everything else in it alone.
@Suite("Models")
struct ModelTests {
    @Test("unknown members stay, and every member stays in its place")
    func unknownMembers() throws {
        let text =
            #"{"x":[1,{"y":null}],"type":"Achievement","name":"A","b":1.50,"id":"urn:uuid:1","description":"D","#
            + #""criteria":{"narrative":"C","z":{}},"ext:own":{"k":[]},"tag":"one"}"#
        var achievement = try Achievement(json: JSON(parsing: text))
        #expect(achievement.json.text == text)
        achievement.name = "B"
        #expect(achievement.json.text == text.replacing(#""name":"A""#, with: #""name":"B""#))
        achievement.fieldOfStudy = "Mathematics"
        #expect(achievement.json.object?.keys.last == "fieldOfStudy")
        achievement.fieldOfStudy = nil
        achievement.name = "A"
        #expect(achievement.json.text == text)
    }

    @Test("a single value and an array of values read alike")
    func singular() throws {
        for (tag, expected) in [
            ("\"a\"", ["a"]), ("[\"a\"]", ["a"]), ("[\"a\",\"b\"]", ["a", "b"]), ("[]", []), ("[\"a\",7]", ["a"]),
        ] as [(String, [String])] {
            let json = try JSON(parsing: #"{"tag":\#(tag)}"#)
            #expect(Achievement(uncheckedMembers: json.object ?? [:]).tags == expected)
        }
        let single: JSON = ["result": ["type": "Result", "value": "1"]]
        let many: JSON = ["result": [["type": "Result", "value": "1"]]]
        for json in [single, many] {
            #expect(AchievementSubject(uncheckedMembers: json.object ?? [:]).results.map(\.value) == ["1"])
        }
    }

    @Test("lists are written as arrays, and an empty one not at all")
    func lists() {
        var achievement = Exams.algebra
        achievement.tags = ["one"]
        #expect(achievement.members["tag"] == ["one"])
        achievement.tags = []
        #expect(achievement.members["tag"] == nil)
        var profile = Academy.issuer
        profile.publicKeys = ["https://a.example/k"]
        #expect(profile.members["publicKey"] == "https://a.example/k")
        profile.publicKeys = ["https://a.example/k", "https://a.example/l"]
        #expect(profile.members["publicKey"] == ["https://a.example/k", "https://a.example/l"])
        profile.publicKeys = []
        #expect(profile.members["publicKey"] == nil)
        #expect(OB2.Profile.definition.violations(in: profile.json).isEmpty)
    }

    @Test("a language map and a language-tagged value read as their text")
    func languages() throws {
        for name in [#""Algebra""#, #"{"en":"Algebra","de":"Algebra I"}"#, #"{"@value":"Algebra","@language":"en"}"#] {
            let text =
                #"{"id":"urn:uuid:1","type":["Achievement"],"name":\#(name),"description":"D","#
                + #""criteria":{"narrative":{"en":"C"}}}"#
            let achievement = try Achievement(json: JSON(parsing: text))
            #expect(achievement.name == "Algebra")
            #expect(achievement.criteria.narrative == "C")
            #expect(achievement.json.text == text)
        }
    }

    @Test("an object that lacks what its class requires is refused, with the place")
    func checked() throws {
        var json = Exams.credential().json
        #expect(try AchievementCredential(json: json) == Exams.credential())
        json["validFrom"] = nil
        let error = #expect(throws: OpenBadgesError.self) { try AchievementCredential(json: json) }
        #expect(error?.code == .required)
        #expect(error?.path.description == "")
        for other: JSON in ["text", [], nil, 1] {
            #expect(throws: OpenBadgesError.self) { try AchievementCredential(json: other) }
        }
    }

    @Test("an unchecked object answers what it can, and never traps")
    func unchecked() throws {
        for text in ["{}", #"{"id":1,"name":[],"criteria":"x","issuer":[],"credentialSubject":[null],"recipient":7}"#] {
            let members = try #require(JSON(parsing: text).object)
            let credential = AchievementCredential(uncheckedMembers: members)
            #expect(credential.id.isEmpty)
            #expect(credential.issuer.id.isEmpty)
            #expect(credential.subject.achievement.name.isEmpty)
            #expect(credential.validFrom == nil)
            let assertion = OB2.Assertion(uncheckedMembers: members)
            #expect(assertion.badge.isEmpty)
            #expect(assertion.recipient.identity.isEmpty)
            #expect(assertion.verification.kind == nil)
            #expect(OB2.BadgeClass(uncheckedMembers: members).issuer.isEmpty)
            #expect(OB2.RevocationList(uncheckedMembers: members).entries.isEmpty)
            #expect(Achievement(uncheckedMembers: members).resultDescriptions.isEmpty)
        }
    }

    @Test("an issuer that is a bare IRI is a profile with that id")
    func bareIssuer() throws {
        var json = Exams.credential().json
        json["issuer"] = "https://exams.example.org/issuer.json"
        let credential = try AchievementCredential(json: json)
        #expect(credential.issuer.id == "https://exams.example.org/issuer.json")
        #expect(credential.issuer.name == nil)
    }

    @Test("the builders of Open Badges 3.0 make what the class tables accept")
    func builders3() throws {
        var achievement = Exams.algebra
        var alignment = Alignment(targetName: "Algebra", targetURL: "https://case.example/1")
        alignment.targetType = "CFItem"
        alignment.targetCode = "A1"
        alignment.targetFramework = "CASE"
        alignment.targetDescription = "D"
        achievement.alignments = [alignment]
        achievement.achievementType = "Certificate"
        achievement.creator = Profile(id: "urn:uuid:1", name: "C")
        achievement.creditsAvailable = 3.5
        achievement.fieldOfStudy = "Mathematics"
        achievement.humanCode = "ALG-1"
        achievement.image = Image(id: "https://a.example/i.png", caption: "A star")
        achievement.inLanguage = "de-AT"
        achievement.otherIdentifiers = [IdentifierEntry(identifier: "1", identifierType: "ext:own")]
        achievement.related = [Related(id: "urn:uuid:2")]
        achievement.specialization = "S"
        achievement.tags = ["maths"]
        achievement.version = "2"
        achievement.endorsementJWTs = ["a.b.c"]
        var description = ResultDescription(id: "urn:uuid:3", name: "Grade", resultType: "ext:own")
        description.rubricCriterionLevels = [RubricCriterionLevel(id: "urn:uuid:4", name: "Good")]
        description.requiredLevel = "urn:uuid:4"
        achievement.resultDescriptions = [description]
        var subject = AchievementSubject(id: nil, identifiers: [IdentityObject(plain: "a@b")], achievement: achievement)
        var result = Result(resultDescription: "urn:uuid:3", value: "1")
        result.status = "Completed"
        result.achievedLevel = "urn:uuid:4"
        subject.results = [result]
        subject.activityStartDate = Exams.issued
        subject.activityEndDate = Exams.now
        subject.creditsEarned = 2
        subject.licenseNumber = "L"
        subject.narrative = "N"
        subject.role = "R"
        subject.term = "T"
        var source = Profile(id: "urn:uuid:5", name: "S")
        var address = Address()
        address.addressCountryCode = "AT"
        address.geo = GeoCoordinates(latitude: 48.2, longitude: 16.4)
        source.address = address
        source.dateOfBirth = "1815-12-10"
        source.parentOrg = Profile(id: "urn:uuid:6", name: nil)
        subject.source = source
        var credential = Exams.credential(subject: subject)
        credential.awardedDate = Exams.issued
        credential.validUntil = Exams.expires
        credential.image = Image(id: "data:image/png;base64,AAAA")
        credential.description = "D"
        var evidence = Evidence(id: "https://a.example/e", name: "E", narrative: "N")
        evidence.genre = "Exam"
        evidence.audience = "A"
        evidence.description = "D"
        credential.evidence = [evidence]
        let endorsed = EndorsementSubject(id: credential.id, endorsementComment: "Well done.")
        credential.endorsements = [
            EndorsementCredential(
                id: "urn:uuid:8",
                name: "Endorsement",
                issuer: Profile(id: "urn:uuid:9", name: "E"),
                validFrom: Exams.issued,
                subject: endorsed
            )
        ]
        #expect(AchievementCredential.definition.violations(in: credential.json).map(\.description) == [])
        let read = try AchievementCredential(json: JSON(parsing: credential.json.serialized()))
        #expect(read == credential)
        #expect(read.subject.achievement.alignments == [alignment])
        #expect(read.subject.achievement.creditsAvailable == 3.5)
        #expect(read.subject.achievement.image?.caption == "A star")
        #expect(read.subject.achievement.resultDescriptions.first?.rubricCriterionLevels.first?.name == "Good")
        #expect(read.subject.source?.address?.geo?.latitude == 48.2)
        #expect(read.subject.source?.parentOrg?.id == "urn:uuid:6")
        #expect(read.subject.results == [result])
        #expect(read.subject.activityEndDate == Exams.now)
        #expect(read.evidence == [evidence])
        #expect(read.endorsements.first?.subject == endorsed)
        #expect(read.awardedDate == Exams.issued)
    }

    @Test("the builders of Open Badges 2.0 make what the class tables accept")
    func builders2() throws {
        var assertion = Academy.hosted()
        assertion.expires = Exams.expires
        assertion.image = "https://academy.example.org/1.png"
        assertion.narrative = "N"
        assertion.evidence = [
            OB2.Evidence(id: "https://a.example/e"), OB2.Evidence(name: "E", narrative: "N", genre: "G"),
        ]
        #expect(OB2.Assertion.definition.violations(in: assertion.json).isEmpty)
        let read = try OB2.Assertion(json: JSON(parsing: assertion.json.serialized()))
        #expect(read == assertion)
        #expect(read.expires == Exams.expires)
        #expect(read.verification.kind == .hosted)
        #expect(read.evidence.map(\.name) == [nil, "E"])
        #expect(Academy.signed().verification.kind == .signed)
        #expect(Academy.signed().verification.creator == Academy.keyURL)
        var badge = Academy.badgeClass
        var alignment = OB2.AlignmentObject(targetName: "A", targetURL: "https://a.example/a")
        alignment.targetCode = "C"
        badge.alignments = [alignment]
        badge.tags = ["maths", "algebra"]
        #expect(OB2.BadgeClass.definition.violations(in: badge.json).isEmpty)
        #expect(try OB2.BadgeClass(json: badge.json).alignments == [alignment])
        #expect(OB2.Profile.definition.violations(in: Academy.issuer.json).isEmpty)
        #expect(OB2.CryptographicKey.definition.violations(in: Academy.keyDocument().json).isEmpty)
        #expect(Academy.issuer.publicKeys == [Academy.keyURL])
        let list = OB2.RevocationList(
            id: Academy.listURL,
            issuer: Academy.issuerURL,
            entries: [.init(id: "urn:uuid:1"), .init(id: "urn:uuid:2", reason: "R")]
        )
        #expect(OB2.RevocationList.definition.violations(in: list.json).isEmpty)
        #expect(list.entries == [.init(id: "urn:uuid:1"), .init(id: "urn:uuid:2", reason: "R")])
        #expect(list.json["revokedAssertions"]?[0] == "urn:uuid:1")
    }

    @Test("an embedded class, issuer, image or evidence reads as its id")
    func embedded() throws {
        let json = try JSON(
            parsing: """
                {"badge": {"id": "https://a.example/b"}, "issuer": {"id": "https://a.example/i"},
                 "image": {"id": "https://a.example/p.png"}, "criteria": "https://a.example/c",
                 "evidence": ["https://a.example/e", {"id": "https://a.example/f"}],
                 "publicKey": [{"id": "https://a.example/k"}, "https://a.example/l"],
                 "verify": {"type": "signed", "url": "https://a.example/k"}}
                """
        )
        let members = try #require(json.object)
        let assertion = OB2.Assertion(uncheckedMembers: members)
        #expect(assertion.badge == "https://a.example/b")
        #expect(assertion.image == "https://a.example/p.png")
        #expect(assertion.evidence.map(\.id) == ["https://a.example/e", "https://a.example/f"])
        #expect(assertion.verification.kind == .signed)
        let badge = OB2.BadgeClass(uncheckedMembers: members)
        #expect(badge.issuer == "https://a.example/i")
        #expect(badge.criteria.id == "https://a.example/c")
        #expect(OB2.Profile(uncheckedMembers: members).publicKeys == ["https://a.example/k", "https://a.example/l"])
    }
}

extension String {
    fileprivate func replacing(_ part: String, with other: String) -> String {
        guard let range = firstRange(of: part) else { return self }
        return String(self[..<range.lowerBound]) + other + String(self[range.upperBound...])
    }
}
