import Glibc
import JSONCore
import Testing

/// Keys that are no files of the workspace: in hardware (a SoftHSM token, by PKCS #11), in the environment, behind a file
/// descriptor.
@Suite("Keys from elsewhere")
struct HardwareKeyTests {
    private static func tool(_ name: String) -> String? {
        ["/usr/bin/\(name)", "/usr/local/bin/\(name)"].first { access($0, X_OK) == 0 }
    }
    private static let module: String? = [
        "/usr/lib/softhsm/libsofthsm2.so", "/usr/lib/x86_64-linux-gnu/softhsm/libsofthsm2.so",
        "/usr/lib/aarch64-linux-gnu/softhsm/libsofthsm2.so",
    ].first { (path: String) in access(path, R_OK) == 0 }
    private static let hasEngine = ["x86_64", "aarch64"].contains { machine in
        access("/usr/lib/\(machine)-linux-gnu/engines-3/pkcs11.so", R_OK) == 0
    }
    private static let isThere =
        module != nil && hasEngine && tool("softhsm2-util") != nil && tool("pkcs11-tool") != nil

    @Test(
        "badges are signed by keys that never leave their token",
        .enabled(if: isThere, "softhsm2, opensc and libengine-pkcs11-openssl are not installed")
    )
    func hardware() async throws {
        let folder = try TemporaryFolder.make("token")
        try FileTree.makeFolder("\(folder)/tokens")
        try FileTree.write(
            "directories.tokendir = \(folder)/tokens\nobjectstore.backend = file\n",
            to: "\(folder)/hsm.conf"
        )
        let module = try #require(Self.module)
        let environment = [
            "SOFTHSM2_CONF": "\(folder)/hsm.conf", "PKCS11_MODULE_PATH": module, "PIN": "482915", "WRONG": "999999",
        ]
        func run(_ tool: String, _ arguments: String...) async throws {
            let path = try #require(Self.tool(tool))
            let outcome = try await ChildProcess([path] + arguments, in: folder, environment: environment).wait()
            try #require(outcome.code == 0, "\(outcome.lastWords)")
        }
        try await run(
            "softhsm2-util",
            "--init-token",
            "--free",
            "--label",
            "badges",
            "--pin",
            "482915",
            "--so-pin",
            "1234"
        )
        for (kind, label, id) in [("EC:prime256v1", "jwt", "01"), ("rsa:2048", "ob2", "02")] {
            try await run(
                "pkcs11-tool",
                "--module",
                module,
                "--login",
                "--pin",
                "482915",
                "--token-label",
                "badges",
                "--keypairgen",
                "--key-type",
                kind,
                "--label",
                label,
                "--id",
                id
            )
        }
        let workspace = try await Workspace.fresh()
        func badge(_ arguments: String...) async throws -> ChildProcess.Outcome {
            try await BadgeCommand.run(arguments, in: workspace.path, environment: environment)
        }
        for name in ["jwt", "ob2"] {
            let added = try await badge(
                "key",
                "add",
                "pkcs11:token=badges;object=\(name)",
                "--kid",
                "hsm-\(name)",
                "--passphrase-env",
                "PIN"
            )
            #expect(added.code == 0, "\(added.lastWords)")
        }
        let kid = try workspace.signingKey().kid
        try workspace.edit("issuer.yaml") {
            $0.replacing("ob3-jwt: \(kid)", with: "ob3-jwt: hsm-jwt").replacing("ob2: \(kid)", with: "ob2: hsm-ob2")
        }
        let issue = try await badge("issue", "results/sample.csv", "--passphrase-env", "PIN")
        #expect(issue.code == 0, "\(issue.lastWords)")
        try await workspace.succeed("publish")
        let reports = try await workspace.succeed("verify", "public/credentials", "--json").json
        #expect(reports.count == 15)
        #expect(reports.allSatisfy { $0["verdict"]?.string == "verified" })
        let header = try OpenedJWS(workspace.read(try #require(try workspace.badges("credential.jwt").first))).header
        #expect(header["alg"]?.string == "ES256")
        #expect(header["kid"]?.string?.hasSuffix("#hsm-jwt") == true)

        let wrong = try await badge("issue", "results/sample.csv", "--passphrase-env", "WRONG")
        #expect(wrong.code == 1)
        #expect(wrong.speech.contains("KEY_UNREADABLE"))
        // The PIN lies nowhere.
        for (name, content) in try FileTree.contents(of: workspace.file("Keys")) {
            #expect(!String(decoding: content, as: UTF8.self).contains("482915"), "\(name)")
        }
        let pin = try await badge("key", "add", "pkcs11:token=badges;object=jwt?pin-value=482915", "--kid", "x")
        #expect(pin.code == 1)
        #expect(!pin.speech.contains("482915"))
    }

    @Test("a key in the environment signs, and is missed where it is not set") func environment() async throws {
        let workspace = try await Workspace.signingFast()
        let kid = try #require(
            try await workspace.succeed("key", "list", "--json").json.first {
                $0["signs"]?.array?.contains("ob3-proof") ?? false
            }?["kid"]?.string
        )
        let pem = String(decoding: try workspace.read("Keys/\(kid).private.pem"), as: UTF8.self)
        let added = try await workspace.badge(
            "key",
            "add",
            "env:BADGE_KEY",
            "--kid",
            "vault",
            environment: ["BADGE_KEY": pem]
        )
        #expect(added.code == 0, "\(added.lastWords)")
        try workspace.edit("issuer.yaml") { $0.replacing("ob3-proof: \(kid)", with: "ob3-proof: vault") }
        let missing = try await workspace.badge("issue", "results/sample.csv")
        #expect(missing.code == 1)
        #expect(missing.speech.contains("KEY_MISSING"))
        let other = try await workspace.badge("issue", "results/sample.csv", environment: ["BADGE_KEY": "no key"])
        #expect(other.speech.contains("KEY_UNREADABLE"))
        let issue = try await workspace.badge("issue", "results/sample.csv", environment: ["BADGE_KEY": pem])
        #expect(issue.code == 0, "\(issue.lastWords)")
        #expect(try await workspace.badge("key", "add", "ftp:x").speech.contains("KEY_UNREADABLE"))
    }
}
