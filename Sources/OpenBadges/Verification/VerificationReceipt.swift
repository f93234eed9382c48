public import Cryptography
import JSONCore
import Proofs

/// Signs reports: who verified what, when, and on what evidence.
///
/// A receipt is a compact JWS with the header `typ` `badge-verification-receipt+jwt`; its payload holds the report, the
/// evidence, and `iat`, the time of signing. The public key travels in the header: whoever gets a receipt has to know
/// whose it is.
public final class VerificationReceiptSigner {
    private let signer: JWSSigner

    /// - Throws: ``OpenBadgesError`` `NOT_SIGNABLE` where the key cannot sign.
    public init(key: PrivateKey) throws(OpenBadgesError) {
        do {
            let kid = JWK(key.publicKey).thumbprint()
            signer = try JWSSigner(key: key, kid: kid, typ: "badge-verification-receipt+jwt", embedsKey: true)
        } catch {
            throw OpenBadgesError(.notSignable, error.detail)
        }
    }

    /// The receipt of one report.
    ///
    /// - Parameter time: when it is signed, which can be later than the time that was asked about.
    /// - Throws: ``OpenBadgesError`` `NOT_SIGNABLE` where the report was made without its evidence
    ///   (``VerificationOptions/keepsEvidence``), or signing fails.
    public func receipt(for report: VerificationReport, at time: Timestamp) throws(OpenBadgesError) -> [UInt8] {
        guard let evidence = report.evidence else {
            throw OpenBadgesError(.notSignable, "the report was made without its evidence")
        }
        let payload: JSON = [
            "iat": .number(JSONNumber(Int(time.seconds))), "report": report.json, "evidence": evidence.json,
        ]
        do {
            return try signer.compact(payload: payload.serialized())
        } catch {
            throw OpenBadgesError(.notSignable, error.detail)
        }
    }
}
