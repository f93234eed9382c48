import Cryptography
import JSONCore
import LinkedData
import OpenBadges
import Proofs

/// The lines of the speed table about embedded proofs and canonicalization, all beside OpenSSL's own Ed25519 rate.
struct LinkedDataLines {
    let measurement: Measurement
    let workload: Workload
    private let store = KnownContexts.current

    func run() throws {
        try proofs()
        try canonicalization()
    }

    private func proofs() throws {
        let method = "\(workload.issuer.id)#key-1"
        let suites: [(suite: Cryptosuite, issue: Double, verify: Double)] = [
            (.eddsaRDFC2022, 0.24, 0.50), (.eddsaJCS2022, 0.60, 0.75),
        ]
        for (suite, issue, verify) in suites
        where measurement.wants("issue", suite.name) || measurement.wants("verify", suite.name) {
            let key = try PrivateKey(generating: .ed25519)
            let bare = BareOpenSSL(pem: try key.pem(), isEdwards: true, isRSA: false)
            let signer = try DataIntegritySigner(
                key: key,
                cryptosuite: suite,
                verificationMethod: method,
                contexts: store,
                clock: ProofClock { _ in .notPast }
            )
            let secure = { (number: Int) -> JSON? in
                // Each badge has a time of its own, so nothing of the proof is the same for two of them.
                let created = Timestamp(seconds: 1_780_000_000 + Int64(number))?.description
                return try? signer.secure(workload.credential(number).json, options: ProofOptions(created: created))
            }
            let verifier = DataIntegrityVerifier(
                contexts: store,
                expectations: ProofExpectations(clock: ProofClock { _ in .notPast })
            )
            let isGood = { (document: JSON) -> Bool in
                let results = try? verifier.verify(document) { _ in .found(key.publicKey) }
                if case .verified? = results?.first?.outcome { return true }
                return false
            }
            let badges = (0..<200).compactMap(secure).map { $0.serialized() }
            must(badges.count == 200, "a badge cannot be signed")
            let sample = try JSON(parsing: badges[0])
            var tampered = sample
            tampered["name"] = "Something else"
            must(isGood(sample) && !isGood(tampered), "a proof is not judged as it should be")

            bare.sign()
            measurement.compare("issue", suite.name, goal: issue, bare: bare.sign) { number in
                must(secure(number)?.serialized().isEmpty == false, "a badge cannot be signed")
            }
            bare.sign()
            measurement.compare("verify", suite.name, goal: verify, bare: bare.verify) { number in
                let document = try? JSON(parsing: badges[number % 200])
                must(document.map(isGood) ?? false, "a badge does not verify")
            }
        }
    }

    /// Goals: the table's rates as shares of its reference rate of 41,770 Ed25519 signatures a second.
    private func canonicalization() throws {
        let key = try PrivateKey(generating: .ed25519)
        let bare = BareOpenSSL(pem: try key.pem(), isEdwards: true, isRSA: false)
        func compare(_ suite: String, rate: Double, _ one: @escaping (Int) -> Void) {
            measurement.compare("canonicalize", suite, goal: rate / 41_770, bare: bare.sign, ours: one)
        }
        bare.sign()
        let credentials = (0..<200).map { workload.credential($0).json }
        compare("expand+toRDF+RDFC-1.0, OB3 credential", rate: 15_000) { number in
            must((try? RDFC10.canonicalNQuads(of: credentials[number % 200], store: store)) != nil, "it fails")
        }
        let texts = try credentials.map { NQuads.serialize(try Expansion(store: store).dataset(of: $0)) }
        compare("RDFC-1.0, OB3 credential", rate: 40_000) { number in
            canonicalize(texts[number % 200])
        }
        for (name, rate, distinct) in [("distinct", 6_000.0, true), ("alike", 5_000.0, false)] {
            let text = NQuads.serialize(try Expansion(store: store).dataset(of: results(distinct: distinct)))
            compare("RDFC-1.0, 50 blank nodes, \(name)", rate: rate) { _ in canonicalize(text) }
        }
        let ring = (0..<40).map { "_:n\($0) <https://example.org/next> _:n\(($0 + 1) % 40) .\n" }.joined()
        compare("RDFC-1.0, ring of 40", rate: 1_000) { _ in canonicalize(Array(ring.utf8)) }
        let pairs = (0..<6).flatMap { left in (0..<6).filter { $0 != left }.map { (left, $0) } }
        let clique = pairs.map { "_:n\($0) <https://example.org/knows> _:n\($1) .\n" }.joined()
        compare("RDFC-1.0, clique of 6", rate: 200) { _ in canonicalize(Array(clique.utf8)) }
    }

    private func canonicalize(_ text: [UInt8]) {
        must((try? RDFC10.canonicalize(try NQuads.parse(text)))?.nquads.isEmpty == false, "it fails")
    }

    private func results(distinct: Bool) -> JSON {
        var credential = workload.credential(distinct ? 0 : 1)
        if !distinct { credential.subject.id = nil }
        let description = credential.subject.achievement.resultDescriptions[0].id
        credential.subject.results = (0..<50).map {
            Result(resultDescription: description, value: distinct ? String(50 + $0) : "77")
        }
        return credential.json
    }
}
