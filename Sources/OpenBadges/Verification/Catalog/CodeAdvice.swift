import Cryptography
import LinkedData
import Proofs

/// What to do about a problem: for whoever was shown the badge, and where they can do nothing, for its issuer.
extension CheckCatalog {
    /// What to do where a report bears this code; `nil` where none does.
    public static func advice(on code: String) -> String? {
        adviceByCode[code]
    }

    private static let adviceByCode: [String: String] = {
        var advice: [String: String] = [:]
        for (codes, text) in inputAdvice + contentAdvice + proofAdvice + statusAdvice + peopleAdvice {
            for code in codes { advice[code.rawValue] = text }
        }
        return advice
    }()

    private typealias Advice = [([ProblemDetails.Code], String)]

    private static let inputAdvice: Advice = [
        (
            [.notABadge, .baking(.unreadable)],
            "Ask for the badge file itself (PNG, SVG, JSON or JWT) or for its link; a screenshot or a page holds no badge."
        ),
        (
            [.parsing, .image(.imageMalformed), .image(.imageUnsafe)],
            "The file is damaged or was written by a faulty program: ask for the original, or fetch it from its link."
        ),
        (
            [.limit, .image(.compressionFailed)],
            "No honest badge needs so much. Ask the issuer; in a program of your own the limits can be raised."
        ),
        (
            [.unreachable, .imageUnavailable],
            "Try again later, or give the documents with --documents; the detail says why it could not be fetched."
        ),
        (
            [.unsupportedFormat, .olderVersion],
            "Ask the issuer for a badge of a newer version; what an old one says can be read with badge inspect."
        ),
    ]

    private static let contentAdvice: Advice = [
        (
            [.context, .type, .linkedData(.protectedTermRedefinition)] + dataLossCodes + jsonLDCodes,
            "The issuer has to mend the badge and issue it again: the path says where. badge canonicalize shows how linked "
                + "data reads it."
        ),
        (
            openEndCodes,
            "If a context is missing, pin it with --contexts; if a limit was met, the badge is built to cost too much."
        ),
        ([.contextVariant], "Nothing: the older body is known, and what the badge says was read with it."),
        (
            [.schema(.required), .schema(.cardinality), .schema(.malformedValue), .schema(.classMismatch), .result],
            "The issuer has to mend the badge and issue it again: the path says where, the detail what is expected."
        ),
        (
            [.schemaViolation, .extensionInvalid, .imageType, .idMissing, .issuerIDNotURL],
            "The issuer has to mend the badge, or the document that it names: the path says where."
        ),
        (
            [.schemaUnavailable, .schemaUnsupported, .extensionUnchecked],
            "Give the schema or context with --documents if you have it; what the specification says was checked anyway."
        ),
        ([.idMismatch], "Nothing for now; the issuer should let each document name the URL that it is found at."),
        (
            [.credentialRejected, .credentialUndetermined],
            "Look at the report of that credential, under credentials: it says what is wrong with it."
        ),
    ]

    private static let proofAdvice: Advice = [
        (
            [.proofMissing, .proofVerification, .proof(.proofTransformation), .proof(.proofExpired)],
            "Do not rely on it: it was changed, or nobody signed it as it is. Fetch the badge from its issuer and try again."
        ),
        (
            [
                .proof(.algorithmRefused), .proof(.algorithmMismatch), .proof(.criticalHeader), .proof(.sizeLimit),
                .proof(.privateKeyExposed),
            ],
            "Do not rely on it: no honest signer writes this. An issuer whose private key shows has to replace it."
        ),
        (
            [.proof(.algorithmUnsupported), .proof(.keyTypeUnsupported)],
            "Ask for the badge in another form, signed with RS256, ES256 or EdDSA: this kind of signature is not read here."
        ),
        ([.keyNamedLoosely, .claimUnexpected], "Nothing: it was read as it is meant. Other validators may refuse it."),
        (
            [.keyNewer, .proofFromFuture],
            "Ask the issuer when it was signed, and look at this machine's clock: the dates do not fit each other."
        ),
        (
            [.keyRevokedLater],
            "Ask the issuer for the badge anew, or for proof that it is older than the key's end: its own date is none. Where its issuer keeps timestamps, name their authority: --timestamp-authority FILE."
        ),
        (
            [.proof(.proofUnsupported)],
            "Ask for the badge in another form: as VC-JWT, or with a proof of eddsa-rdfc-2022 or ecdsa-rdfc-2019."
        ),
        (
            [.legacyProof, .unusualAlgorithm],
            "Nothing: the signature was verified. Other validators may not read it."
        ),
        (
            [
                .keyNotIssuers, .scope, .proof(.invalidVerificationMethod), .proof(.invalidRelationship),
                .proof(.keyUnsupported), .keyConflict,
            ],
            "Do not rely on it: whoever made it is not shown to be the issuer. If the issuer says otherwise, its published "
                + "keys have to list this one."
        ),
        (
            [.keyRevoked],
            "Ask the issuer for the badge anew, signed with a key that counts: nobody can tell when the old one signed."
        ),
        (
            [.keyNotBound, .keyUnavailable, .keyUnreadable],
            "Try again later, or give the issuer's documents with --documents. Until then it is not known who signed it."
        ),
        ([.cryptography(.openSSLFailure)], "Look at the OpenSSL installation: the detail repeats what it said."),
        (
            [.claimMissing, .claimMismatch],
            "The issuer has to issue it again, with claims that repeat the credential (Open Badges 3.0 §8.2.4.1)."
        ),
        (
            [.hostedMissing, .hostedDiffers],
            "Ask the candidate or the issuer for the badge's present link; what is no longer hosted proves nothing."
        ),
        ([.hostedCopyDiffers], "Go by the report: it repeats what the hosted badge says, not what the file says."),
    ]

    private static let statusAdvice: Advice = [
        ([.revoked], "Do not rely on it. The issuer can say why; the detail has its reason if it gave one."),
        ([.suspended], "Do not rely on it now, and ask the issuer: a suspension can be lifted."),
        (
            [.statusRetrieval],
            "Try again later, or give the list with --documents. Until then it is not known whether it is revoked."
        ),
        (
            [.statusVerification, .statusListLength, .statusRange, .statusIssuer],
            "Ask the issuer: its status list, or the badge's entry in it, has to be mended."
        ),
        ([.statusUnsupported], "Ask the issuer whether the badge still holds: its way of saying so is not known here."),
        ([.statusMessage], "Read the message, in the detail."),
        (
            [.statusRefresh, .refreshUnavailable],
            "Ask the candidate or the issuer for the newer version, if there is one."
        ),
        ([.expired], "Ask the candidate for a renewed badge. With --at the report is for an earlier day."),
        ([.notYetValid], "Wait until it begins, and look at this machine's clock."),
        ([.datesContradict], "The issuer has to mend the badge and issue it again."),
    ]

    private static let peopleAdvice: Advice = [
        ([.recipientMismatch], "Ask the candidate which address or DID the badge was issued to, and try that one."),
        (
            [.recipientUnknown],
            "Ask with another kind of identifier: --recipient takes an address, a DID, or TYPE:VALUE."
        ),
        ([.requirement], "Look at the problem beside it, which says why; --report-only lifts the requirement."),
        (
            [.endorsementInvalid, .endorsementEnded, .endorsementUnknown, .endorsementElsewhere],
            "Take the endorsement as not given. Its own report, under endorsements, says what is wrong with it."
        ),
        (
            [.issuerUntrusted, .issuerNotInRegistry],
            "Find out who the issuer is by other means; if you trust it, add its id to the trust file."
        ),
        (
            [.issuerPageUnreachable, .evidenceUnreachable],
            "Nothing for the badge itself; ask the candidate or the issuer if you want to see what was there."
        ),
        (
            [.resourceDiffers, .pageDiffers],
            "Go by the report, not by the page or the file: what is verified is what the report repeats."
        ),
        ([.issuerDenied], "Do not rely on it: your own trust file denies its issuer."),
        (
            [.issuerUnknown],
            "Look at the problems of proof and key first: they say why nobody is shown to have signed it."
        ),
        (
            [.registryUnreachable, .registryStale],
            "Try again later, or name a local copy of the registry in the trust file."
        ),
        (
            [.registryDigest, .registryInvalid, .registryUnsupported],
            "Look at the registry's entry in the trust file; if the registry has changed, pin its new digest."
        ),
        (
            [.issuerLookalike, .issuerNameLookalike],
            "Compare the issuer's domain letter by letter with the one that you expect before you rely on it."
        ),
        (
            [.baking(.disagreeing), .imageDiffers],
            "Go by the report, not by the picture: what is verified is what the report repeats."
        ),
        (
            [
                .baking(.repeated), .baking(.bothGenerations), .baking(.wrongPlace), .baking(.legacyText),
                .baking(.compressed), .baking(.urlOnly), .baking(.trailing),
            ],
            "Nothing: the badge was read. badge bake --replace writes an image as the specification wants it."
        ),
    ]
}
