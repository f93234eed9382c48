public import Cryptography
import JSONCore
import Proofs

/// An Open Badges 3.0 credential as a VC-JWT: the credential is the payload, with claims that repeat parts of it.
///
/// For who has the issuer's key at hand and wants to know one thing: did that key sign this, and do the claims agree?
/// Everything else (whose key it is, whether the badge still holds) is a ``Verifier``'s to say.
///
/// Source: Open Badges 3.0 §8.2.
public struct CredentialJWT: Sendable {
    /// What the credential says, if it is to be believed.
    public let unverifiedCredential: AchievementCredential
    private let jws: JWS
    private let payload: JSON

    /// Reads the compact form.
    ///
    /// - Throws: ``OpenBadgesError`` `PARSING_ERROR` where it is no JWS, or its payload no JSON object.
    public init(compact: [UInt8]) throws(OpenBadgesError) {
        do {
            jws = try JWS(compact: compact)
        } catch {
            throw OpenBadgesError(.parsing, error.detail)
        }
        payload = try SignedPayload.object(of: jws)
        unverifiedCredential = AchievementCredential(uncheckedMembers: Self.credential(in: payload.object ?? [:]))
    }

    /// The credential without the registered claims and without an embedded proof: what can be signed anew.
    package var unsignedCredential: AchievementCredential {
        var members = Self.withoutClaims(unverifiedCredential.members)
        members.removeValue(forKey: "proof")
        return AchievementCredential(uncheckedMembers: members)
    }

    /// What speaks against the credential being what the key's owner signed: empty if nothing does.
    public func problems(for verifier: SignatureVerifier) -> [ProblemDetails] {
        SignedPayload.problems(of: jws, for: verifier)
            + Self.claimProblems(in: payload, of: VerifiableCredential(uncheckedMembers: unverifiedCredential.members))
    }

    /// The claims that repeat a credential: `iss`, `jti`, `sub`, `nbf`, and `exp` where it ends.
    ///
    /// - Throws: ``OpenBadgesError`` `NOT_SIGNABLE` where the credential lacks what a claim repeats, or has a time in
    ///   fractions of a second, which a NumericDate that every validator reads cannot hold.
    static func claims(of credential: AchievementCredential) throws(OpenBadgesError) -> JSONObject {
        let root = JSONPointer()
        guard let issuer = credential.members["issuer"]?.string ?? credential.members["issuer"]?["id"]?.string else {
            throw OpenBadgesError(.notSignable, "a VC-JWT needs the issuer's id", at: root.appending("issuer"))
        }
        guard let subject = credential.members["credentialSubject"]?["id"]?.string else {
            let path = root.appending("credentialSubject").appending("id")
            throw OpenBadgesError(.notSignable, "a VC-JWT needs the subject's id", at: path)
        }
        guard let id = credential.members["id"]?.string else {
            throw OpenBadgesError(.notSignable, "a VC-JWT needs the credential's id", at: root.appending("id"))
        }
        for name in claimNames where credential.members[name] != nil {
            let path = root.appending(name)
            throw OpenBadgesError(.notSignable, "the credential has a member that is a JWT claim", at: path)
        }
        var claims = JSONObject(capacity: 5)
        claims.append(unchecked: "iss", .string(issuer))
        claims.append(unchecked: "jti", .string(id))
        claims.append(unchecked: "sub", .string(subject))
        guard let begin = try seconds(credential, "validFrom") else {
            throw OpenBadgesError(.notSignable, "a VC-JWT needs validFrom", at: root.appending("validFrom"))
        }
        claims.append(unchecked: "nbf", .number(JSONNumber(begin)))
        if let end = try seconds(credential, "validUntil") {
            claims.append(unchecked: "exp", .number(JSONNumber(end)))
        }
        return claims
    }

    private static let claimNames = ["iss", "jti", "sub", "nbf", "exp"]
    /// Of IANA's "JSON Web Token Claims", those that go with credentials and are no terms of one.
    private static let registeredClaims =
        claimNames + [
            "iat", "aud", "nonce", "cnf", "vct", "status", "azp", "auth_time", "acr", "amr", "sid", "client_id",
        ]

    private static func seconds(
        _ credential: AchievementCredential,
        _ name: String
    ) throws(OpenBadgesError) -> Int? {
        guard let value = credential.members[name] else { return nil }
        let path = JSONPointer().appending(name)
        guard let time = Timestamp(badgeValue: value) else {
            throw OpenBadgesError(.notSignable, "\(name) must be a date and time with a zone", at: path)
        }
        guard time.nanoseconds == 0 else {
            throw OpenBadgesError(.notSignable, "\(name) must be in whole seconds", at: path)
        }
        return Int(time.seconds)
    }

    /// A payload without its registered claims, which no JSON-LD context defines.
    static func withoutClaims(_ members: JSONObject) -> JSONObject {
        var members = members
        for name in registeredClaims { members.removeValue(forKey: name) }
        return members
    }

    /// The credential in a payload: the payload itself, or, as the Data Model 1.1 had it, its claim `vc`, which may leave
    /// to the registered claims what these say.
    static func credential(in payload: JSONObject) -> JSONObject {
        guard var credential = payload["vc"]?.object else {
            guard payload["validUntil"] == nil, payload["expirationDate"] == nil, let end = date(payload["exp"]) else {
                return payload
            }
            // `exp` alone ends a credential, too (Open Badges 3.0 §8.2.4.1).
            var credential = payload
            let isOlder = VerifiableCredential(uncheckedMembers: payload).followsOlderDataModel
            credential[isOlder ? "expirationDate" : "validUntil"] = end
            return credential
        }
        if credential["id"] == nil { credential["id"] = payload["jti"] }
        if credential["issuer"] == nil { credential["issuer"] = payload["iss"] }
        let isOlder = VerifiableCredential(uncheckedMembers: credential).followsOlderDataModel
        let (begin, end) = isOlder ? ("issuanceDate", "expirationDate") : ("validFrom", "validUntil")
        if credential[begin] == nil { credential[begin] = date(payload["nbf"]) }
        if credential[end] == nil, let date = date(payload["exp"]) { credential[end] = date }
        if var subject = credential["credentialSubject"]?.object, subject["id"] == nil, let id = payload["sub"] {
            subject["id"] = id
            credential["credentialSubject"] = .object(subject)
        }
        return credential
    }

    private static func date(_ claim: JSON?) -> JSON? {
        claim?.int.flatMap { Timestamp(seconds: Int64($0)) }.map { .string($0.description) }
    }

    /// Where the claims of a VC-JWT contradict its credential. Times are compared as instants.
    static func claimProblems(in payload: JSON, of credential: VerifiableCredential) -> [ProblemDetails] {
        var problems: [ProblemDetails] = []
        func report(_ code: ProblemDetails.Code, _ detail: String, _ name: String) {
            problems.append(
                ProblemDetails(
                    code: code,
                    severity: .failure,
                    detail: detail,
                    check: .claims,
                    path: JSONPointer().appending(name)
                )
            )
        }
        func compare(_ claim: String, _ expected: String?, _ property: String) {
            guard let value = payload[claim] else {
                return report(.claimMissing, "the claim \(claim) is missing", claim)
            }
            guard let text = value.string, text == expected else {
                return report(.claimMismatch, "the claim \(claim) differs from \(property)", claim)
            }
        }
        let members = credential.members
        compare("iss", members["issuer"]?.string ?? members["issuer"]?["id"]?.string, "the issuer's id")
        compare("jti", members["id"]?.string, "the credential's id")
        compare("sub", members["credentialSubject"]?["id"]?.string, "the subject's id")

        if let begin = payload["nbf"] {
            if !isInstant(begin, credential.validFrom) {
                report(.claimMismatch, "the claim nbf differs from validFrom", "nbf")
            }
        } else {
            report(.claimMissing, "the claim nbf is missing", "nbf")
        }
        if let end = payload["exp"] {
            if !isInstant(end, credential.validUntil) {
                report(.claimMismatch, "the claim exp differs from validUntil", "exp")
            }
        } else if credential.validUntil != nil {
            report(.claimMissing, "the credential ends, and the claim exp is missing", "exp")
        }
        return problems
    }

    /// A NumericDate counts seconds, in whole ones as nearly all write it; then the credential's fraction is passed over.
    private static func isInstant(_ claim: JSON, _ time: Timestamp?) -> Bool {
        guard let number = claim.number, let time else { return false }
        if let seconds = number.int { return seconds == Int(time.seconds) }
        let value = number.double
        guard value.isFinite, abs(value) < 1e15 else { return false }
        return abs(value - Double(time.seconds) - Double(time.nanoseconds) * 1e-9) < 0.001
    }
}
