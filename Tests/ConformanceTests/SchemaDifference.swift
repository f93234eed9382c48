import JSONCore

/// A point on which two judges of documents differ on purpose, and why.
struct SchemaDifference: Sendable {
    /// Which of the two accepts: our JSON Schema, or the other judge.
    enum Acceptance: Sendable { case other, ours }

    let name: String
    let reason: String
    let accepted: Acceptance
    let covers: @Sendable (DocumentMutation) -> Bool

    init(
        _ name: String,
        acceptedBy accepted: Acceptance,
        because reason: String,
        _ covers: @escaping @Sendable (DocumentMutation) -> Bool
    ) {
        self.name = name
        self.reason = reason
        self.accepted = accepted
        self.covers = covers
    }
}

extension SchemaDifference {
    /// Members that hold an IRI in Open Badges 3.0.
    private static let iris: Set<String> = [
        "id", "url", "targetUrl", "achievedLevel", "requiredLevel", "resultDescription", "verificationMethod", "issuer",
    ]

    /// Members that hold a code or a value that programs compare, and no text for people.
    private static let codes: Set<String> = [
        "addressCountryCode", "allowedValue", "challenge", "cryptosuite", "domain", "email", "humanCode", "identifier",
        "identityHash", "inLanguage", "licenseNumber", "nonce", "phone", "points", "postOfficeBoxNumber", "postalCode",
        "proofPurpose", "proofValue", "requiredValue", "salt", "targetCode", "value", "valueMax", "valueMin", "version",
    ]

    /// Whether a `type` lost a name, or has something in it that is none.
    private static func lostItsClass(_ mutation: DocumentMutation) -> Bool {
        func names(_ json: JSON?) -> [String]? {
            let names = (json?.array ?? json.map { [$0] } ?? []).map(\.string)
            return names.contains(nil) ? nil : names.compactMap(\.self)
        }
        guard mutation.member == "type", let before = names(mutation.memberValues.before) else { return false }
        guard let after = names(mutation.memberValues.after) else { return true }
        return !Set(before).isSubset(of: after) || after.contains("")
    }

    /// Whether contexts are no list, or one of them has neither an absolute IRI nor terms of its own.
    private static func hasNoContexts(_ mutation: DocumentMutation) -> Bool {
        guard mutation.member == "@context" else { return false }
        guard let contexts = mutation.memberValues.after?.array else { return true }
        return contexts.contains {
            $0.string.map { $0.first?.isLetter != true } == true || $0.string?.contains(":") == false
        }
    }

    private static func isLanguageMap(_ value: JSON?) -> Bool {
        value?.object?.allSatisfy { $0.value.string != nil } ?? false
    }

    private static func isEmptyList(_ mutation: DocumentMutation) -> Bool {
        mutation.value?.array?.isEmpty == true
            || (mutation.change == .removed && mutation.memberValues.after?.array?.isEmpty == true)
    }

    /// Where the official schemas of Open Badges 3.0 in the form that tolerates compaction differ from ours.
    static let official: [SchemaDifference] = [
        SchemaDifference(
            "IRIs",
            acceptedBy: .other,
            because: "The official schema takes any text, or a language map, where the data model says URI (§B)."
        ) { iris.contains($0.member) && ($0.value?.string != nil || isLanguageMap($0.value)) },
        SchemaDifference(
            "classes",
            acceptedBy: .other,
            because: "A type that stands alone may be anything there, though the class has to be named (§B)."
        ) { lostItsClass($0) },
        SchemaDifference(
            "contexts",
            acceptedBy: .other,
            because: "The official schema takes a single context of any kind, though there have to be two (§A.2, §B)."
        ) { hasNoContexts($0) },
        SchemaDifference(
            "empty lists",
            acceptedBy: .other,
            because: "An empty list is left out (§A.1)."
        ) { isEmptyList($0) },
        SchemaDifference(
            "empty language maps",
            acceptedBy: .other,
            because: "A text in no language is none; the official schema takes {} for any text."
        ) { $0.value?.object?.isEmpty == true },
        SchemaDifference(
            "language maps for codes",
            acceptedBy: .other,
            because: "What programs compare has no language; the official schema allows a language map for any text."
        ) { codes.contains($0.member) && isLanguageMap($0.value) },
        SchemaDifference(
            "hashes of identities",
            acceptedBy: .other,
            because: "Whether an identity is hashed, and whether it looks so, has to agree (§B, IdentityHash)."
        ) { $0.member == "hashed" || ($0.member == "identityHash" && $0.value?.string != nil) },
        SchemaDifference(
            "subjects that nobody knows",
            acceptedBy: .other,
            because: "Either id or at least one identifier has to be supplied (§B, AchievementSubject)."
        ) { $0.change == .removed && $0.member == "id" && $0.owner == "credentialSubject" },
        SchemaDifference(
            "extension terms",
            acceptedBy: .other,
            because: "The official pattern has no anchors, and bars in its set of letters (§C.2)."
        ) { $0.change == .afterTerm },
        SchemaDifference(
            "several status entries",
            acceptedBy: .ours,
            because: "The Verifiable Credentials Data Model 2.0 (§4.10) allows them, and each is read."
        ) { $0.member == "credentialStatus" && $0.value?.array != nil },
        SchemaDifference(
            "several classes of a part",
            acceptedBy: .ours,
            because: "The Verifiable Credentials Data Model 2.0 (§4.5) allows a set of types wherever one may stand."
        ) { $0.member == "type" && $0.value?.array != nil && !lostItsClass($0) },
        SchemaDifference(
            "several domains of a proof",
            acceptedBy: .ours,
            because: "Verifiable Credential Data Integrity 1.0 (§2.1) allows a set of them."
        ) { $0.member == "domain" && $0.value?.array != nil },
    ]

    /// Where the official schema of the canonical form differs from ours.
    static let canonical: [SchemaDifference] =
        official.filter {
            [
                "IRIs", "contexts", "empty lists", "extension terms", "hashes of identities",
                "subjects that nobody knows",
            ].contains($0.name)
        } + [
            SchemaDifference(
                "classes without a name",
                acceptedBy: .other,
                because:
                    "The official schema takes any text for the class of a part that another specification defines."
            ) { $0.member == "type" && $0.value == "" },
            SchemaDifference(
                "criteria that are not told",
                acceptedBy: .other,
                because: "The data model only recommends that there are any (§B, Criteria); an issuer should be told."
            ) { $0.path.tokens.contains("criteria") && $0.change != .added },
        ]

    /// Where the tables of classes, by which documents are read and verified, differ from our schemas.
    static let tables: [SchemaDifference] = [
        SchemaDifference(
            "contexts",
            acceptedBy: .other,
            because: "The check of contexts looks at them."
        ) { $0.member == "@context" },
        SchemaDifference(
            "the class VerifiableCredential, and names that are no text",
            acceptedBy: .other,
            because: "The check of types looks for the one; a table looks for the name of its own class alone."
        ) { lostItsClass($0) },
        SchemaDifference(
            "hashes of identities",
            acceptedBy: .other,
            because: "The check of subjects compares them."
        ) { $0.member == "hashed" || ($0.member == "identityHash" && $0.value?.string != nil) },
        SchemaDifference(
            "members of proofs",
            acceptedBy: .other,
            because: "The check of proofs reads them."
        ) { $0.path.tokens.contains("proof") },
        SchemaDifference(
            "language maps for codes",
            acceptedBy: .other,
            because: "The tables know one kind of text."
        ) { codes.contains($0.member) && isLanguageMap($0.value) },
        SchemaDifference(
            "criteria that are not told",
            acceptedBy: .ours,
            because: "The data model only recommends that there are any (§B, Criteria)."
        ) { $0.path.tokens.contains("criteria") || $0.original.object?.keys == ["id", "narrative"] },
    ]
}
