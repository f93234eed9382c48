import Cryptography
import Glibc
import JSONCore
import Schemas
import Testing

/// Our contexts against the official ones: other files, the same terms.
@Suite(
    "Contexts, official bodies",
    .enabled(if: getenv("OPENBADGES_CONFORMANCE") != nil, "OPENBADGES_CONFORMANCE names no folder of official data")
)
struct ContextEqualityTests {
    /// The folder of the official contexts; without it the suite is disabled.
    private static let folder = getenv("OPENBADGES_CONFORMANCE").map { String(cString: $0) + "/contexts/" } ?? ""

    @Test("each term is defined as in every official body that the manifest says ours equals", arguments: claims)
    func equality(claim: Claim) throws {
        let body = try #require(Self.officialBody(digest: claim.digest))
        #expect(Self.hexadecimal(DigestAlgorithm.sha256.digest(body)) == claim.digest)
        let ours = ContextForm.document(try JSON(parsing: try #require(Self.embedded[claim.file])))
        let official = ContextForm.document(try JSON(parsing: body))
        #expect(Self.differences(ours, official) == [])
    }

    @Test("the current official body of each URL is what version 0 equals, and each known variant a later one")
    func complete() throws {
        let contexts = try #require(Self.manifest["contexts"]?.array)
        var urls = 0
        var variants = 0
        for context in contexts {
            let versions = try #require(context["versions"]?.array)
            let digests = versions.map { $0["equals"]?.array?.compactMap(\.string) ?? [] }
            let url = try #require(context["url"]?.string)
            for name in [url] + (context["aliases"]?.array ?? []).compactMap(\.string) {
                let current = try #require(Self.index["documents"]?[name], "there is no official body of \(name)")
                #expect(digests[0].contains(try #require(current["sha256"]?.string)), "\(name)")
                urls += 1
            }
            for variant in Self.index["variants"]?.array ?? [] where variant["url"]?.string == url {
                #expect(digests.dropFirst().joined().contains(try #require(variant["sha256"]?.string)))
                variants += 1
            }
        }
        #expect(urls == 48)
        #expect(variants == Self.index["variants"]?.array?.count)
    }

    /// A protected term may be defined again only by the same definition, and a scoped context counts there as it is
    /// written (JSON-LD 1.1 API §4.2.2, step 27): so ours must be alike, and differ, where the official ones do.
    @Test("two scoped contexts of one term are the same JSON exactly where the official ones are")
    func redefinition() throws {
        var ours: [String: JSON] = [:]
        var official: [String: JSON] = [:]
        for claim in Self.claims {
            let document = try JSON(parsing: try #require(Self.embedded[claim.file]))
            Self.forEachScope(of: document, at: claim.file) { ours[$0] = $1 }
            let body = try JSON(parsing: try #require(Self.officialBody(digest: claim.digest)))
            Self.forEachScope(of: body, at: claim.file) { official[$0] = $1 }
        }
        #expect(ours.keys.sorted() == official.keys.sorted())
        var pairs = 0
        for scopes in Dictionary(grouping: ours.keys, by: { $0.split(separator: "/").last }).values {
            for (position, left) in scopes.enumerated() {
                for right in scopes[..<position] {
                    let isSame = ours[left] == ours[right]
                    #expect(isSame == (official[left] == official[right]), "\(left) and \(right)")
                    pairs += 1
                }
            }
        }
        #expect(pairs == 276)
    }

    @Test("a change of a name or a value in one of ours would be seen", arguments: files)
    func sensitivity(file: String) throws {
        let bytes = try #require(Self.embedded[file])
        let document = try JSON(parsing: bytes)
        let form = ContextForm.document(document)
        // Every place of a small file, every 23rd of a large one: their forms take milliseconds in a debug build.
        let stride = bytes.count < 2_000 ? 1 : 23
        var places = 0
        var unseen: [JSON] = []
        Self.forEachChange(of: document) { change in
            places += 1
            if places % stride == 0, ContextForm.document(change) == form { unseen.append(change) }
        }
        #expect(places > 5)
        #expect(unseen.isEmpty)
    }
}

extension ContextEqualityTests {
    /// That a file of ours equals the official body with that digest.
    struct Claim: CustomTestStringConvertible {
        let url: String
        let file: String
        let digest: String

        var testDescription: String { "\(file) is \(url) (\(digest.prefix(8)))" }
    }

    static let claims: [Claim] = (manifest["contexts"]?.array ?? []).flatMap { context in
        (context["versions"]?.array ?? []).flatMap { version in
            (version["equals"]?.array ?? []).map { digest in
                Claim(
                    url: context["url"]?.string ?? "",
                    file: version["file"]?.string ?? "",
                    digest: digest.string ?? ""
                )
            }
        }
    }

    static let files = embedded.keys.sorted()

    private static let manifest =
        (try? JSON(
            parsing: UnsafeBufferPointer(
                start: embedded_manifest().pointee.bytes,
                count: embedded_manifest().pointee.length
            )
        ))
        ?? .null

    private static let embedded: [String: [UInt8]] = {
        var count = 0
        let documents = UnsafeBufferPointer(start: embedded_documents(&count), count: count)
        return documents.reduce(into: [:]) { files, document in
            files[String(cString: document.file)] = Array(
                UnsafeBufferPointer(start: document.bytes, count: document.length)
            )
        }
    }()

    private static let index = read("index.json").flatMap { try? JSON(parsing: $0) } ?? .null

    /// The official file that the index of the data lists with this digest.
    private static func officialBody(digest: String) -> [UInt8]? {
        let entries = (index["documents"]?.object?.values ?? []) + (index["variants"]?.array ?? [])
        return entries.first { $0["sha256"]?.string == digest }?["file"]?.string.flatMap(read)
    }

    private static func read(_ path: String) -> [UInt8]? {
        guard let file = fopen(folder + path, "rb") else { return nil }
        defer { fclose(file) }
        var bytes: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: 65_536)
        while true {
            let count = fread(&chunk, 1, chunk.count, file)
            guard count > 0 else { return bytes }
            bytes += chunk[..<count]
        }
    }

    private static func hexadecimal(_ bytes: [UInt8]) -> String {
        bytes.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
    }

    /// Where two values part, as JSON Pointers: what a failure shows instead of two files.
    private static func differences(_ left: JSON, _ right: JSON, at path: JSONPointer = JSONPointer()) -> [String] {
        guard left != right else { return [] }
        guard let left = left.object, let right = right.object else { return [path.description] }
        return Set(left.keys).union(right.keys).sorted().flatMap { key in
            let path = path.appending(key)
            guard let left = left[key], let right = right[key] else { return [path.description] }
            return differences(left, right, at: path)
        }
    }

    /// Calls `body` with the path and the scoped context of each term that has one, at any depth.
    private static func forEachScope(of value: JSON, at path: String, _ body: (String, JSON) -> Void) {
        for context in value["@context"]?.array ?? [value["@context"]].compactMap(\.self) {
            for (term, definition) in context.object ?? JSONObject() {
                guard let scope = definition["@context"] else { continue }
                body("\(path)/\(term)", scope)
                forEachScope(of: definition, at: "\(path)/\(term)", body)
            }
        }
    }

    /// Calls `body` with the value changed in one place, for each name and each leaf in it.
    private static func forEachChange(of value: JSON, _ body: (JSON) -> Void) {
        switch value {
        case .object(let members):
            for (position, member) in members.enumerated() {
                func replaced(by key: String, _ value: JSON) -> JSON {
                    var all = members.map { ($0.key, $0.value) }
                    all[position] = (key, value)
                    return .object(JSONObject(members: all))
                }
                body(replaced(by: member.key + "x", member.value))
                forEachChange(of: member.value) { body(replaced(by: member.key, $0)) }
            }
        case .array(let elements):
            for (position, element) in elements.enumerated() {
                forEachChange(of: element) { change in
                    var all = elements
                    all[position] = change
                    body(.array(all))
                }
            }
        case .string(let text): body(.string(text + "x"))
        case .bool(let value): body(.bool(!value))
        case .number, .null: body(.string("x"))
        }
    }
}
