import Cryptography
import JSONCore
import OpenBadges
import Proofs
import Testing
import Transport

/// A badge comes from a stranger, and names URLs that its verifier fetches: none of them may lead inside.
@Suite("URLs of a badge into the verifier's own network")
struct InnerNetworkTests {
    /// As on the public web, but without TLS, which the guard does not ask about.
    private static var policy: FetchPolicy {
        var policy = FetchPolicy.standard
        policy.insecurePlainHTTP = true
        policy.totalTimeout = .seconds(60)
        return policy
    }

    private static func verify(_ badge: [UInt8], _ policy: FetchPolicy = policy) async -> VerificationReport {
        let options = VerificationOptions(at: Exams.now)
        let report = await Verifier(loader: WebLoader(policy: policy)).verify(badge, name: "badge", options: options)
        report.isHeldAgainstCatalog()
        return report
    }

    @Test("the did:web of an issuer, the URL of a key, of a status list, of a schema, of a newer version")
    func places() async throws {
        let site = try WebSite([:])
        let host = "127.0.0.1:\(site.port)"
        func did(_ host: String) throws -> [UInt8] {
            let issuer = "did:web:\(host)%3A\(site.port)"
            return try Exams.jwt(Exams.credential(issuer: issuer), kid: issuer + "#k1")
        }
        let key = try Exams.jwt(Exams.credential(issuer: "did:jwk:e30"), kid: "http://\(host)/key")
        // An issuer that is its own key, so that nobody else has to be asked.
        let kid = try DIDKey.verificationMethod(for: Exams.key.publicKey)
        var linked = Exams.credential(issuer: String(kid.prefix { $0 != "#" }))
        linked.members["credentialStatus"] = StatusLists.entry(list: "http://\(host)/status")
        linked.members["refreshService"] = ["id": .string("http://\(host)/new"), "type": "1EdTechCredentialRefresh"]
        linked.members["credentialSchema"] = [["id": .string("http://\(host)/schema"), "type": "JsonSchema"]]
        linked.members["@context"] = Seal.contexts(and: [
            "1EdTechCredentialRefresh": "https://purl.imsglobal.org/spec/vcrs/v1p0#1EdTechCredentialRefresh"
        ])
        let web = try Exams.jwt(linked, kid: kid)

        // A did:web has a name for its host, so an address is none from the start.
        let cases = [
            (try did("localhost"), "KEY_UNAVAILABLE"), (try did("127.0.0.1"), "KEY_UNREADABLE"),
            (key, "KEY_UNAVAILABLE"), (web, "STATUS_RETRIEVAL_ERROR"),
        ]
        for (badge, code) in cases {
            let report = await Self.verify(badge)
            #expect(!report.isVerified)
            #expect(report.codes.contains(code), "\(report.problems)")
        }
        #expect(site.requests.isEmpty)
    }

    @Test("a redirect from a public server")
    func redirect() async throws {
        let inside = try WebSite(["/key": .init(body: "{}")])
        // It stands for a public server: its address alone is allowed, and another loopback address is not.
        let outside = try WebSite([
            "/key": .init(status: 302, headers: ["Location: http://127.0.0.2:\(inside.port)/key"])
        ])
        var policy = Self.policy
        if let address = IPAddress("127.0.0.1") { policy.insecureAllowedAddresses = [address] }
        let report = await Self.verify(
            try Exams.jwt(Exams.credential(issuer: "did:jwk:e30"), kid: outside.url("/key")),
            policy
        )
        #expect(report.answers.authentic == .unknown)
        #expect(report.codes.contains("KEY_UNAVAILABLE"))
        #expect(outside.requests.count == 1)
        #expect(inside.requests.isEmpty)
    }
}
