import Cryptography
import JSONCore
import OpenBadges
import Proofs
import Testing

/// Every value, name, order and context of the signed official badges is changed in turn: what still verifies must stand
/// in a written list of equivalences.
@Suite("Embedded proofs, mutated badges", .enabled(if: OfficialData.isThere, Comment(rawValue: OfficialData.reason)))
struct CredentialMutationTests {
    /// A changed badge, and what was changed.
    struct Mutation: Sendable {
        let kind: String
        let path: JSONPointer
        let document: JSON
    }

    @Test("no change of the official vector goes unnoticed, by the whole verifier")
    func vector() async throws {
        let signed = try OfficialData.json("ob-examples/ob3-linked-data-proof-vector/signed.json")
        let verifier = Verifier(loader: try Self.vectorDocuments())
        let now = try #require(Timestamp("2026-06-01T00:00:00Z"))
        func isVerified(_ document: JSON) async -> Bool {
            let options = VerificationOptions(at: now)
            if case .verified = await verifier.verify(document.serialized(), options: options).verdict { return true }
            return false
        }
        #expect(await isVerified(signed))
        let mutations = Self.mutations(of: signed)
        #expect(mutations.count > 150)
        for mutation in mutations {
            // The checks refuse some of what means the same: it must be no more than the list, and can be less.
            guard await isVerified(mutation.document) else { continue }
            #expect(Self.isEquivalent(mutation), "\(mutation.kind) at \(mutation.path)")
        }
        for equivalent in ["reorder", "swap /type", "alias", "single"] {
            #expect(await isVerified(try Self.rewritten(signed, equivalent)), "\(equivalent)")
        }
    }

    @Test("no change of a complete badge goes unnoticed, but for what is written down as meaning the same")
    func complete() async throws {
        let key = try PrivateKey(generating: .ed25519)
        let signer = try DataIntegritySigner(
            key: key,
            cryptosuite: .eddsaRDFC2022,
            verificationMethod: DIDKey.verificationMethod(for: key.publicKey),
            contexts: KnownContexts.current,
            clock: .any
        )
        let signed = try signer.secure(
            OfficialData.json("ob-examples/ob3/010-complete-openbadgecredential.json"),
            options: ProofOptions(created: "2026-03-01T13:25:00Z")
        )
        let publicKey = key.publicKey
        #expect(Self.isVerified(signed, publicKey))
        let mutations = Self.mutations(of: signed)
        #expect(mutations.count > 1_500)
        let nodes = Self.nodes(of: signed)
        let wrong = await withTaskGroup(of: [String].self) { group in
            let share = 100
            for start in stride(from: 0, to: mutations.count, by: share) {
                group.addTask {
                    mutations[start..<min(start + share, mutations.count)].compactMap { mutation in
                        guard Self.isVerified(mutation.document, publicKey) else { return nil }
                        let isEquivalent = Self.isEquivalent(mutation) || Self.isRestated(mutation, in: nodes)
                        return isEquivalent ? nil : "\(mutation.kind) at \(mutation.path)"
                    }
                }
            }
            return await group.reduce(into: []) { $0 += $1 }
        }
        #expect(wrong.sorted() == [])
        // The list is no wider than the truth: each kind on it is one that verifies.
        for kind in ["reorder", "swap", "wrap", "repeat", "alias", "same number", "add known context", "base"] {
            let examples = mutations.filter { $0.kind == kind }.prefix(20)
            #expect(examples.contains { Self.isVerified($0.document, publicKey) }, "\(kind)")
        }
    }

    private static func isVerified(_ document: JSON, _ key: PublicKey) -> Bool {
        let verifier = DataIntegrityVerifier(
            contexts: KnownContexts.current,
            expectations: ProofExpectations(clock: .any)
        )
        let results = try? verifier.verify(document) { _ in .found(key) }
        return results?.contains { $0.outcome.summary == "verified" } ?? false
    }

    /// The controller document that the vector's key belongs to, which is not published.
    private static func vectorDocuments() throws -> DocumentTable {
        let issuer = "https://example.edu/issuers/565049"
        let values = try OfficialData.json("ob-examples/ob3-linked-data-proof-vector/values.json")
        let text = try #require(values["publicKeyMultibase"]?.string)
        let method = issuer + "#" + text
        let document: JSON = [
            "id": .string(issuer), "assertionMethod": [.string(method)],
            "verificationMethod": [
                [
                    "id": .string(method), "type": "Multikey", "controller": .string(issuer),
                    "publicKeyMultibase": .string(text),
                ]
            ],
        ]
        return DocumentTable(
            answers: [issuer: .found(LoadedDocument(url: issuer, body: document.serialized(), source: .web))]
        )
    }

    /// What is in it answers, and nothing else.
    private struct DocumentTable: DocumentLoader {
        let answers: [String: LoadedDocument.Answer]
        func load(_ url: String) async -> LoadedDocument.Answer { answers[url] ?? .unreachable("nobody answers") }
    }
}

// MARK: What means the same

extension CredentialMutationTests {
    /// The written list: what may change without changing what the badge says.
    private static func isEquivalent(_ mutation: Mutation) -> Bool {
        let place = mutation.path.tokens
        let isContext = place.contains("@context")
        switch mutation.kind {
        // The order of members means nothing in JSON.
        case "reorder": return true
        // RDF knows no order of values, unless the context makes them a list; contexts have an order, which makes no
        // difference where no term is defined in two ways.
        case "swap": return place.last != "allowedValue"
        // A value by itself is an array of one. Ids, and types within their array, are single; a list within a list is
        // another list; the members of the badge's own proof are strings.
        case "wrap":
            return place.first != "proof" && !isContext && place.last != "id" && !place.dropLast().contains("type")
                && !place.dropLast().contains("allowedValue")
        // A value said twice is said once. A list keeps both.
        case "repeat": return place.last != "allowedValue" && !(place.first == "proof")
        // Two names of one class.
        case "alias": return true
        // 42, 42.0 and 4.2e1 are one number.
        case "same number": return true
        // An endorsement within a badge is read under the badge's contexts already: its own say the same again.
        case "remove": return isContext && place.count > 2
        case "single context": return place.count > 1
        // A known context that defines what is used as it is defined already.
        case "add known context": return true
        // Relative IRIs are errors, so what they would be resolved against changes nothing.
        case "base": return true
        // Every term that is used is defined, so nothing is left for the vocabulary.
        case "vocabulary": return true
        // A Boolean as text has the same type in RDF; the model of the class refuses it.
        case "text": return place.last == "hashed"
        default: return false
        }
    }

    /// All objects that have an id, with their places.
    private static func nodes(of document: JSON) -> [(path: JSONPointer, members: JSONObject)] {
        var nodes: [(path: JSONPointer, members: JSONObject)] = []
        var pointers = [JSONPointer()]
        while let path = pointers.popLast() {
            switch document.value(at: path) {
            case .object(let members):
                if members["id"] != nil { nodes.append((path, members)) }
                pointers += members.keys.map(path.appending)
            case .array(let elements): pointers += elements.indices.map(path.appending)
            default: break
            }
        }
        return nodes
    }

    /// What is taken away in one place and said of the same node, by its id, in another is still said: in RDF, a badge
    /// that names its issuer twice says each thing about it once.
    private static func isRestated(_ mutation: Mutation, in nodes: [(path: JSONPointer, members: JSONObject)]) -> Bool {
        guard mutation.kind == "remove" || mutation.kind == "null" else { return false }
        var tokens = mutation.path.tokens
        var index: Int?
        if let number = tokens.last.flatMap({ Int($0) }) {
            index = number
            tokens.removeLast()
        }
        guard let name = tokens.popLast(), name != "id" else { return false }
        guard let own = nodes.first(where: { $0.path.tokens == tokens })?.members, let value = own[name] else {
            return false
        }
        let all = value.array ?? [value]
        let removed = index.map { $0 < all.count ? [all[$0]] : [] } ?? all
        let others = nodes.filter { $0.path.tokens != tokens && $0.members["id"] == own["id"] }
        let said = others.flatMap { other in other.members[name].map { $0.array ?? [$0] } ?? [] }
        return removed.allSatisfy { said.contains($0) && !hasNamelessNode($0) }
    }

    private static func hasNamelessNode(_ value: JSON) -> Bool {
        switch value {
        case .object(let members): members["id"] == nil || members.contains { hasNamelessNode($0.value) }
        case .array(let elements): elements.contains(where: hasNamelessNode)
        default: false
        }
    }

    private static func rewritten(_ signed: JSON, _ equivalent: String) throws -> JSON {
        var changed = signed
        switch equivalent {
        case "reorder": changed = .object(reversed(try #require(signed.object)))
        case "swap /type": changed["type"] = ["OpenBadgeCredential", "VerifiableCredential"]
        case "alias": changed["type"] = ["VerifiableCredential", "AchievementCredential"]
        case "single": changed["credentialSubject"]?["type"] = "AchievementSubject"
        default: Issue.record("no such equivalence")
        }
        return changed
    }

    private static func reversed(_ members: JSONObject) -> JSONObject {
        var other: JSONObject = [:]
        for member in members.reversed() { other[member.key] = member.value }
        return other
    }
}

// MARK: What is changed

extension CredentialMutationTests {
    private static func mutations(of signed: JSON) -> [Mutation] {
        var mutations: [Mutation] = []
        var pointers = [JSONPointer()]
        while let path = pointers.popLast() {
            guard let value = signed.value(at: path) else { continue }
            func add(_ kind: String, _ new: JSON?) {
                mutations.append(Mutation(kind: kind, path: path, document: replaced(signed, path.tokens[...], new)))
            }
            if !path.isRoot { add("remove", nil) }
            switch value {
            case .string(let text):
                add("append", .string(text + "x"))
                add("null", .null)
                add("wrap", [value])
                if text == "OpenBadgeCredential" { add("alias", "AchievementCredential") }
            case .array(let elements):
                pointers += elements.indices.map(path.appending)
                if elements.count > 1 { add("swap", .array(elements.reversed())) }
                if elements.allSatisfy({ $0.string != nil }) { add("repeat", .array(elements + elements)) }
                if path.tokens.last == "@context" { addContexts(elements, add) }
            case .object(let members):
                pointers += members.keys.map(path.appending)
                if members.count > 1 { add("reorder", .object(reversed(members))) }
                for name in members.keys {
                    var renamed = members
                    renamed[name] = nil
                    renamed[name + "x"] = members[name]
                    add("rename \(name)", .object(renamed))
                }
                var more = members
                more["extra"] = "x"
                add("add", .object(more))
            case .number(let number):
                add("replace", .number(JSONNumber(7)))
                add("text", .string(number.literal))
                if let int = number.int { add("same number", .number(JSONNumber(int))) }
                if let literal = JSONNumber(literal: number.literal + "e0") { add("same number", .number(literal)) }
            case .bool(let flag):
                add("replace", .bool(!flag))
                add("text", .string(flag ? "true" : "false"))
            case .null: add("replace", "x")
            }
        }
        return mutations
    }

    private static func addContexts(_ elements: [JSON], _ add: (String, JSON?) -> Void) {
        add("add known context", .array(elements + ["https://w3id.org/security/data-integrity/v2"]))
        add("add unknown context", .array(elements + ["https://example.org/x"]))
        add("redefine", .array(elements + [["name": "https://evil.example/name"]]))
        add("vocabulary", .array(elements + [["@vocab": "https://evil.example/"]]))
        add("base", .array(elements + [["@base": "https://evil.example/"]]))
        add("language", .array(elements + [["@language": "de"]]))
        add("single context", elements.first)
        for (index, _) in elements.enumerated() {
            var other = elements
            other[index] = "https://w3id.org/openbadges/v2"
            add("other version", .array(other))
        }
    }

    private static func replaced(_ value: JSON, _ tokens: ArraySlice<String>, _ new: JSON?) -> JSON {
        guard let token = tokens.first else { return new ?? .null }
        var copy = value
        if var elements = value.array, let index = Int(token) {
            if tokens.count == 1, new == nil {
                elements.remove(at: index)
            } else {
                elements[index] = replaced(elements[index], tokens.dropFirst(), new)
            }
            return .array(elements)
        }
        if tokens.count == 1, new == nil {
            copy[token] = nil
        } else if let inner = value[token] {
            copy[token] = replaced(inner, tokens.dropFirst(), new)
        }
        return copy
    }
}
