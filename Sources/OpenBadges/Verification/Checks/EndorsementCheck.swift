import JSONCore

/// `endorsement`: do third parties vouch for it, and do they really?
enum EndorsementCheck {
    static func run(_ inspection: inout Inspection) {
        let subject = inspection.credential?.subject
        let hasEndorsements = [
            inspection.credential?.members["endorsement"], inspection.credential?.members["endorsementJwt"],
            subject?.achievement.members["endorsement"], subject?.achievement.members["endorsementJwt"],
            inspection.assertion?.members["endorsement"],
        ].contains { $0 != nil }
        guard hasEndorsements else {
            return inspection.record(.endorsement, .skipped, "the badge has no endorsements")
        }
        inspection.conclude(
            .endorsement,
            .endorsementUnchecked,
            "the endorsements are not verified: take none of them as given",
            severity: .warning
        )
    }
}
