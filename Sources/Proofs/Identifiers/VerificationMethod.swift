internal import Cryptography
public import JSONCore

extension ControllerDocument {
    /// A key that a document names: as a JWK, as a Multikey, or in the forms of before (`Ed25519VerificationKey2020`,
    /// `publicKeyBase58` of `Ed25519VerificationKey2018`, `publicKeyPem`).
    ///
    /// Source: Controlled Identifiers 1.0 §2.2.
    public struct VerificationMethod: Sendable {
        /// Absolute; a relative id of the document is resolved against the document's.
        public let id: String
        public let controller: String
        /// As a JWK, whatever form it has in the document: its own restrictions (`alg`, `use`) go with it.
        public let key: JWK
        /// From when the key counts no longer, as the document says (RFC 3339 text).
        public let revoked: String?
        public let expires: String?
        /// Since when there is the key, where the document says so (RFC 3339 text).
        public let created: String?
        /// Where the issuer keeps what shows that signatures of the key are older than its end: a URL, with a slash at its
        /// end. Our own; no specification has such a term.
        public let timestamps: String?

        /// Reads a method that stands in a document, or by itself under its own URL.
        ///
        /// - Parameter base: the id of the document around it: what a relative id is resolved against, and who controls
        ///   the key where it does not say so itself. A document by itself has no such base.
        /// - Throws: `INVALID_VERIFICATION_METHOD` where a part is missing or of the wrong type; `KEY_CONFLICT` where
        ///   it holds two different keys; `PRIVATE_KEY_EXPOSED` where it holds a secret one; and what ``JWK`` and
        ///   ``Multikey`` throw.
        public init(json: JSON, relativeTo base: String? = nil) throws(ProofError) {
            guard let members = json.object, let name = members["id"]?.string else {
                throw ProofError(.invalidVerificationMethod, "the verification method has no id")
            }
            guard let controller = members["controller"]?.string ?? base else {
                throw ProofError(.invalidVerificationMethod, "the verification method has no controller")
            }
            guard !name.hasPrefix("#") || base != nil else {
                throw ProofError(.invalidVerificationMethod, "the id of the verification method is not absolute")
            }
            id = name.hasPrefix("#") ? (base ?? "") + name : name
            self.controller = controller
            key = try Self.key(of: members)
            revoked = try Self.time("revoked", of: members)
            expires = try Self.time("expires", of: members)
            created = members["created"]?.string
            timestamps = members["timestamps"]?.string
        }

        private static func key(of members: JSONObject) throws(ProofError) -> JWK {
            for name in secretMembers where members.contains(key: name) {
                throw ProofError(
                    .privateKeyExposed,
                    "the verification method has the secret member \(name)",
                    path: JSONPointer().appending(name)
                )
            }
            let others = [try multikey(of: members), try base58Key(of: members), try pemKey(of: members)].compactMap(
                \.self
            )
            guard let key = try members["publicKeyJwk"].map(JWK.init(json:)) ?? others.first.map({ JWK($0) }) else {
                throw ProofError(.keyTypeUnsupported, "the verification method has no key in a form that we read")
            }
            guard others.allSatisfy({ $0 == key.publicKey }) else {
                throw ProofError(.keyConflict, "the verification method holds different keys")
            }
            return key
        }

        /// `publicKeyBase58`, as `Ed25519VerificationKey2018` has it.
        private static func base58Key(of members: JSONObject) throws(ProofError) -> PublicKey? {
            guard let value = members["publicKeyBase58"] else { return nil }
            let path = JSONPointer().appending("publicKeyBase58")
            guard let text = value.string, members["type"]?.string == "Ed25519VerificationKey2018" else {
                throw ProofError(.keyTypeUnsupported, "a publicKeyBase58 of a type that we do not read", path: path)
            }
            let bytes: [UInt8]
            do throws(ProofError) {
                bytes = try Base58BTC.decode(text.utf8)
            } catch {
                throw ProofError(error.code, error.detail, path: path)
            }
            do throws(CryptographyError) {
                return try PublicKey(ed25519: bytes)
            } catch {
                throw ProofError(error, path: path)
            }
        }

        private static func pemKey(of members: JSONObject) throws(ProofError) -> PublicKey? {
            guard let value = members["publicKeyPem"] else { return nil }
            let path = JSONPointer().appending("publicKeyPem")
            guard let text = value.string else {
                throw ProofError(.invalidVerificationMethod, "publicKeyPem is no string", path: path)
            }
            do throws(CryptographyError) {
                return try PublicKey(pem: text.utf8)
            } catch {
                throw ProofError(error, path: path)
            }
        }

        private static func multikey(of members: JSONObject) throws(ProofError) -> PublicKey? {
            let path = JSONPointer().appending("publicKeyMultibase")
            guard let value = members["publicKeyMultibase"] else { return nil }
            guard let text = value.string else {
                throw ProofError(.invalidVerificationMethod, "publicKeyMultibase is no string", path: path)
            }
            guard let type = members["type"]?.string, multikeyTypes.contains(type) || members["publicKeyJwk"] != nil
            else {
                throw ProofError(.keyTypeUnsupported, "a publicKeyMultibase of a type that we do not read")
            }
            let key: PublicKey
            do throws(ProofError) {
                key = try Multikey.publicKey(text)
            } catch {
                throw ProofError(error.code, error.detail, path: path)
            }
            guard type != ed25519Type || key.algorithm == .ed25519 else {
                throw ProofError(.keyUnsupported, "an \(ed25519Type) that is no Ed25519 key", path: path)
            }
            return key
        }

        private static func time(_ name: String, of members: JSONObject) throws(ProofError) -> String? {
            guard let value = members[name] else { return nil }
            // A revocation that cannot be read must not pass for none.
            guard let text = value.string else {
                throw ProofError(.invalidVerificationMethod, "\(name) is no time", path: JSONPointer().appending(name))
            }
            return text
        }

        private static let ed25519Type = "Ed25519VerificationKey2020"
        private static let multikeyTypes = ["Multikey", ed25519Type]
        private static let secretMembers = [
            "secretKeyMultibase", "privateKeyMultibase", "secretKeyJwk", "privateKeyJwk",
        ]
    }
}
