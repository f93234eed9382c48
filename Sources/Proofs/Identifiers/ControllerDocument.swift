public import JSONCore

/// A DID document or controlled identifier document: whose keys are whose, and what for.
///
/// Source: Controlled Identifiers 1.0 §2, §3.3.
public struct ControllerDocument: Sendable {
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
        asserted.compactMap { entry in
            entry.definition.flatMap { try? VerificationMethod(json: $0, relativeTo: id) }
                // A method that says that somebody else controls it is not this document's to offer.
                .flatMap { $0.controller == id ? $0 : nil }
        }
    }

    /// Whether the document says anything about keys: a plain issuer profile does not. One that lists keys, and none of
    /// them to assert with, does.
    public var describesKeys: Bool {
        ["assertionMethod", "verificationMethod", "authentication", "keyAgreement"].contains { json[$0] != nil }
    }

    /// The method of that id, if it is listed under `assertionMethod`.
    ///
    /// - Throws: `INVALID_VERIFICATION_METHOD` where there is no such method or it is another controller's,
    ///   `INVALID_RELATIONSHIP_FOR_VERIFICATION_METHOD` where it is there for another purpose, and what
    ///   ``VerificationMethod/init(json:relativeTo:)`` throws where it cannot be read: `KEY_CONFLICT`,
    ///   `PRIVATE_KEY_EXPOSED`, `KEY_UNSUPPORTED` …
    public func assertionMethod(id methodID: String) throws(ProofError) -> VerificationMethod {
        guard let entry = asserted.first(where: { $0.id == methodID }) else {
            if definition(of: methodID) != nil {
                throw ProofError(.invalidRelationship, "the key is not listed under assertionMethod")
            }
            throw ProofError(.invalidVerificationMethod, "the document lists no such key")
        }
        guard let definition = entry.definition else {
            throw ProofError(
                .invalidVerificationMethod,
                "the key is listed under assertionMethod, and described nowhere"
            )
        }
        let method = try VerificationMethod(json: definition, relativeTo: id)
        for other in definitions(of: methodID) where other != definition {
            guard let key = try? VerificationMethod(json: other, relativeTo: id).key,
                key.publicKey == method.key.publicKey
            else { throw ProofError(.keyConflict, "the document has two keys of that id") }
        }
        guard method.controller == id else {
            throw ProofError(.invalidVerificationMethod, "the key is controlled by somebody else")
        }
        return method
    }

    /// What stands under `assertionMethod`: the absolute id, and the method itself, from here or from
    /// `verificationMethod`.
    private var asserted: [(id: String, definition: JSON?)] {
        values(of: "assertionMethod").prefix(Self.maximumMethods).compactMap { entry in
            if let reference = entry.string.map(absolute) { return (reference, definition(of: reference)) }
            return entry["id"]?.string.map { (absolute($0), entry) }
        }
    }

    private func definition(of methodID: String) -> JSON? { definitions(of: methodID).first }

    private func definitions(of methodID: String) -> [JSON] {
        values(of: "verificationMethod").prefix(Self.maximumMethods)
            .filter { $0["id"]?.string.map(absolute) == methodID }
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
