import JSONCore

/// `subject`: is the recipient's identity of the form that it says it has?
///
/// Source: Open Badges 3.0 §9.1 step 1.
enum SubjectCheck {
    static func run(_ inspection: inout Inspection) {
        if inspection.isOB2 { return OB2SubjectCheck.run(&inspection) }
        if let credential = inspection.credential {
            let path = JSONPointer().appending("credentialSubject").appending("identifier")
            for (index, identifier) in credential.achievementCredential.subject.identifiers.enumerated() {
                let place = path.appending(index).appending("identityHash")
                check(identifier.identityHash, hashed: identifier.hashed, at: place, &inspection)
            }
            if inspection.kind == .learnerRecord { LearnerRecordCheck.run(&inspection) }
        } else {
            return inspection.record(.subject, .skipped, "there is nothing to check")
        }
        LinkedDocuments.checkEvidence(&inspection)
        inspection.conclude(.subject, otherwise: "the recipient's identity is well-formed")
    }

    private static func check(_ identity: String, hashed: Bool, at path: JSONPointer, _ inspection: inout Inspection) {
        guard !identity.isEmpty else { return }
        if hashed && !IdentityHash.isHash(identity) {
            report("it is said to be hashed, and is no hash", at: path, &inspection)
        } else if !hashed && IdentityHash.isHash(identity) {
            report("it is said to be clear, and is a hash", at: path, &inspection)
        }
    }

    private static func report(_ detail: String, at path: JSONPointer, _ inspection: inout Inspection) {
        inspection.report(.schema(.malformedValue), detail, check: .subject, at: path)
    }
}
