import JSONCore
import LinkedData

/// `endorsement` of Open Badges 2.0: what others say for the badge, its class or its issuer, at the URLs where they
/// say it.
///
/// A bad endorsement says nothing against a badge, so it is a warning; but only a good one is counted.
/// Source: Open Badges 2.0, "Endorsement".
enum OB2EndorsementCheck {
    static func run(_ inspection: inout Inspection) {
        let maximumCount = inspection.limits.endorsements
        var found: [(value: JSON, endorsed: String, path: JSONPointer)] = []
        for node in inspection.related.nodes {
            guard let value = node.reading.members["endorsement"] else { continue }
            let path = node.place(JSONPointer().appending("endorsement"))
            for (index, entry) in (value.array ?? [value]).enumerated() {
                let place = value.array == nil ? path : path.appending(index)
                found.append((entry, node.reading.id ?? "", place))
            }
        }
        guard !found.isEmpty, !inspection.related.isGone else {
            return inspection.record(.endorsement, .skipped, "the badge has no endorsements")
        }
        var endorsers: [String] = []
        for endorsement in found.prefix(maximumCount) {
            let path = endorsement.path
            let outcome = judge(endorsement.value, about: endorsement.endorsed, at: path, &inspection)
            switch outcome {
            case .holds(let endorser): endorsers.append(endorser)
            case .fails(let code, let detail):
                inspection.report(
                    code,
                    "an endorsement does not hold: \(detail)",
                    check: .endorsement,
                    severity: .warning,
                    at: path
                )
            case .unknown(let detail):
                inspection.report(
                    .endorsementUnknown,
                    "an endorsement cannot be verified, take it as not given: \(detail)",
                    check: .endorsement,
                    severity: .warning,
                    at: path
                )
            }
        }
        if found.count > maximumCount {
            inspection.report(
                .limit,
                "of \(found.count) endorsements the first \(maximumCount) were looked at",
                check: .endorsement,
                severity: .warning
            )
        }
        inspection.conclude(.endorsement, otherwise: "endorsed by \(endorsers.joined(separator: ", "))")
    }

    private enum Outcome {
        case holds(by: String)
        case fails(ProblemDetails.Code, String)
        case unknown(String)

        static func invalid(_ detail: String) -> Self { .fails(.endorsementInvalid, detail) }
        static func ended(_ detail: String) -> Self { .fails(.endorsementEnded, detail) }
    }

    private static func judge(
        _ value: JSON,
        about endorsed: String,
        at path: JSONPointer,
        _ inspection: inout Inspection
    ) -> Outcome {
        if let url = value.string ?? value["id"]?.string, IRI.isWeb(url) {
            if case .answer(.gone) = inspection.document(url) { return .ended("its host has taken it back") }
        }
        let part = inspection.ob2Document(value, as: .endorsement, in: .v20, at: path, isPart: false)
        let reading: OB2.Reading
        switch part {
        case .wrong(_, let detail): return .invalid(detail)
        case .unavailable(let detail): return .unknown(detail)
        case .embedded: return .unknown("it stands in the badge only, where anybody could have written it")
        case .found(let found, _): reading = found
        }
        let endorsement = OB2.Endorsement(uncheckedMembers: reading.members)
        if endorsement.revoked { return .ended("its issuer revoked it") }
        if let problem = reading.problem { return .unknown(problem.detail) }
        if let violation = reading.definition.violations(in: .object(reading.members)).first {
            return .invalid("\(violation.detail)\(violation.path.isRoot ? "" : " (at \(violation.path))")")
        }
        if endorsement.claim != endorsed { return .fails(.endorsementElsewhere, "it is about something else") }
        if let date = endorsement.issuedOn, inspection.options.at < date { return .ended("it is not valid yet") }
        if let date = endorsement.expires, date < inspection.options.at { return .ended("it expired") }
        guard endorsement.verification.kind == .hosted else {
            return .unknown("it says that it is signed, and nothing says where its signature is")
        }
        return host(of: endorsement, at: path, &inspection)
    }

    /// An endorsement is verified as a hosted badge is: by being where its issuer hosts.
    private static func host(
        of endorsement: OB2.Endorsement,
        at path: JSONPointer,
        _ inspection: inout Inspection
    ) -> Outcome {
        let place = path.appending("issuer")
        let value = endorsement.members["issuer"] ?? .null
        switch inspection.ob2Document(value, as: .issuer, in: .v20, at: place, isPart: false) {
        case .wrong(_, let detail): return .invalid(detail)
        case .unavailable(let detail): return .unknown(detail)
        case .embedded: return .unknown("nobody vouches for the profile of its issuer")
        case .found(let reading, _):
            let issuer = OB2.Profile(uncheckedMembers: reading.members)
            guard case .within = HostingScope(issuer: issuer).answer(for: endorsement.id) else {
                return .invalid("it is hosted outside of what its issuer names as its own")
            }
            return .holds(by: issuer.name.isEmpty ? issuer.id : issuer.name)
        }
    }
}
