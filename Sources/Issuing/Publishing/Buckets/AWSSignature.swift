import Cryptography
import OpenBadges
import Transport

/// Signs requests as AWS asks for it: Signature Version 4, in the `Authorization` header.
///
/// libcurl signs, too, but sends no `x-amz-content-sha256`, hashes an empty body on uploads, and does not sort the query.
struct AWSSignature: Sendable {
    /// Who signs.
    struct Credentials: Sendable {
        var accessKey: String
        var secretKey: [UInt8]
        var sessionToken: String?
    }

    let credentials: Credentials
    let region: String
    var service = "s3"

    /// Adds the headers of a signature to a request. What has been added to it before is signed with it.
    func sign(_ request: inout HTTPRequest, at time: Timestamp) {
        let stamp = Self.stamp(time)
        let day = String(stamp.prefix(8))
        let body = Hexadecimal.encode(DigestAlgorithm.sha256.digest(request.body ?? []))
        request.headers.append("x-amz-content-sha256", body)
        request.headers.append("x-amz-date", stamp)
        if let token = credentials.sessionToken { request.headers.append("x-amz-security-token", token) }
        var lines: [(name: String, value: String)] = request.headers.map { ($0.name.lowercased(), $0.value) }
        lines.append(("host", Self.host(request.url)))
        lines.sort { $0.name < $1.name }
        let names = lines.map(\.name).joined(separator: ";")
        let canonical = [
            request.method.rawValue, request.url.path, Self.sortedQuery(request.url.query),
            lines.map { "\($0.name):\(Self.squeezed($0.value))\n" }.joined(), names, body,
        ].joined(separator: "\n")
        let scope = "\(day)/\(region)/\(service)/aws4_request"
        let text = [
            "AWS4-HMAC-SHA256", stamp, scope,
            Hexadecimal.encode(DigestAlgorithm.sha256.digest(Array(canonical.utf8))),
        ].joined(separator: "\n")
        var key = HMAC.sha256(key: Array("AWS4".utf8) + credentials.secretKey, Array(day.utf8))
        for part in [region, service, "aws4_request"] { key = HMAC.sha256(key: key, Array(part.utf8)) }
        let signature = Hexadecimal.encode(HMAC.sha256(key: key, Array(text.utf8)))
        request.headers.append(
            "Authorization",
            "AWS4-HMAC-SHA256 Credential=\(credentials.accessKey)/\(scope), SignedHeaders=\(names), Signature=\(signature)"
        )
    }

    /// `20260301T132500Z`
    private static func stamp(_ time: Timestamp) -> String {
        time.wholeSeconds.description.filter { $0 != "-" && $0 != ":" }
    }

    /// As libcurl sends it: the port where it is not the scheme's own.
    private static func host(_ url: WebURL) -> String {
        url.port == (url.isHTTPS ? 443 : 80) ? url.host : "\(url.host):\(url.port)"
    }

    private static func sortedQuery(_ query: String?) -> String {
        (query ?? "").split(separator: "&").map { $0.contains("=") ? String($0) : "\($0)=" }.sorted()
            .joined(separator: "&")
    }

    private static func squeezed(_ value: String) -> String {
        value.split(separator: " ").joined(separator: " ")
    }
}
