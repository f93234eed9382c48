import Cryptography
import OpenBadges
import Transport

/// A bucket of objects that speaks S3: lists, puts and takes away, and tries again what did not work.
final class Bucket: Sendable {
    private let location: BucketLocation
    private let client: HTTPClient
    private let signature: AWSSignature
    private let pause: Duration

    /// How often a request is sent before it counts as failed, with pauses of 0.2 s, 0.4 s, … 3.2 s between.
    private static let attempts = 6

    init(_ location: BucketLocation, pause: Duration = .milliseconds(200)) {
        self.location = location
        self.pause = pause
        var policy = FetchPolicy.standard
        policy.maximumBytes = 16 << 20
        policy.maximumTransfersPerHost = 16
        policy.totalTimeout = .seconds(60)
        policy.maximumRedirects = 0
        // The service is named by whoever runs the command, and not by a stranger's document.
        policy.insecurePrivateAddresses = true
        policy.insecurePlainHTTP = location.isLoopback
        client = HTTPClient(policy: policy)
        signature = AWSSignature(credentials: location.credentials, region: location.region)
    }

    /// All objects below the prefix: their paths from there, with their entity tags.
    func list() async throws(IssuingError) -> [String: String] {
        var objects: [String: String] = [:]
        var token: String?
        repeat {
            var query = "list-type=2&prefix=\(PercentEncoding.encoded(location.prefix))"
            if let token { query = "continuation-token=\(PercentEncoding.encoded(token))&" + query }
            let response = try await send(.get, "/?\(query)")
            guard response.status == 200 else { throw failure(response, "the bucket cannot be listed") }
            let page = try BucketPage(response.body)
            for (key, tag) in page.objects where key.hasPrefix(location.prefix) {
                objects[String(key.dropFirst(location.prefix.count))] = tag
            }
            guard page.next == nil || page.next != token else {
                throw IssuingError(.bucketUnreachable, "the bucket's list does not come to its end", file: place)
            }
            token = page.next
        } while token != nil
        return objects
    }

    /// Puts an object.
    ///
    /// - Parameter isNew: whether there must not be one of that name.
    /// - Returns: false where there is one already, and `isNew` forbids to write over it.
    func put(_ path: String, _ bytes: [UInt8], type: String, seconds: Int, isNew: Bool) async throws(IssuingError)
        -> Bool
    {
        var headers: HTTPHeaders = ["Content-Type": type, "Cache-Control": "max-age=\(seconds)"]
        if isNew { headers.append("If-None-Match", "*") }
        let response = try await send(.put, key(path), headers, bytes)
        if isNew, response.status == 412 { return false }
        guard (200...299).contains(response.status) else { throw failure(response, "the object cannot be written") }
        return true
    }

    /// The entity tag of an object; `nil` where there is none.
    func tag(_ path: String) async throws(IssuingError) -> String? {
        let response = try await send(.head, key(path))
        guard response.status == 200 else { return nil }
        return response.headers["ETag"]
    }

    func remove(_ path: String) async throws(IssuingError) {
        let response = try await send(.delete, key(path))
        guard (200...299).contains(response.status) || response.status == 404 else {
            throw failure(response, "the object cannot be taken away")
        }
    }

    /// The entity tag that plain objects have: the MD5 of their bytes, in quotes.
    static func tag(of bytes: [UInt8]) -> String? {
        LegacyDigest.md5(bytes).map { "\"\(Hexadecimal.encode($0))\"" }
    }

    private func key(_ path: String) -> String {
        "/" + PercentEncoding.encoded(location.prefix + path, keepsSlash: true)
    }

    private func send(
        _ method: HTTPRequest.Method,
        _ path: String,
        _ headers: HTTPHeaders = [:],
        _ body: [UInt8]? = nil
    ) async throws(IssuingError) -> HTTPResponse {
        var wait = pause
        var attempt = 1
        while true {
            do throws(TransportError) {
                var request = HTTPRequest(
                    try WebURL(location.baseURL + path),
                    method: method,
                    headers: headers,
                    body: body
                )
                signature.sign(&request, at: .now)
                let response = try await client.send(request)
                guard Self.isPassing(response.status), attempt < Self.attempts else { return response }
            } catch {
                guard [.unreachable, .timedOut, .responseMalformed].contains(error.code), attempt < Self.attempts else {
                    throw IssuingError(.bucketUnreachable, "the bucket's service: \(error.detail)", file: place)
                }
            }
            attempt += 1
            try? await Task.sleep(for: wait)
            wait *= 2
        }
    }

    /// What another try may mend.
    private static func isPassing(_ status: Int) -> Bool {
        status >= 500 || status == 429 || status == 408 || status == 409
    }

    private var place: String { "s3://\(location.bucket)/\(location.prefix)" }

    private func failure(_ response: HTTPResponse, _ detail: String) -> IssuingError {
        let isRefused = [301, 400, 401, 403, 404].contains(response.status)
        return IssuingError(
            isRefused ? .bucketRefused : .bucketUnreachable,
            "\(detail): the service answers \(response.status)\(BucketPage.code(response.body).map { " \($0)" } ?? "")",
            file: place,
            hint: isRefused ? "look at the bucket's name, its region and the rights of the key" : nil
        )
    }
}

/// A page of a bucket's list. Source: Amazon S3 API, ListObjectsV2.
private struct BucketPage {
    var objects: [(key: String, tag: String)] = []
    var next: String?

    init(_ body: [UInt8]) throws(IssuingError) {
        do {
            var events = try XMLEvents(body)
            var (element, key, tag) = ("", "", "")
            while let event = try events.next() {
                switch event {
                case .start(let name, _, _):
                    element = name
                    if name == "Contents" { (key, tag) = ("", "") }
                case .text(let text):
                    switch element {
                    case "Key": key += text
                    case "ETag": tag += text
                    case "NextContinuationToken": next = (next ?? "") + text
                    default: break
                    }
                case .end:
                    if !key.isEmpty, !tag.isEmpty {
                        objects.append((key, tag))
                        (key, tag) = ("", "")
                    }
                    element = ""
                }
            }
        } catch {
            throw IssuingError(.bucketUnreachable, "the bucket's list cannot be read: \(error.detail)")
        }
    }

    /// The code in an error's answer, if it looks like one.
    static func code(_ body: [UInt8]) -> String? {
        guard var events = try? XMLEvents(body) else { return nil }
        var isCode = false
        while let event = try? events.next() {
            if case .start(let name, _, _) = event { isCode = name == "Code" }
            if case .text(let text) = event, isCode, text.utf8.count < 64 { return text.filter { $0.isLetter } }
        }
        return nil
    }
}
