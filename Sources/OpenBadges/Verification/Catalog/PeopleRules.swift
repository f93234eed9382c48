/// The rules of `recipient`, `endorsement`, `issuer` and `image`: whom it is about, and who stands behind it.
extension CheckCatalog {
    static let recipientRules: [Rule] = [
        Rule(
            .recipient,
            "It is about the recipient that was asked for: each spelling is tried, with the salt and without.",
            [.recipientMismatch],
            .rejects,
            "Open Badges 3.0 §9.3; Open Badges 2.0, IdentityObject"
        ),
        Rule(
            .recipient,
            "It names its recipient by the kind of identifier that was asked for, in the clear or by a known hash.",
            [.recipientUnknown],
            .leavesOpen,
            "Open Badges 3.0 §9.3"
        ),
        Rule(
            .recipient,
            "A recipient that is required matches; where nobody can tell, the badge is left open.",
            [.requirement],
            .rejects,
            "ours"
        ),
    ]

    static let endorsementRules: [Rule] = [
        Rule(
            .endorsement,
            "Every endorsement passes the checks of a credential of its own. (One of Open Badges 2.0, which stands "
                + "elsewhere and is its author's alone, is only warned of.)",
            [.endorsementInvalid],
            .rejects,
            "Open Badges 3.0 §9.1 step 6, §9.2; Open Badges 2.0, Endorsement"
        ),
        Rule(
            .endorsement,
            "No endorsement has ended or was revoked.",
            [.endorsementEnded],
            .warns,
            "Open Badges 3.0 §9.2"
        ),
        Rule(
            .endorsement,
            "Every endorsement can be judged.",
            [.endorsementUnknown],
            .warns,
            "Open Badges 3.0 §9.2"
        ),
        Rule(
            .endorsement,
            "An endorsement speaks of what it stands at.",
            [.endorsementElsewhere],
            .warns,
            "Open Badges 3.0 §B, EndorsementSubject"
        ),
        Rule(.endorsement, "There are no more endorsements than are verified.", [.limit], .warns, "ours"),
    ]

    static let issuerRules: [Rule] = policyRules + registryRules + lookalikeRules

    private static let policyRules: [Rule] = [
        Rule(
            .issuer,
            "The trust policy names the issuer. (Trusting somebody requires it, so that the badge is rejected by "
                + "REQUIREMENT_NOT_MET.)",
            [.issuerUntrusted],
            .warns,
            "ours"
        ),
        Rule(.issuer, "The trust policy does not deny the issuer.", [.issuerDenied], .warns, "ours"),
        Rule(
            .issuer,
            "It is known that the issuer signed or hosts the badge.",
            [.issuerUnknown],
            .leavesOpen,
            "ours"
        ),
        Rule(
            .issuer,
            "The issuer is as well known as is required; where nobody can tell, the badge is left open.",
            [.requirement],
            .rejects,
            "ours"
        ),
    ]

    private static let registryRules: [Rule] = [
        Rule(.issuer, "A registry of the policy lists the issuer.", [.issuerNotInRegistry], .warns, "ours"),
        Rule(.issuer, "Each registry can be fetched.", [.registryUnreachable], .leavesOpen, "ours"),
        Rule(.issuer, "A registry is no older than the policy allows.", [.registryStale], .leavesOpen, "ours"),
        Rule(.issuer, "A registry is the one whose digest is pinned.", [.registryDigest], .leavesOpen, "ours"),
        Rule(
            .issuer,
            "A registry can be read, and is of a kind that is known.",
            [.registryInvalid, .registryUnsupported],
            .leavesOpen,
            "ours"
        ),
        Rule(.issuer, "There are no more registries than are asked.", [.limit], .leavesOpen, "ours"),
    ]

    private static let lookalikeRules: [Rule] = [
        Rule(
            .issuer,
            "The issuer's page answers. Asked for with --links.",
            [.issuerPageUnreachable],
            .warns,
            "Open Badges 3.0 §B, Profile"
        ),
        Rule(
            .issuer,
            "The issuer's domain does not look like another that is trusted or well known, and mixes no alphabets.",
            [.issuerLookalike],
            .warns,
            "Unicode Technical Standard 39 §4, §5"
        ),
        Rule(
            .issuer,
            "The issuer does not go by the name of another that is trusted.",
            [.issuerNameLookalike],
            .warns,
            "ours"
        ),
    ]

    static let imageRules: [Rule] = [
        Rule(
            .image,
            "One place for one generation holds the badge, and all places of a generation hold the same.",
            [.baking(.repeated), .baking(.disagreeing)],
            .warns,
            "Open Badges 3.0 §5.3; Open Badges 2.0, Baking"
        ),
        Rule(
            .image,
            "The image holds a badge of one generation, in the place for it.",
            [.baking(.bothGenerations), .baking(.wrongPlace)],
            .warns,
            "Open Badges 3.0 §5.3"
        ),
        Rule(
            .image,
            "The text stands in an iTXt chunk, not compressed, and is a badge and not its address.",
            [.baking(.legacyText), .baking(.compressed), .baking(.urlOnly), .baking(.unreadable)],
            .warns,
            "Open Badges 3.0 §5.3.1; Open Badges 2.0, Baking"
        ),
        Rule(.image, "The file ends where the image ends.", [.baking(.trailing)], .warns, "PNG 3 §5"),
        Rule(
            .image,
            "The picture is the achievement's own.",
            [.imageDiffers],
            .warns,
            "ours"
        ),
        Rule(
            .image,
            "The page that led to the badge names the achievement that it is for.",
            [.pageDiffers],
            .warns,
            "ours"
        ),
    ]
}
