public import JSONCore

/// A proof that stands in a document: who vouches for it, what for, and the signature. Source: VC Data Integrity 1.0 §2.1.
///
/// It keeps every member as it came, known or not: the signature covers them all. Reading one checks its form only.
///
/// *For example:* `try DataIntegrityProof(json: proof).verificationMethod` is the DID URL of the key.
public struct DataIntegrityProof: Sendable, Hashable {
    /// All members, as they came.
    public let members: JSONObject
    /// `DataIntegrityProof`, or the name of an older kind of proof.
    public let type: String
    /// The DID URL or URL of the key. Whether it is the issuer's is another question.
    public let verificationMethod: String
    /// What the proof is meant for: `assertionMethod` on a credential.
    public let proofPurpose: String

    /// Reads a proof.
    ///
    /// Throws `PARSING_ERROR` where it is no object, and `PROOF_VERIFICATION_ERROR` where `type`, `verificationMethod`
    /// or `proofPurpose` is missing (§4.4 step 4) or a member is not of its type; the path starts at the proof.
    public init(json: JSON) throws(ProofError) {
        guard let members = json.object else { throw ProofError(.parsing, "the proof is no object") }
        type = try Self.required("type", of: members)
        verificationMethod = try Self.required("verificationMethod", of: members)
        proofPurpose = try Self.required("proofPurpose", of: members)
        for name in ["cryptosuite", "id", "created", "expires", "challenge", "nonce", "proofValue"] {
            if let value = members[name], value.string == nil { throw Self.malformed(name, "a string") }
        }
        for name in ["domain", "previousProof"] {
            if let value = members[name], Self.strings(value) == nil {
                throw Self.malformed(name, "a string or an array of strings")
            }
        }
        self.members = members
    }

    /// A proof that was made from members that are known to be good.
    init(unchecked members: JSONObject, type: String, verificationMethod: String, proofPurpose: String) {
        self.members = members
        self.type = type
        self.verificationMethod = verificationMethod
        self.proofPurpose = proofPurpose
    }

    /// The proof as it stands in the document.
    public var json: JSON { .object(members) }
    /// The name of the suite, where ``type`` is `DataIntegrityProof`.
    public var cryptosuite: String? { members["cryptosuite"]?.string }
    /// What ``previousProof`` of other proofs refers to.
    public var id: String? { members["id"]?.string }
    /// When the proof was made (an XML Schema dateTimeStamp), as the signer says.
    public var created: String? { members["created"]?.string }
    /// Until when the proof counts (an XML Schema dateTimeStamp).
    public var expires: String? { members["expires"]?.string }
    /// Where the proof is meant to be used; empty where that is not said.
    public var domain: [String] { members["domain"].flatMap(Self.strings) ?? [] }
    /// What the verifier asked the signer to repeat.
    public var challenge: String? { members["challenge"]?.string }
    /// The ids of the proofs that this one also signs; empty in a proof by itself or in a set.
    public var previousProof: [String] { members["previousProof"].flatMap(Self.strings) ?? [] }
    /// The signature, in multibase.
    public var proofValue: String? { members["proofValue"]?.string }

    /// All members but the signature: what is hashed of the proof.
    var configuration: JSONObject {
        var configuration = members
        configuration.removeValue(forKey: "proofValue")
        return configuration
    }

    private static func required(_ name: String, of members: JSONObject) throws(ProofError) -> String {
        guard let value = members[name] else {
            throw ProofError(.proofVerification, "the proof has no \(name)")
        }
        guard let text = value.string, !text.isEmpty else { throw malformed(name, "a string that says something") }
        return text
    }

    private static func malformed(_ name: String, _ expected: String) -> ProofError {
        ProofError(.proofVerification, "\(name) is not \(expected)", path: JSONPointer().appending(name))
    }

    private static func strings(_ value: JSON) -> [String]? {
        if let text = value.string { return [text] }
        guard let elements = value.array else { return nil }
        let texts = elements.compactMap(\.string)
        return texts.count == elements.count ? texts : nil
    }
}
