import JSONCore

/// `refresh`: is there a newer version of the credential?
enum RefreshCheck {
    static func run(_ inspection: inout Inspection) {
        guard inspection.credential?.members["refreshService"] != nil else {
            return inspection.record(.refresh, .skipped, "the badge names no refresh service")
        }
        inspection.conclude(
            .refresh,
            .refreshUnchecked,
            "the refresh service was not asked for a newer version",
            severity: .warning
        )
    }
}
