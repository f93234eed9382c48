import JSONCore
import Proofs
import Testing

/// Every value, name, order and context of the signed W3C examples is changed in turn: what still verifies must stand in
/// a written list of equivalences.
@Suite("Data Integrity, mutated vectors", .enabled(if: OfficialData.isThere, Comment(rawValue: OfficialData.reason)))
struct ProofMutationTests {
    static let vectors = Array(EdDSATests.vectors) + [ECDSATests.vectors[1], ECDSATests.vectors[4]]

    /// A changed document, and what was changed.
    struct Mutation {
        let kind: String
        let path: JSONPointer
        let document: JSON
    }

    @Test("no change goes unnoticed, but for what is written down as meaning the same", arguments: vectors)
    func mutations(vector: DataIntegrityVector) throws {
        let signed = try vector.json("signed")
        let mutations = Self.mutations(of: signed)
        #expect(mutations.count > 60)
        for mutation in mutations where mutation.document != signed {
            let verified = (try? outcomes(of: mutation.document).contains { $0.summary == "verified" }) ?? false
            #expect(
                verified == Self.isEquivalent(mutation, vector),
                "\(mutation.kind) at \(mutation.path) in \(vector)"
            )
        }
    }

    /// What means the same: the written list.
    private static func isEquivalent(_ mutation: Mutation, _ vector: DataIntegrityVector) -> Bool {
        let place = mutation.path.tokens
        switch (vector.cryptosuite.canonicalForm, mutation.kind) {
        // RDF knows no order of values; contexts have one, which makes no difference where none defines a term again.
        case (.rdfc, "swap"): return true
        // A value by itself is an array of one. An id never is, types stand in one array, and the members of a proof
        // have to be strings.
        case (.rdfc, "wrap"):
            return !["@context", "proof"].contains(place.first) && place.last != "id" && place.dropLast().last != "type"
        // A null says nothing.
        case (.rdfc, "add null"): return true
        // Over JSON, contexts behind the signed ones are cut off before anything is read.
        case (.jcs, "append context"): return place == ["@context"]
        default: return false
        }
    }

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
                add("shorten", .string(String(text.dropLast())))
                add("wrap", [value])
                add("null", .null)
            case .array(let elements):
                pointers += elements.indices.map(path.appending)
                add("swap", .array(elements.reversed()))
                if path.tokens.last == "@context" {
                    add("append context", .array(elements + ["https://example.org/x"]))
                }
            case .object(let members):
                pointers += members.keys.map(path.appending)
                for name in members.keys {
                    var renamed = members
                    renamed[name] = nil
                    renamed[name + "x"] = members[name]
                    add("rename \(name)", .object(renamed))
                }
                var more = members
                more["extra"] = "x"
                add("add", .object(more))
                more = members
                more["name"] = members["name"] ?? .null
                add("add null", .object(more))
            case .number, .bool, .null: add("replace", "x")
            }
        }
        return mutations
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
