public import Cryptography
public import JSONCore

/// Why a proof, a key or an identifier could not be used.
///
/// A signature that does not verify is not an error: it is the answer `false`. The text never holds key material,
/// and quotes nothing from a credential.
public struct ProofError: Error, Sendable, Hashable, CustomStringConvertible {
    /// What kind of failure it was; the raw value is the specification's name where it has one.
    public struct Code: RawRepresentable, Sendable, Hashable {
        public let rawValue: String

        public init(rawValue: String) {
            self.rawValue = rawValue
        }

        /// The text is not in the form that it should have.
        public static let parsing = Code(rawValue: "PARSING_ERROR")
        /// Larger than the limits allow.
        public static let sizeLimit = Code(rawValue: "SIZE_LIMIT")
        /// The algorithm is one with a public key, and none that we have.
        public static let algorithmUnsupported = Code(rawValue: "ALGORITHM_UNSUPPORTED")
        /// The algorithm is none that could prove anything: `none`, or a symmetric one (RFC 8725 §3.1).
        public static let algorithmRefused = Code(rawValue: "ALGORITHM_REFUSED")
        /// The algorithm does not suit the key.
        public static let algorithmMismatch = Code(rawValue: "ALGORITHM_MISMATCH")
        /// The header demands an extension, and we understand none (RFC 7515 §4.1.11).
        public static let criticalHeader = Code(rawValue: "CRITICAL_HEADER")
        /// A key of a type, on a curve or in a form that we do not read: it may be a good one.
        public static let keyTypeUnsupported = Code(rawValue: "KEY_TYPE_UNSUPPORTED")
        /// A key that we read and do not accept: a size out of range, a point off its curve, or not for verifying.
        public static let keyUnsupported = Code(rawValue: "KEY_UNSUPPORTED")
        /// A private or symmetric key stands where a public key belongs.
        public static let privateKeyExposed = Code(rawValue: "PRIVATE_KEY_EXPOSED")
        /// Two different keys under one name.
        public static let keyConflict = Code(rawValue: "KEY_CONFLICT")
        /// A controller document that cannot be read (Controlled Identifiers 1.0 §3.5).
        public static let invalidControllerDocument = Code(rawValue: "INVALID_CONTROLLED_IDENTIFIER_DOCUMENT")
        /// A controller document about another id (Controlled Identifiers 1.0 §3.5).
        public static let invalidControllerDocumentID = Code(rawValue: "INVALID_CONTROLLED_IDENTIFIER_DOCUMENT_ID")
        /// A verification method that is not there or cannot be read (Controlled Identifiers 1.0 §3.5).
        public static let invalidVerificationMethod = Code(rawValue: "INVALID_VERIFICATION_METHOD")
        /// A verification method that is there for another purpose (Controlled Identifiers 1.0 §3.5).
        public static let invalidRelationship = Code(rawValue: "INVALID_RELATIONSHIP_FOR_VERIFICATION_METHOD")
    }

    /// What kind of failure it was.
    public let code: Code
    /// One clause for a person, without a full stop.
    public let detail: String
    /// Where in the JSON document; the root where there is no place to name.
    public let path: JSONPointer

    public init(_ code: Code, _ detail: String, path: JSONPointer = JSONPointer()) {
        self.code = code
        self.detail = detail
        self.path = path
    }

    /// The same failure, seen from here; the codes of `Cryptography` are kept.
    public init(_ error: CryptographyError, path: JSONPointer = JSONPointer()) {
        let cause = error.openSSLErrors.isEmpty ? "" : " [" + error.openSSLErrors.joined(separator: "; ") + "]"
        self.init(Code(rawValue: error.code.rawValue), error.detail + cause, path: path)
    }

    /// A JSON text that could not be read, where it was to be a part of something of ours.
    public init(_ error: JSONError, in part: String) {
        self.init(.parsing, "\(part): \(error.code.rawValue), \(error.detail)", path: error.path)
    }

    public var description: String {
        path.isRoot ? "\(code.rawValue): \(detail)" : "\(code.rawValue) (\(path)): \(detail)"
    }
}
