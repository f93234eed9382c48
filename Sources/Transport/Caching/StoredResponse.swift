/// An answer that is kept, with what has to be known to use it again (RFC 9111 §3, §4.2).
struct StoredResponse: Sendable, Hashable {
    let status: Int
    private(set) var headers: HTTPHeaders
    let body: [UInt8]
    /// When the request for it was sent, or for its last revalidation; in seconds since 1970.
    private(set) var requestTime: Int64
    /// When the answer to that was there, likewise.
    private(set) var responseTime: Int64
    /// Whether it came with something that was for one visitor alone; not kept with it.
    private var isPersonal: Bool

    init(status: Int, headers: HTTPHeaders, body: [UInt8], requestTime: Int64, responseTime: Int64) {
        self.status = status
        self.headers = headers
        self.body = body
        self.requestTime = requestTime
        self.responseTime = responseTime
        isPersonal = headers["Set-Cookie"] != nil
        for name in Self.unkeptFields { self.headers.remove(name) }
    }

    init(_ answer: Answer, requestTime: Int64, responseTime: Int64) {
        self.init(
            status: answer.status,
            headers: answer.headers,
            body: answer.body,
            requestTime: requestTime,
            responseTime: responseTime
        )
    }

    /// They are about one connection, or for one visitor.
    private static let unkeptFields = ["Connection", "Keep-Alive", "Transfer-Encoding", "Upgrade", "Set-Cookie"]

    // MARK: What may be kept

    /// Whether it says that there is no such document.
    var isRefusal: Bool { status >= 400 }

    /// Whether it may be kept in memory, for this process.
    var mayBeShared: Bool { !CacheControl(headers).noStore && headers["Vary"]?.contains("*") != true }

    /// Whether it may be kept on disk, for other processes: nothing that is meant for one visitor, and only what can be
    /// of use there.
    var mayBeFiled: Bool {
        let control = CacheControl(headers)
        guard mayBeShared, !control.isPrivate, !isPersonal else { return false }
        let isLasting = lifetime ?? 0 > 0
        // Nothing is assumed of how long a redirect or a refusal holds where the server does not say.
        return isLasting || !validators.isEmpty
    }

    // MARK: Its age

    /// For how many seconds it is fresh after it was made, as the server says it; nil where it says nothing: no guesses
    /// from `Last-Modified` are made (RFC 9111 §4.2.1).
    private var lifetime: Int64? {
        let control = CacheControl(headers)
        if control.noCache { return 0 }
        if let maxAge = control.maxAge { return maxAge }
        guard let expires = headers["Expires"] else { return nil }
        guard let end = HTTPDate.seconds(expires), let start = headers["Date"].flatMap(HTTPDate.seconds) else {
            return 0
        }
        return max(0, end - start)
    }

    /// The seconds since the server, or a cache before us, last vouched for it (RFC 9111 §4.2.3).
    func age(at now: Int64) -> Int64 {
        let apparent = headers["Date"].flatMap(HTTPDate.seconds).map { max(0, responseTime - $0) } ?? 0
        let said = headers["Age"].flatMap { Int64($0) }.map { min(max(0, $0), 1 << 40) } ?? 0
        let initial = max(apparent, said + max(0, responseTime - requestTime))
        return initial + max(0, now - responseTime)
    }

    /// For how many seconds its time has been over; negative while it is fresh. Where the server never gave it any time,
    /// this is its age.
    ///
    /// - Parameter limit: the longest lifetime that is believed.
    func staleness(at now: Int64, limit: Int64) -> Int64 {
        age(at: now) - min(lifetime ?? 0, limit)
    }

    /// Whether it may be used without asking. A clock that was set back makes an age of no meaning: then it may not.
    func isFresh(at now: Int64, limit: Int64) -> Bool {
        responseTime <= now && staleness(at: now, limit: limit) < 0
    }

    /// Whether it may be used past its time where the server cannot be asked.
    var mayBeUsedStale: Bool {
        let control = CacheControl(headers)
        return status == 200 && !control.noCache && !control.mustRevalidate
    }

    // MARK: Revalidation

    /// The fields with which to ask whether it still holds (RFC 9110 §13.1); empty where there is no way to ask.
    var validators: HTTPHeaders {
        var fields = HTTPHeaders()
        guard status == 200 else { return fields }
        // They are a server's text and go back to it as they came, or not at all.
        for (field, condition) in [("ETag", "If-None-Match"), ("Last-Modified", "If-Modified-Since")] {
            guard let value = headers[field], HTTPHeaders.isSendable(value), !value.isEmpty,
                value.utf8.count <= Self.maximumValidatorBytes
            else { continue }
            fields.append(condition, value)
        }
        return fields
    }

    /// Servers' own are below a hundred.
    private static let maximumValidatorBytes = 1024

    /// Itself after a 304; nil where the 304 is about another version (RFC 9111 §4.3.4).
    func revalidated(by fresh: HTTPHeaders, requestTime: Int64, responseTime: Int64) -> StoredResponse? {
        if let tag = fresh["ETag"], let own = headers["ETag"], Self.opaque(tag) != Self.opaque(own) { return nil }
        var updated = self
        let isAboutContent = ["content-length", "content-encoding", "content-type", "content-range"]
        // A 304 that does not repeat the age is as old as it arrived.
        updated.headers.remove("Age")
        for name in Set(fresh.map { $0.name.lowercased() }) where !isAboutContent.contains(name) {
            updated.headers[name] = fresh[name]
        }
        updated.isPersonal = fresh["Set-Cookie"] != nil
        for name in Self.unkeptFields { updated.headers.remove(name) }
        updated.requestTime = requestTime
        updated.responseTime = responseTime
        return updated
    }

    /// A tag without its mark of weakness: for whole bodies both kinds are compared alike (RFC 9110 §8.8.3.2).
    private static func opaque(_ tag: String) -> Substring { tag.hasPrefix("W/") ? tag.dropFirst(2) : tag[...] }

    /// What it takes in memory, nearly.
    var size: Int { body.count + headers.reduce(512) { $0 + $1.name.utf8.count + $1.value.utf8.count + 64 } }
}
