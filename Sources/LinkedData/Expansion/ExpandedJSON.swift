import JSONCore

extension ExpandedValue {
    /// The value as JSON, in expanded form.
    var json: JSON {
        switch self {
        case .literal(let value, let datatype):
            var object: JSONObject = ["@value": value]
            if let datatype { object["@type"] = .string(datatype) }
            return .object(object)
        case .annotated(let value):
            var object: JSONObject = ["@value": value.value]
            if let datatype = value.datatype { object["@type"] = .string(datatype) }
            if let language = value.language { object["@language"] = .string(language) }
            if let direction = value.direction { object["@direction"] = .string(direction.rawValue) }
            if let index = value.index { object["@index"] = .string(index) }
            return .object(object)
        case .reference(let id):
            return ["@id": id.map { .string($0) } ?? .null]
        case .list(let list):
            var object: JSONObject = ["@list": .array(list.items.map(\.json))]
            if let index = list.index { object["@index"] = .string(index) }
            return .object(object)
        case .node(let node):
            return .object(node.json)
        }
    }
}

extension ExpandedNode {
    fileprivate var json: JSONObject {
        var object = JSONObject()
        if let id { object["@id"] = .string(id) } else if hasNullID { object["@id"] = .null }
        if let types { object["@type"] = .array(types.map { .string($0) }) }
        if let index { object["@index"] = .string(index) }
        if let language { object["@language"] = .string(language) }
        if let direction { object["@direction"] = .string(direction.rawValue) }
        if let graph { object["@graph"] = .array(graph.map(\.json)) }
        if let included { object["@included"] = .array(included.map(\.json)) }
        if let reverse { object["@reverse"] = .object(reverse.json(JSONObject())) }
        return properties.json(object)
    }
}

extension PropertyMap {
    /// The properties as members of an object, each with one array.
    fileprivate func json(_ members: JSONObject) -> JSONObject {
        var object = members
        var start = 0
        for entry in entries {
            let added = values[start..<entry.end].map(\.json)
            object[entry.property] = .array((object[entry.property]?.array ?? []) + added)
            start = entry.end
        }
        return object
    }
}
