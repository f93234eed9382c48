/// The rules of `refresh`, `status` and `dates`: whether the badge still holds.
extension CheckCatalog {
    static let statusRules: [Rule] = revocationRules + statusListRules + statusTrouble

    private static let revocationRules: [Rule] = [
        Rule(
            .refresh,
            "The refresh service is of a known kind, and answers with the same badge, as authentic, and no older.",
            [.refreshUnavailable],
            .warns,
            "Open Badges 3.0 §9.1 step 3; 1EdTech Credential Refresh 1.0"
        ),
        Rule(
            .status,
            "The issuer has not revoked it: by a status list, a list of revoked ids, revoked: true, or 410 Gone.",
            [.revoked],
            .rejects,
            "Open Badges 3.0 §9.1 step 4; Open Badges 2.0, Revoking Hosted Assertions"
        ),
        Rule(
            .status,
            "The issuer has not suspended it.",
            [.suspended],
            .rejects,
            "Bitstring Status List 1.0 §2.1"
        ),
    ]

    private static let statusListRules: [Rule] = [
        Rule(
            .status,
            "An entry names its list by a URL, its purpose, and an index of digits; with several bits, a message for each "
                + "value.",
            [.schema(.required), .schema(.malformedValue), .schema(.cardinality), .schema(.classMismatch)],
            .rejects,
            "Bitstring Status List 1.0 §2.1"
        ),
        Rule(
            .status,
            "The issuer's list is for the purpose that the entry says.",
            [.statusVerification],
            .rejects,
            "Bitstring Status List 1.0 §3.2 step 5"
        ),
        Rule(
            .status,
            "The list has 131,072 entries or more (one of 2021 is warned of).",
            [.statusListLength],
            .rejects,
            "Bitstring Status List 1.0 §3.2 step 9"
        ),
        Rule(
            .status,
            "The index lies within the list.",
            [.statusRange],
            .rejects,
            "Bitstring Status List 1.0 §3.2 step 10"
        ),
        Rule(
            .status,
            "The list can be fetched, by each entry.",
            [.statusRetrieval],
            .leavesOpen,
            "Bitstring Status List 1.0 §3.2 step 4"
        ),
        Rule(
            .status,
            "The list can be relied on: its proof holds, it is the badge issuer's, of this time, of the entry's kind, the "
                + "list of that URL, and can be inflated; a list of revoked ids comes over https and can be read whole.",
            [.statusVerification],
            .leavesOpen,
            "Bitstring Status List 1.0 §3.2; 1EdTech VC Revocation List Status Method 1.0"
        ),
        Rule(
            .status,
            "There are no more entries, and no larger lists, than are read.",
            [.limit],
            .leavesOpen,
            "Bitstring Status List 1.0 §7.1"
        ),
        Rule(
            .status,
            "Every entry is of a kind that is known, and so is the purpose of a bit that is set.",
            [.statusUnsupported],
            .leavesOpen,
            "Verifiable Credentials Data Model 2.0 §4.10"
        ),
    ]

    private static let statusTrouble: [Rule] = [
        Rule(
            .status,
            "There is one entry, and its index stands as text. All are read in any case.",
            [.schema(.cardinality), .schema(.malformedValue)],
            .warns,
            "Open Badges 3.0 §B; Bitstring Status List 1.0 §2.1"
        ),
        Rule(
            .status,
            "The list is signed by the issuer in the name that the badge gives it.",
            [.statusVerification],
            .warns,
            "ours"
        ),
        Rule(.status, "A kept copy of the list is not older than its ttl allows.", [.statusRetrieval], .warns, "ours"),
        Rule(
            .status,
            "The issuer has no message about it.",
            [.statusMessage],
            .warns,
            "Bitstring Status List 1.0 §2.1"
        ),
        Rule(
            .status,
            "The issuer has no newer version of it.",
            [.statusRefresh],
            .warns,
            "Bitstring Status List 1.0 §2.1"
        ),
        Rule(
            .status,
            "A revocation list is the issuer's by its own word.",
            [.statusIssuer],
            .warns,
            "Open Badges 2.0, RevocationList"
        ),
    ]

    static let dateRules: [Rule] = [
        Rule(
            .dates,
            "It has begun: validFrom, or issuedOn, is not in the future.",
            [.notYetValid],
            .rejects,
            "Verifiable Credentials Data Model 2.0 §4.9; Open Badges 2.0, Assertion"
        ),
        Rule(
            .dates,
            "It has not ended: validUntil, or expires, is not past. The very instant still counts.",
            [.expired],
            .rejects,
            "Verifiable Credentials Data Model 2.0 §4.9; Open Badges 2.0, Assertion"
        ),
        Rule(
            .dates,
            "It does not end before it begins.",
            [.datesContradict],
            .rejects,
            "Verifiable Credentials Data Model 2.0 §4.9"
        ),
    ]
}
