import JSONCore

/// `did:jwk`: a DID that is its own key. Source: did:jwk Method Specification §2.
public enum DIDJWK {
    /// The document that the DID stands for: one key, `#0`, for every purpose.
    ///
    /// - Throws: ``ProofError`` where the identifier is no base64url, no JWK, or a private one.
    public static func document(of did: DID) throws(ProofError) -> ControllerDocument {
        let bytes = try Base64URL.decode(Array(did.identifier.utf8))
        let jwk: JSON
        do {
            jwk = try JSON(parsing: bytes)
        } catch {
            throw ProofError(.parsing, "the did:jwk holds no JSON")
        }
        _ = try JWK(json: jwk)
        let method: JSON = [
            "id": .string("\(did.base)#0"), "type": "JsonWebKey2020", "controller": .string(did.base),
            "publicKeyJwk": jwk,
        ]
        return try ControllerDocument(
            json: [
                "id": .string(did.base), "verificationMethod": [method], "assertionMethod": ["#0"],
            ],
            expectedID: did.base
        )
    }
}
