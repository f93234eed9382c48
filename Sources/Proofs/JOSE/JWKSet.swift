public import JSONCore

/// A set of public keys (RFC 7517 §5), as an issuer publishes at `.well-known/jwks.json`.
public struct JWKSet: Sendable, Hashable {
    /// The keys that we can use, in their order.
    public let keys: [JWK]
    /// Why the others were left out, as RFC 7517 §5 asks of types that are not understood; each with its path.
    public let ignored: [ProofError]

    /// A set to publish.
    public init(keys: [JWK]) {
        self.keys = keys
        ignored = []
    }

    /// Reads a set. Throws `PARSING_ERROR` where it is none, `SIZE_LIMIT` for more than ``maximumKeys`` keys, and
    /// `PRIVATE_KEY_EXPOSED` where any key in it is private or symmetric.
    public init(json: JSON) throws(ProofError) {
        let path = JSONPointer().appending("keys")
        guard let values = json["keys"]?.array else { throw ProofError(.parsing, "no array keys", path: path) }
        guard values.count <= JWKSet.maximumKeys else {
            throw ProofError(.sizeLimit, "more than \(JWKSet.maximumKeys) keys", path: path)
        }
        var keys: [JWK] = []
        var ignored: [ProofError] = []
        for (index, value) in values.enumerated() {
            do throws(ProofError) {
                keys.append(try JWK(json: value))
            } catch {
                let place = error.path.tokens.reduce(path.appending(index)) { $0.appending($1) }
                let located = ProofError(error.code, error.detail, path: place)
                if error.code == .privateKeyExposed { throw located }
                ignored.append(located)
            }
        }
        self.keys = keys
        self.ignored = ignored
    }

    /// The set as JSON, each key as it came.
    public var json: JSON {
        ["keys": .array(keys.map(\.json))]
    }

    /// The key of that name; `nil` where there is none.
    ///
    /// Throws `KEY_CONFLICT` where two different keys bear the name: to choose would be to guess.
    public func key(kid: String) throws(ProofError) -> JWK? {
        let named = keys.filter { $0.kid == kid }
        guard let first = named.first else { return nil }
        guard named.allSatisfy({ $0.publicKey == first.publicKey }) else {
            throw ProofError(.keyConflict, "two different keys with the same kid")
        }
        return first
    }

    /// Keys in a set: issuers have a handful, large identity providers dozens; each costs some microseconds.
    public static let maximumKeys = 512
}
