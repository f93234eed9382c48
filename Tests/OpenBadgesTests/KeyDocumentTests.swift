import Cryptography
import JSONCore
import OpenBadges
import Proofs
import Testing

/// What the issuer's documents may say about its keys, and what they may not.
@Suite("What an issuer's documents say about its keys")
struct KeyDocumentTests {
    /// Verifies our badge where the issuer's DID document is this one.
    private func verify(document: JSON, kid: String = Exams.kid, at: Timestamp = Exams.now) async throws
        -> VerificationReport
    {
        var web = Documents()
        web.serve(Exams.didURL, document)
        return await Exams.verify(try Exams.jwt(kid: kid), web, at: at)
    }

    @Test("a key that is listed for another purpose does not assert")
    func otherPurpose() async throws {
        var document = Exams.didDocument(
            methods: [Exams.method(Exams.kid, Exams.key), Exams.method(Exams.did + "#k0", Exams.other)],
            asserting: [.string(Exams.did + "#k0")]
        )
        document["authentication"] = [.string(Exams.kid)]
        let report = try await verify(document: document)
        #expect(report.verdict == .rejected)
        #expect(report.answers.authentic == .no)
        #expect(report.codes.contains("INVALID_RELATIONSHIP_FOR_VERIFICATION_METHOD"))
    }

    @Test("a method may be embedded, or named by a relative reference")
    func forms() async throws {
        let method = Exams.method(Exams.kid, Exams.key)
        let embedded = Exams.didDocument(methods: [], asserting: [method])
        #expect(try await verify(document: embedded).isVerified)
        let relative = Exams.didDocument(methods: [Exams.method("#k1", Exams.key)], asserting: ["#k1"])
        #expect(try await verify(document: relative).isVerified)
        var single = Exams.didDocument(methods: [method])
        single["assertionMethod"] = .string(Exams.kid)
        #expect(try await verify(document: single).isVerified)
    }

    @Test("a method that another controls is not the issuer's")
    func otherController() async throws {
        let method = Exams.method(Exams.kid, Exams.key, controller: "did:web:evil.example")
        for document in [
            Exams.didDocument(methods: [method]), Exams.didDocument(methods: [], asserting: [method]),
        ] {
            let report = try await verify(document: document)
            #expect(report.answers.authentic == .no)
            #expect(report.codes.contains("INVALID_VERIFICATION_METHOD"))
        }
    }

    @Test("a document about another id is nobody's")
    func otherID() async throws {
        let document = Exams.didDocument(
            id: "did:web:evil.example",
            methods: [Exams.method(Exams.kid, Exams.key, controller: "did:web:evil.example")]
        )
        let report = try await verify(document: document)
        #expect(report.verdict == .undetermined)
        #expect(report.answers.authentic == .unknown)
    }

    @Test(
        "a document that is no document leaves the badge unknown",
        arguments: [
            "", "[]", "{}", "not found", "<html></html>", #"{"id":"did:web:exams.example.org"}"#,
            #"{"id":"did:web:exams.example.org","id":"did:web:exams.example.org"}"#,
        ]
    )
    func noDocument(text: String) async throws {
        var web = Documents()
        web.serve(Exams.didURL, text: text)
        let report = await Exams.verify(try Exams.jwt(), web)
        #expect(report.verdict == .undetermined)
        #expect(report.answers.authentic == .unknown)
    }

    @Test("a DID document that redirects to another origin is not the issuer's")
    func redirectedDID() async throws {
        var web = Documents()
        let document = Exams.didDocument(methods: [Exams.method(Exams.kid, Exams.forger)])
        web.serve(Exams.didURL, document, redirectedTo: "https://evil.example/did.json")
        let report = await Exams.verify(try Exams.jwt(key: Exams.forger), web)
        #expect(report.verdict == .undetermined)
        #expect(report.answers.authentic == .unknown)
        web.serve(Exams.didURL, document, redirectedTo: "https://exams.example.org/did.json")
        #expect(await Exams.verify(try Exams.jwt(key: Exams.forger), web).isVerified)
    }

    @Test("a method counts until it is revoked, and until it expires", arguments: ["revoked", "expires"])
    func ended(member: String) async throws {
        for (end, isGood) in [("2026-05-31T00:00:00Z", false), ("2026-06-02T00:00:00Z", true)] {
            var method = Exams.method(Exams.kid, Exams.key)
            method[member] = .string(end)
            let report = try await verify(document: Exams.didDocument(methods: [method]))
            #expect(report.isVerified == isGood)
        }
    }

    @Test("a revoked key is no better under a relative kid, or as the header's jwk", arguments: ["k1", nil])
    func revokedOtherwise(kid: String?) async throws {
        var method = Exams.method(Exams.kid, Exams.key)
        method["revoked"] = "2026-05-31T00:00:00Z"
        var web = Documents()
        web.serve(Exams.didURL, Exams.didDocument(methods: [method]))
        let header = Exams.header(kid, embedding: kid == nil ? Exams.key : nil)
        let report = await Exams.verify(try Exams.jws(header: header, payload: Exams.payload()), web)
        #expect(report.answers.authentic == .unknown)
        #expect(report.codes.contains("KEY_REVOKED_LATER"))
    }

    // MARK: A key under an https URL

    private func profileWeb(_ final: String? = nil, _ json: JSON? = nil) -> Documents {
        var web = Documents()
        web.serve(Exams.keyURL, json ?? JWK(Exams.key.publicKey).json, redirectedTo: final)
        web.serve(Exams.profileID, Profile(id: Exams.profileID, name: "Example Exams").json)
        return web
    }

    @Test("a key under the issuer's own origin is the issuer's")
    func sameOrigin() async throws {
        let badge = try Exams.jwt(Exams.credential(issuer: Exams.profileID), kid: Exams.keyURL)
        let report = await Exams.verify(badge, profileWeb())
        #expect(report.isVerified)
        #expect(report.answers.issuer == .domain)
        #expect(await Exams.verify(badge, profileWeb("https://exams.example.org/k1")).isVerified)
    }

    @Test(
        "a key that redirects to another origin is not shown to be the issuer's",
        arguments: [
            "https://evil.example/k1.jwk", "http://exams.example.org/keys/k1.jwk",
            "https://exams.example.org:8443/keys/k1.jwk", "https://exams.example.org.evil.example/k1.jwk",
        ]
    )
    func redirectedKey(final: String) async throws {
        let badge = try Exams.jwt(Exams.credential(issuer: Exams.profileID), kid: Exams.keyURL)
        let report = await Exams.verify(badge, profileWeb(final))
        #expect(report.verdict == .undetermined)
        #expect(report.answers.authentic == .unknown)
        #expect(report.codes.contains("KEY_NOT_BOUND"))
    }

    @Test(
        "a key of another origin is not the issuer's, unless the issuer lists it",
        arguments: [
            "https://evil.example/k1.jwk", "http://exams.example.org/keys/k1.jwk", "https://exams.example.org:8443/k1",
            "https://exams.example.org@evil.example/k1", "https://exams.example.org.evil.example/k1",
        ]
    )
    func otherOrigin(url: String) async throws {
        var web = profileWeb()
        web.serve(url, JWK(Exams.forger.publicKey).json)
        let badge = try Exams.jwt(Exams.credential(issuer: Exams.profileID), key: Exams.forger, kid: url)
        #expect(await Exams.verify(badge, web).answers.authentic == .unknown, "a profile that lists no keys")

        let controller = Exams.didDocument(
            id: Exams.profileID,
            methods: [Exams.method(Exams.profileID + "#k", Exams.key, controller: Exams.profileID)]
        )
        web.serve(Exams.profileID, controller)
        let rejected = await Exams.verify(badge, web)
        #expect(rejected.verdict == .rejected)
        #expect(rejected.answers.authentic == .no)
        #expect(rejected.codes.contains("KEY_NOT_ISSUERS"))

        let listing = Exams.didDocument(
            id: Exams.profileID,
            methods: [Exams.method(Exams.profileID + "#k", Exams.forger, controller: Exams.profileID)]
        )
        web.serve(Exams.profileID, listing)
        #expect(await Exams.verify(badge, web).isVerified)
    }

    @Test("in a JWK Set the fragment chooses the key")
    func set() async throws {
        let url = "https://exams.example.org/.well-known/jwks.json"
        let set = JWKSet(keys: [JWK(Exams.other.publicKey, kid: "a"), JWK(Exams.key.publicKey, kid: "b")]).json
        var web = profileWeb()
        web.serve(url, set)
        let credential = Exams.credential(issuer: Exams.profileID)
        #expect(await Exams.verify(try Exams.jwt(credential, kid: url + "#b"), web).isVerified)
        #expect(await Exams.verify(try Exams.jwt(credential, kid: url + "#a"), web).answers.authentic == .no)
        for kid in [url, url + "#c", url + "#"] {
            let report = await Exams.verify(try Exams.jwt(credential, kid: kid), web)
            #expect(report.answers.authentic == .unknown, "\(kid)")
            #expect(report.codes.contains("KEY_UNREADABLE"))
        }
        web.serve(url, JWKSet(keys: [JWK(Exams.key.publicKey)]).json)
        #expect(await Exams.verify(try Exams.jwt(credential, kid: url), web).isVerified, "the only key of a set")
    }

    @Test("two different keys under one name in a set are not chosen between")
    func ambiguousSet() async throws {
        let url = "https://exams.example.org/.well-known/jwks.json"
        var web = profileWeb()
        web.serve(url, JWKSet(keys: [JWK(Exams.key.publicKey, kid: "a"), JWK(Exams.other.publicKey, kid: "a")]).json)
        let report = await Exams.verify(
            try Exams.jwt(Exams.credential(issuer: Exams.profileID), kid: url + "#a"),
            web
        )
        #expect(report.answers.authentic != .yes)
    }

    @Test(
        "what a kid names has to be a public key",
        arguments: [
            #"{}"#, #"{"kty":"oct","k":"AA"}"#, #"{"keys":[]}"#, #"{"kty":"OKP"}"#, #"[]"#, "PEM",
        ]
    )
    func unreadableKey(text: String) async throws {
        var web = profileWeb()
        web.serve(Exams.keyURL, text: text)
        let report = await Exams.verify(
            try Exams.jwt(Exams.credential(issuer: Exams.profileID), kid: Exams.keyURL),
            web
        )
        #expect(report.verdict == .undetermined)
        #expect(report.answers.authentic == .unknown)
    }

    @Test("a did:jwk is its own document, and nobody's domain")
    func didJWK() async throws {
        let did = "did:jwk:" + Base64URL.encode(JWK(Exams.key.publicKey).json.serialized())
        let report = await Exams.verify(try Exams.jwt(Exams.credential(issuer: did), kid: did + "#0"), Documents())
        #expect(report.isVerified)
        #expect(report.answers.issuer == .selfClaimed)
        let forged = try Exams.jwt(Exams.credential(issuer: did), key: Exams.forger, kid: did + "#0")
        #expect(await Exams.verify(forged, Documents()).answers.authentic == .no)
        let other = try Exams.jwt(Exams.credential(issuer: did), kid: did + "#1")
        #expect(await Exams.verify(other, Documents()).answers.authentic == .no)
    }

    @Test(
        "an issuer that is neither a DID that is resolved nor an https URL has no keys",
        arguments: [
            "did:example:123", "did:web:", "http://exams.example.org/issuer.json", "urn:uuid:1", "mailto:a@example.org",
            "ftp://exams.example.org/", "did:web:exams.example.org:..:x",
        ]
    )
    func otherIssuers(id: String) async throws {
        let badge = try Exams.jws(
            header: Exams.header(nil, embedding: Exams.key),
            payload: Exams.payload(of: Exams.credential(issuer: id))
        )
        let report = await Exams.verify(badge)
        #expect(report.answers.authentic == .unknown)
        #expect(!report.isVerified)
    }
}
