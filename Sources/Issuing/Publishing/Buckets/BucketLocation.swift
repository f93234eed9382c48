import Glibc
import OpenBadges
import Transport

/// Where a bucket is, and who may write to it: `s3://bucket/prefix`, and the rest as the AWS conventions have it.
///
/// From the environment come `AWS_ACCESS_KEY_ID`, `AWS_SECRET_ACCESS_KEY`, `AWS_SESSION_TOKEN`, `AWS_REGION` or
/// `AWS_DEFAULT_REGION`, and `AWS_ENDPOINT_URL_S3` or `AWS_ENDPOINT_URL` for other services that speak S3; what it does not
/// have comes from `~/.aws/credentials` and `~/.aws/config` under `AWS_PROFILE`.
public struct BucketLocation: Sendable {
    /// The bucket's name.
    public let bucket: String
    /// What every key begins with: empty, or with a slash at its end.
    public let prefix: String
    let region: String
    let credentials: AWSSignature.Credentials
    /// The URL that keys are appended to, percent-encoded.
    let baseURL: String
    /// Whether it is on this machine itself, as in tests.
    let isLoopback: Bool

    /// - Throws: ``IssuingError`` `BUCKET_MALFORMED`, `CREDENTIALS_MISSING`.
    public init(parsing text: String) throws(IssuingError) {
        try self.init(parsing: text) { name in getenv(name).map { String(cString: $0) } }
    }

    /// - Parameter environment: the process's own, or another.
    public init(parsing text: String, environment: (String) -> String?) throws(IssuingError) {
        let rest = text.dropFirst("s3://".count)
        let bucket = String(rest.prefix { $0 != "/" })
        let isName =
            (3...63).contains(bucket.utf8.count)
            && bucket.utf8.allSatisfy { byte in
                (0x30...0x39).contains(byte) || (0x61...0x7A).contains(byte) || byte == 0x2D || byte == 0x2E
            }
        guard text.hasPrefix("s3://"), isName else {
            throw IssuingError(.bucketMalformed, "a bucket is written as s3://NAME or s3://NAME/PREFIX", file: text)
        }
        self.bucket = bucket
        var prefix = String(rest.dropFirst(bucket.count)).drop { $0 == "/" }
        while prefix.last == "/" { prefix.removeLast() }
        self.prefix = prefix.isEmpty ? "" : prefix + "/"
        let profile = AWSProfile(environment)
        region =
            environment("AWS_REGION") ?? environment("AWS_DEFAULT_REGION") ?? profile["region"] ?? "us-east-1"
        guard let accessKey = environment("AWS_ACCESS_KEY_ID") ?? profile["aws_access_key_id"],
            let secretKey = environment("AWS_SECRET_ACCESS_KEY") ?? profile["aws_secret_access_key"]
        else {
            throw IssuingError(
                .credentialsMissing,
                "there are no credentials for the bucket",
                hint: "AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY in the environment, or ~/.aws/credentials"
            )
        }
        credentials = AWSSignature.Credentials(
            accessKey: accessKey,
            secretKey: Array(secretKey.utf8),
            sessionToken: environment("AWS_SESSION_TOKEN") ?? profile["aws_session_token"]
        )
        if var endpoint = environment("AWS_ENDPOINT_URL_S3") ?? environment("AWS_ENDPOINT_URL") {
            while endpoint.last == "/" { endpoint.removeLast() }
            // Other services may not have a name for each bucket.
            baseURL = "\(endpoint)/\(bucket)"
        } else if bucket.contains(".") {
            // The certificate of the service is for one label.
            baseURL = "https://s3.\(region).amazonaws.com/\(bucket)"
        } else {
            baseURL = "https://\(bucket).s3.\(region).amazonaws.com"
        }
        let host = (try? WebURL(baseURL + "/"))?.host ?? ""
        isLoopback = host == "localhost" || host == "[::1]" || host.hasPrefix("127.")
    }
}

/// The settings of a profile in `~/.aws`.
private struct AWSProfile {
    private var values: [String: String] = [:]

    init(_ environment: (String) -> String?) {
        guard let home = environment("HOME") else { return }
        let name = environment("AWS_PROFILE") ?? "default"
        for (file, section) in [
            (environment("AWS_CONFIG_FILE") ?? "\(home)/.aws/config", name == "default" ? name : "profile \(name)"),
            (environment("AWS_SHARED_CREDENTIALS_FILE") ?? "\(home)/.aws/credentials", name),
        ] {
            guard let bytes = FileBytes.read(file, limit: 1 << 20) else { continue }
            var current = ""
            for line in String(decoding: bytes, as: UTF8.self).split(whereSeparator: \.isNewline) {
                let line = String(line).trimmed
                if line.hasPrefix("["), line.hasSuffix("]") { current = String(line.dropFirst().dropLast()).trimmed }
                guard current == section, let equals = line.firstIndex(of: "=") else { continue }
                values[String(line[..<equals]).trimmed] = String(line[line.index(after: equals)...]).trimmed
            }
        }
    }

    subscript(name: String) -> String? { values[name] }
}
