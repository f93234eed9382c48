import JSONCore

/// The credentials in a learner record: each is verified as if it had been handed in by itself, and has its own report.
///
/// The record is as good as the worst of them, so that nobody takes a wallet with a forged badge for a good one.
enum LearnerRecordCheck {
    static func run(_ inspection: inout Inspection) {
        guard let credential = inspection.credential else { return }
        let credentials = LearnerRecord(uncheckedMembers: credential.members).subject.credentials
        let path = JSONPointer().appending("credentialSubject").appending("verifiableCredential")
        for (index, value) in credentials.prefix(inspection.limits.credentials).enumerated() {
            let place = path.appending(index)
            let name = "\(inspection.input.name)#\(place)"
            let input =
                value.string.map { BadgeInput(name: name, bytes: Array($0.utf8)) }
                ?? BadgeInput(name: name, document: value)
            guard let inner = inspection.inspect(input, options: inspection.options) else {
                inspection.report(
                    .limit,
                    "learner records within learner records are not verified this deep",
                    check: .subject,
                    severity: .unknown,
                    at: place
                )
                continue
            }
            inspection.credentials.append(ReportAssembly.report(on: inner))
        }
        if credentials.count > inspection.limits.credentials {
            let detail = "it holds \(credentials.count) credentials; only \(inspection.limits.credentials) are verified"
            inspection.report(.limit, detail, check: .subject, severity: .unknown, at: path)
        }
    }
}
