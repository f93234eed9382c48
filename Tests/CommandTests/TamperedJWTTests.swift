import Cryptography
import JSONCore
import Proofs
import Testing

@Suite("Tampered VC-JWTs")
struct TamperedJWTTests {
    private let workspace: Workspace
    private let documents: DocumentFolder
    private let genuine: OpenedJWS
    private let key: PrivateKey

    init() async throws {
        workspace = try await Workspace.shared.value
        documents = try DocumentFolder(publishedBy: workspace)
        genuine = try OpenedJWS(workspace.read(try #require(try workspace.badges("credential.jwt").first)))
        key = try workspace.signingKey().key
    }

    /// Has to be rejected as not authentic, for one of these reasons.
    private func expectRefusal(_ badge: [UInt8], _ codes: Set<String>, _ title: String) async throws {
        let (code, report) = try await documents.verify(badge)
        #expect(code == 2, "\(title)")
        #expect(report.verdict == "rejected", "\(title)")
        #expect(report.authentic == "no", "\(title)")
        #expect(!codes.isDisjoint(with: report.codes), "\(title): \(report.codes)")
    }

    @Test(
        "no algorithm, or one whose key would be public, is refused",
        arguments: ["none", "None", "HS256", "RS1", ""]
    )
    func algorithms(name: String) async throws {
        var jws = genuine
        jws.header["alg"] = .string(name)
        let signatures = [
            "", genuine.signature,
            // What a verifier would expect that takes the public key for a shared secret.
            Base64URL.encode(HMAC.sha256(key: try key.publicKey.pem, Array(jws.compact(signature: "").dropLast()))),
        ]
        for signature in signatures {
            try await expectRefusal(jws.compact(signature: signature), ["ALGORITHM_REFUSED"], name)
        }
    }

    @Test("headers that ask for what is not understood are refused")
    func headers() async throws {
        var jws = genuine
        jws.header["crit"] = ["exp"]
        try await expectRefusal(try jws.signed(by: key), ["CRITICAL_HEADER"], "crit")
        jws = genuine
        jws.header["b64"] = false
        try await expectRefusal(try jws.signed(by: key), ["CRITICAL_HEADER"], "b64")
        jws = genuine
        jws.header["alg"] = "ES256"
        try await expectRefusal(jws.compact(), ["ALGORITHM_MISMATCH", "PROOF_VERIFICATION_ERROR"], "ES256")
    }

    @Test("a changed payload or header no longer fits its signature")
    func payload() async throws {
        var jws = genuine
        jws.payload["credentialSubject"]?["result"]?["value"] = "100"
        jws.payload["name"] = "Algebra II"
        try await expectRefusal(jws.compact(), ["PROOF_VERIFICATION_ERROR"], "payload")
        jws = genuine
        jws.header["typ"] = "vc+jwt"
        try await expectRefusal(jws.compact(), ["PROOF_VERIFICATION_ERROR"], "header")
        var signature = try Base64URL.decode(genuine.signature)
        signature[7] ^= 1
        let flipped = genuine.compact(signature: Base64URL.encode(signature))
        try await expectRefusal(flipped, ["PROOF_VERIFICATION_ERROR"], "signature")
        try await expectRefusal(genuine.compact(signature: ""), ["PROOF_VERIFICATION_ERROR"], "no signature")
    }

    @Test("re-signed by the true key and otherwise unchanged, it verifies: the claims below are all that is wrong")
    func control() async throws {
        #expect(try await documents.verify(try genuine.signed(by: key)).code == 0)
    }

    @Test(
        "a claim that contradicts the credential is refused, even under the issuer's own signature",
        arguments: ["iss", "sub", "jti", "nbf", "exp"]
    )
    func contradictingClaim(_ claim: String) async throws {
        let values: [JSON] =
            switch claim {
            case "nbf": [1, "2026-03-01T13:25:00Z", -1, 1e300, .null]
            case "exp": ["never", .null, ["2030"]]
            default: ["https://other.example/", 7, .null, ["a"]]
            }
        for value in values {
            var jws = genuine
            jws.payload[claim] = value
            try await expectRefusal(try jws.signed(by: key), ["CLAIM_MISMATCH"], "\(claim): \(value.text)")
        }
    }

    @Test("a claim that is missing is refused", arguments: ["iss", "sub", "jti", "nbf"])
    func missingClaim(_ claim: String) async throws {
        var jws = genuine
        jws.payload[claim] = nil
        try await expectRefusal(try jws.signed(by: key), ["CLAIM_MISSING"], claim)
    }

    @Test("exp has to repeat validUntil")
    func expiry() async throws {
        var jws = genuine
        jws.payload["validUntil"] = "2099-12-31T23:59:59Z"
        try await expectRefusal(try jws.signed(by: key), ["CLAIM_MISSING"], "no exp")
        jws.payload["exp"] = 4_102_444_798
        try await expectRefusal(try jws.signed(by: key), ["CLAIM_MISMATCH"], "a second less")
        jws.payload["exp"] = 4_102_444_799
        #expect(try await documents.verify(try jws.signed(by: key)).code == 0)
    }

    @Test("bytes changed anywhere never verify, and never crash")
    func mutations() async throws {
        let badge = genuine.compact()
        let folder = try TemporaryFolder.make("mutations")
        var generator = SystemRandomNumberGenerator()
        for number in 0..<60 {
            var changed = badge
            let place = Int.random(in: 0..<changed.count, using: &generator)
            switch number % 3 {
            case 0: changed[place] = changed[place] == 0x41 ? 0x42 : 0x41
            case 1: changed.remove(at: place)
            default: changed[place] = UInt8.random(in: 0...255, using: &generator)
            }
            // The last character of a part may have bits that mean nothing, and those must be zero.
            if changed != badge { try FileTree.write(changed, to: "\(folder)/\(number).jwt") }
        }
        let outcome = try await BadgeCommand.run(
            ["verify", folder, "--json", "--offline", "--documents", documents.path],
            in: folder
        )
        #expect(outcome.signal == nil)
        #expect(outcome.code == 2 || outcome.code == 3)
        for report in try outcome.reports {
            #expect(report.verdict != "verified", "\(report.json["input"]?.string ?? "")")
        }
    }
}
