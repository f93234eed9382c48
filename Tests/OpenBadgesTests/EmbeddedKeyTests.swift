import Cryptography
import JSONCore
import OpenBadges
import Proofs
import Testing

/// Whose key made an embedded proof: a good signature by anybody else proves nothing.
@Suite("Whose key made an embedded proof")
struct EmbeddedKeyTests {
    private func verify(_ document: JSON, didDocument: JSON) async -> VerificationReport {
        var web = Documents()
        web.serve(Exams.didURL, didDocument)
        return await Seal.verify(document, web)
    }

    @Test("an issuer that is its own key is verified, and has only its own word")
    func didKey() async throws {
        let did = try DIDKey.identifier(for: Exams.key.publicKey)
        let method = try DIDKey.verificationMethod(for: Exams.key.publicKey)
        let report = await Seal.verify(try Seal.credential(Exams.credential(issuer: did), method: method), Documents())
        #expect(report.isVerified)
        #expect(report.answers.issuer == .selfClaimed)
    }

    @Test("an issuer by URL is verified by the Multikey that its controller document lists")
    func https() async throws {
        let credential = Exams.credential(issuer: Exams.profileID)
        let secured = try Seal.credential(credential, method: Seal.keyURL)
        let report = await Seal.verify(secured, Seal.httpsWeb())
        #expect(report.isVerified)
        #expect(report.answers.issuer == .domain)
        #expect(report.problems.isEmpty, "\(report.problems)")

        var unreachable = Seal.httpsWeb()
        unreachable.remove(Seal.keyURL)
        let unknown = await Seal.verify(secured, unreachable)
        #expect(unknown.verdict == .undetermined)
        #expect(unknown.answers.authentic == .unknown)
        #expect(unknown.codes.contains("KEY_UNAVAILABLE"))
    }

    @Test("an https key of another origin counts where the issuer's document lists the very key")
    func otherOrigin() async throws {
        let url = "https://keys.example.net/p1.json"
        let secured = try Seal.credential(Exams.credential(issuer: Exams.profileID), method: url)
        var web = Seal.httpsWeb()
        web.serve(url, Seal.multikey(url, Exams.key, controller: Exams.profileID))
        #expect(await Seal.verify(secured, web).isVerified)

        let forged = try Seal.credential(
            Exams.credential(issuer: Exams.profileID),
            key: Exams.forger,
            method: url
        )
        web.serve(url, Seal.multikey(url, Exams.forger, controller: Exams.profileID))
        let report = await Seal.verify(forged, web)
        #expect(report.answers.authentic == .no)
        #expect(report.codes.contains("KEY_NOT_ISSUERS"))
    }

    @Test("a key document that says that somebody else controls the key, or is about another, is not the issuer's")
    func foreignKeyDocument() async throws {
        let secured = try Seal.credential(Exams.credential(issuer: Exams.profileID), method: Seal.keyURL)
        let changes: [(String, JSON)] = [
            ("controller", "https://exams.example.org/tenants/evil.json"),
            ("id", "https://exams.example.org/keys/p2.json"),
        ]
        for (name, value) in changes {
            let report = await Seal.verify(secured, Seal.httpsWeb { $0[name] = value })
            #expect(report.answers.authentic != .yes, "\(name)")
        }
    }

    @Test("a key document says until when its key counts", arguments: ["revoked", "expires"])
    func endedKeyDocument(member: String) async throws {
        let secured = try Seal.credential(Exams.credential(issuer: Exams.profileID), method: Seal.keyURL)
        for (end, isGood) in [("2026-05-31T00:00:00Z", false), ("2026-06-02T00:00:00Z", true)] {
            let report = await Seal.verify(secured, Seal.httpsWeb { $0[member] = .string(end) })
            #expect(report.isVerified == isGood, "\(member) \(end)")
        }
    }

    @Test("a good proof with the key of another DID is never authentic")
    func otherDID() async throws {
        let method = try DIDKey.verificationMethod(for: Exams.forger.publicKey)
        let secured = try Seal.credential(key: Exams.forger, method: method)
        let report = await Seal.verify(secured)
        #expect(report.verdict == .rejected)
        #expect(report.answers.authentic == .no)
        #expect(report.answers.issuer == .unknown)
        #expect(report.codes.contains("KEY_NOT_ISSUERS"))
        #expect(report.outcome(of: .proof) == .passed, "the signature itself is good: that proves nothing")

        let offline = await Seal.verify(secured, Documents())
        #expect(offline.verdict == .undetermined)
        #expect(offline.answers.authentic == .unknown)
        #expect(offline.codes.contains("KEY_NOT_BOUND"))
    }

    @Test("a key of another DID counts where the issuer lists the very key")
    func sameKey() async throws {
        let method = try DIDKey.verificationMethod(for: Exams.key.publicKey)
        #expect(await Seal.verify(try Seal.credential(method: method)).isVerified)
    }

    @Test("a method that the issuer's document does not list is not the issuer's")
    func unlisted() async throws {
        let secured = try Seal.credential(key: Exams.forger, method: Exams.did + "#p9")
        let report = await Seal.verify(secured)
        #expect(report.verdict == .rejected)
        #expect(report.answers.authentic == .no)
        #expect(report.codes.contains("INVALID_VERIFICATION_METHOD"))
    }

    @Test("a method that another DID's document does not list is nobody's")
    func unlistedElsewhere() async throws {
        let method = try DIDKey.identifier(for: Exams.forger.publicKey) + "#p9"
        let report = await Seal.verify(try Seal.credential(key: Exams.forger, method: method))
        #expect(report.verdict == .rejected)
        #expect(report.answers.authentic == .no)
        #expect(report.codes.contains("KEY_NOT_ISSUERS"))
    }

    @Test("a method that is listed for another purpose does not assert")
    func otherPurpose() async throws {
        var document = Exams.didDocument(
            methods: Seal.didMethods,
            asserting: [.string(Exams.kid)]
        )
        document["authentication"] = [.string(Seal.method)]
        let report = await verify(try Seal.credential(), didDocument: document)
        #expect(report.verdict == .rejected)
        #expect(report.answers.authentic == .no)
        #expect(report.codes.contains("INVALID_RELATIONSHIP_FOR_VERIFICATION_METHOD"))
    }

    @Test("a method that another controls is not the issuer's")
    func otherController() async throws {
        let method = Seal.multikey(Seal.method, Exams.key, controller: "did:web:evil.example")
        for document in [
            Exams.didDocument(methods: [method]), Exams.didDocument(methods: [], asserting: [method]),
        ] {
            let report = await verify(try Seal.credential(), didDocument: document)
            #expect(report.verdict == .rejected)
            #expect(report.answers.authentic == .no)
            #expect(report.codes.contains("INVALID_VERIFICATION_METHOD"))
        }
    }

    @Test("a method counts until it is revoked, and until it expires", arguments: ["revoked", "expires"])
    func ended(member: String) async throws {
        for (end, isGood) in [("2026-05-31T00:00:00Z", false), ("2026-06-02T00:00:00Z", true)] {
            var method = Seal.multikey(Seal.method, Exams.key)
            method[member] = .string(end)
            let report = await verify(try Seal.credential(), didDocument: Exams.didDocument(methods: [method]))
            #expect(report.isVerified == isGood)
            #expect(report.answers.authentic == (isGood ? .yes : .unknown))
        }
    }

    @Test("a secret key in the issuer's document is refused")
    func secretKey() async throws {
        var method = Seal.multikey(Seal.method, Exams.key)
        method["secretKeyMultibase"] = "z3u2en7t5LR2WtQH5PfFqMqwVHgeXouLzo6haApm8XHqvjxq"
        let report = await verify(try Seal.credential(), didDocument: Exams.didDocument(methods: [method]))
        #expect(report.answers.authentic == .no)
        #expect(report.codes.contains("PRIVATE_KEY_EXPOSED"))
    }

    @Test("a key that cannot be had leaves the badge unknown, and the report says why")
    func unreachable() async throws {
        let report = await Seal.verify(try Seal.credential(), Documents())
        #expect(report.verdict == .undetermined)
        #expect(report.answers.authentic == .unknown)
        #expect(report.problem("KEY_UNAVAILABLE")?.detail.contains("nobody answers") == true, "\(report.problems)")
    }

    @Test(
        "an issuer's document that is no document leaves the badge unknown",
        arguments: ["", "[]", "{}", "<html></html>", #"{"id":"did:web:exams.example.org"}"#]
    )
    func noDocument(text: String) async throws {
        var web = Documents()
        web.serve(Exams.didURL, text: text)
        let report = await Seal.verify(try Seal.credential(), web)
        #expect(report.verdict == .undetermined)
        #expect(report.answers.authentic == .unknown)
    }

    @Test("a DID method that is not resolved, and a method that is no URL, never verify")
    func strangeMethods() async throws {
        for method in ["did:example:a#k", "did:web:#k", "urn:uuid:6f0d4e6e-6f3e-4f7c-9a53-0c6a3a1c2b10"] {
            let report = await Seal.verify(try Seal.credential(key: Exams.forger, method: method))
            #expect(report.answers.authentic != .yes, "\(method)")
            #expect(!report.isVerified)
        }
    }

    @Test("beside a stranger's good proof the issuer's own is the one that counts", arguments: [true, false])
    func countersigned(isStrangerFirst: Bool) async throws {
        let foreign = try Seal.signer(
            Exams.forger,
            method: DIDKey.verificationMethod(for: Exams.forger.publicKey)
        )
        let signers = isStrangerFirst ? [foreign, try Seal.signer()] : [try Seal.signer(), foreign]
        var secured = Exams.credential().json
        for signer in signers {
            secured = try signer.addProof(to: secured, options: ProofOptions(created: Seal.created))
        }
        let report = await Seal.verify(secured)
        #expect(report.isVerified)
        #expect(report.answers.issuer == .domain)
    }

    @Test("a stranger's good proof saves no bad one of the issuer's")
    func strangerVouches() async throws {
        let foreign = try Seal.signer(
            Exams.forger,
            method: DIDKey.verificationMethod(for: Exams.forger.publicKey)
        )
        var secured = try Seal.credential()
        secured["name"] = "Algebra II"
        secured = try foreign.addProof(to: secured, options: ProofOptions(created: Seal.created))
        let report = await Seal.verify(secured)
        #expect(report.verdict == .rejected)
        #expect(report.answers.authentic == .no)
    }

    @Test("a stranger's proof cannot turn what is not known into a no", arguments: [true, false])
    func strangerSpoils(isStrangerFirst: Bool) async throws {
        let foreign = try Seal.signer(
            Exams.forger,
            method: DIDKey.verificationMethod(for: Exams.forger.publicKey)
        )
        let own = try Seal.signer(method: Seal.keyURL)
        var secured = Exams.credential(issuer: Exams.profileID).json
        for signer in isStrangerFirst ? [foreign, own] : [own, foreign] {
            secured = try signer.addProof(to: secured, options: ProofOptions(created: Seal.created))
        }
        var web = Seal.httpsWeb()
        #expect(await Seal.verify(secured, web).isVerified)
        web.remove(Seal.keyURL)
        let report = await Seal.verify(secured, web)
        #expect(report.verdict == .undetermined)
        #expect(report.answers.authentic == .unknown)
    }
}
