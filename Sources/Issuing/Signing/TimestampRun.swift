public import Cryptography
public import OpenBadges
import Transport

/// Has a timestamp authority confirm that the ledger's signatures are there now, so that they can be told from those that
/// somebody makes later with a stolen key.
///
/// Source: RFC 3161. The authority sees one digest, and nothing of any badge.
public struct TimestampRun {
    /// What was confirmed.
    public struct Outcome: Sendable, Hashable {
        public let signatures: Int
        /// When, by the authority's clock.
        public let time: Timestamp
        /// The root of the tree of signatures, 64 hexadecimal digits.
        public let root: String
    }

    private let ledger: Ledger
    private let url: String
    private let certificates: CertificateStore

    /// - Parameters:
    ///   - url: where the authority is asked, `http:` or `https:`: what it answers is signed.
    ///   - certificates: of the authority, or of who vouches for it.
    public init(
        workspace: Workspace,
        authority url: String,
        certificates: CertificateStore
    ) throws(IssuingError) {
        ledger = try workspace.openLedger()
        (self.url, self.certificates) = (url, certificates)
    }

    /// Asks about all signatures that no timestamp covers yet.
    ///
    /// - Returns: `nil` where there are none.
    /// - Throws: ``IssuingError`` `TIMESTAMP_REFUSED`.
    public func run(at time: Timestamp) async throws(IssuingError) -> Outcome? {
        guard let span = try ledger.spanToTimestamp() else { return nil }
        let leaves = try ledger.leaves(of: span)
        let root = MerkleTree(leaves: leaves.map(\.digest)).root
        let reply: TimestampReply
        do {
            reply = try TimestampReply(der: try await ask(root))
            try reply.check(root, trusting: certificates)
        } catch let error as CryptographyError {
            throw failure(error.detail)
        } catch let error as IssuingError {
            throw error
        } catch {
            throw failure("it cannot be asked")
        }
        guard let seen = Timestamp(seconds: reply.time) else { throw failure("its time is out of range") }
        let digits = Hexadecimal.encode(root)
        guard try ledger.note(reply.der, root: digits, of: span, at: time) else { return nil }
        return Outcome(signatures: leaves.count - 1, time: seen, root: digits)
    }

    private func ask(_ digest: [UInt8]) async throws -> [UInt8] {
        var policy = FetchPolicy.standard
        policy.maximumBytes = 1 << 18
        // Whoever runs the command names it.
        policy.insecurePlainHTTP = true
        policy.insecurePrivateAddresses = true
        let query = try TimestampReply.query(for: digest)
        let response: HTTPResponse
        do throws(TransportError) {
            let request = HTTPRequest(
                try WebURL(url),
                method: .post,
                headers: ["Content-Type": "application/timestamp-query", "Accept": "application/timestamp-reply"],
                body: query
            )
            response = try await HTTPClient(policy: policy).send(request)
        } catch {
            throw failure(error.detail)
        }
        guard response.status == 200 else { throw failure("it answers \(response.status)") }
        return response.body
    }

    private func failure(_ detail: String) -> IssuingError {
        IssuingError(
            .timestampRefused,
            "the timestamp authority: \(detail)",
            file: url,
            hint: "nothing was noted; run it again, and look at the address and the certificates"
        )
    }
}
