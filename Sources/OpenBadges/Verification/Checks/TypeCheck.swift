import JSONCore

/// `type`: does it say of itself that it is an Open Badge, of a version that is verified here?
enum TypeCheck {
    static func run(_ inspection: inout Inspection) {
        switch inspection.input.format {
        case _ where inspection.credential != nil: checkCredential(&inspection)
        case .ob1, .ob2Signed, .ob2Hosted: OB2TypeCheck.run(&inspection)
        case .none:
            guard let document = inspection.input.document else {
                return inspection.record(.type, .skipped, "there is nothing to check")
            }
            let detail =
                document.types.contains("VerifiableCredential")
                ? "it is a verifiable credential, but no Open Badge"
                : "it is no Open Badge: its type says nothing of one"
            inspection.conclude(.type, .notABadge, detail)
        case .ob3JWT, .ob3Proof, .clr, .endorsement:
            inspection.record(.type, .skipped, "there is nothing to check")
        }
    }

    private static func checkCredential(_ inspection: inout Inspection) {
        let types = inspection.credential?.json.types ?? []
        let path = JSONPointer().appending("type")
        if !types.contains("VerifiableCredential") {
            inspection.report(.type, "\"type\" must contain \"VerifiableCredential\"", check: .type, at: path)
        }
        if CredentialKind(types: types) != inspection.kind {
            inspection.report(.type, "it is no \(name(of: inspection.kind))", check: .type, at: path)
        }
        inspection.conclude(.type, otherwise: name(of: inspection.kind))
    }

    private static func name(of kind: CredentialKind?) -> String {
        switch kind {
        case .achievement: "Open Badges 3.0 achievement credential"
        case .endorsement: "Open Badges 3.0 endorsement credential"
        case .learnerRecord: "Comprehensive Learner Record 2.0"
        case .statusList: "status list credential"
        case nil: "credential"
        }
    }
}
