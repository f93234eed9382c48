import JSONCore
import LinkedData

extension OB2 {
    /// A document in the terms of Open Badges 2.0, whatever terms it was written in.
    struct Reading {
        let role: Role
        let version: Version
        /// As it came.
        let original: JSONObject
        /// In the context's terms: upgraded, compacted, its aliases resolved.
        private(set) var members: JSONObject
        /// Why its contexts could not be followed. What it says then stands as if it were in plain terms, and may not
        /// mean it.
        private(set) var problem: LinkedDataError?
        /// Whether contexts of its own map it to the specification's terms, without naming the specification's.
        private(set) var bringsOwnContext = false

        /// - Parameters:
        ///   - url: where it was fetched from.
        ///   - parent: the version of the document that names it.
        init(
            _ document: JSONObject,
            as role: Role,
            at url: String? = nil,
            in parent: Version = .v20,
            contexts: ContextStore
        ) {
            self.role = role
            original = document
            version = OB1.version(of: document, as: role, in: parent)
            members = document
            switch version {
            case .v05: break
            case .v10, .v11: members = OB1.upgraded(document, as: role, at: url)
            case .v20:
                if Compaction.hasOwnContext(document) {
                    // Its own contexts may say the same as the specification's; if they do not, they say nothing.
                    let compacted = try? Compaction.compacted(document, contexts: contexts)
                    if let compacted, Role(of: compacted["type"]?.typeNames ?? []) == role {
                        members = compacted
                        bringsOwnContext = true
                    }
                } else if Compaction.isNeeded(for: document) {
                    do throws(LinkedDataError) {
                        members = try Compaction.compacted(document, contexts: contexts)
                    } catch {
                        problem = error
                    }
                }
                resolveAlias()
            }
            members = Self.withoutNothing(members)
            // In JSON-LD a list of one is that one; where several may stand, either form is kept.
            for (name, value) in members where !Self.lists.contains(name) {
                if let only = value.array, only.count == 1 { members[name] = only[0] }
            }
        }

        /// In JSON-LD `null` and a list of nothing are nothing at all; a `type` has to be something.
        private static func withoutNothing(_ object: JSONObject) -> JSONObject {
            guard object.contains(where: { hasNothing($0.key, $0.value) }) else { return object }
            var kept = JSONObject(capacity: object.count)
            for (name, value) in object {
                guard !keepsNothing.contains(name) else {
                    kept.append(unchecked: name, value)
                    continue
                }
                switch value {
                case .null: continue
                case .array(let values):
                    guard !values.allSatisfy(\.isNull) else { continue }
                    let some = values.map { $0.object.map { .object(withoutNothing($0)) } ?? $0 }
                    kept.append(unchecked: name, .array(some))
                case .object(let inner): kept.append(unchecked: name, .object(withoutNothing(inner)))
                default: kept.append(unchecked: name, value)
                }
            }
            return kept
        }

        private static let keepsNothing: Set<String> = ["@context", "type", "revokedAssertions"]

        private static func hasNothing(_ name: String, _ value: JSON) -> Bool {
            guard !keepsNothing.contains(name) else { return false }
            switch value {
            case .null: return true
            case .array(let values):
                return values.allSatisfy(\.isNull)
                    || values.contains { $0.object?.contains { hasNothing($0.key, $0.value) } ?? false }
            case .object(let object): return object.contains { hasNothing($0.key, $0.value) }
            default: return false
            }
        }

        private static let lists: Set<String> = [
            "@context", "type", "evidence", "alignment", "tags", "related", "endorsement", "publicKey",
            "revokedAssertions",
        ]

        /// `verify` is another name for `verification`.
        private mutating func resolveAlias() {
            guard let alias = members.removeValue(forKey: "verify") else { return }
            if let verification = members["verification"], verification != alias {
                members["verification"] = .array([verification, alias])
            } else {
                members["verification"] = alias
            }
        }

        var json: JSON { .object(members) }

        /// Its id, if it has one that can be text.
        var id: String? { members["id"]?.string }

        /// The table of its class; what 1.x did not require, its documents need not have.
        var definition: ClassDefinition {
            switch role {
            case .assertion:
                if members["revoked"]?.bool == true { return Assertion.revokedDefinition }
                return version < .v20
                    ? Assertion.definition.with(optional: ["@context", "id"])
                    // Whether the context is there and is the right one, `context` says.
                    : Assertion.definition.with(optional: ["@context"])
            case .badgeClass: return BadgeClass.definition
            case .issuer:
                return version < .v20 ? Profile.definition.with(optional: ["email"]) : Profile.definition
            case .key: return CryptographicKey.definition
            case .revocationList: return RevocationList.definition
            case .endorsement: return Endorsement.definition
            }
        }

        /// The place in the document as it came of a place in its own terms.
        func place(of pointer: JSONPointer) -> JSONPointer {
            var place = JSONPointer()
            var value = JSON.object(original)
            for token in pointer.tokens {
                if let list = value.array, list.count == 1, Int(token) == nil {
                    place = place.appending(0)
                    value = list[0]
                }
                let name = Self.names(of: token).first { value[$0] != nil } ?? token
                if let index = Int(token), value.array != nil {
                    place = place.appending(index)
                    value = value[index] ?? .null
                } else {
                    place = place.appending(name)
                    value = value[name] ?? .null
                }
            }
            return place
        }

        private static func names(of term: String) -> [String] {
            switch term {
            case "verification": [term, "verify"]
            case "id", "type": [term, "@" + term]
            default: [term] + (OB1.alignmentNames[term].map { [$0] } ?? [])
            }
        }
    }
}
