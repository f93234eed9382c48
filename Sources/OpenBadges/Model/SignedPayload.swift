import Cryptography
import JSONCore
import Proofs

/// A JWS whose payload is a JSON object, as both versions of the specification sign badges.
enum SignedPayload {
    static func object(of jws: JWS) throws(OpenBadgesError) -> JSON {
        let payload: JSON
        do {
            payload = try JSON(parsing: jws.payload)
        } catch {
            throw OpenBadgesError(.parsing, "the payload is no JSON: \(error.detail)", at: error.path)
        }
        guard payload.object != nil else { throw OpenBadgesError(.parsing, "the payload is no JSON object") }
        return payload
    }

    static func problems(of jws: JWS, for verifier: SignatureVerifier) -> [ProblemDetails] {
        do {
            if try jws.isValid(for: verifier) { return [] }
            return [problem(.proofVerification, "the signature does not fit the key")]
        } catch {
            return [problem(.init(error.code.rawValue, "A proof that is refused"), error.detail)]
        }
    }

    private static func problem(_ code: ProblemDetails.Code, _ detail: String) -> ProblemDetails {
        ProblemDetails(code: code, severity: .failure, detail: detail, check: .proof, path: nil)
    }
}
