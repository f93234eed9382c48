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
        switch inspection.signer?.binding {
        case .bound(_, let detail): inspection.record(.key, .passed, detail)
        case .foreign(let code, let detail): inspection.conclude(.key, code, detail)
        case .unknown(let code, let detail): inspection.conclude(.key, code, detail, severity: .unknown)
        case nil: inspection.record(.key, .skipped, "there is no proof that holds")
        }
    }
}
