import Cryptography
import JSONCore
import LinkedData
import OpenBadges
import Proofs
import Schemas

/// Exams' credentials with embedded proofs, and what the web holds about the keys of these.
enum Seal {
    static let method = Exams.did + "#p1"
    static let didMethods = [multikey(method, Exams.key), Exams.method(Exams.kid, Exams.rsa)]
    /// Where the key of an issuer by URL stands.
    static let keyURL = "https://exams.example.org/keys/p1.json"
    static let created = "2026-03-01T12:30:00Z"

    static let p256 = Exams.p256
    static let p384: PrivateKey = {
        do {
            return try PrivateKey(generating: .p384)
        } catch {
            fatalError("no key: \(error)")
        }
    }()

    /// A verification method as Multikey.
    static func multikey(_ id: String, _ key: PrivateKey, controller: String = Exams.did) -> JSON {
        do {
            return try Multikey.verificationMethod(key.publicKey, id: id, controller: controller)
        } catch {
            fatalError("no Multikey: \(error)")
        }
    }

    /// A DID document whose proof key is this one.
    static func web(_ key: PrivateKey = Exams.key) -> Documents {
        var web = Documents()
        web.serve(
            Exams.didURL,
            Exams.didDocument(methods: [multikey(method, key), Exams.method(Exams.kid, Exams.rsa)])
        )
        return web
    }

    /// An issuer by URL: its controller document lists the Multikey, which also stands at a URL of its own.
    static func httpsWeb(_ change: (inout JSON) -> Void = { _ in }) -> Documents {
        var web = Documents()
        let method = multikey(keyURL, Exams.key, controller: Exams.profileID)
        var document = method
        change(&document)
        web.serve(Exams.profileID, Exams.didDocument(id: Exams.profileID, methods: [method]))
        web.serve(keyURL, document)
        return web
    }

    static func signer(
        _ key: PrivateKey = Exams.key,
        method: String = method,
        suite: Cryptosuite = .eddsaRDFC2022,
        purpose: String = "assertionMethod",
        contexts: ContextStore = KnownContexts.current
    ) throws -> DataIntegritySigner {
        try DataIntegritySigner(
            key: key,
            cryptosuite: suite,
            verificationMethod: method,
            proofPurpose: purpose,
            contexts: contexts,
            clock: ProofClock { _ in .notPast }
        )
    }

    /// A credential with a proof of our own signer for credentials.
    static func credential(
        _ credential: AchievementCredential = Exams.credential(),
        key: PrivateKey = Exams.key,
        method: String = method
    ) throws -> JSON {
        try CredentialProofSigner(key: key, verificationMethod: method)
            .secure(credential, created: Exams.time(created)).json
    }

    /// Any JSON with a proof.
    static func json(_ document: JSON, by signer: DataIntegritySigner) throws -> JSON {
        try signer.secure(document, options: ProofOptions(created: created))
    }

    static func verify(_ document: JSON, _ web: Documents = web()) async -> VerificationReport {
        await Exams.verify(document.serialized(), web)
    }

    /// The contexts with another body under the URL of Open Badges 3.0.3, by its file's name.
    static func contexts(_ file: String) -> ContextStore {
        var count = 0
        let rows = UnsafeBufferPointer(start: embedded_documents(&count), count: count)
        for row in rows where String(cString: row.file) == "contexts/\(file)" {
            let bytes = Array(UnsafeBufferPointer(start: row.bytes, count: row.length))
            guard let body = try? JSON(parsing: bytes) else { break }
            return KnownContexts.current.adding([AchievementCredential.contexts[1]: body])
        }
        fatalError("no such context: \(file)")
    }

    /// The contexts of every credential of ours, and more.
    static func contexts(and more: JSON...) -> JSON {
        .array(AchievementCredential.contexts.map(JSON.string) + more)
    }
}

extension VerificationReport {
    /// The first problem of that code.
    func problem(_ code: String) -> ProblemDetails? { problems.first { $0.code.rawValue == code } }
}
