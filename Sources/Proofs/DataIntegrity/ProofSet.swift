public import JSONCore

/// A secured document taken apart: what was secured, and its proofs. Source: VC Data Integrity 1.0 §2.1.1, §2.1.2.
///
/// Proofs stand side by side (a set), each over the document without any proof; or one names others as its
/// `previousProof` (a chain), and is over the document with those in it.
///
/// *For example:* `try ProofSet(of: credential).entries.map(\.path)` is `[/proof]`, or `[/proof/0, /proof/1]`.
public struct ProofSet: Sendable {
    /// A proof in its place.
    public struct Entry: Sendable {
        /// Where it stands in the document.
        public let path: JSONPointer
        /// As it came.
        public let json: JSON
        /// As it reads, or why it cannot be read.
        public let proof: Result<DataIntegrityProof, ProofError>
    }

    /// The document without its proofs.
    public let unsecuredDocument: JSON
    /// The proofs, in their order.
    public let entries: [Entry]

    /// Takes a document apart.
    ///
    /// Throws `PARSING_ERROR` where the document is no object or has no proof, or `proof` is neither an object nor an
    /// array (§4.4 step 2), and `SIZE_LIMIT` where it has more proofs than the limits allow.
    public init(of document: JSON, limits: DataIntegrityLimits = .standard) throws(ProofError) {
        guard let object = document.object else { throw ProofError(.parsing, "the secured document is no object") }
        let path = JSONPointer().appending("proof")
        switch object["proof"] {
        case nil: throw ProofError(.parsing, "the document has no proof")
        case .object(let members): entries = [Entry(.object(members), path)]
        case .array(let values):
            guard !values.isEmpty else { throw ProofError(.parsing, "the document has no proof", path: path) }
            guard values.count <= limits.proofs else {
                throw ProofError(.sizeLimit, "the document has more than \(limits.proofs) proofs", path: path)
            }
            entries = values.enumerated().map { Entry($1, path.appending($0)) }
        case .some: throw ProofError(.parsing, "the proof is neither an object nor an array", path: path)
        }
        unsecuredDocument = Self.unsecured(object)
    }

    /// The proofs of these ids, as positions in their order: what a `previousProof` stands for.
    ///
    /// Throws `PROOF_VERIFICATION_ERROR` where one of them is not there, or two have the same id.
    func previous(named names: [String]) throws(ProofError) -> [Int] {
        let path = JSONPointer().appending("previousProof")
        var positions: [Int] = []
        for name in names {
            // JSON values are compared code point by code point, which Swift's strings are not.
            let matches = entries.indices.filter { entries[$0].json["id"] == .string(name) }
            guard let match = matches.first else {
                throw ProofError(.proofVerification, "a previous proof that the document does not have", path: path)
            }
            guard matches.count == 1 else {
                throw ProofError(.proofVerification, "two proofs have the id of the previous proof", path: path)
            }
            if !positions.contains(match) { positions.append(match) }
        }
        return positions.sorted()
    }

    /// What a proof is over: the document without proofs, or with those before it in a chain.
    func inputDocument(previous: [Int]) -> JSON {
        guard !previous.isEmpty else { return unsecuredDocument }
        var document = unsecuredDocument
        document["proof"] = .array(previous.map { entries[$0].json })
        return document
    }

    private static func unsecured(_ object: JSONObject) -> JSON {
        var object = object
        object.removeValue(forKey: "proof")
        return .object(object)
    }
}

extension ProofSet.Entry {
    fileprivate init(_ json: JSON, _ path: JSONPointer) {
        self.json = json
        self.path = path
        do throws(ProofError) {
            proof = .success(try DataIntegrityProof(json: json))
        } catch {
            proof = .failure(error.within(path))
        }
    }
}
