import Cryptography
import JSONCore
import OpenBadges
import Proofs
import Testing

/// What a badge links to is fetched only where somebody asks for it.
@Suite("What stands behind a badge's links")
struct LinkedDocumentsTests {
    private static let page = "https://exams.example.org/"
    private static let essay = "https://work.example.org/essay.pdf"
    private static let content = Array("The essay.".utf8)

    private static func badge(_ change: (inout JSON) -> Void = { _ in }) throws -> [UInt8] {
        var payload = try Exams.payload()
        payload["issuer"] = ["id": .string(Exams.did), "type": ["Profile"], "name": "Exams", "url": .string(page)]
        payload["evidence"] = [["id": .string(essay), "type": ["Evidence"], "name": "An essay"]]
        change(&payload)
        return try Exams.jws(header: Exams.header(), payload: payload)
    }

    private static var web: Documents {
        var web = Exams.web
        web.serve(page, text: "<!doctype html>")
        web.answers[essay] = .found(LoadedDocument(url: essay, body: content, source: .web))
        return web
    }

    private func verify(_ badge: [UInt8], _ web: Documents, followsLinks: Bool = true) async -> VerificationReport {
        var options = VerificationOptions(at: Exams.now)
        options.followsLinks = followsLinks
        let report = await Verifier(loader: web).verify(badge, options: options)
        report.isHeldAgainstCatalog()
        return report
    }

    @Test("links that answer are nothing to tell, and those that do not are warned of where they were asked for")
    func answers() async throws {
        let badge = try Self.badge()
        #expect(await verify(badge, Self.web).codes == [])
        var web = Self.web
        web.answers[Self.page] = .missing(status: 404)
        web.remove(Self.essay)
        let report = await verify(badge, web)
        #expect(report.isVerified)
        #expect(Set(report.codes) == ["ISSUER_URL_UNREACHABLE", "EVIDENCE_UNREACHABLE"])
        #expect(report.problem("EVIDENCE_UNREACHABLE")?.path?.description == "/evidence/0")
        #expect(await verify(badge, web, followsLinks: false).codes == [])
    }

    static let digests: [(String, String, Bool)] = [
        ("digestSRI", "sha256-" + base64(.sha256, content), true),
        ("digestSRI", "sha384-" + base64(.sha384, content) + "?x", true),
        ("digestSRI", "sha256-AAAA sha512-" + base64(.sha512, content), true),
        ("digestSRI", "sha256-" + base64(.sha256, [1]), false), ("digestSRI", "md5-AAAA", true),
        ("digestMultibase", Multibase.base58BTC.encode([0x12, 0x20] + DigestAlgorithm.sha256.digest(content)), true),
        ("digestMultibase", Multibase.base64URL.encode([0x12, 0x20] + DigestAlgorithm.sha256.digest([1])), false),
        ("digestMultibase", "not multibase", false),
    ]

    private static func base64(_ algorithm: DigestAlgorithm, _ bytes: [UInt8]) -> String {
        let text = Base64URL.encode(algorithm.digest(bytes))
        let standard = String(text.map { $0 == "-" ? "+" : $0 == "_" ? "/" : $0 })
        return standard + String(repeating: "=", count: (4 - standard.count % 4) % 4)
    }

    @Test("evidence with a digest has to be what its issuer saw", arguments: digests)
    func digest(name: String, value: String, good: Bool) async throws {
        let badge = try Self.badge {
            $0["relatedResource"] = [["id": .string(Self.essay), name: .string(value)]]
        }
        let report = await verify(badge, Self.web)
        #expect(report.isVerified == good, "\(report.problems)")
        #expect(report.codes == (good ? [] : ["RESOURCE_DIFFERS"]))
        #expect(await verify(badge, Self.web, followsLinks: false).isVerified)
    }

    @Test("another copy at the badge's own id is warned of, and the same in another form is not")
    func hostedCopy() async throws {
        let badge = try Self.badge()
        let id = Exams.credential().id
        var web = Self.web
        var copy = try Self.badge()
        web.answers[id] = .found(LoadedDocument(url: id, body: copy, source: .web))
        #expect(await verify(badge, web).codes == [])
        var json = try JSON(parsing: JWS(compact: badge).payload)
        for claim in ["iss", "sub", "jti", "nbf"] { json[claim] = Optional<JSON>.none }
        json["proof"] = ["type": "DataIntegrityProof"]
        web.serve(id, json)
        #expect(await verify(badge, web).codes == [])
        copy = try Self.badge { $0["credentialSubject"]?["achievement"]?["name"] = "Algebra II" }
        web.answers[id] = .found(LoadedDocument(url: id, body: copy, source: .web))
        let report = await verify(badge, web)
        #expect(report.isVerified)
        #expect(report.codes == ["HOSTED_COPY_DIFFERS"])
        #expect(report.problems.first?.detail.contains("credentialSubject") ?? false)
    }
}
