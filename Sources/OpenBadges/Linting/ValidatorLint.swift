import JSONCore

/// What the public validator of 1EdTech, and the certification, stumble over.
extension BadgeLint {
    func validator3(_ notes: inout LintNotes) {
        let contexts = list(document["@context"]).map { $0.string ?? "" }
        let isFirst = ["https://www.w3.org/ns/credentials/v2", "https://www.w3.org/2018/credentials/v1"]
            .contains(contexts.first ?? "")
        if !isFirst || !(contexts.dropFirst().first ?? "").contains("/spec/ob/v3p0/context") {
            notes.need(
                "CONTEXT_ORDER",
                "/@context",
                "it wants the context of credentials first, and that of Open Badges 3.0 second",
                hint: nil
            )
        }
        if let header {
            if !["RS256", "ES256"].contains(header["alg"]?.string ?? "") {
                notes.need(
                    "ALGORITHM_UNKNOWN",
                    "",
                    "it verifies a JWT by RS256 and ES256 alone",
                    hint: "a key of RSA or P-256 for ob3-jwt: badge key generate"
                )
            }
            if header["kid"] == nil, header["jwk"] == nil {
                notes.need("KEY_UNNAMED", "", "the header of the JWT names no key", hint: nil)
            }
        } else {
            let suites = list(document["proof"]).map { $0["cryptosuite"]?.string ?? $0["type"]?.string ?? "" }
            if suites.isEmpty {
                notes.need("PROOF_MISSING", "/proof", "it is not signed", hint: nil)
            } else if !suites.contains("eddsa-rdfc-2022") {
                notes.need(
                    "SUITE_UNKNOWN",
                    "/proof",
                    "the certification knows eddsa-rdfc-2022 alone",
                    hint: "an Ed25519 key for ob3-proof: badge key generate"
                )
            }
        }
        if document["credentialStatus"]?.array != nil {
            notes.need(
                "STATUS_LIST",
                "/credentialStatus",
                "its schema takes one status, and no list of them",
                hint: "status: [revocation] in issuer.yaml"
            )
        }
        if subject["id"] == nil, list(subject["identifier"]).isEmpty {
            notes.need("RECIPIENT_MISSING", "/credentialSubject", "it says of nobody whose it is", hint: nil)
        }
        for name in ["id", "name"] where issuer[name]?.string == nil {
            notes.need("ISSUER_INCOMPLETE", "/issuer/\(name)", "the issuer has no \(name)", hint: nil)
        }
        if let url = issuer["url"]?.string, !url.hasPrefix("https://") {
            notes.wish(
                "ISSUER_UNREACHABLE",
                "/issuer/url",
                "it fetches the issuer's page, which is not https",
                hint: nil
            )
        }
        if !list(document["endorsementJwt"]).isEmpty {
            notes.need("ENDORSEMENT_JWT", "/endorsementJwt", "it fails over endorsements as JWT", hint: nil)
        }
    }

    func validator2(_ notes: inout LintNotes) {
        if let header {
            if header["alg"]?.string != "RS256" {
                notes.need(
                    "ALGORITHM_UNKNOWN",
                    "",
                    "it verifies a signed badge of 2.0 by RS256 alone",
                    hint: "an RSA key for ob2-signed"
                )
            }
        } else if !(document["id"]?.string ?? "").hasPrefix("http") {
            notes.need("NOT_HOSTED", "/id", "a hosted badge is found by its URL", hint: nil)
        }
        if document["badge"]?.string == nil {
            notes.wish(
                "CLASS_EMBEDDED",
                "/badge",
                "it fetches the class by its URL, and this badge holds it",
                hint: nil
            )
        }
    }
}
