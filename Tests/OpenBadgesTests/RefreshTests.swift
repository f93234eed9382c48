import JSONCore
import OpenBadges
import Testing

@Suite("Newer versions of a credential")
struct RefreshTests {
    private static let url = "https://exams.example.org/refresh/1"

    /// A badge that ended, and says where a newer one is.
    private static func old(type: String = "1EdTechCredentialRefresh") -> AchievementCredential {
        var credential = Exams.credential()
        credential.validUntil = Exams.time("2026-04-01T00:00:00Z")
        credential.members["refreshService"] = ["id": .string(url), "type": .string(type)]
        credential.members["@context"] = Seal.contexts(and: [
            "1EdTechCredentialRefresh": "https://purl.imsglobal.org/spec/vcrs/v1p0#1EdTechCredentialRefresh",
            "Other": "https://exams.example.org/terms#Other",
        ])
        return credential
    }

    private static func web(_ body: [UInt8]?) -> Documents {
        var web = Exams.web
        if let body { web.serve(url, text: String(decoding: body, as: UTF8.self)) }
        return web
    }

    @Test("a newer version counts for the dates, and is asked for once")
    func newer() async throws {
        var newer = old()
        newer.validUntil = Exams.expires
        let report = await Exams.verify(try Exams.jwt(Self.old()), Self.web(try Exams.jwt(newer)))
        #expect(report.isVerified, "\(report.problems)")
        #expect(report.outcome(of: .refresh) == .passed)
        #expect(report.claims?.validUntil == Exams.expires)
    }

    private func old() -> AchievementCredential { Self.old() }

    @Test("what is no newer version of the same badge changes nothing", arguments: 0..<4)
    func other(_ index: Int) async throws {
        var newer = Self.old()
        newer.validUntil = Exams.expires
        let body: [UInt8]?
        switch index {
        case 0:
            newer.id = "https://exams.example.org/credentials/2/credential.json"
            body = try Exams.jwt(newer)
        case 1: body = try Exams.jwt(newer, key: Exams.forger)
        case 2: body = Array("<html>".utf8)
        default: body = nil
        }
        let report = await Exams.verify(try Exams.jwt(Self.old()), Self.web(body))
        #expect(report.verdict == .rejected)
        #expect(report.codes.contains("EXPIRED"))
        #expect(report.problem("REFRESH_UNAVAILABLE")?.severity == .warning)
    }

    @Test("a refresh service of an unknown kind is told")
    func unknown() async throws {
        var credential = Self.old(type: "Other")
        credential.validUntil = Exams.expires
        let report = await Exams.verify(try Exams.jwt(credential))
        #expect(report.isVerified, "\(report.problems)")
        #expect(report.codes == ["REFRESH_UNAVAILABLE"])
    }
}
