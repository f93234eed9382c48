import JSONCore

/// `endorsement`: do third parties vouch for it, and do they really?
///
/// Each endorsement is a credential of its own, signed by somebody else, and gets a report of its own. One that is
/// forged or malformed makes the badge's content wrong, since the issuer put it there; one that has ended, was revoked
/// or cannot be judged is a warning. Source: Open Badges 3.0 §9.1 step 6, §9.2.
enum EndorsementCheck {
    static func run(_ inspection: inout Inspection) {
        if inspection.isOB2 { return OB2EndorsementCheck.run(&inspection) }
        guard let credential = inspection.credential else {
            return inspection.record(.endorsement, .skipped, "the badge has no endorsements")
        }
        guard inspection.kind != .statusList else {
            // Else each list that a badge names could bring as many credentials again.
            return inspection.record(.endorsement, .skipped, "a status list has no endorsements")
        }
        var found: [Endorsement] = []
        if Endorsement.stands(in: credential.json) {
            Endorsement.collect(from: credential.json, at: JSONPointer(), about: nil, into: &found)
        }
        guard !found.isEmpty else {
            return inspection.record(.endorsement, .skipped, "the badge has no endorsements")
        }
        if found.count > inspection.limits.endorsements {
            inspection.report(
                .limit,
                "it has \(found.count) endorsements; only \(inspection.limits.endorsements) are verified",
                check: .endorsement,
                severity: .warning
            )
        }
        for endorsement in found.prefix(inspection.limits.endorsements) { check(endorsement, &inspection) }
        inspection.conclude(.endorsement, otherwise: "\(found.count) verified, each by its own signature")
    }

    private static func check(_ endorsement: Endorsement, _ inspection: inout Inspection) {
        var options = inspection.options
        options.recipient = nil
        options.requirements = []
        options.reportOnly = true
        let name = "\(inspection.input.name)#\(endorsement.path)"
        let input = endorsement.input(named: name)
        guard let inner = inspection.inspect(input, as: .endorsement, options: options) else {
            return inspection.report(
                .endorsementUnknown,
                "endorsements within endorsements are not verified this deep",
                check: .endorsement,
                severity: .warning,
                at: endorsement.path
            )
        }
        let report = ReportAssembly.report(on: inner)
        inspection.endorsements.append(report)
        let reason = report.problems.first?.detail ?? "it cannot be read"
        let answers = report.answers
        // One that leans on the contexts around it cannot be read by itself; that says nothing against it.
        let faults = report.problems.filter { $0.severity == .failure }
        if !faults.isEmpty, faults.allSatisfy({ $0.code.rawValue == "UNDEFINED_TERM" }),
            let outer = inspection.credential,
            ContextCheck.isWhole(endorsement.value, within: outer, inspection.contexts)
        {
            return inspection.report(
                .endorsementUnknown,
                "an endorsement cannot be judged: it uses terms that only the contexts around it define",
                check: .endorsement,
                severity: .warning,
                at: endorsement.path
            )
        }
        if answers.authentic == .no || answers.content == .violates {
            inspection.report(
                .endorsementInvalid,
                "an endorsement is not what it claims to be: \(reason)",
                check: .endorsement,
                at: endorsement.path
            )
        } else if answers.current == .no {
            inspection.report(
                .endorsementEnded,
                "an endorsement no longer holds: \(reason)",
                check: .endorsement,
                severity: .warning,
                at: endorsement.path
            )
        } else if case .verified = report.verdict {
            guard let about = endorsement.about, let subject = inner.credential?.members["credentialSubject"]?["id"]
            else { return }
            if subject.string != about {
                inspection.report(
                    .endorsementElsewhere,
                    "an endorsement is genuine, but speaks of something else than what it stands at",
                    check: .endorsement,
                    severity: .warning,
                    at: endorsement.path
                )
            }
        } else {
            inspection.report(
                .endorsementUnknown,
                "an endorsement cannot be judged: \(reason)",
                check: .endorsement,
                severity: .warning,
                at: endorsement.path
            )
        }
    }
}

/// One endorsement as it stands in a credential: written out, or as a compact JWS.
private struct Endorsement {
    let value: JSON
    let path: JSONPointer
    /// The id of what it stands at, and so has to speak of.
    let about: String?

    func input(named name: String) -> BadgeInput {
        if let text = value.string { return BadgeInput(name: name, bytes: Array(text.utf8)) }
        return BadgeInput(name: name, document: value)
    }

    /// Whether there may be one: most badges have none, and need no places counted.
    static func stands(in value: JSON) -> Bool {
        switch value {
        case .array(let elements): elements.contains(where: stands)
        case .object(let members): members.contains { names.contains($0.key) || stands(in: $0.value) }
        default: false
        }
    }

    private static let names: Set<String> = ["endorsement", "endorsementJwt"]

    /// Every endorsement, wherever one may stand: at the credential, the achievement, any profile.
    static func collect(from value: JSON, at path: JSONPointer, about id: String?, into found: inout [Endorsement]) {
        for (index, element) in (value.array ?? []).enumerated() {
            collect(from: element, at: path.appending(index), about: id, into: &found)
        }
        guard let members = value.object else { return }
        let own = members["id"]?.string
        for (name, member) in members {
            let place = path.appending(name)
            switch name {
            case "endorsement", "endorsementJwt":
                for (index, element) in (member.array ?? [member]).enumerated() {
                    let place = member.array == nil ? place : place.appending(index)
                    found.append(Endorsement(value: element, path: place, about: own))
                }
            case "@context", "proof", "verifiableCredential": break
            default: collect(from: member, at: place, about: own, into: &found)
            }
        }
    }
}
