public import JSONCore

/// One thing that is wrong, or cannot be known, about a badge.
///
/// The form follows the Verifiable Credentials Data Model 2.0 §7.1 (problem details).
public struct ProblemDetails: Sendable, Hashable, CustomStringConvertible {
    /// A stable name, and what it means in a few words. Where a specification names the problem, this is its name.
    public struct Code: Sendable, Hashable, CustomStringConvertible {
        public let rawValue: String
        public let title: String

        init(_ rawValue: String, _ title: String) {
            self.rawValue = rawValue
            self.title = title
        }

        public var description: String { rawValue }
    }

    /// How much a problem says: what is wrong ranks before what could not be found out, and that before a warning.
    public enum Severity: Int, Sendable, Hashable, Comparable {
        case failure, unknown, warning
        public static func < (left: Severity, right: Severity) -> Bool { left.rawValue < right.rawValue }
    }

    public let code: Code
    public let severity: Severity
    /// One sentence for people, about this badge.
    public let detail: String
    public let check: CheckName
    /// Where in the credential, if it is about one place.
    public let path: JSONPointer?

    /// Details can quote what stands in a badge, so nothing that a terminal would obey stays in them.
    init(code: Code, severity: Severity, detail: String, check: CheckName, path: JSONPointer?) {
        self.code = code
        self.severity = severity
        self.detail = PrintableText.of(detail)
        self.check = check
        self.path = path
    }

    public var description: String {
        "\(code): \(detail)" + (path.map { $0.tokens.isEmpty ? "" : " (at \($0))" } ?? "")
    }

    /// Ranked: failures first, then what is unknown, then warnings; the place deeper in the document first, since it
    /// says most; then in the order in which the checks ran.
    static func ranked(_ problems: [ProblemDetails]) -> [ProblemDetails] {
        problems.enumerated().sorted { left, right in
            if left.element.severity != right.element.severity {
                return left.element.severity < right.element.severity
            }
            if left.element.check != right.element.check {
                return left.element.check.rank < right.element.check.rank
            }
            let depths = (left.element.path?.tokens.count ?? 0, right.element.path?.tokens.count ?? 0)
            return depths.0 != depths.1 ? depths.0 > depths.1 : left.offset < right.offset
        }.map(\.element)
    }
}

extension ProblemDetails.Code {
    /// The code of an error from below: the JSON-LD API writes its names in small letters, with spaces.
    static func named(_ name: String, _ title: String) -> Self {
        Self(String(name.uppercased().map { $0 == " " ? "_" : $0 }), title)
    }

    static let legacyProof = Self("LEGACY_PROOF", "A kind of proof that is no longer made")
    static let contextVariant = Self("CONTEXT_VARIANT", "An older body of a context")
    static let notABadge = Self("NOT_A_BADGE", "Not an Open Badge")
    static let parsing = Self("PARSING_ERROR", "Cannot be read")
    static let unsupportedFormat = Self("UNSUPPORTED_FORMAT", "A format that is not verified yet")
    static let context = Self("INVALID_CONTEXT", "Wrong JSON-LD context")
    static let type = Self("INVALID_TYPE", "Wrong type")
    static let result = Self("RESULT_INCONSISTENT", "Results that contradict their description")
    static let proofMissing = Self("PROOF_MISSING", "Nothing proves the badge")
    static let proofVerification = Self("PROOF_VERIFICATION_ERROR", "The signature is wrong")
    static let proofFromFuture = Self("PROOF_FROM_FUTURE", "A proof that is dated in the future")
    static let keyUnavailable = Self("KEY_UNAVAILABLE", "The key cannot be fetched")
    static let keyUnreadable = Self("KEY_UNREADABLE", "The key cannot be read")
    static let keyConflict = Self("KEY_CONFLICT", "Two keys where there should be one")
    static let keyNotBound = Self("KEY_NOT_BOUND", "Nothing shows whose key it is")
    static let keyNotIssuers = Self("KEY_NOT_ISSUERS", "Not the issuer's key")
    static let claimMissing = Self("CLAIM_MISSING", "A JWT claim is missing")
    static let claimUnexpected = Self("CLAIM_UNEXPECTED", "A JWT claim that should not be there")
    static let claimMismatch = Self("CLAIM_MISMATCH", "A JWT claim contradicts the credential")
    static let revoked = Self("REVOKED", "Revoked by its issuer")
    static let statusRetrieval = Self("STATUS_RETRIEVAL_ERROR", "Its status cannot be fetched")
    static let statusUnsupported = Self("STATUS_UNSUPPORTED", "A kind of status that is not known")
    static let expired = Self("EXPIRED", "Expired")
    static let notYetValid = Self("NOT_YET_VALID", "Not valid yet")
    static let datesContradict = Self("DATES_CONTRADICT", "Dates that contradict each other")
    static let recipientMismatch = Self("RECIPIENT_MISMATCH", "Issued to somebody else")
    static let recipientUnknown = Self("RECIPIENT_UNKNOWN", "The recipient cannot be compared")
    static let issuerUntrusted = Self("ISSUER_UNTRUSTED", "An issuer that is not trusted")
    static let issuerUnknown = Self("ISSUER_UNKNOWN", "It is not known whose badge it is")
    static let schemaViolation = Self("SCHEMA_VIOLATION", "Not as the schema that it names says")
    static let schemaUnavailable = Self("SCHEMA_UNAVAILABLE", "A schema that it names cannot be had")
    static let schemaUnsupported = Self("SCHEMA_UNSUPPORTED", "A kind of schema that is not known")
    static let endorsementInvalid = Self("ENDORSEMENT_INVALID", "An endorsement that is not genuine")
    static let endorsementEnded = Self("ENDORSEMENT_ENDED", "An endorsement that no longer holds")
    static let endorsementUnknown = Self("ENDORSEMENT_UNKNOWN", "An endorsement that cannot be judged")
    static let endorsementElsewhere = Self("ENDORSEMENT_ELSEWHERE", "An endorsement of something else")
    static let refreshUnavailable = Self("REFRESH_UNAVAILABLE", "A newer version cannot be had")
    static let credentialRejected = Self("CREDENTIAL_REJECTED", "A credential within it is rejected")
    static let credentialUndetermined = Self("CREDENTIAL_UNDETERMINED", "A credential within it cannot be judged")
    static let unreachable = Self("DOCUMENT_UNREACHABLE", "A document cannot be fetched")
    static let hostedMissing = Self("HOSTED_NOT_FOUND", "No longer where it is hosted")
    static let hostedDiffers = Self("HOSTED_DIFFERS", "The hosted badge is another one")
    static let scope = Self("OUT_OF_SCOPE", "Hosted where the issuer does not host")
    static let idMismatch = Self("ID_MISMATCH", "A document under another id than its own")
    static let idMissing = Self("ID_MISSING", "A document without an id")
    static let issuerIDNotURL = Self("ISSUER_ID_NOT_URL", "An issuer that cannot be looked up")
    static let issuerPageUnreachable = Self("ISSUER_URL_UNREACHABLE", "The issuer's page cannot be fetched")
    static let evidenceUnreachable = Self("EVIDENCE_UNREACHABLE", "Evidence that cannot be fetched")
    static let resourceDiffers = Self("RESOURCE_DIFFERS", "Evidence that is no longer what its issuer saw")
    static let pageDiffers = Self("PAGE_DIFFERS", "A page that says something else than its badge")
    static let keyNewer = Self("KEY_NEWER_THAN_BADGE", "A key that is younger than the badge")
    static let hostedCopyDiffers = Self("HOSTED_COPY_DIFFERS", "The hosted badge says otherwise")
    static let olderVersion = Self("OLDER_VERSION", "A badge of an older version")
    static let keyRevoked = Self("KEY_REVOKED", "A key that no longer counts")
    static let keyRevokedLater = Self("KEY_REVOKED_LATER", "A key that counted when the badge says that it was signed")
    static let keyNamedLoosely = Self("KEY_NAMED_LOOSELY", "A key that is not named by its own id")
    static let unusualAlgorithm = Self("UNUSUAL_ALGORITHM", "A signature that few can read")
    static let statusIssuer = Self("STATUS_LIST_ISSUER", "Somebody else's status list")
    static let imageType = Self("IMAGE_TYPE", "An image that is neither PNG nor SVG")
    static let imageUnavailable = Self("IMAGE_UNAVAILABLE", "An image that cannot be fetched")
    static let extensionInvalid = Self("EXTENSION_INVALID", "An extension that contradicts its schema")
    static let extensionUnchecked = Self("EXTENSION_UNCHECKED", "An extension that cannot be checked")
    static let requirement = Self("REQUIREMENT_NOT_MET", "A requirement is not met")
    static let limit = Self("LIMIT_EXCEEDED", "More than is read")

    /// The code of an image that cannot be read.
    static func image(_ code: OpenBadgesError.Code) -> Self {
        Self(code.rawValue, "An image that cannot be read")
    }

    static let imageDiffers = Self("IMAGE_DIFFERS", "Another picture than the achievement's")

    /// The code of a violation of a class's table.
    static func schema(_ code: OpenBadgesError.Code) -> Self {
        switch code {
        case .required: Self(code.rawValue, "A required property is missing")
        case .cardinality: Self(code.rawValue, "A property stands more often than allowed")
        case .invalidType: Self(code.rawValue, "Wrong type")
        case .classMismatch: Self(code.rawValue, "An object of another class")
        default: Self(code.rawValue, "A malformed value")
        }
    }
}
