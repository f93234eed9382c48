import Cryptography
import JSONCore
import Proofs

extension Inspection {
    /// A key for a JWS, as ``signer(_:of:)-(_,[UInt8])``.
    mutating func signer(_ key: IssuerKey, of jws: JWS) -> IssuerKey {
        signer(key, of: SignatureTimestamp.signature(in: jws.compact) ?? [])
    }

    /// A key that counts no longer still stands for a signature that a timestamp shows to be older than its end.
    ///
    /// The timestamp has to be by an authority that the verifying side trusts: what the issuer's site says about it is
    /// only where to look.
    mutating func signer(_ key: IssuerKey, of signature: [UInt8]) -> IssuerKey {
        guard case .unknown(.keyRevokedLater, let detail) = key.binding, let end = key.end, let place = end.timestamps,
            IRI.isWeb(place)
        else { return key }
        var key = key
        func open(_ reason: String) -> IssuerKey {
            key.binding = .unknown(.keyRevokedLater, "\(detail); \(reason)")
            return key
        }
        let found: SignatureTimestamp
        switch json(place + SignatureTimestamp.name(of: SignatureTimestamp.leaf(of: signature))) {
        case .pending: return open("a timestamp is being fetched")
        case .unavailable(let reason): return open("its timestamp cannot be fetched: \(reason)")
        case .found(let json, _):
            guard let read = SignatureTimestamp(json: json), IRI.isWeb(read.timestamp) else {
                return open("its timestamp cannot be read")
            }
            found = read
        }
        guard let root = found.root(of: signature) else { return open("the timestamp is not of this badge") }
        switch document(found.timestamp) {
        case .pending: return open("a timestamp is being fetched")
        case .answer(.found(let document)):
            // It is fetched all the same, as whoever keeps the documents may name one later.
            guard let authorities = options.timestampAuthorities else {
                return open("its issuer has a timestamp for it, and no authority is named whose timestamps count")
            }
            do {
                let reply = try TimestampReply(der: document.body)
                try reply.check(root, trusting: authorities)
                guard let time = Timestamp(seconds: reply.time), time < end.time else {
                    return open("its timestamp is younger than the key's end")
                }
                key.binding = .bound(
                    document.source,
                    "the key no longer counts; a timestamp shows that the signature is older than its end"
                )
                return key
            } catch {
                return open(error.detail)
            }
        case .answer: return open("the timestamp cannot be fetched")
        }
    }
}
