import LinkedData

/// The rules of `container`, `json`, `context` and `type`: what came in, and what it says that it is.
extension CheckCatalog {
    static let inputRules: [Rule] = containerRules + contextRules + typeRules

    private static let containerRules: [Rule] = [
        Rule(
            .container,
            "The input is a compact JWS, a JSON object, a PNG or SVG with a badge in it, or a page that leads to one.",
            [.notABadge],
            .rejects,
            "Open Badges 3.0 §5.3"
        ),
        Rule(
            .container,
            "A compact JWS has three parts of base64url without padding, and a JSON object as its header.",
            [.parsing],
            .rejects,
            "RFC 7515 §7.1"
        ),
        Rule(
            .container,
            "An image that carries a badge is a well-formed PNG or SVG, and no SVG declares entities.",
            [.image(.imageMalformed), .image(.imageUnsafe)],
            .rejects,
            "PNG 3; XML 1.0; Open Badges 3.0 §5.3"
        ),
        Rule(
            .container,
            "The input, and what its image inflates to, is of a size that badges have.",
            [.limit, .image(.compressionFailed)],
            .rejects,
            "ours"
        ),
        Rule(
            .container,
            "A badge that is named by a URL can be fetched, by https, from a public address, within the limits.",
            [.unreachable],
            .leavesOpen,
            "ours"
        ),
        Rule(
            .json,
            "The text, or the payload of the JWS, is JSON: no duplicate names, no half characters, no infinite numbers, "
                + "no more than the limits of depth and size.",
            [.parsing],
            .rejects,
            "RFC 8259; RFC 7493"
        ),
    ]

    private static let contextRules: [Rule] = [
        Rule(
            .context,
            "The first context is that of Verifiable Credentials 2.0, the second that of Open Badges 3.0 (or of the "
                + "Comprehensive Learner Record 2.0).",
            [.context],
            .rejects,
            "Open Badges 3.0 §A.2"
        ),
        Rule(
            .context,
            "The credential follows the Data Model 2.0, and not 1.1.",
            [.context],
            .warns,
            "Verifiable Credentials Data Model 2.0 §4.3"
        ),
        Rule(
            .context,
            "It names the context of the present edition of Open Badges 3.0; with an older one it is read by that.",
            [.olderVersion],
            .warns,
            "Open Badges 3.0, errata"
        ),
        Rule(
            .context,
            "Beside the credential, a JWS has no claims and no kinds of services that nobody defines: those are passed over.",
            [.linkedData(.undefinedTerm), .linkedData(.relativeIRI), .linkedData(.droppedValue)],
            .warns,
            "RFC 7519 §4"
        ),
        Rule(
            .context,
            "An Open Badges 2.0 assertion names that specification's context; one of its parts that does not is only "
                + "warned of.",
            [.context],
            .rejects,
            "Open Badges 2.0, JSON-LD"
        ),
        Rule(
            .context,
            "Every term and type is one that a context defines, and no value would be lost as linked data.",
            dataLossCodes,
            .rejects,
            "VC Data Integrity 1.0 §5; JSON-LD 1.1 API"
        ),
        Rule(
            .context,
            "A term of the specification keeps its meaning; in a JWS, where the text is signed, this is a warning.",
            [.linkedData(.protectedTermRedefinition)],
            .rejects,
            "JSON-LD 1.1 §4.1.11"
        ),
        Rule(
            .context,
            "The contexts and the document are valid JSON-LD.",
            jsonLDCodes,
            .rejects,
            "JSON-LD 1.1 API §9.5"
        ),
        Rule(
            .context,
            "Every context is at hand (none is fetched), and the linked data can be made canonical at a bounded cost.",
            openEndCodes,
            .leavesOpen,
            "ours; RDFC-1.0 §7.1"
        ),
        Rule(
            .context,
            "A credential that is signed as linked data is in compacted form: terms under their own names, no two "
                + "accounts of one id.",
            [.context],
            .rejects,
            "Verifiable Credentials Data Model 2.0 §4.1"
        ),
        Rule(
            .context,
            "A context within the document only adds what no known context has.",
            [.context],
            .leavesOpen,
            "ours"
        ),
        Rule(
            .context,
            "The contexts are read in their present body, not in an older one under the same URL.",
            [.contextVariant],
            .warns,
            "ours"
        ),
    ]

    private static let typeRules: [Rule] = [
        Rule(
            .type,
            "The type contains VerifiableCredential, and OpenBadgeCredential or AchievementCredential (for others: "
                + "EndorsementCredential, ClrCredential).",
            [.type],
            .rejects,
            "Open Badges 3.0 §B, AchievementCredential"
        ),
        Rule(
            .type,
            "An Open Badges 2.0 assertion comes in the way that its verification says: signed, or hosted.",
            [.type],
            .rejects,
            "Open Badges 2.0, VerificationObject"
        ),
        Rule(
            .type,
            "The document is a badge or another credential of Open Badges.",
            [.notABadge],
            .rejects,
            "Open Badges 3.0 §9.1"
        ),
        Rule(
            .type,
            "A document of Open Badges 2.0 is an assertion: a badge class or a profile awards nothing.",
            [.notABadge],
            .leavesOpen,
            "Open Badges 2.0, Assertion"
        ),
        Rule(
            .type,
            "The badge is of Open Badges 1.0 or newer.",
            [.unsupportedFormat],
            .leavesOpen,
            "ours"
        ),
        Rule(
            .type,
            "The badge is of Open Badges 2.0 or newer; an older one is read as 2.0.",
            [.olderVersion],
            .warns,
            "Open Badges 2.0, Appendix"
        ),
    ]
}
