import JSONCore

/// `status`: has the issuer revoked or suspended the badge? Always asked; what cannot be found out is *unknown*.
enum StatusCheck {
    static func run(_ inspection: inout Inspection) {
        switch inspection.input.format {
        case _ where inspection.credential != nil: CredentialStatusCheck.run(&inspection)
        case .ob1, .ob2Signed, .ob2Hosted: OB2StatusCheck.run(&inspection)
        default: inspection.record(.status, .skipped, "there is nothing to check")
        }
    }
}
