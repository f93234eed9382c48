/// A place in one of the documents.
struct SchemaPlace: Hashable {
    let document: Int
    let pointer: JSONPointer

    /// What keeping it costs, in units of 64 bytes: hostile names are long.
    var weight: Int { 1 + pointer.description.utf8.count / 64 }

    func appending(_ token: String) -> SchemaPlace {
        SchemaPlace(document: document, pointer: pointer.appending(token))
    }

    func appending(_ index: Int) -> SchemaPlace {
        SchemaPlace(document: document, pointer: pointer.appending(index))
    }
}

/// A subschema: its text, its place, and the resource it belongs to.
struct SchemaSite {
    let json: JSON
    let place: SchemaPlace
    var resource: Int
}
