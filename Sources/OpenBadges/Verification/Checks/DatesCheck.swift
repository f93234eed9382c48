import JSONCore

/// `dates`: has the badge begun to hold, and does it hold still, at the time asked for?
///
/// The very instant of the end still counts. Source: Verifiable Credentials Data Model 2.0 §4.9; Open Badges 3.0 §9.1.
enum DatesCheck {
    static func run(_ inspection: inout Inspection) {
        let from: Timestamp?
        let until: Timestamp?
        if let credential = inspection.credential {
            from = credential.validFrom
            until = credential.validUntil
        } else if let assertion = inspection.assertion {
            if inspection.related.isGone {
                return inspection.record(.dates, .skipped, "the host has taken the badge back")
            }
            if assertion.revoked { return inspection.record(.dates, .skipped, "the badge is revoked") }
            from = assertion.issuedOn
            until = assertion.expires
        } else {
            return inspection.record(.dates, .skipped, "there is nothing to check")
        }
        guard let from else {
            // Only what is no badge may leave it out (Verifiable Credentials Data Model 2.0 §4.9).
            if inspection.kind == .statusList, until == nil || until.map({ inspection.options.at <= $0 }) == true {
                return inspection.record(.dates, .passed, "valid, without a beginning")
            }
            if let until, until < inspection.options.at {
                return inspection.conclude(.dates, .expired, "it expired on \(until)")
            }
            return inspection.record(.dates, .undetermined, "the badge does not say since when it holds")
        }
        if let until, until < from {
            inspection.report(.datesContradict, "it ends before it begins", check: .dates)
        }
        if inspection.options.at < from {
            inspection.report(.notYetValid, "it is not valid before \(from)", check: .dates)
        }
        if let until, until < inspection.options.at {
            inspection.report(.expired, "it expired on \(until)", check: .dates)
        }
        inspection.conclude(.dates, otherwise: until.map { "valid until \($0)" } ?? "valid, without an end")
    }
}
