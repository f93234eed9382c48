import Cryptography
import JSONCore
import LinkedData
import Proofs

/// A small world for proofs: a context of our own, a document, and a clock that stands still.
enum Fixture {
    static let contextURL = "https://exams.example.org/context"

    /// What the document and proofs need, defined as the official contexts do.
    static let contexts = ContextStore([
        contextURL: [
            "@context": [
                "@version": 1.1, "@protected": true, "id": "@id", "type": "@type",
                "Badge": "https://exams.example.org/terms#Badge",
                "name": "https://exams.example.org/terms#name",
                "holder": ["@id": "https://exams.example.org/terms#holder", "@type": "@id"],
                "result": "https://exams.example.org/terms#result",
                "proof": ["@id": "https://w3id.org/security#proof", "@type": "@id", "@container": "@graph"],
                "DataIntegrityProof": [
                    "@id": "https://w3id.org/security#DataIntegrityProof", "@context": proofTerms,
                ],
                "Ed25519Signature2020": [
                    "@id": "https://w3id.org/security#Ed25519Signature2020", "@context": proofTerms,
                ],
            ]
        ]
    ])

    private static let proofTerms: JSON = [
        "@protected": true, "id": "@id", "type": "@type",
        "challenge": "https://w3id.org/security#challenge",
        "created": [
            "@id": "http://purl.org/dc/terms/created", "@type": "http://www.w3.org/2001/XMLSchema#dateTime",
        ],
        "domain": "https://w3id.org/security#domain",
        "expires": [
            "@id": "https://w3id.org/security#expiration", "@type": "http://www.w3.org/2001/XMLSchema#dateTime",
        ],
        "nonce": "https://w3id.org/security#nonce",
        "previousProof": ["@id": "https://w3id.org/security#previousProof", "@type": "@id"],
        "proofPurpose": ["@id": "https://w3id.org/security#proofPurpose", "@type": "@vocab"],
        "assertionMethod": "https://w3id.org/security#assertionMethod",
        "authentication": "https://w3id.org/security#authenticationMethod",
        "cryptosuite": [
            "@id": "https://w3id.org/security#cryptosuite",
            "@type": "https://w3id.org/security#cryptosuiteString",
        ],
        "proofValue": [
            "@id": "https://w3id.org/security#proofValue", "@type": "https://w3id.org/security#multibase",
        ],
        "verificationMethod": ["@id": "https://w3id.org/security#verificationMethod", "@type": "@id"],
    ]

    static let document: JSON = [
        "@context": [.string(contextURL)], "id": "urn:uuid:7b1f3a0e-0000-4000-8000-000000000001", "type": "Badge",
        "name": "Critical Thinking", "holder": "did:example:ada", "result": [["name": "first"], ["name": "second"]],
    ]

    static let created = "2026-03-01T13:25:00Z"

    /// Noon of 1 June 2026. It reads times in UTC and whole seconds only, which compare as texts.
    static let clock = ProofClock { text in
        guard text.utf8.count == 20, text.hasSuffix("Z"), text.contains("T") else { return .unreadable }
        return text < "2026-06-01T12:00:00Z" ? .past : .notPast
    }

    static let ed25519 = key(.ed25519)
    static let p256 = key(.p256)
    static let p384 = key(.p384)

    /// A suite that is signed with, and a key for it.
    struct Case: Sendable, CustomStringConvertible {
        let suite: Cryptosuite
        let key: PrivateKey
        var description: String { "\(suite), \(key.algorithm)" }
    }

    static let cases = [
        Case(suite: .eddsaRDFC2022, key: ed25519), Case(suite: .eddsaJCS2022, key: ed25519),
        Case(suite: .ecdsaRDFC2019, key: p256), Case(suite: .ecdsaJCS2019, key: p256),
        Case(suite: .ecdsaRDFC2019, key: p384), Case(suite: .ecdsaJCS2019, key: p384),
    ]

    static func signer(_ case: Case, purpose: String = "assertionMethod") throws -> DataIntegritySigner {
        try DataIntegritySigner(
            key: `case`.key,
            cryptosuite: `case`.suite,
            verificationMethod: DIDKey.verificationMethod(for: `case`.key.publicKey),
            proofPurpose: purpose,
            contexts: contexts,
            clock: clock
        )
    }

    static func signed(_ case: Case, _ options: ProofOptions = ProofOptions(created: created)) throws -> JSON {
        try signer(`case`).secure(document, options: options)
    }

    /// What comes of verifying a document whose proofs name a `did:key` each.
    static func results(
        _ document: JSON,
        _ expectations: ProofExpectations = ProofExpectations(clock: clock),
        contexts: ContextStore = contexts
    ) throws -> [ProofResult] {
        try DataIntegrityVerifier(contexts: contexts, expectations: expectations).verify(document) { proof in
            do throws(ProofError) {
                guard let did = DID(proof.verificationMethod) else {
                    throw ProofError(.invalidVerificationMethod, "no DID URL")
                }
                return .found(try DIDKey.publicKey(of: did))
            } catch {
                return .refused(error)
            }
        }
    }

    /// `verified`, or the verdict, the code and the place.
    static func summaries(
        _ document: JSON,
        _ expectations: ProofExpectations = ProofExpectations(clock: clock)
    ) throws -> [String] {
        try results(document, expectations).map { summary($0.outcome) }
    }

    static func summary(_ outcome: ProofOutcome) -> String {
        switch outcome {
        case .verified: "verified"
        case .failed(let error): "failed \(error.code.rawValue) \(error.path)"
        case .undetermined(let error): "undetermined \(error.code.rawValue) \(error.path)"
        }
    }

    private static func key(_ algorithm: KeyAlgorithm) -> PrivateKey {
        do {
            return try PrivateKey(generating: algorithm)
        } catch {
            fatalError("no key: \(error)")
        }
    }
}
