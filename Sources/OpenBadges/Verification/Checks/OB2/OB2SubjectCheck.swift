import JSONCore

/// `subject` of Open Badges 1 and 2: is the recipient's identity of the form that it says it has?
///
/// Source: Open Badges 2.0, "IdentityObject".
enum OB2SubjectCheck {
    static func run(_ inspection: inout Inspection) {
        guard let assertion = inspection.assertion, !assertion.revoked, !inspection.related.isGone else {
            return inspection.record(.subject, .skipped, "there is nothing to check")
        }
        let recipient = assertion.recipient
        if !recipient.identity.isEmpty, let problem = problem(with: recipient) {
            inspection.report(
                .schema(.malformedValue),
                problem,
                check: .subject,
                at: JSONPointer().appending("recipient").appending("identity")
            )
        }
        inspection.conclude(.subject, otherwise: "the recipient's identity is well-formed")
    }

    private static func problem(with recipient: OB2.IdentityObject) -> String? {
        let identity = recipient.identity
        // Anything with an algorithm and a `$` was meant to be a hash, also one that nobody can compare.
        let looksHashed = IdentityHash.isHash(identity) || hasAlgorithm(identity)
        if recipient.hashed { return IdentityHash.isHash(identity) ? nil : "it is said to be hashed, and is no hash" }
        if looksHashed { return "it is said to be clear, and is a hash" }
        switch recipient.type {
        case "email" where !PrimitiveText.isEmail(identity): return "it is said to be an e-mail address, and is none"
        case "url" where !PrimitiveText.isURL(identity): return "it is said to be a URL, and is none"
        case "telephone" where !PrimitiveText.isTelephone(identity):
            return "it is said to be a telephone number, and is none"
        case "id" where !PrimitiveText.isIdentifier(identity), "@id" where !PrimitiveText.isIdentifier(identity):
            return "it is said to be an id, and is no IRI"
        default: return nil
        }
    }

    private static func hasAlgorithm(_ text: String) -> Bool {
        let name = text.prefix { $0 != "$" }.lowercased()
        return name.count < text.count && ["md5", "sha1", "sha256", "sha384", "sha512"].contains(name)
    }
}
