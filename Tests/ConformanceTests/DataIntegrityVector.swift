import Cryptography
import JSONCore
import LinkedData
import Proofs
import Testing

/// One vector of the W3C cryptosuite specifications: an input, every step between, and the signed document.
struct DataIntegrityVector: Sendable, CustomStringConvertible {
    let folder: String
    /// What ends the names of the vector's files.
    let suffix: String
    let cryptosuite: Cryptosuite
    /// The file of the key pair.
    let keys: String

    var description: String { folder }

    func json(_ name: String) throws -> JSON {
        try OfficialData.json("\(folder)/\(name)\(suffix).json")
    }

    func text(_ name: String) throws -> String {
        let text = String(decoding: try OfficialData.bytes("\(folder)/\(name)\(suffix).txt"), as: UTF8.self)
        return name.hasPrefix("canonDoc") || name.hasPrefix("proofCanon") ? text : text.filter { !$0.isWhitespace }
    }

    func key() throws -> PrivateKey {
        try Self.key(OfficialData.json(keys))
    }

    static func key(_ pair: JSON) throws -> PrivateKey {
        let secret = try #require(pair["secretKeyMultibase"]?.string ?? pair["privateKeyMultibase"]?.string)
        let key = try Multikey.privateKey(secret)
        #expect(try Multikey.text(of: key.publicKey) == pair["publicKeyMultibase"]?.string)
        return key
    }

    /// Every intermediate value, from the signed document.
    func checkSteps() throws {
        let signed = try json("signed")
        let proof = try DataIntegrityProof(json: try #require(signed["proof"]))
        let document = try ProofSet(of: signed).unsecuredDocument
        let digest = cryptosuite.digest(for: try key().algorithm)
        let transformation = ProofTransformation(cryptosuite, digest: digest, contexts: OfficialContexts.store)

        let canonicalDocument = try transformation.canonicalForm(of: document)
        #expect(try String(decoding: canonicalDocument, as: UTF8.self) == text("canonDoc"))
        #expect(try Self.hexadecimal(digest.digest(canonicalDocument)) == text("docHash"))
        let configuration = try transformation.canonicalConfiguration(of: proof, in: document)
        #expect(try String(decoding: configuration, as: UTF8.self) == text("proofCanon"))
        #expect(try Self.hexadecimal(digest.digest(configuration)) == text("proofHash"))
        #expect(try transformation.canonicalForm(of: json("proofConfig")) == configuration)
        #expect(
            try Self.hexadecimal(transformation.hashData(of: proof, over: document)) == text("combinedHash")
        )
        #expect(try proof.proofValue == text("sigBTC58"))
        #expect(try Self.hexadecimal(Multibase.base58BTC.decode(text("sigBTC58"))) == text("sigHex"))
    }

    /// A signer for the vector's proof, and the options that it was made with.
    func signer() throws -> (signer: DataIntegritySigner, options: ProofOptions) {
        let proof = try DataIntegrityProof(json: try #require(try json("signed")["proof"]))
        let signer = try DataIntegritySigner(
            key: key(),
            cryptosuite: cryptosuite,
            verificationMethod: proof.verificationMethod,
            contexts: OfficialContexts.store,
            clock: .any
        )
        return (signer, ProofOptions(created: proof.created))
    }

    private static func hexadecimal(_ bytes: [UInt8]) -> String {
        bytes.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
    }
}

/// The official contexts, by the URLs of their index.
enum OfficialContexts {
    static let store: ContextStore = {
        guard OfficialData.isThere, let index = try? OfficialData.json("contexts/index.json")["documents"]?.object
        else {
            return ContextStore([:])
        }
        var documents: [String: JSON] = [:]
        for (url, entry) in index {
            documents[url] = entry["file"]?.string.flatMap { try? OfficialData.json("contexts/" + $0) }
        }
        return ContextStore(documents)
    }()
}

extension ProofClock {
    /// A clock for vectors, which are about other things than time.
    static let any = ProofClock { _ in .notPast }
}

/// What comes of verifying the proofs of a document whose keys are all `did:key`.
func outcomes(of document: JSON) throws -> [ProofOutcome] {
    let verifier = DataIntegrityVerifier(
        contexts: OfficialContexts.store,
        expectations: ProofExpectations(clock: .any)
    )
    return try verifier.verify(document) { proof in
        do throws(ProofError) {
            guard let did = DID(proof.verificationMethod) else {
                throw ProofError(.invalidVerificationMethod, "no DID URL")
            }
            let method = try DIDKey.document(of: did).assertionMethod(id: proof.verificationMethod)
            return .found(method.key.publicKey)
        } catch {
            return .refused(error)
        }
    }.map(\.outcome)
}

extension ProofOutcome {
    /// `verified`, or the code.
    var summary: String {
        switch self {
        case .verified: "verified"
        case .failed(let error): "failed: \(error.code.rawValue)"
        case .undetermined(let error): "undetermined: \(error.code.rawValue)"
        }
    }
}
