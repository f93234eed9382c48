import Cryptography
import Glibc
import JSONCore
import OpenBadges

/// One algorithm of the speed table: its key, and the goals as shares of OpenSSL's own rate.
struct Contender {
    let name: String
    let key: KeyAlgorithm
    let issue: Double
    let verify: Double
}

@main
struct Bench {
    static let contenders = [
        Contender(name: "RS256", key: .rsa(bits: 2048), issue: 0.95, verify: 0.40),
        Contender(name: "ES256", key: .p256, issue: 0.60, verify: 0.75),
        Contender(name: "EdDSA", key: .ed25519, issue: 0.70, verify: 0.75),
    ]

    /// bench [FILTER]: the lines whose "op suite" contains FILTER. BADGE names the built command, for its start-up.
    static func main() throws {
        var environment: [String: String] = [:]
        for name in ["BENCH_ROUNDS", "BENCH_SECONDS", "BADGE"] {
            environment[name] = getenv(name).map { String(cString: $0) }
        }
        let filter = CommandLine.arguments.dropFirst().first ?? ""
        let measurement = Measurement(environment: environment, filter: filter)
        let workload = Workload()
        for contender in contenders { try compareJWT(contender, measurement, workload) }
        try compareOB2(measurement, workload)
        try LinkedDataLines(measurement: measurement, workload: workload).run()
        try BakingLines(measurement: measurement, workload: workload).run()
        try VerificationLines(measurement: measurement, workload: workload).run()
        try AwardingLine(measurement: measurement).run()
        if let command = environment["BADGE"], measurement.wants("start-up", "verify one.jwt --offline") {
            try startUp(command, measurement, workload)
        }
    }

    private static func compareJWT(_ contender: Contender, _ measurement: Measurement, _ workload: Workload) throws {
        let suite = "vc-jwt \(contender.name)"
        guard measurement.wants("issue", suite) || measurement.wants("verify", suite) else { return }
        let key = try PrivateKey(generating: contender.key)
        let isRSA = contender.name == "RS256"
        let bare = BareOpenSSL(pem: try key.pem(), isEdwards: contender.key == .ed25519, isRSA: isRSA)
        let signer = try CredentialSigner(key: key, kid: "\(workload.issuer.id)#key-1")

        let sample = try signer.compact(workload.credential(1))
        let verifier = try key.publicKey.verifier(.preferred(for: contender.key))
        must(try CredentialJWT(compact: sample).problems(for: verifier).isEmpty, "our own badge does not verify")
        var tampered = sample
        tampered[sample.count / 2] ^= 1
        must(
            (try? CredentialJWT(compact: tampered).problems(for: verifier).isEmpty) != true,
            "a changed badge verifies"
        )

        bare.sign()
        measurement.compare("issue", suite, goal: contender.issue, bare: bare.sign) { number in
            _ = try? signer.compact(workload.credential(number))
        }
        bare.sign()
        bare.prepareVerification(isRSA: isRSA)
        let badges = try (0..<200).map { try signer.compact(workload.credential($0)) }
        measurement.compare("verify", suite, goal: contender.verify, bare: bare.verify) { number in
            let isGood = (try? CredentialJWT(compact: badges[number % 200]).problems(for: verifier).isEmpty) ?? false
            must(isGood, "a badge does not verify")
        }
    }

    private static func compareOB2(_ measurement: Measurement, _ workload: Workload) throws {
        guard measurement.wants("issue", "ob2-jws RS256") || measurement.wants("verify", "ob2-jws RS256") else {
            return
        }
        let key = try PrivateKey(generating: .rsa(bits: 2048))
        let bare = BareOpenSSL(pem: try key.pem(), isEdwards: false, isRSA: true)
        let signer = try OB2.AssertionSigner(key: key)
        bare.sign()
        measurement.compare("issue", "ob2-jws RS256", goal: 0.95, bare: bare.sign) { number in
            _ = try? signer.compact(workload.assertion(number))
        }
        bare.sign()
        bare.prepareVerification(isRSA: true)
        let verifier = try key.publicKey.verifier(.rs256)
        let badges = try (0..<200).map { try signer.compact(workload.assertion($0)) }
        must(
            try OB2.SignedAssertion(compact: badges[0]).problems(for: verifier).isEmpty,
            "our own badge does not verify"
        )
        measurement.compare("verify", "ob2-jws RS256", goal: 0.40, bare: bare.verify) { number in
            let isGood =
                (try? OB2.SignedAssertion(compact: badges[number % 200]).problems(for: verifier).isEmpty) ?? false
            must(isGood, "a badge does not verify")
        }
    }

    private static func startUp(_ command: String, _ measurement: Measurement, _ workload: Workload) throws {
        let key = try PrivateKey(generating: .p256)
        let signer = try CredentialSigner(key: key, kid: "\(workload.issuer.id)#key-1")
        let file = "/tmp/badge-start-up.\(getpid()).jwt"
        let badge = try signer.compact(workload.credential(1))
        let descriptor = open(file, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        must(descriptor >= 0 && write(descriptor, badge, badge.count) == badge.count, "the badge cannot be written")
        close(descriptor)
        defer { unlink(file) }
        let times = StartUp(command: command, file: file).milliseconds(runs: 40)
        let median = times[times.count / 2]
        print(
            #"{"peer": "ours 0.1", "op": "start-up", "suite": "verify one.jwt --offline", "n": \#(times.count), "#
                + #""per_s": \#(measurement.number(1000 / median)), "ms": \#(measurement.number(median)), "#
                + #""min": \#(measurement.number(times[0])), "max": \#(measurement.number(times[times.count - 1])), "#
                + #""unit": "ms", "goal": 12, "verdict": "\#(median <= 12 ? "reached" : "NOT reached")"}"#
        )
    }

}
