import JSONCore

/// `recipient`: is the badge about the person that was asked for?
///
/// Each spelling (as given, trimmed, in lower case) is tried with the badge's salt and without: hosts differ in what
/// they hash. Source: Open Badges 3.0 §9.3; Open Badges 2.0, "IdentityObject".
enum RecipientCheck {
    static func run(_ inspection: inout Inspection) {
        guard let recipient = inspection.options.recipient else {
            return inspection.record(.recipient, .skipped, "no recipient was asked for")
        }
        guard inspection.isReadable else {
            inspection.subject = .unknown
            return inspection.record(.recipient, .skipped, "there is nothing to compare with")
        }
        guard inspection.kind != .endorsement else {
            inspection.subject = .unknown
            return inspection.conclude(
                .recipient,
                .recipientUnknown,
                "an endorsement is about a badge or an organization, not about its recipient",
                severity: .unknown
            )
        }
        let identities = inspection.identities
        let comparable = identities.filter { recipient.isOf(type: $0.type) }
        guard !comparable.isEmpty else {
            inspection.subject = .unknown
            return inspection.conclude(
                .recipient,
                .recipientUnknown,
                "the badge names its recipient by another kind of identifier",
                severity: .unknown
            )
        }
        var isUnreadable = false
        for identity in comparable {
            switch identity.matches(recipient) {
            case true?:
                inspection.subject = .match
                return inspection.record(.recipient, .passed, "it is about the recipient asked for")
            case false?: break
            case nil: isUnreadable = true
            }
        }
        if isUnreadable {
            inspection.subject = .unknown
            inspection.conclude(
                .recipient,
                .recipientUnknown,
                "the recipient's identity is hashed with an unknown algorithm",
                severity: .unknown
            )
        } else {
            inspection.subject = .mismatch
            inspection.conclude(.recipient, .recipientMismatch, "the badge is about somebody else")
        }
    }
}

/// One identity of a badge's recipient, in one form for every version of the specification.
struct RecipientIdentity {
    let type: String
    let value: String
    let salt: String
    let hashed: Bool

    /// `nil` where the hash's algorithm is unknown.
    func matches(_ recipient: Recipient) -> Bool? {
        guard hashed else {
            if case .email = recipient {
                // Clear addresses are compared as people read them: `Ada@example.org` is `ada@example.org`.
                let address = value.hasPrefix("mailto:") ? String(value.dropFirst("mailto:".count)) : value
                return Recipient.email(address).normalized == recipient.normalized
            }
            return recipient.spellings.contains(value)
        }
        for spelling in recipient.spellings {
            for salt in salt.isEmpty ? [""] : [salt, ""] {
                guard let isMatch = IdentityHash.matches(value, spelling, salt: salt) else { return nil }
                if isMatch { return true }
            }
        }
        return false
    }
}

extension Inspection {
    /// Every identity that the badge gives its recipient.
    fileprivate var identities: [RecipientIdentity] {
        if let subject = credential?.achievementCredential.subject {
            var identities = subject.identifiers.map {
                RecipientIdentity(type: $0.identityType, value: $0.identityHash, salt: $0.salt ?? "", hashed: $0.hashed)
            }
            if let id = subject.id {
                if id.hasPrefix("did:") {
                    identities.append(RecipientIdentity(type: "id", value: id, salt: "", hashed: false))
                } else if id.hasPrefix("mailto:") {
                    let address = String(id.dropFirst("mailto:".count))
                    identities.append(RecipientIdentity(type: "emailAddress", value: address, salt: "", hashed: false))
                }
            }
            return identities
        }
        guard let recipient = assertion?.recipient, !recipient.type.isEmpty else { return [] }
        return [
            RecipientIdentity(
                type: recipient.type,
                value: recipient.identity,
                salt: recipient.salt ?? "",
                hashed: recipient.hashed
            )
        ]
    }
}
