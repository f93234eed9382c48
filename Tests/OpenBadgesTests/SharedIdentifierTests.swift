import JSONCore
import OpenBadges
import Proofs
import Testing

/// Two objects of a credential with one id: in linked data they are one thing, and what a proof covers can be written at
/// either.
@Suite("Objects that share an id")
struct SharedIdentifierTests {
    private static let achievementID = Exams.algebra.id

    private func verify(_ suite: Cryptosuite = .eddsaRDFC2022, _ change: (inout JSON) -> Void) async throws
        -> VerificationReport
    {
        var credential = Exams.credential().json
        change(&credential)
        return await Seal.verify(try Seal.json(credential, by: Seal.signer(suite: suite)))
    }

    @Test("an achievement's own page may have its criteria", arguments: [Cryptosuite.eddsaRDFC2022, .eddsaJCS2022])
    func criteria(_ suite: Cryptosuite) async throws {
        let report = try await verify(suite) {
            $0["credentialSubject"]?["achievement"]?["criteria"] = [
                "id": .string(Self.achievementID), "narrative": "Score 60 % or more.",
            ]
        }
        #expect(report.isVerified, "\(report.problems)")
        #expect(report.codes == [])
    }

    @Test("one picture may have two captions, and one organization may be described in more than one way")
    func aspects() async throws {
        let picture: JSON = "https://exams.example.org/picture.png"
        let report = try await verify {
            $0["image"] = ["id": picture, "type": "Image", "caption": "The badge"]
            $0["credentialSubject"]?["achievement"]?["image"] = ["id": picture, "type": "Image", "caption": "Algebra"]
            $0["issuer"] = [
                "id": .string(Exams.did), "type": ["Profile", "https://schema.org/Organization"], "name": "E",
            ]
            $0["credentialSubject"]?["achievement"]?["creator"] = [
                "id": .string(Exams.did), "type": ["Profile"], "url": "https://exams.example.org/",
            ]
        }
        #expect(report.isVerified, "\(report.problems)")
    }

    @Test("a work with the achievement's id may have changed names with it, so the content is left open")
    func evidence() async throws {
        let report = try await verify {
            $0["evidence"] = [["id": .string(Self.achievementID), "type": ["Evidence"], "name": "An essay"]]
        }
        #expect(report.verdict == .undetermined)
        #expect(report.problem("INVALID_CONTEXT")?.severity == .unknown)
    }

    @Test("what stands at one of two things with one id may have been moved there; jcs covers the text as it stands")
    func moved() async throws {
        for suite in [Cryptosuite.eddsaRDFC2022, .eddsaJCS2022] {
            let report = try await verify(suite) {
                $0["credentialSubject"]?["achievement"]?["creator"] = [
                    "id": .string(Self.achievementID), "type": ["Profile"], "name": "Another name",
                ]
            }
            #expect(report.isVerified == (suite == .eddsaJCS2022), "\(report.problems)")
            #expect(report.problem("INVALID_CONTEXT")?.severity == (suite == .eddsaJCS2022 ? nil : .failure))
        }
    }
}
