import Cryptography
import Dispatch
import JSONCore
import OpenBadges
import Proofs

/// The line of the speed table about a whole verification: every check there is, with the documents at hand.
struct VerificationLines {
    let measurement: Measurement
    let workload: Workload

    func run() throws {
        guard measurement.wants("verify", "every check RS256") else { return }
        let key = try PrivateKey(generating: .rsa(bits: 2048))
        let kid = "\(workload.issuer.id)#key-1"
        let signer = try CredentialSigner(key: key, kid: kid)
        let site = Site(documents: try documents(key, kid, signer))
        let time = Timestamp("2026-06-01T00:00:00Z") ?? .now
        let badges = try (0..<200).map { try signer.compact(workload.credential($0 * 2 + 1)) }
        let verifier = Verifier(trust: TrustPolicy(issuers: [workload.issuer.id]), loader: site)

        let bare = BareOpenSSL(pem: try key.pem(), isEdwards: false, isRSA: true)
        bare.sign()
        bare.prepareVerification(isRSA: true)
        measurement.compare(
            "verify",
            "every check RS256",
            goal: 0.13,
            bare: bare.verify,
            batch: { numbers in
                wait {
                    for number in numbers.map({ $0 % 200 }) {
                        let recipient = Recipient("ana.\(number * 2 + 1)@students.example.edu")
                        let options = VerificationOptions(at: time, recipient: recipient)
                        let report = await verifier.verify(badges[number], options: options)
                        guard case .verified = report.verdict else { fatalError("no good badge: \(report.sentence)") }
                    }
                }
            }
        )
    }

    /// What the badges name: the issuer's DID document and the status list.
    private func documents(_ key: PrivateKey, _ kid: String, _ signer: CredentialSigner) throws -> [String: [UInt8]] {
        let controller: JSON = [
            "@context": ["https://www.w3.org/ns/did/v1"],
            "id": .string(workload.issuer.id),
            "verificationMethod": [
                [
                    "id": .string(kid), "type": "JsonWebKey", "controller": .string(workload.issuer.id),
                    "publicKeyJwk": JWK(key.publicKey).json,
                ]
            ],
            "assertionMethod": [.string(kid)],
        ]
        let url = "\(Workload.site)/status/0"
        let list = try StatusListCredential(
            id: url,
            issuer: workload.issuer.id,
            purpose: .revocation,
            list: BitstringStatusList(),
            validFrom: Timestamp("2026-05-01T00:00:00Z") ?? .now
        )
        return [
            "\(Workload.site)/.well-known/did.json": controller.serialized(),
            url: try signer.compact(list),
        ]
    }

    /// A site whose documents are at hand.
    private struct Site: DocumentLoader {
        let documents: [String: [UInt8]]

        func load(_ url: String) async -> LoadedDocument.Answer {
            guard let body = documents[url] else { return .missing(status: 404) }
            return .found(LoadedDocument(url: url, body: body, source: .web))
        }
    }
}

/// Waits for asynchronous work: the bench measures one call after the other.
private func wait<Value: Sendable>(_ work: @escaping @Sendable () async -> Value) -> Value {
    let done = DispatchSemaphore(value: 0)
    nonisolated(unsafe) var value: Value?
    Task {
        value = await work()
        done.signal()
    }
    done.wait()
    guard let value else { fatalError("no value") }
    return value
}
