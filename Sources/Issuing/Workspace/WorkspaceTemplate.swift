import Cryptography
import OpenBadges

/// A new workspace: everything that a first badge needs, so that nothing has to be edited before it.
public struct WorkspaceTemplate: Sendable {
    private let baseURL: String
    private let name: String
    private let email: String

    public init(baseURL: String, name: String, email: String) {
        self.baseURL = baseURL
        self.name = name
        self.email = email
    }

    /// Makes the workspace in a folder that is new or empty.
    ///
    /// - Returns: how many files were made.
    /// - Throws: ``IssuingError`` `ALREADY_EXISTS` where the folder has something in it.
    public func create(in directory: String) throws(IssuingError) -> Int {
        guard try FileStore.names(in: directory).isEmpty else {
            throw IssuingError(.alreadyExists, "the folder is not empty, and is left as it is", file: directory)
        }
        // The configuration is read back before anything is made: a wrong base URL must not leave half a workspace.
        _ = try IssuerConfiguration(
            yaml: Array(configuration(rsa: "rsa", ed25519: "ed25519").utf8),
            file: "issuer.yaml"
        )
        let wasThere = FileStore.isDirectory(directory)
        do throws(IssuingError) {
            return try fill(directory)
        } catch {
            // A full disk must not leave half a workspace, which `init` would refuse the next time.
            for folder in Self.folders {
                let path = "\(directory)/\(folder)"
                FileStore.remove((try? FileStore.names(in: path))?.map { "\(path)/\($0)" } ?? [])
                FileStore.remove([path])
            }
            FileStore.remove(["\(directory)/issuer.yaml", "\(directory)/.gitignore"])
            if !wasThere { FileStore.remove([directory]) }
            throw error
        }
    }

    private static let folders = ["Keys", "policies", "mappings", "results", "images"]

    private func fill(_ directory: String) throws(IssuingError) -> Int {
        for folder in Self.folders {
            try FileStore.createDirectory("\(directory)/\(folder)", mode: folder == "Keys" ? 0o700 : 0o755)
        }
        let store = KeyStore(directory: "\(directory)/Keys")
        let rsa = try store.generate(.rsa(bits: 2048))
        let ed25519 = try store.generate(.ed25519)
        let secret = Hexadecimal.encode(try BadgeIdentity.generateSecret()) + "\n"
        try FileStore.create("\(directory)/Keys/id.secret", Array(secret.utf8), mode: 0o600)
        let files: [(path: String, text: String)] = [
            ("issuer.yaml", configuration(rsa: rsa, ed25519: ed25519)),
            ("policies/algebra-1.yaml", policy),
            ("results/sample.csv", Self.results),
            ("images/algebra-1.svg", Self.image),
            (".gitignore", "Keys/*.private.pem\nKeys/id.secret\nledger.sqlite*\n"),
        ]
        for file in files { try FileStore.create("\(directory)/\(file.path)", Array(file.text.utf8), mode: 0o644) }
        return files.count + 5
    }

    private func configuration(rsa: String, ed25519: String) -> String {
        """
        # Who issues, where it is hosted, and with which keys.
        base_url: \(baseURL)
        name: \(Self.quoted(name))
        email: \(Self.quoted(email))
        issuer: did-web                  # or https: the issuer's id is then the URL of issuer.json
        formats: [ob3-jwt, ob3-proof, ob2-signed, ob2-hosted]
        recipient: hashed                # or plain, did
        keys:
          ob3-jwt: \(rsa)
          ob2: \(rsa)
          ob3-proof: \(ed25519)

        """
    }

    /// A text as YAML in double quotes, whatever stands in it.
    private static func quoted(_ text: String) -> String {
        var quoted = "\""
        for scalar in text.unicodeScalars where scalar.value >= 0x20 {
            if scalar == "\"" || scalar == "\\" { quoted += "\\" }
            quoted.unicodeScalars.append(scalar)
        }
        return quoted + "\""
    }

    private var policy: String {
        """
        policy: award-policy/1
        id: \(baseURL)/policies/algebra-1/1   # a changed policy gets a new id
        achievement:
          id: algebra-1
          name: Algebra I
          description: First-year algebra, examined in writing.
          criteria: Scored 60 % or more in the final examination.
          image: algebra-1.svg
          type: Assessment
        facts:
          exam: {kind: score, match: {exam: ALG-1}}
        requirements:
          - {id: mark, needs: exam, score: {min_percent: 60}}
        on_unknown: hold
        award: {dated: exam.at}

        """
    }

    private static let results = """
        resultId,exam.id,exam.name,candidate.email,candidate.given,candidate.family,score.raw,score.max,endedAt
        R-0001,ALG-1,Algebra I,ada@example.org,Ada,Byron,37,40,2026-03-01T13:25:00Z
        R-0002,ALG-1,Algebra I,carl@example.org,Carl,Gauß,24,40,2026-03-01T13:31:00Z
        R-0003,ALG-1,Algebra I,emmy@example.org,Emmy,Noether,39,40,2026-03-01T13:12:00Z
        R-0004,ALG-1,Algebra I,evariste@example.org,Évariste,Galois,19,40,2026-03-01T13:40:00Z

        """

    private static let image = """
        <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 200 200" width="200" height="200" role="img" \
        aria-label="Algebra I">
          <circle cx="100" cy="100" r="94" fill="#1d4e89"/>
          <circle cx="100" cy="100" r="82" fill="none" stroke="#f7f4ea" stroke-width="4"/>
          <path d="M64 130 L100 60 L136 130 M76 108 H124" fill="none" stroke="#f7f4ea" stroke-width="10" \
        stroke-linecap="round" stroke-linejoin="round"/>
          <text x="100" y="160" fill="#f7f4ea" font-family="sans-serif" font-size="20" text-anchor="middle">Algebra I\
        </text>
        </svg>

        """
}
