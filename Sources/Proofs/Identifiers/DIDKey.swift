public import Cryptography
internal import JSONCore

/// `did:key`: a DID that is its own Multikey. Source: did:key Method Specification §3.
///
/// The document is computed, so anyone has one for any key: a badge signed by a `did:key` says nothing about who the
/// issuer is until the DID itself is trusted.
///
/// *For example:* the one key of `did:key:z6Mk…` is named `did:key:z6Mk…#z6Mk…`.
public enum DIDKey {
    /// The document that the DID stands for: one key for signing, for every purpose that signing has.
    ///
    /// - Throws: ``ProofError`` where the identifier is no public Multikey that we accept.
    public static func document(of did: DID) throws(ProofError) -> ControllerDocument {
        let key = try publicKey(of: did)
        let name: JSON = .string("\(did.base)#\(did.identifier)")
        let method = try Multikey.verificationMethod(
            key,
            id: "\(did.base)#\(did.identifier)",
            controller: did.base
        )
        return try ControllerDocument(
            json: [
                "@context": ["https://www.w3.org/ns/did/v1", "https://w3id.org/security/multikey/v1"],
                "id": .string(did.base), "verificationMethod": [method], "authentication": [name],
                "assertionMethod": [name], "capabilityDelegation": [name], "capabilityInvocation": [name],
            ],
            expectedID: did.base
        )
    }

    /// The key that the DID is.
    ///
    /// - Throws: ``ProofError`` `PARSING_ERROR` for another method or no base58-btc multibase, `KEY_UNSUPPORTED` for
    ///   another kind of key, and `INVALID_VERIFICATION_METHOD` for a fragment that is not the key itself.
    public static func publicKey(of did: DID) throws(ProofError) -> PublicKey {
        guard did.method == "key" else { throw ProofError(.parsing, "the DID is no did:key") }
        guard did.fragment == nil || did.fragment == did.identifier else {
            throw ProofError(.invalidVerificationMethod, "a did:key has one key, named by the same text after the #")
        }
        return try Multikey.publicKey(did.identifier)
    }

    /// The DID of a key; throws `KEY_UNSUPPORTED` for RSA.
    public static func identifier(for key: PublicKey) throws(ProofError) -> String {
        "did:key:" + (try Multikey.text(of: key))
    }

    /// The DID URL that a proof by the key names as its verification method; throws `KEY_UNSUPPORTED` for RSA.
    public static func verificationMethod(for key: PublicKey) throws(ProofError) -> String {
        let text = try Multikey.text(of: key)
        return "did:key:\(text)#\(text)"
    }
}
