/// One stored answer as a file: lines of text, an empty line, and the body.
///
/// ```
/// open-badges cache 1
/// digest: 9f86d081…            (of all that follows this line)
/// url: https://exams.example.org/issuer.json
/// accept: application/json
/// trust:
/// status: 200
/// requested: 1767225600        (seconds since 1970)
/// received: 1767225601
/// length: 1234
/// field: ETag: "3"             (one line for each)
///
/// {"@context": …
/// ```
enum CacheFile {
    private static let mark = "open-badges cache 1"
    private static let lineEnd = UInt8(ascii: "\n")

    static func encode(_ response: StoredResponse, for key: CacheKey, digest: ([UInt8]) -> [UInt8]) -> [UInt8] {
        var lines = [
            "url: \(key.url)", "accept: \(key.accept)", "trust: \(key.trust)", "status: \(response.status)",
            "requested: \(response.requestTime)", "received: \(response.responseTime)",
            "length: \(response.body.count)",
        ]
        for (name, value) in response.headers { lines.append("field: \(name): \(value)") }
        let content = Array((lines.joined(separator: "\n") + "\n\n").utf8) + response.body
        return Array("\(mark)\ndigest: \(hexadecimal(digest(content)))\n".utf8) + content
    }

    /// nil where the bytes are not whole, or not the answer for this key.
    static func decode(_ bytes: [UInt8], for key: CacheKey, digest: ([UInt8]) -> [UInt8]) -> StoredResponse? {
        var rest = bytes[...]
        guard line(&rest) == mark, let sum = value("digest", line(&rest)), sum == hexadecimal(digest(Array(rest))),
            value("url", line(&rest)) == key.url, value("accept", line(&rest)) == key.accept,
            value("trust", line(&rest)) == key.trust,
            let status = number("status", line(&rest)), (100...999).contains(status),
            let requested = number("requested", line(&rest)), let received = number("received", line(&rest)),
            let length = number("length", line(&rest))
        else { return nil }
        var headers = HTTPHeaders()
        while true {
            guard let text = line(&rest) else { return nil }
            if text.isEmpty { break }
            guard let field = value("field", text), let colon = field.utf8.firstIndex(of: UInt8(ascii: ":")) else {
                return nil
            }
            headers.append(String(field[..<colon]), String(field[colon...].dropFirst().drop { $0 == " " }))
        }
        guard rest.count == length else { return nil }
        return StoredResponse(
            status: Int(status),
            headers: headers,
            body: Array(rest),
            requestTime: requested,
            responseTime: received
        )
    }

    static func hexadecimal(_ bytes: [UInt8]) -> String {
        let digits = Array("0123456789abcdef".utf8)
        return String(decoding: bytes.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }, as: UTF8.self)
    }

    /// The next line, without its end.
    private static func line(_ rest: inout ArraySlice<UInt8>) -> String? {
        guard let end = rest.firstIndex(of: lineEnd) else { return nil }
        defer { rest = rest[(end + 1)...] }
        return String(validating: rest[..<end], as: UTF8.self)
    }

    private static func value(_ name: String, _ line: String?) -> String? {
        guard let line, line.utf8.starts(with: "\(name): ".utf8) else { return nil }
        return String(line.utf8.dropFirst(name.utf8.count + 2))
    }

    /// Within what sums of times cannot overflow.
    private static func number(_ name: String, _ line: String?) -> Int64? {
        guard let text = value(name, line), let number = Int64(text), (0...1 << 40).contains(number) else { return nil }
        return number
    }
}
