import JSONCore

/// The documents that make an Open Badges 1 or 2 badge whole: the copy that its host serves, its class, its issuer.
///
/// An embedded class or issuer with a URL for its id is never believed: whoever writes an assertion can embed a copy
/// of a real issuer with a key of their own. Each is fetched by its id.
/// Source: Open Badges 2.0, "Hosted Badges", "Signed Badges".
struct OB2Documents {
    /// What became of a document that another one names.
    enum Part<Value> {
        case found(Value, LoadedDocument)
        /// It stands within another document and has no URL of its own: there is nobody to ask about it.
        case embedded(Value)
        /// It cannot be had; the text says why.
        case unavailable(String)
        /// There, but not what was asked for.
        case wrong(ProblemDetails.Code, String)

        static func wrong(_ detail: String) -> Self { .wrong(.schema(.malformedValue), detail) }

        var value: Value? {
            switch self {
            case .found(let value, _), .embedded(let value): value
            case .unavailable, .wrong: nil
            }
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

    /// One document, and where it would stand if all of them were written into one.
    struct Node {
        let reading: OB2.Reading
        let path: JSONPointer
        /// Whether it stood within another document.
        let isEmbedded: Bool

        /// The place of something in it, as seen from the badge.
        func place(_ pointer: JSONPointer) -> JSONPointer {
            let own = reading.place(of: pointer)
            return JSONPointer(path.description + own.description) ?? path
        }
    }

    /// What the input is: an award, or something that goes with one.
    var role = OB2.Role.assertion
    var version = OB2.Version.v20
    /// The document that the claims come from, as it came.
    var original: JSON?
    /// Every document of the badge itself, for the checks of what they say. Endorsements are not of the badge.
    var nodes: [Node] = []
    /// What came to light while they were fetched.
    var notes: [ProblemDetails] = []

    var hosted = HostedCopy.notNeeded
    var badgeClass = Part<OB2.BadgeClass>.unavailable("it was not looked for")
    var issuer = Part<OB2.Profile>.unavailable("it was not looked for")
    /// The version of the issuer's own document, which decides the form of its revocation list.
    var issuerVersion = OB2.Version.v20
    /// What the issuer's documents say about the key of a signed badge.
    var signer: IssuerKey?

    func node(_ role: OB2.Role) -> Node? { nodes.first { $0.reading.role == role } }

    /// Whether the host took the badge back, so that there is nothing more to say about it.
    var isGone: Bool {
        if case .gone = hosted { true } else { false }
    }
}

extension Inspection {
    /// Whether the input is of Open Badges 1 or 2.
    var isOB2: Bool {
        switch input.format {
        case .ob1, .ob2Signed, .ob2Hosted: true
        default: false
        }
    }
}
