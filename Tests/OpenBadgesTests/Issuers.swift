import Cryptography
import JSONCore
import OpenBadges
import Proofs

/// Any issuer: a badge of one, and the web in which its key is found.
struct Issuers {
    let badge: [UInt8]
    var web: Documents
    let id: String

    /// An issuer by `did:web`.
    init(host: String, name: String? = "Example Exams") throws {
        let id = "did:web:\(host)"
        try self.init(id: id, name: name, kid: "\(id)#k1")
        web.serve(
            "https://\(host)/.well-known/did.json",
            Exams.didDocument(id: id, methods: [Exams.method("\(id)#k1", Exams.key, controller: id)])
        )
    }

    /// An issuer by the URL of its profile, with a key under the same origin.
    init(url: String, keyURL: String, name: String? = "Example Exams") throws {
        try self.init(id: url, name: name, kid: keyURL)
        web.serve(keyURL, JWK(Exams.key.publicKey).json)
    }

    private init(id: String, name: String?, kid: String) throws {
        var payload = try Exams.payload(of: Exams.credential(issuer: id))
        payload["issuer"]?["name"] = name.map(JSON.string)
        badge = try Exams.jws(header: Exams.header(kid), payload: payload)
        web = Documents()
        self.id = id
    }

    func verify(_ trust: TrustPolicy?, at time: Timestamp = Exams.now) async -> VerificationReport {
        await Exams.verify(badge, web, at: time, trust: trust)
    }
}
