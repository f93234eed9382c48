import Dispatch
import OpenBadges

/// Signs a chunk's badges on every core: a thread for each prepared signer.
struct SigningThreads {
    let templates: [BadgeTemplate]
    let signers: [BadgeSigners]
    let issuedAt: Timestamp

    /// Signs the awards among the answers, on every core.
    func sign(
        _ answers: [CandidatePlan.Answer],
        _ places: [[StatusEntry]]
    ) throws -> [BadgeTemplate.Badge?] {
        var badges = [Swift.Result<BadgeTemplate.Badge?, IssuingError>](repeating: .success(nil), count: answers.count)
        let count = signers.count
        badges.withUnsafeMutableBufferPointer { badges in
            // Each thread has a signer of its own and writes only every count-th place.
            nonisolated(unsafe) let badges = badges
            nonisolated(unsafe) let signers = signers
            let templates = templates
            let issuedAt = issuedAt
            DispatchQueue.concurrentPerform(iterations: count) { thread in
                for index in stride(from: thread, to: answers.count, by: count) {
                    let answer = answers[index]
                    guard let award = answer.award else { continue }
                    do throws(IssuingError) {
                        badges[index] = .success(
                            try templates[answer.policy].badge(
                                for: award,
                                revision: answer.revision,
                                status: places[index],
                                issuedAt: issuedAt,
                                signers: signers[thread]
                            )
                        )
                    } catch {
                        badges[index] = .failure(error)
                    }
                }
            }
        }
        return try badges.map { try $0.get() }
    }
}
