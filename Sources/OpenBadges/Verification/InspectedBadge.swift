public import JSONCore
import Proofs

/// What is inside an input, unverified: for looking, not for relying on.
public struct InspectedBadge: Sendable {
    private let input: BadgeInput

    public init(name: String, bytes: [UInt8]) {
        input = BadgeInput(name: name, bytes: bytes)
    }

    /// Why it cannot be read, if it cannot.
    public var problem: String? {
        if case .unreadable(let problem) = input.form { return problem.description }
        return nil
    }

    /// Whether it says that it is a badge, or cannot be read well enough to tell.
    public var mayBeBadge: Bool {
        input.format != .none || problem != nil
    }

    /// Format, JOSE header, and the document as it stands, under names that say what it is worth.
    public var json: JSON {
        var members: JSONObject = ["input": .string(input.name), "format": .string(input.format.rawValue)]
        members["verified"] = false
        if case .jws(let jws, _) = input.form { members["header"] = jws.header.json }
        if let document = input.document { members["document"] = document }
        return .object(members)
    }
}
