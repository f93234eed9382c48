/// What a server says about keeping its answer, as far as a cache of one user goes (RFC 9111 §5.2.2).
struct CacheControl {
    /// Not to be kept at all.
    private(set) var noStore = false
    /// Not to be used again without asking.
    private(set) var noCache = false
    /// Not to be used past its time, not even where the server cannot be reached.
    private(set) var mustRevalidate = false
    /// For this user alone.
    private(set) var isPrivate = false
    /// For how many seconds it is fresh; nil where nothing is said.
    private(set) var maxAge: Int64?

    /// Reads the `Cache-Control` fields; what is not understood counts as not said, except a `max-age` that is no number:
    /// that is 0 (RFC 9111 §4.2.1).
    init(_ headers: HTTPHeaders) {
        guard let text = headers["Cache-Control"] else { return }
        for directive in Self.directives(Array(text.utf8)) {
            let parts = directive.split(separator: UInt8(ascii: "="), maxSplits: 1, omittingEmptySubsequences: false)
            switch String(decoding: parts[0].filter { $0 != 0x20 && $0 != 0x09 }, as: UTF8.self).lowercased() {
            case "no-store": noStore = true
            // With field names as its value it is about those alone; the whole is the safer reading.
            case "no-cache": noCache = true
            case "private": isPrivate = true
            case "must-revalidate": mustRevalidate = true
            case "max-age":
                // Said twice, the shorter time counts.
                maxAge = min(maxAge ?? .max, parts.count == 2 ? Self.seconds(parts[1]) : 0)
            default: break
            }
        }
    }

    /// Splits at commas outside of quotes.
    private static func directives(_ bytes: [UInt8]) -> [ArraySlice<UInt8>] {
        var isQuoted = false
        var isEscaped = false
        return bytes.split { byte in
            if isEscaped {
                isEscaped = false
            } else if isQuoted && byte == UInt8(ascii: "\\") {
                isEscaped = true
            } else if byte == UInt8(ascii: "\"") {
                isQuoted.toggle()
            }
            return byte == UInt8(ascii: ",") && !isQuoted
        }
    }

    private static func seconds(_ value: ArraySlice<UInt8>) -> Int64 {
        let digits = value.filter { $0 != UInt8(ascii: "\"") && $0 != 0x20 && $0 != 0x09 }
        guard !digits.isEmpty, digits.allSatisfy(\.isASCIIDigit) else { return 0 }
        // More than any number means "as long as you like".
        return Int64(String(decoding: digits, as: UTF8.self)) ?? .max
    }
}
