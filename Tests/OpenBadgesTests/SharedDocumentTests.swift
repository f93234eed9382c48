import Glibc
import JSONCore
import OpenBadges
import Synchronization
import Testing

/// Counts how often each document is asked for.
private final class CountingLoader: DocumentLoader {
    private let documents: Documents
    private let counts = Mutex<[String: Int]>([:])

    init(_ documents: Documents) { self.documents = documents }

    var loads: [String: Int] { counts.withLock { $0 } }

    func load(_ url: String) async -> LoadedDocument.Answer {
        counts.withLock { $0[url, default: 0] += 1 }
        return await documents.load(url)
    }
}

@Suite("Many badges of few issuers")
struct SharedDocumentTests {
    private static let issuers = 20
    /// Ten thousand where the long tests run.
    private static var badges: Int { getenv("OPENBADGES_LONG") == nil ? 400 : 10_000 }

    @Test("each issuer's document is asked for once, however many badges name it, and at the same time")
    func once() async throws {
        var web = Documents()
        var badges: [[UInt8]] = []
        for number in 0..<Self.issuers {
            let did = "did:web:exams\(number).example.org"
            let kid = did + "#k1"
            web.serve(
                "https://exams\(number).example.org/.well-known/did.json",
                Exams.didDocument(id: did, methods: [Exams.method(kid, Exams.key, controller: did)])
            )
            for badge in 0..<(Self.badges / Self.issuers) {
                var credential = Exams.credential(issuer: did)
                credential.id = "https://exams\(number).example.org/credentials/\(badge)"
                badges.append(try Exams.jwt(credential, kid: kid))
            }
        }
        let loader = CountingLoader(web)
        let verifier = Verifier(loader: loader)
        let options = VerificationOptions(at: Exams.now)
        let verified = await withTaskGroup(of: Bool.self) { group in
            for badge in badges { group.addTask { await verifier.verify(badge, options: options).isVerified } }
            return await group.reduce(into: 0) { $0 += $1 ? 1 : 0 }
        }
        #expect(verified == Self.badges)
        #expect(loader.loads.count == Self.issuers)
        #expect(loader.loads.values.allSatisfy { $0 == 1 })
    }
}
