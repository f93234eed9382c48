import Cryptography
import LinkedData
import Proofs

/// The rules of `proof`, `key` and `claims`: who signed it, and whether that was the issuer.
extension CheckCatalog {
    static let proofRules: [Rule] = [
        Rule(
            .proof,
            "Something proves the badge: a JWS around it, or a proof in it.",
            [.proofMissing],
            .rejects,
            "Open Badges 3.0 §8"
        ),
        Rule(
            .proof,
            "The signature fits the key and every byte, or every statement, of the badge; a proof is complete, for the "
                + "purpose assertionMethod, in its suite's encoding, and the proofs before it hold.",
            [.proofVerification],
            .rejects,
            "Open Badges 3.0 §8.2.5; VC Data Integrity 1.0 §4.4, §4.7"
        ),
        Rule(
            .proof,
            "A JWS is signed with RS256, ES256, ES384, EdDSA or another algorithm that is accepted: never none, never "
                + "one with a shared secret.",
            [.proof(.algorithmRefused)],
            .rejects,
            "RFC 8725 §3.1"
        ),
        Rule(
            .proof,
            "The algorithm of a JWS is one that is verified here.",
            [.proof(.algorithmUnsupported)],
            .leavesOpen,
            "Open Badges 3.0 §8.2.3"
        ),
        Rule(
            .proof,
            "The algorithm or the cryptosuite suits the key.",
            [.proof(.algorithmMismatch)],
            .rejects,
            "RFC 8725 §3.1; Data Integrity EdDSA and ECDSA Cryptosuites §3"
        ),
        Rule(
            .proof,
            "The header demands no extension: no crit, no b64.",
            [.proof(.criticalHeader)],
            .rejects,
            "RFC 7515 §4.1.11"
        ),
        Rule(
            .proof,
            "No private or symmetric key travels with the badge.",
            [.proof(.privateKeyExposed)],
            .rejects,
            "Open Badges 3.0 §8.2.3"
        ),
        Rule(
            .proof,
            "A proof can be read: it is an object.",
            [.proof(.parsing)],
            .rejects,
            "VC Data Integrity 1.0 §4.7"
        ),
        Rule(
            .proof,
            "What the proof covers has a canonical form.",
            [.proof(.proofTransformation)] + dataLossCodes + [.linkedData(.protectedTermRedefinition)] + jsonLDCodes,
            .rejects,
            "VC Data Integrity 1.0 §4.7"
        ),
        Rule(.proof, "There are no more proofs than are read.", [.proof(.sizeLimit)], .rejects, "ours"),
        Rule(
            .proof,
            "A proof has not expired by itself.",
            [.proof(.proofExpired)],
            .rejects,
            "VC Data Integrity 1.0 §2.1"
        ),
        Rule(
            .proof,
            "The kind of proof is one that is verified here.",
            [.proof(.proofUnsupported)],
            .leavesOpen,
            "VC Data Integrity 1.0 §3.1"
        ),
        Rule(
            .proof,
            "The key of an embedded proof is there, can be read, and may be the issuer's; `key` has the rules.",
            [
                .keyUnavailable, .keyUnreadable, .keyNotBound, .keyRevokedLater, .proof(.keyTypeUnsupported),
                .proof(.keyUnsupported),
            ],
            .leavesOpen,
            "Controlled Identifiers 1.0 §3.3"
        ),
        Rule(
            .proof,
            "The key is one of RSA, P-256, P-384 or Ed25519 that may verify, and nothing in it is out of range.",
            [.proof(.keyUnsupported)],
            .rejects,
            "RFC 7517 §4; RFC 8725 §3.5"
        ),
        Rule(
            .proof,
            "The key of an embedded proof is not somebody else's; `key` has the rules.",
            [
                .keyNotIssuers, .keyRevoked, .keyConflict, .proof(.invalidVerificationMethod),
                .proof(.invalidRelationship),
            ],
            .rejects,
            "Controlled Identifiers 1.0 §3.3"
        ),
        Rule(
            .proof,
            "The contexts of an embedded proof are at hand, and canonicalization stays within its budget.",
            openEndCodes,
            .leavesOpen,
            "RDFC-1.0 §7.1"
        ),
        Rule(
            .proof,
            "OpenSSL does what it should.",
            [.cryptography(.openSSLFailure)],
            .leavesOpen,
            "ours"
        ),
        Rule(
            .proof,
            "Of several proofs, or of a proof inside a JWS, the others hold as well as the one that counts: each of the "
                + "codes above, as a warning.",
            [.proofVerification],
            .warns,
            "Open Badges 3.0 §9.1, note"
        ),
        Rule(.proof, "The kind of proof is still made.", [.legacyProof], .warns, "Open Badges 3.0 §8.3"),
        Rule(
            .proof,
            "A proof is not made later than the time asked for, by its own word.",
            [.proofFromFuture],
            .warns,
            "VC Data Integrity 1.0 §2.1"
        ),
        Rule(
            .proof,
            "It was signed under the present body of its contexts.",
            [.contextVariant],
            .warns,
            "ours"
        ),
        Rule(
            .proof,
            "An Open Badges 2.0 badge is signed with RS256.",
            [.unusualAlgorithm],
            .warns,
            "Open Badges 2.0, Signed Badges"
        ),
        Rule(
            .proof,
            "The host of a hosted badge answers at the badge's id.",
            [.unreachable, .hostedMissing],
            .leavesOpen,
            "Open Badges 2.0, Hosted Badges"
        ),
        Rule(
            .proof,
            "What it answers with is that badge, under that id.",
            [.hostedDiffers],
            .rejects,
            "Open Badges 2.0, Hosted Badges"
        ),
        Rule(
            .proof,
            "The copy that was handed in says what the hosted one says, which counts; in Open Badges 3.0, where the "
                + "signature counts, it is asked for with --links.",
            [.hostedCopyDiffers],
            .warns,
            "Open Badges 2.0, Hosted Badges; ours"
        ),
    ]

    static let keyRules: [Rule] = [
        Rule(
            .key,
            "The key is one that the issuer's DID or controller document, or its profile, lists for assertions, or stands "
                + "under the issuer's own origin; a key that travels with the badge proves nothing.",
            [.keyNotIssuers],
            .rejects,
            "Open Badges 3.0 §8.5; Controlled Identifiers 1.0 §3.3"
        ),
        Rule(
            .key,
            "The key that the badge names is in the issuer's document, is the issuer's own, and nothing in it is out of range.",
            [.proof(.invalidVerificationMethod), .proof(.keyUnsupported)],
            .rejects,
            "Controlled Identifiers 1.0 §3.3"
        ),
        Rule(
            .key,
            "The issuer's document lists the key for assertions, and not for something else.",
            [.proof(.invalidRelationship)],
            .rejects,
            "Controlled Identifiers 1.0 §3.3"
        ),
        Rule(
            .key,
            "The key was neither revoked nor expired when the badge says that it was signed.",
            [.keyRevoked],
            .rejects,
            "Controlled Identifiers 1.0 §2.2; Open Badges 2.0, CryptographicKey"
        ),
        Rule(
            .key,
            "Nor is it at the time asked for: when it signed is the signer's own word, so a badge of before may be forged, unless a timestamp by an authority that is named shows it to be older.",
            [.keyRevokedLater],
            .leavesOpen,
            "Controlled Identifiers 1.0 §2.2"
        ),
        Rule(.key, "The key is not younger than the badge.", [.keyNewer], .warns, "ours"),
        Rule(
            .key,
            "The key is named by its own id, and not by its DID alone.",
            [.keyNamedLoosely],
            .warns,
            "Open Badges 3.0 §8.5"
        ),
        Rule(
            .key,
            "One name means one key: kid and jwk, or both forms of a method, agree.",
            [.keyConflict],
            .rejects,
            "Open Badges 3.0 §8.2.6; Controlled Identifiers 1.0 §2.2"
        ),
        Rule(
            .key,
            "The key is a public one, and suits its own algorithm.",
            [.proof(.privateKeyExposed), .proof(.algorithmMismatch)],
            .rejects,
            "RFC 7517 §4; Open Badges 3.0 §8.2.3"
        ),
        Rule(.key, "The JWS names a key, by kid or jwk.", [.proofVerification], .rejects, "Open Badges 3.0 §8.2.3"),
        Rule(
            .key,
            "Documents of the issuer say whose key it is.",
            [.keyNotBound],
            .leavesOpen,
            "Open Badges 3.0 §8.5"
        ),
        Rule(
            .key,
            "The key, and the issuer's documents, can be fetched: by https, from a public address, without leaving the "
                + "origin.",
            [.keyUnavailable],
            .leavesOpen,
            "Open Badges 3.0 §8.5; did:web §3.2"
        ),
        Rule(
            .key,
            "The key, and the issuer's documents, can be read, and are about whom they should be.",
            [.keyUnreadable, .proof(.keyTypeUnsupported)],
            .leavesOpen,
            "Controlled Identifiers 1.0 §3.5"
        ),
        Rule(
            .key,
            "A hosted badge lies where its issuer hosts: under startsWith, at an allowedOrigins, or on its own host.",
            [.scope],
            .rejects,
            "Open Badges 2.0, VerificationObject"
        ),
        Rule(
            .key,
            "A prefix of startsWith ends where a name in the path ends, or beside the issuer's own profile.",
            [.scope],
            .leavesOpen,
            "ours"
        ),
    ]

    static let claimRules: [Rule] = [
        Rule(
            .claims,
            "A VC-JWT has the claims iss, sub, jti and nbf, and exp where the credential ends.",
            [.claimMissing],
            .rejects,
            "Open Badges 3.0 §8.2.6.1"
        ),
        Rule(
            .claims,
            "The claims say what the credential says: issuer, subject, id, beginning and end.",
            [.claimMismatch],
            .rejects,
            "Open Badges 3.0 §8.2.6.1"
        ),
        Rule(
            .claims,
            "A credential of the Data Model 2.0 is the payload itself, and no claim vc in it.",
            [.claimUnexpected],
            .warns,
            "Open Badges 3.0 §8.2.4.1"
        ),
    ]
}
