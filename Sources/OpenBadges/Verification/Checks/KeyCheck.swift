/// `key`: is the key that signed the issuer's own; or, for a hosted badge, does the issuer host there?
enum KeyCheck {
    static func run(_ inspection: inout Inspection) {
        switch inspection.input.format {
        case _ where inspection.credential != nil: checkSigner(&inspection)
        case .ob1, .ob2Signed, .ob2Hosted: OB2KeyCheck.run(&inspection)
        default: inspection.record(.key, .skipped, "there is no proof to check")
        }
    }

    static func checkSigner(_ inspection: inout Inspection) {
        if let note = inspection.signer?.note {
            inspection.report(.keyNamedLoosely, note, check: .key, severity: .warning)
        }
        let begin = inspection.credential?.validFrom ?? inspection.assertion?.issuedOn
        if let created = inspection.signer?.created, let begin, begin < created {
            inspection.report(
                .keyNewer,
                "the badge is dated before its issuer's key was made",
                check: .key,
                severity: .warning
            )
        }
        switch inspection.signer?.binding {
        case .bound(_, let detail): inspection.conclude(.key, otherwise: detail)
        case .foreign(let code, let detail): inspection.conclude(.key, code, detail)
        case .unknown(let code, let detail): inspection.conclude(.key, code, detail, severity: .unknown)
        case nil: inspection.record(.key, .skipped, "there is no proof that holds")
        }
    }
}
