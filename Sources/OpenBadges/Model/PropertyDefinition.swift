import JSONCore

/// One row of a class's table: a property, what it may hold, and how often it stands.
struct PropertyDefinition: Sendable {
    enum Cardinality: Sendable {
        /// Exactly one.
        case one
        /// None or one.
        case optional
        /// Any number; a single value may stand without an array.
        case many
        /// At least one; a single value may stand without an array.
        case some

        var withoutMinimum: Self {
            switch self {
            case .one, .optional: .optional
            case .many, .some: .many
            }
        }
    }

    let name: String
    let range: ValueRange
    let cardinality: Cardinality

    init(_ name: String, _ range: ValueRange, _ cardinality: Cardinality = .optional) {
        self.name = name
        self.range = range
        self.cardinality = cardinality
    }

    /// The same row under the name that the Verifiable Credentials Data Model 1.1 has for it.
    var inOlderDataModel: PropertyDefinition {
        switch name {
        case "validFrom": PropertyDefinition("issuanceDate", range, .one)
        case "validUntil": PropertyDefinition("expirationDate", range, cardinality)
        default: self
        }
    }

    func check(
        _ value: JSON?,
        of owner: ClassDefinition,
        at parent: JSONPointer,
        into found: inout [OpenBadgesError]
    ) {
        guard let value else {
            if cardinality == .one || cardinality == .some {
                found.append(OpenBadgesError(.required, "\(owner.name) needs \"\(name)\"", at: parent))
            }
            return
        }
        let path = parent.appending(name)
        guard case .array(let values) = value, !range.isArray else {
            range.check(value, at: path, into: &found)
            return
        }
        switch cardinality {
        case .one, .optional:
            found.append(OpenBadgesError(.cardinality, "\(owner.name) takes a single \"\(name)\"", at: path))
        case .many, .some:
            if values.isEmpty {
                found.append(OpenBadgesError(.cardinality, "an empty \"\(name)\" is left out", at: path))
            }
            for (index, element) in values.enumerated() where found.count < ClassDefinition.maximumFindings {
                range.check(element, at: path.appending(index), into: &found)
            }
        }
    }
}
