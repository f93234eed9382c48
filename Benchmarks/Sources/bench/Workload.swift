import Cryptography
import JSONCore
import OpenBadges

/// What is issued: exam results of 25 exams, as credentials of about 2.5 KB and as Open Badges 2.0 assertions.
///
/// Achievements and the issuer's profile are made once; per badge come the id, the recipient, the results, the dates
/// and the status entry, as an issuer has them.
struct Workload {
    static let site = "https://exams.example.edu"

    let issuer: Profile
    private let achievements: [Achievement]
    private let badgeClasses: [String]

    init() {
        issuer = {
            var issuer = Profile(id: "did:web:exams.example.edu", name: "Example University Examinations Office")
            issuer.url = "\(Workload.site)/"
            issuer.email = "exams@example.edu"
            return issuer
        }()
        achievements = (0..<25).map(Self.achievement)
        badgeClasses = (0..<25).map { "\(Workload.site)/ob2/EX\(100 + $0).json" }
    }

    private static func achievement(_ number: Int) -> Achievement {
        let code = "EX\(100 + number)"
        let id = "\(site)/achievements/\(code)"
        var achievement = Achievement(
            id: id,
            name: "Thermodynamics and Statistics \(number % 4 + 1)",
            description: "Passed the written examination \(code) Thermodynamics and Statistics under supervision, "
                + "worth 6 credits.",
            criteria: "Score at least 50 of 100 in the written, supervised three-hour examination."
        )
        achievement.achievementType = "Assessment"
        achievement.image = Image(id: "\(site)/images/\(code).png")
        achievement.alignments = [("knowledge", "K"), ("skills", "S")].map { kind, letter in
            var alignment = Alignment(
                targetName: "Level 6 \(kind)",
                targetURL: "https://europass.example.eu/eqf/level-6/\(kind)"
            )
            alignment.targetCode = "EQF-6-\(letter)"
            alignment.targetFramework = "European Qualifications Framework"
            return alignment
        }
        var score = ResultDescription(id: "\(id)#score", name: "Final score", resultType: "Percent")
        score.valueMin = "0"
        score.valueMax = "100"
        var grade = ResultDescription(id: "\(id)#grade", name: "Final grade", resultType: "LetterGrade")
        grade.allowedValues = ["E", "D", "C", "B", "A"]
        achievement.resultDescriptions = [score, grade]
        return achievement
    }

    private let salt = "9f86d081884c7d659a2feaa0"
    private let validUntil = Timestamp("2031-06-01T00:00:00Z")
    private let sat = Timestamp("2026-05-04T10:00:00Z") ?? .now

    func credential(_ number: Int) -> AchievementCredential {
        let achievement = achievements[number % 25]
        let score = 50 + number % 51
        var subject: AchievementSubject
        if number % 2 == 0 {
            subject = AchievementSubject(
                id: "did:key:z6MkhaXgBZDvotDkL5257faiztiGiC2QtKLGpbnnEGta2doK",
                achievement: achievement
            )
        } else {
            subject = AchievementSubject(
                id: uuid(number, "8"),
                identifiers: [IdentityObject(hashing: "ana.\(number)@students.example.edu", salt: salt)],
                achievement: achievement
            )
        }
        subject.results = [
            Result(resultDescription: "\(achievement.id)#score", value: String(score)),
            Result(
                resultDescription: "\(achievement.id)#grade",
                value: ["A", "B", "C", "D", "E"][min(4, (100 - score) / 10)]
            ),
        ]
        var credential = AchievementCredential(
            id: uuid(number, "4"),
            name: achievement.name,
            issuer: issuer,
            validFrom: sat,
            subject: subject
        )
        credential.validUntil = validUntil
        let list = "\(Workload.site)/status/\(number / 131_072)"
        let index = String(number % 131_072)
        credential.members["credentialStatus"] = [
            "id": .string("\(list)#\(index)"), "type": "BitstringStatusListEntry", "statusPurpose": "revocation",
            "statusListIndex": .string(index), "statusListCredential": .string(list),
        ]
        return credential
    }

    func assertion(_ number: Int) -> OB2.Assertion {
        var assertion = OB2.Assertion(
            id: uuid(number, "4"),
            recipient: OB2.IdentityObject(hashing: "ana.\(number)@students.example.edu", salt: salt),
            badge: badgeClasses[number % 25],
            verification: .signed(creator: "\(Workload.site)/ob2/key.json"),
            issuedOn: sat
        )
        assertion.expires = validUntil
        assertion.image = "\(Workload.site)/images/EX\(100 + number % 25).png"
        assertion.narrative =
            "Scored \(50 + number % 51) of 100 in EX\(100 + number % 25) Thermodynamics and Statistics."
        return assertion
    }

    private func uuid(_ number: Int, _ version: String) -> String {
        let digits = String(number, radix: 16)
        let padded = String(repeating: "0", count: max(0, 12 - digits.count)) + digits
        return "urn:uuid:3f2504e0-4f89-\(version)1d3-9a0c-\(padded)"
    }
}
