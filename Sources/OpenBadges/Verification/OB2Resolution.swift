import JSONCore

extension Inspection {
    /// Finds the documents of an Open Badges 1 or 2 input, as far as they are there in this pass.
    mutating func resolveOB2Documents() {
        guard isOB2, let document = input.document?.object else { return }
        let role = OB2Recognition.role(of: document) ?? .assertion
        let given = OB2.Reading(document, as: role, at: input.url, contexts: contexts)
        related.role = role
        related.version = given.version
        related.original = .object(given.original)
        guard role == .assertion, given.version != .v05 else {
            assertion = nil
            return resolveParts(of: given)
        }
        assertion = OB2.Assertion(uncheckedMembers: given.members)
        let decisive = input.isJWS ? given : resolveHostedCopy(of: given)
        assertion = OB2.Assertion(uncheckedMembers: decisive.members)
        related.original = .object(decisive.original)
        related.nodes.append(.init(reading: decisive, path: JSONPointer(), isEmbedded: false))
        resolveClass(decisive.members["badge"], in: decisive.version, at: JSONPointer().appending("badge"))
        if input.isJWS { related.signer = resolveSigner(of: decisive) }
    }

    /// A badge class, a profile, an endorsement as the input: no badge, but to be read as well as one.
    private mutating func resolveParts(of given: OB2.Reading) {
        guard given.version != .v05 else { return }
        let root = JSONPointer()
        related.nodes.append(.init(reading: given, path: root, isEmbedded: false))
        switch given.role {
        case .badgeClass:
            related.badgeClass = .embedded(OB2.BadgeClass(uncheckedMembers: given.members))
            resolveIssuer(given.members["issuer"], in: given.version, at: root.appending("issuer"))
        case .endorsement:
            resolveIssuer(given.members["issuer"], in: given.version, at: root.appending("issuer"))
        default: break
        }
    }

    private mutating func resolveClass(_ value: JSON?, in version: OB2.Version, at path: JSONPointer) {
        guard let value, value.string?.isEmpty != true else { return }
        let part = ob2Document(value, as: .badgeClass, in: version, at: path)
        related.badgeClass = part.map { OB2.BadgeClass(uncheckedMembers: $0.members) }
        guard let reading = part.value else { return }
        resolveIssuer(reading.members["issuer"], in: reading.version, at: path.appending("issuer"))
    }

    private mutating func resolveIssuer(_ value: JSON?, in version: OB2.Version, at path: JSONPointer) {
        guard let value, value.string?.isEmpty != true else { return }
        let part = ob2Document(value, as: .issuer, in: version, at: path)
        related.issuer = part.map { OB2.Profile(uncheckedMembers: $0.members) }
        related.issuerVersion = part.value?.version ?? version
    }

    /// The copy at the assertion's id decides; the one that was handed in only says where it is.
    private mutating func resolveHostedCopy(of given: OB2.Reading) -> OB2.Reading {
        guard let id = given.id, IRI.isWeb(id) else {
            related.hosted = .other("the id of a hosted badge has to be the URL that it is hosted at")
            return given
        }
        if let url = input.url, IRI.withoutFragment(url) == IRI.withoutFragment(id) {
            // `url` is the one that finally answered, so no redirect lies between.
            related.hosted = .served(input.source)
            return given
        }
        if input.url != nil { noteOtherID(at: JSONPointer(), named: "the badge") }
        var url = id
        // A host may name another URL of its own as the id; it is asked for once, and not on and on.
        for _ in 0..<2 {
            guard let (served, source) = servedCopy(at: url) else {
                if url != id, !isPending(url) { break }
                return given
            }
            guard served.id != url else {
                related.hosted = .served(source)
                HostedCopyDifferences.report(from: given, to: served, &self)
                return served
            }
            guard let other = served.id, IRI.isWeb(other), url == id else { break }
            noteOtherID(at: JSONPointer(), named: "the hosted badge")
            url = other
        }
        related.hosted = .other("what its URL answers with has another id")
        return given
    }

    private mutating func isPending(_ url: String) -> Bool {
        if case .pending = document(url) { true } else { false }
    }

    private mutating func servedCopy(at url: String) -> (OB2.Reading, LoadedDocument.Source)? {
        switch document(url) {
        case .pending: related.hosted = .unreachable("it is being fetched")
        case .answer(.unreachable(let reason)): related.hosted = .unreachable(reason)
        case .answer(.missing) where input.url != nil:
            related.hosted = .other("it has another id than the URL that it was fetched from, and is not there")
        case .answer(.missing(let status)): related.hosted = .missing(status: status)
        case .answer(.gone(let document)):
            related.hosted = .gone(reason: (try? JSON(parsing: document.body))?["revocationReason"]?.string)
        case .answer(.found(let document)):
            guard WebOrigin.answers(document.url, for: url) else {
                related.hosted = .unreachable("its host sends on to another origin")
                return nil
            }
            guard let members = (try? JSON(parsing: document.body))?.object else {
                related.hosted = .other("what its URL answers with is no JSON object")
                return nil
            }
            return (OB2.Reading(members, as: .assertion, at: url, contexts: contexts), document.source)
        }
        return nil
    }

    /// A document that another one names by its id, or holds.
    ///
    /// - Parameter isPart: whether it is part of the badge, so that what is wrong with it is wrong with the badge.
    mutating func ob2Document(
        _ value: JSON,
        as role: OB2.Role,
        in version: OB2.Version,
        at path: JSONPointer,
        isPart: Bool = true
    ) -> OB2Documents.Part<OB2.Reading> {
        guard let object = value.object else {
            guard let url = value.string, IRI.isWeb(url) else {
                return .wrong("the id of its \(role.name) is no URL")
            }
            return fetch(url, as: role, in: version, at: path, isPart: isPart)
        }
        let reading = OB2.Reading(object, as: role, in: version, contexts: contexts)
        let node = OB2Documents.Node(reading: reading, path: path, isEmbedded: true)
        guard let id = reading.id, IRI.isWeb(id) else {
            if isPart { related.nodes.append(node) }
            return .embedded(reading)
        }
        let part = fetch(id, as: role, in: version, at: path, isPart: isPart)
        // What cannot be fetched is judged by what is there, and believed in nothing.
        if case .unavailable = part, isPart { related.nodes.append(node) }
        return part
    }

    private mutating func fetch(
        _ id: String,
        as role: OB2.Role,
        in version: OB2.Version,
        at path: JSONPointer,
        isPart: Bool
    ) -> OB2Documents.Part<OB2.Reading> {
        var url = id
        for _ in 0..<2 {
            switch json(url) {
            case .pending: return .unavailable("it is being fetched")
            case .unavailable where url != id:
                return .wrong("its \(role.name) has another id than its URL, and cannot be fetched by that id")
            case .unavailable(let reason): return .unavailable("its \(role.name) cannot be fetched: \(reason)")
            case .found(let json, let document):
                guard WebOrigin.answers(document.url, for: url) else {
                    return .unavailable("its \(role.name) cannot be fetched: its host sends on to another origin")
                }
                guard let members = json.object ?? Self.oldList(json, as: role, in: version, at: url) else {
                    return .wrong("what the URL of its \(role.name) answers with is no JSON object")
                }
                let reading = OB2.Reading(members, as: role, at: url, in: version, contexts: contexts)
                if reading.id == url || (reading.id == nil && (role == .key || role == .revocationList)) {
                    if isPart { related.nodes.append(.init(reading: reading, path: path, isEmbedded: false)) }
                    return .found(reading, document)
                }
                guard let other = reading.id else {
                    return .wrong(.schema(.required), "its \(role.name) has no id")
                }
                if role == .issuer, PrimitiveText.isIdentifier(other), !IRI.isWeb(other) {
                    // Its host says that it is somebody who cannot be looked up: nobody vouches for that.
                    if isPart { related.nodes.append(.init(reading: reading, path: path, isEmbedded: false)) }
                    return .embedded(reading)
                }
                guard IRI.isWeb(other), url == id else {
                    return .wrong(otherID(role))
                }
                noteOtherID(at: path, named: "its \(role.name)")
                url = other
            }
        }
        return .wrong(otherID(role))
    }

    private func otherID(_ role: OB2.Role) -> String {
        "its \(role.name) has another id than the URL that it was fetched from"
    }

    /// Open Badges 1 lets a revocation list be a bare list of what is revoked.
    private static func oldList(
        _ json: JSON,
        as role: OB2.Role,
        in version: OB2.Version,
        at url: String
    ) -> JSONObject? {
        guard json.array != nil, role == .revocationList, version < .v20 else { return nil }
        return ["id": .string(url), "type": "RevocationList", "revokedAssertions": json]
    }

    private mutating func noteOtherID(at path: JSONPointer, named name: String) {
        related.notes.append(
            ProblemDetails(
                code: .idMismatch,
                severity: .warning,
                detail: "\(name) has another id than the URL that it is named by; it was asked for by its id",
                check: .schema,
                path: path
            )
        )
    }
}

extension OB2Documents.Part {
    func map<Other>(_ transform: (Value) -> Other) -> OB2Documents.Part<Other> {
        switch self {
        case .found(let value, let document): .found(transform(value), document)
        case .embedded(let value): .embedded(transform(value))
        case .unavailable(let reason): .unavailable(reason)
        case .wrong(let code, let reason): .wrong(code, reason)
        }
    }
}
