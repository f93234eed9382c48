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
        _ violations: inout Violations
    ) {
        guard let value else {
            if cardinality == .one || cardinality == .some {
                violations.add(.required, "\(owner.name) needs \"\(name)\"")
            }
            return
        }
        violations.enter(name) { check(value, of: owner, at: &$0) }
    }

    private func check(_ value: JSON, of owner: ClassDefinition, at violations: inout Violations) {
        guard case .array(let values) = value, !range.isArray else { return range.check(value, &violations) }
        switch cardinality {
        case .one, .optional:
            violations.add(.cardinality, "\(owner.name) takes a single \"\(name)\"")
        case .many, .some:
            if values.isEmpty { violations.add(.cardinality, "an empty \"\(name)\" is left out") }
            for (index, element) in values.enumerated() where !violations.isFull {
                violations.enter(index) { range.check(element, &$0) }
            }
        }
    }
}
