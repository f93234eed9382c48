public import JSONCore

/// A class of the specification: its name and the table of its properties.
///
/// One table serves the reader (`init(json:)` of a ``BadgeObject``) and the verifier (the `schema` check), so what
/// we write, what we read and what we accept from others cannot drift apart.
///
/// Source: Open Badges 2.0, "Data Classes"; Open Badges 3.0 §B.
public struct ClassDefinition: Sendable {
    /// The name that stands in `type`.
    public let name: String
    /// Names that mean the same class (`OpenBadgeCredential`, `Issuer`).
    let aliases: Set<String>
    let properties: [PropertyDefinition]
    /// At least one property of each group has to be there.
    let alternatives: [[String]]
    /// Whether the specification closes the class to further properties.
    let isClosed: Bool
    /// Whether an object of the class has to say so in `type`.
    let requiresType: Bool

    init(
        _ name: String,
        aliases: Set<String> = [],
        requiresType: Bool = true,
        closed: Bool = false,
        anyOf alternatives: [[String]] = [],
        _ properties: [PropertyDefinition]
    ) {
        self.name = name
        self.aliases = aliases
        self.properties = properties
        self.alternatives = alternatives
        self.isClosed = closed
        self.requiresType = requiresType
    }

    /// The class of a credential in the Verifiable Credentials Data Model 1.1, where the two dates have other names.
    var inOlderDataModel: ClassDefinition {
        ClassDefinition(
            name,
            aliases: aliases,
            requiresType: requiresType,
            closed: isClosed,
            anyOf: alternatives,
            properties.map { $0.inOlderDataModel }
        )
    }

    /// Everything in `json` that the class does not allow, in the order of the table.
    public func violations(in json: JSON) -> [OpenBadgesError] {
        var violations = Violations()
        check(json, &violations)
        return violations.found
    }

    func check(_ json: JSON, _ violations: inout Violations) {
        guard !violations.isFull else { return }
        guard let object = json.object else {
            violations.add(.malformedValue, "must be an object (\(name))")
            return
        }
        checkType(object, &violations)
        for property in properties where !violations.isFull {
            property.check(object[property.name], of: self, &violations)
        }
        for group in alternatives where !group.contains(where: { object[$0] != nil }) {
            violations.add(.required, "\(name) needs \"\(group.joined(separator: "\" or \""))\"")
        }
        if isClosed {
            for (key, _) in object where key != "type" && key != "@context" {
                guard !properties.contains(where: { $0.name == key }) else { continue }
                violations.enter(key) { $0.add(.malformedValue, "\(name) allows no further property") }
            }
        }
    }

    private func checkType(_ object: JSONObject, _ violations: inout Violations) {
        guard let type = object["type"] else {
            // Where the table has a row for it, the row says so.
            if requiresType, !properties.contains(where: { $0.name == "type" }) {
                violations.add(.required, "\(name) needs \"type\"")
            }
            return
        }
        let names: [String]
        switch type {
        case .string(let one): names = [one]
        case .array(let many): names = many.compactMap(\.string)
        default: names = []
        }
        guard !names.contains(where: { $0 == name || aliases.contains($0) }) else { return }
        if requiresType || isAnotherClass(names) {
            violations.enter("type") { $0.add(.classMismatch, "\"type\" must contain \"\(name)\"") }
        }
    }

    /// Whether an object of Open Badges 2.0 that need not say what it is says that it is something else.
    private func isAnotherClass(_ names: [String]) -> Bool {
        guard case .types = properties.first(where: { $0.name == "type" })?.range else { return false }
        return names.contains(where: OB2.Vocabulary.classes.contains)
    }

    /// The same class with some of its properties not required.
    func with(optional names: Set<String>) -> ClassDefinition {
        ClassDefinition(
            name,
            aliases: aliases,
            requiresType: requiresType && !names.contains("type"),
            closed: isClosed,
            anyOf: alternatives,
            properties.map { property in
                guard names.contains(property.name) else { return property }
                return PropertyDefinition(property.name, property.range, property.cardinality.withoutMinimum)
            }
        )
    }
}
