import JSONCore

/// What stands in a registry's document.
struct RegistryDocument: Sendable {
    /// An issuer that it lists.
    struct Entry: Sendable {
        let id: String
        let name: String?
    }

    /// A registry that a list of registries names.
    struct Listed: Sendable {
        let name: String
        /// As written: `dcc-legacy`, `oidf`, or what comes next.
        let type: String
        let url: String?
    }

    let kind: TrustRegistry.Kind
    private let entries: [String: Entry]
    let listed: [Listed]
    /// The domains of its issuers, which others may be made to look like.
    let domains: LookalikeIndex
    private let idsByName: [String: Entry]
    /// When it says that it was made: for people, as anybody can write any date.
    let date: String?

    /// Why a document is none.
    struct Refusal: Error { let detail: String }

    init(parsing body: [UInt8]) throws(Refusal) {
        guard body.count <= TrustRegistry.Limits.bytes else { throw Refusal(detail: "it is larger than any registry") }
        let json: JSON
        do {
            json = try JSON(parsing: body)
        } catch {
            throw Refusal(detail: "it is no JSON")
        }
        if let list = json.array {
            try self.init(list: list)
        } else if let registry = json["registry"]?.object {
            try self.init(registry: registry, meta: json["meta"])
        } else {
            throw Refusal(detail: "it is neither a registry nor a list of registries")
        }
    }

    private init(registry: JSONObject, meta: JSON?) throws(Refusal) {
        var entries: [String: Entry] = [:]
        var idsByName: [String: Entry] = [:]
        for (id, value) in registry {
            // Half a registry could leave out the very issuer that is looked for, and nobody would know.
            guard value.object != nil, !id.isEmpty else { throw Refusal(detail: "one of its entries is no object") }
            let entry = Entry(id: id, name: value["name"]?.string.flatMap { $0.isEmpty ? nil : $0 })
            entries[id] = entry
            if let skeleton = entry.name.flatMap(NameSkeleton.of), idsByName[skeleton] == nil {
                idsByName[skeleton] = entry
            }
        }
        kind = .dccLegacy
        self.entries = entries
        self.idsByName = idsByName
        domains = LookalikeIndex(hosts: registry.keys.lazy.compactMap(IssuerClaim.host(of:)))
        listed = []
        date = meta?["updated"]?.string ?? meta?["created"]?.string
    }

    private init(list: [JSON]) throws(Refusal) {
        var listed: [Listed] = []
        for (index, element) in list.enumerated() {
            guard let type = element["type"]?.string else {
                throw Refusal(detail: "entry \(index) of the list has no type")
            }
            let name = element["name"]?.string ?? element["url"]?.string ?? "entry \(index)"
            listed.append(Listed(name: name, type: type, url: element["url"]?.string))
        }
        kind = .knownRegistries
        self.listed = listed
        (entries, idsByName, domains, date) = ([:], [:], LookalikeIndex(hosts: []), nil)
    }

    /// The entry of an issuer's id, byte by byte.
    func entry(of id: String) -> Entry? {
        entries[id].flatMap { $0.id.utf8.elementsEqual(id.utf8) ? $0 : nil }
    }

    /// An issuer whose name looks like this one.
    func entry(named skeleton: String) -> Entry? { idsByName[skeleton] }
}
