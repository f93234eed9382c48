import Cryptography
public import JSONCore

/// What a report rests on, by digest: the input, and every document that was asked for.
///
/// Two people with the same bytes get the same digests, so a report can be held against what it was about.
public struct VerificationEvidence: Sendable, Hashable {
    /// One document.
    public struct Document: Sendable, Hashable {
        public let url: String
        /// SHA-256 of its bytes, in hexadecimal; `nil` where there were none.
        public let sha256: String?
        /// How it came: `found`, `gone`, `missing`, `unreachable`.
        public let answer: String
    }

    /// SHA-256 of the input's bytes, in hexadecimal.
    public let inputSHA256: String
    /// The time at which the badge had to hold.
    public let at: Timestamp
    /// In the order of their URLs.
    public let documents: [Document]

    init(input: [UInt8], at: Timestamp, documents answers: [String: LoadedDocument.Answer]) {
        inputSHA256 = Self.digest(input)
        self.at = at
        documents = answers.sorted { $0.key < $1.key }.map { url, answer in
            switch answer {
            case .found(let document): Document(url: url, sha256: Self.digest(document.body), answer: "found")
            case .gone(let document): Document(url: url, sha256: Self.digest(document.body), answer: "gone")
            case .missing: Document(url: url, sha256: nil, answer: "missing")
            case .unreachable: Document(url: url, sha256: nil, answer: "unreachable")
            }
        }
    }

    private static func digest(_ bytes: [UInt8]) -> String {
        Hexadecimal.encode(DigestAlgorithm.sha256.digest(bytes))
    }

    /// The form in which a receipt holds it.
    public var json: JSON {
        [
            "input": ["sha256": .string(inputSHA256)],
            "at": .string(at.description),
            "documents": .array(
                documents.map { document in
                    [
                        "url": .string(document.url), "sha256": document.sha256.map(JSON.string) ?? .null,
                        "answer": .string(document.answer),
                    ]
                }
            ),
        ]
    }
}
