import Cryptography
import JSONCore
import OpenBadges
import Proofs
import Testing

/// A board that endorses, with a key of its own.
private enum Board {
    static let key = Exams.other
    static let method: String = {
        do {
            return try DIDKey.verificationMethod(for: key.publicKey)
        } catch {
            fatalError("no did:key: \(error)")
        }
    }()
    static let did = String(method.prefix { $0 != "#" })

    static func endorsement(of subject: String = Exams.credential().id) -> EndorsementCredential {
        EndorsementCredential(
            id: "https://board.example.org/endorsements/1",
            name: "Endorsement by the board",
            issuer: Profile(id: did, name: "The Board"),
            validFrom: Exams.issued,
            subject: EndorsementSubject(id: subject, endorsementComment: "Well examined.")
        )
    }

    /// The endorsement as a compact JWS.
    static func jwt(_ endorsement: EndorsementCredential = endorsement(), key: PrivateKey = key) throws -> String {
        var payload = endorsement.json
        payload["iss"] = .string(did)
        payload["jti"] = .string(endorsement.id)
        payload["sub"] = .string(endorsement.subject.id)
        payload["nbf"] = .number(JSONNumber(Int(Exams.issued.seconds)))
        return String(decoding: try Exams.jws(header: Exams.header(method), payload: payload, key: key), as: UTF8.self)
    }

    /// The endorsement with an embedded proof.
    static func secured(_ endorsement: EndorsementCredential = endorsement()) throws -> JSON {
        try Seal.json(endorsement.json, by: Seal.signer(key, method: method))
    }
}

@Suite("Endorsements")
struct EndorsementTests {
    @Test("an endorsement with an embedded proof is verified by its own key, and has a report of its own")
    func embedded() async throws {
        var credential = Exams.credential().json
        credential["endorsement"] = [try Board.secured()]
        let report = await Seal.verify(try Seal.json(credential, by: Seal.signer()))
        #expect(report.isVerified, "\(report.problems)")
        #expect(report.outcome(of: .endorsement) == .passed)
        #expect(report.endorsements.map(\.verdict.name) == ["verified"])
        #expect(report.endorsements.first?.format == .endorsement)
        #expect(report.endorsements.first?.claims?.issuerID == Board.did)
        #expect(report.json["endorsements"]?[0]?["verdict"] == "verified")
    }

    @Test("an endorsement as a JWS is verified, at the credential and at the achievement")
    func compact() async throws {
        var credential = Exams.credential()
        credential.endorsementJWTs = [try Board.jwt()]
        var achievement = Exams.algebra
        achievement.members["endorsementJwt"] = [.string(try Board.jwt(Board.endorsement(of: achievement.id)))]
        credential.subject.achievement = achievement
        let report = await Exams.verify(try Exams.jwt(credential))
        #expect(report.isVerified, "\(report.problems)")
        #expect(report.endorsements.map(\.verdict.name) == ["verified", "verified"])
        #expect(Set(report.codes) == ["CONTEXT_VARIANT"])
    }

    @Test("an endorsement that was changed after it was signed makes the badge's content wrong")
    func forged() async throws {
        var endorsement = try Board.secured()
        endorsement["credentialSubject"]?["endorsementComment"] = "The best ever."
        var credential = Exams.credential().json
        credential["endorsement"] = [endorsement]
        let report = await Seal.verify(try Seal.json(credential, by: Seal.signer()))
        #expect(report.verdict == .rejected)
        #expect(report.answers.authentic == .yes)
        #expect(report.answers.content == .violates)
        #expect(report.problem("ENDORSEMENT_INVALID")?.path?.description == "/endorsement/0")
        #expect(report.endorsements.first?.answers.authentic == .no)
    }

    @Test("an endorsement that leans on the contexts around it is left open, and one that no context defines is not")
    func outerContexts() async throws {
        let terms: JSON = ["reviewedBy": "https://board.example.org/terms#reviewedBy"]
        for (isDefined, code) in [(true, "ENDORSEMENT_UNKNOWN"), (false, "ENDORSEMENT_INVALID")] {
            var endorsement = try Board.secured()
            endorsement["credentialSubject"]?["reviewedBy"] = "two"
            var credential = Exams.credential().json
            if isDefined { credential["@context"] = Seal.contexts(and: terms) }
            credential["endorsement"] = [endorsement]
            let report = await Exams.verify(
                try Exams.jws(
                    header: Exams.header(),
                    payload: Exams.payload(of: .init(uncheckedMembers: credential.object ?? [:]))
                )
            )
            #expect(report.isVerified == isDefined, "\(report.problems)")
            #expect(report.codes.contains(code), "\(report.codes)")
        }
    }

    @Test("an endorsement without a proof, or by another's key, is no endorsement", arguments: [true, false])
    func unproved(byOther: Bool) async throws {
        var credential = Exams.credential().json
        if byOther {
            credential["endorsementJwt"] = [.string(try Board.jwt(key: Exams.forger))]
        } else {
            credential["endorsement"] = [Board.endorsement().json]
        }
        let payload = try Exams.payload(of: AchievementCredential(json: credential))
        let report = await Exams.verify(try Exams.jws(header: Exams.header(), payload: payload))
        #expect(report.verdict == .rejected)
        #expect(report.problem("ENDORSEMENT_INVALID")?.severity == .failure)
    }

    @Test("an endorsement that has ended is told, and the badge stays what it is")
    func ended() async throws {
        var endorsement = Board.endorsement()
        endorsement.validUntil = Exams.time("2026-04-01T00:00:00Z")
        var credential = Exams.credential().json
        credential["endorsement"] = [try Board.secured(endorsement)]
        let report = await Seal.verify(try Seal.json(credential, by: Seal.signer()))
        #expect(report.isVerified, "\(report.problems)")
        #expect(report.problem("ENDORSEMENT_ENDED")?.severity == .warning)
        #expect(report.endorsements.first?.answers.current == .no)
    }

    @Test("a genuine endorsement of something else is told apart")
    func elsewhere() async throws {
        var credential = Exams.credential().json
        credential["endorsement"] = [try Board.secured(Board.endorsement(of: "https://exams.example.org/other"))]
        let report = await Seal.verify(try Seal.json(credential, by: Seal.signer()))
        #expect(report.isVerified, "\(report.problems)")
        #expect(report.problem("ENDORSEMENT_ELSEWHERE")?.severity == .warning)
    }

    @Test("an endorsement whose endorser cannot be reached is not judged")
    func unreachable() async throws {
        var endorsement = Board.endorsement()
        endorsement.issuer = Profile(id: "did:web:board.example.org", name: "The Board")
        let signer = try Seal.signer(Board.key, method: "did:web:board.example.org#k1")
        var credential = Exams.credential().json
        credential["endorsement"] = [try Seal.json(endorsement.json, by: signer)]
        let report = await Seal.verify(try Seal.json(credential, by: Seal.signer()))
        #expect(report.isVerified, "\(report.problems)")
        #expect(report.problem("ENDORSEMENT_UNKNOWN")?.severity == .warning)
        #expect(report.endorsements.first?.verdict == .undetermined)
    }

    @Test("an endorsement handed in by itself is verified as what it is")
    func alone() async throws {
        let report = await Seal.verify(try Board.secured())
        #expect(report.format == .endorsement)
        #expect(report.isVerified, "\(report.problems)")
        #expect(report.claims?.name == "Endorsement by the board")
        let asked = await Exams.verify(Array(try Board.jwt().utf8), recipient: .email("ada@example.org"))
        #expect(asked.verdict == .undetermined)
        #expect(asked.answers.subject == .unknown)
    }

    @Test("more endorsements than are read are counted")
    func many() async throws {
        var credential = Exams.credential().json
        let endorsement = JSON.string(try Board.jwt())
        credential["endorsementJwt"] = .array(Array(repeating: endorsement, count: 65))
        let payload = try Exams.payload(of: AchievementCredential(json: credential))
        let report = await Exams.verify(try Exams.jws(header: Exams.header(), payload: payload))
        #expect(report.endorsements.count == 64)
        #expect(report.problem("LIMIT_EXCEEDED")?.severity == .warning)
    }
}
