public import JSONCore
import Proofs

/// Reads the parsed form of a trust file.
///
/// What would trust nobody is let through where it can do no harm; in `deny`, where it would let somebody through, it
/// is refused.
extension TrustPolicy {
    /// A file that a trust file names: its bytes, and when it was last changed.
    public typealias FileReading = (_ name: String) -> (body: [UInt8], date: Timestamp?)?

    /// - Parameters:
    ///   - json: `issuers`, `domains`, `keys`, `deny` (of the same three), `registries`.
    ///   - readFile: reads what an entry of `registries` names as its `file`; no file can be had if left out.
    /// - Throws: ``OpenBadgesError`` `TRUST_FILE_INVALID` with the place of the mistake.
    public init(json: JSON, readFile: FileReading = { _ in nil }) throws(OpenBadgesError) {
        let top = try Reader(json, at: JSONPointer(), known: ["issuers", "domains", "keys", "deny", "registries"])
        var deny = TrustList()
        if let denied = json["deny"] {
            let path = JSONPointer().appending("deny")
            deny = try Reader(denied, at: path, known: ["issuers", "domains", "keys"]).list(denying: true)
        }
        let registries = try top.elements("registries")
        guard registries.count <= TrustRegistry.Limits.registries else {
            let detail = "more than \(TrustRegistry.Limits.registries) registries are not asked"
            throw OpenBadgesError(.trustFile, detail, at: JSONPointer().appending("registries"))
        }
        var read: [TrustRegistry] = []
        for (index, element) in registries.enumerated() {
            let path = JSONPointer().appending("registries").appending(index)
            let known: Set = ["name", "url", "file", "cache", "sha256", "type"]
            read.append(try Reader(element, at: path, known: known).registry(readFile))
        }
        self.init(allow: try top.list(denying: false), deny: deny, registries: read)
    }

    /// One object of the file.
    private struct Reader {
        let object: JSONObject
        let path: JSONPointer

        init(_ json: JSON, at path: JSONPointer, known: Set<String>) throws(OpenBadgesError) {
            let names = known.sorted().joined(separator: ", ")
            guard let object = json.object else {
                throw OpenBadgesError(.trustFile, "must be a map of some of \(names)", at: path)
            }
            if let unknown = object.keys.first(where: { !known.contains($0) }) {
                throw OpenBadgesError(.trustFile, "only \(names) are known here", at: path.appending(unknown))
            }
            (self.object, self.path) = (object, path)
        }

        func elements(_ name: String) throws(OpenBadgesError) -> [JSON] {
            guard let value = object[name] else { return [] }
            guard let elements = value.array else { throw error("must be a list", at: path.appending(name)) }
            return elements
        }

        func error(_ detail: String, at path: JSONPointer) -> OpenBadgesError {
            OpenBadgesError(.trustFile, detail, at: path)
        }

        private func text(_ json: JSON?, at path: JSONPointer) throws(OpenBadgesError) -> String {
            guard let text = json?.string, !text.isEmpty, text != "*" else {
                throw error("must be text that names somebody", at: path)
            }
            return text
        }

        func list(denying: Bool) throws(OpenBadgesError) -> TrustList {
            var issuers: [String] = []
            var names: [String: String] = [:]
            for (index, element) in try elements("issuers").enumerated() {
                let path = path.appending("issuers").appending(index)
                let id: String
                if element.object != nil {
                    let entry = try Reader(element, at: path, known: ["id", "name"])
                    id = try text(entry.object["id"], at: path.appending("id"))
                    if let name = entry.object["name"] { names[id] = try text(name, at: path.appending("name")) }
                } else {
                    id = try text(element, at: path)
                }
                guard !denying || Self.canDeny(id) else {
                    throw error(
                        "must be a DID, a URL, or a prefix that ends in :* or /*, or it denies nobody",
                        at: path
                    )
                }
                issuers.append(id)
            }
            var domains: [String] = []
            for (index, element) in try elements("domains").enumerated() {
                let path = path.appending("domains").appending(index)
                let domain = try text(element, at: path)
                guard TrustList.host(of: domain) != nil else {
                    throw error("must be a host name, without scheme, port and path", at: path)
                }
                domains.append(domain)
            }
            var keys: [String] = []
            for (index, element) in try elements("keys").enumerated() {
                let path = path.appending("keys").appending(index)
                let key = try text(element, at: path)
                guard TrustList.thumbprint(of: key) != nil else {
                    throw error(
                        "must be a JWK thumbprint (SHA-256, 43 characters of base64url) or a Multikey",
                        at: path
                    )
                }
                keys.append(key)
            }
            return TrustList(issuers: issuers, names: names, domains: domains, keys: keys)
        }

        private static func canDeny(_ id: String) -> Bool {
            if id.hasSuffix("*") { return TrustList.prefix(of: id) != nil }
            return DID(id) != nil || WebOrigin.host(of: id) != nil
        }

        func registry(_ readFile: FileReading) throws(OpenBadgesError) -> TrustRegistry {
            let source: TrustRegistry.Source
            switch (object["url"], object["file"]) {
            case (let url?, nil):
                let text = try text(url, at: path.appending("url"))
                guard text.hasPrefix("https://"), WebOrigin.host(of: text) != nil else {
                    throw error("must be an https URL", at: path.appending("url"))
                }
                source = .url(text)
            case (nil, let file?):
                guard let copy = readFile(try text(file, at: path.appending("file"))) else {
                    throw error("the file cannot be read", at: path.appending("file"))
                }
                source = .copy(copy.body, date: copy.date)
            default: throw error("needs a url or a file, and not both", at: path)
            }
            let place = object["name"] ?? object["url"] ?? object["file"]
            return TrustRegistry(
                name: try text(place, at: path.appending("name")),
                source: source,
                maximumAge: try maximumAge(),
                sha256: try sha256(),
                kind: try kind()
            )
        }

        private func maximumAge() throws(OpenBadgesError) -> Duration? {
            guard let value = object["cache"] else { return nil }
            guard let age = value.string.flatMap(TrustRegistry.age) else {
                throw error("must be an age such as 90s, 30m, 24h, 7d or 2w", at: path.appending("cache"))
            }
            return age
        }

        private func sha256() throws(OpenBadgesError) -> [UInt8]? {
            guard let value = object["sha256"] else { return nil }
            guard let digest = value.string.flatMap({ Hexadecimal.decode($0.utf8) }), digest.count == 32 else {
                throw error("must be 64 hexadecimal digits", at: path.appending("sha256"))
            }
            return digest
        }

        private func kind() throws(OpenBadgesError) -> TrustRegistry.Kind? {
            guard let value = object["type"] else { return nil }
            guard let kind = value.string.flatMap(TrustRegistry.Kind.init(rawValue:)) else {
                let kinds = TrustRegistry.Kind.allCases.map(\.rawValue).joined(separator: " or ")
                throw error("must be \(kinds): no other kind of registry is read", at: path.appending("type"))
            }
            return kind
        }
    }
}
