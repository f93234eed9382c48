import JSONCore

/// The documents that make an Open Badges 2.0 badge whole: the copy that its host serves, its class, its issuer.
///
/// An embedded class or issuer is never believed: whoever writes an assertion can embed a copy of a real issuer with
/// a key of their own. Each is fetched by its id. Source: Open Badges 2.0, "Hosted Badges", "Signed Badges".
struct OB2Documents {
    enum Part<Value> {
        case found(Value, LoadedDocument)
        /// It cannot be had; the text says why.
        case unavailable(String)
        /// There, but not what was asked for.
        case wrong(String)

        var value: Value? {
            if case .found(let value, _) = self { value } else { nil }
        }
    }

    enum HostedCopy {
        case served(LoadedDocument.Source?)
        case gone(reason: String?)
        case missing(status: Int)
        case unreachable(String)
        /// What stands at the URL is not this badge.
        case other(String)
        /// A signed badge needs none.
        case notNeeded
    }

    var hosted = HostedCopy.notNeeded
    var badgeClass = Part<OB2.BadgeClass>.unavailable("it was not looked for")
    var issuer = Part<OB2.Profile>.unavailable("it was not looked for")
}

extension Inspection {
    /// Finds the documents of an Open Badges 2.0 input, as far as they are there in this pass.
    mutating func resolveOB2Documents() {
        guard let given = assertion else { return }
        if input.format == .ob2Hosted { resolveHostedCopy(of: given) }
        guard let assertion, !assertion.badge.isEmpty else { return }
        related.badgeClass = part(assertion.badge, named: "badge class", as: OB2.BadgeClass.self)
        guard let badgeClass, !badgeClass.issuer.isEmpty else { return }
        related.issuer = part(badgeClass.issuer, named: "issuer", as: OB2.Profile.self)
    }

    /// The copy at the assertion's id decides; the one that was handed in only says where it is.
    private mutating func resolveHostedCopy(of given: OB2.Assertion) {
        guard IRI.isWeb(given.id) else {
            related.hosted = .other("the id of a hosted badge has to be the URL that it is hosted at")
            return
        }
        if let url = input.url, IRI.withoutFragment(url) == IRI.withoutFragment(given.id) {
            // `url` is the one that finally answered, so no redirect lies between.
            related.hosted = .served(input.source)
            return
        }
        switch document(given.id) {
        case .pending: related.hosted = .unreachable("it is being fetched")
        case .answer(.unreachable(let reason)): related.hosted = .unreachable(reason)
        case .answer(.missing(let status)): related.hosted = .missing(status: status)
        case .answer(.gone(let document)):
            related.hosted = .gone(reason: (try? JSON(parsing: document.body))?["revocationReason"]?.string)
        case .answer(.found(let document)):
            guard WebOrigin.answers(document.url, for: given.id) else {
                related.hosted = .unreachable("its host sends on to another origin")
                return
            }
            guard let members = (try? JSON(parsing: document.body))?.object else {
                related.hosted = .other("what its URL answers with is no JSON object")
                return
            }
            let served = OB2.Assertion(uncheckedMembers: members)
            guard served.id == given.id else {
                related.hosted = .other("what its URL answers with has another id")
                return
            }
            related.hosted = .served(document.source)
            assertion = served
        }
    }

    private mutating func part<Value: BadgeObject>(
        _ url: String,
        named name: String,
        as type: Value.Type
    ) -> OB2Documents.Part<Value> {
        guard IRI.isWeb(url) else { return .wrong("the id of its \(name) is no URL") }
        switch json(url) {
        case .pending: return .unavailable("it is being fetched")
        case .unavailable(let reason): return .unavailable("its \(name) cannot be fetched: \(reason)")
        case .found(let json, let document):
            guard WebOrigin.answers(document.url, for: url) else {
                return .unavailable("its \(name) cannot be fetched: its host sends on to another origin")
            }
            guard let members = json.object, members["id"]?.string == url else {
                return .wrong("its \(name) has another id than the URL that it was fetched from")
            }
            return .found(Value(uncheckedMembers: members), document)
        }
    }
}
