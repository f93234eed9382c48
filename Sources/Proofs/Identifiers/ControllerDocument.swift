public import JSONCore

/// A DID document or controlled identifier document: whose keys are whose, and what for.
///
/// Source: Controlled Identifiers 1.0 §2, §3.3.
public struct ControllerDocument: Sendable {
    /// A key that the document's subject names.
    public struct VerificationMethod: Sendable {
        /// Absolute; a relative id of the document is resolved against the document's.
        public let id: String
        public let controller: String
        /// As a JWK, whatever form it has in the document: its own restrictions (`alg`, `use`) go with it.
        public let key: JWK
        /// From when the key counts no longer, as the document says (RFC 3339 text).
        public let revoked: String?
        public let expires: String?
    }

    public let id: String
    public let json: JSON

    /// - Parameter expectedID: what the document has to be about.
    /// - Throws: ``ProofError`` `INVALID_CONTROLLED_IDENTIFIER_DOCUMENT` or `…_DOCUMENT_ID`.
    public init(json: JSON, expectedID: String) throws(ProofError) {
        guard let object = json.object, let id = object["id"]?.string else {
            throw ProofError(.invalidControllerDocument, "the document has no id")
        }
        guard id == expectedID else {
            throw ProofError(.invalidControllerDocumentID, "the document is about another id than the one asked for")
        }
        self.id = id
        self.json = json
    }

    /// The methods listed under `assertionMethod`, embedded or by reference.
    ///
    /// A method that cannot be read (an unknown kind of key) is left out: it can have signed nothing that we verify.
    public var assertionMethods: [VerificationMethod] {
        values(of: "assertionMethod").prefix(Self.maximumMethods).compactMap { entry in
            if let reference = entry.string {
                return definition(of: absolute(reference)).flatMap(method(from:))
            }
            return method(from: entry)
        }
    }

    /// Whether the document says anything about keys that assert: a plain issuer profile does not.
    public var listsAssertionMethods: Bool { json["assertionMethod"] != nil }

    /// The method of that id, if it is listed under `assertionMethod`.
    ///
    /// - Throws: `INVALID_VERIFICATION_METHOD` where no such method can be read, and
    ///   `INVALID_RELATIONSHIP_FOR_VERIFICATION_METHOD` where it is there for another purpose.
    public func assertionMethod(id methodID: String) throws(ProofError) -> VerificationMethod {
        if let method = assertionMethods.first(where: { $0.id == methodID }) { return method }
        guard definition(of: methodID) == nil || isAsserted(methodID) else {
            throw ProofError(.invalidRelationship, "the key is not listed under assertionMethod")
        }
        throw ProofError(.invalidVerificationMethod, "the document lists no such key, or one that cannot be read")
    }

    private func isAsserted(_ methodID: String) -> Bool {
        values(of: "assertionMethod").contains { $0.string.map(absolute) == methodID }
    }

    private func definition(of methodID: String) -> JSON? {
        values(of: "verificationMethod").prefix(Self.maximumMethods)
            .first { $0["id"]?.string.map(absolute) == methodID }
    }

    private func method(from json: JSON) -> VerificationMethod? {
        guard let methodID = json["id"]?.string.map(absolute) else { return nil }
        // A method that says that somebody else controls it is not this document's to offer.
        let controller = json["controller"]?.string ?? id
        guard controller == id else { return nil }
        guard let jwk = json["publicKeyJwk"], let key = try? JWK(json: jwk) else { return nil }
        return VerificationMethod(
            id: methodID,
            controller: controller,
            key: key,
            revoked: json["revoked"]?.string,
            expires: json["expires"]?.string
        )
    }

    private func values(of name: String) -> [JSON] {
        switch json[name] {
        case nil: []
        case .array(let values): values
        case .some(let value): [value]
        }
    }

    private func absolute(_ reference: String) -> String {
        reference.hasPrefix("#") ? id + reference : reference
    }

    /// Documents in the field list a handful; a list without end would only cost time.
    private static let maximumMethods = 256
}
