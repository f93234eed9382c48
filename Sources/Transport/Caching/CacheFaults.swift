/// What went wrong a moment ago: refusals that are not to be kept, faults of servers, and servers that did not answer.
struct CacheFaults {
    struct Fault {
        let result: Result<Answer, TransportError>
        let time: Int64
    }

    /// The pages that said so: they can be as large as any other answer.
    private var answers: CacheMemory
    private var errors: [CacheKey: (error: TransportError, time: Int64)] = [:]
    /// As many as a large batch has dead servers. Past it the memory begins anew: it only spares time.
    private static let maximumErrors = 4096

    init(maximumBytes: Int) { answers = CacheMemory(maximumBytes: maximumBytes) }

    mutating func fault(for key: CacheKey) -> Fault? {
        if let (error, time) = errors[key] { return Fault(result: .failure(error), time: time) }
        guard let entry = answers.entry(key), let time = entry.heard else { return nil }
        return Fault(result: .success(Answer(entry.response, status: .fetched)), time: time)
    }

    mutating func remember(_ error: TransportError, at time: Int64, for key: CacheKey) {
        forget(key)
        if errors.count >= Self.maximumErrors { errors = [:] }
        errors[key] = (error, time)
    }

    mutating func remember(_ response: StoredResponse, for key: CacheKey) {
        forget(key)
        answers.keep(response, heard: response.responseTime, for: key)
    }

    mutating func forget(_ key: CacheKey) {
        errors[key] = nil
        answers.remove(key)
    }
}
