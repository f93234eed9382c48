import JSONCore
import Proofs

/// A credential that was looked at as far as baking needs: which generation it is of, and how it is secured.
///
/// Nothing is verified. What could never verify is refused, though: a credential without a proof, an assertion that
/// names no URL.
public struct BakeableCredential: Sendable, Hashable {
    /// How it is secured, which decides where in an SVG it stands.
    public enum Form: Sendable, Hashable {
        /// A compact JWS.
        case jws
        /// JSON with an embedded proof, or a hosted assertion.
        case json
    }

    public let generation: BadgeGeneration
    public let form: Form
    /// The text that goes into the image: a JWS without white space around it; JSON as it was given.
    public let bytes: [UInt8]
    /// The URL of a hosted assertion.
    let url: String?

    /// Looks at a credential.
    ///
    /// - Parameter text: a compact JWS or JSON in UTF-8; white space around it does no harm.
    /// - Throws: `NOT_BAKEABLE` where it is neither, or nothing that images carry; `LIMIT_EXCEEDED`.
    public init(_ text: [UInt8], limits: BakingLimits = .standard) throws(OpenBadgesError) {
        guard text.count <= limits.credentialBytes else {
            throw OpenBadgesError(.limitExceeded, "the credential is larger than \(limits.credentialBytes) bytes")
        }
        let core = text.withoutOuterSpace
        let found = try Self.read(core, limits: limits)
        let hasMark = text.starts(with: [0xEF, 0xBB, 0xBF])
        self.init(
            unchecked: found.form == .jws ? Array(core) : hasMark ? Array(text[3...]) : text,
            generation: found.generation,
            form: found.form,
            url: try Self.securing(found)
        )
    }

    /// A credential that the caller has just signed, and so knows already; nothing is looked at.
    ///
    /// - Parameter url: the id of a hosted assertion of Open Badges 2.0.
    package init(unchecked bytes: [UInt8], generation: BadgeGeneration, form: Form, url: String? = nil) {
        self.generation = generation
        self.form = form
        self.bytes = bytes
        self.url = url
    }

    /// What a text says that it is.
    struct Reading {
        var generation: BadgeGeneration
        var form: Form
        var document: JSON
    }

    static func read(_ text: ArraySlice<UInt8>, limits: BakingLimits) throws(OpenBadgesError) -> Reading {
        guard text.count <= limits.credentialBytes, let first = text.first else {
            throw OpenBadgesError(.notBakeable, "there is no credential")
        }
        let form: Form = first == UInt8(ascii: "{") ? .json : .jws
        var document: JSON
        do {
            document = try JSON(parsing: form == .json ? Array(text) : JWS(compact: Array(text)).payload)
        } catch {
            throw OpenBadgesError(.notBakeable, "the credential is neither JSON nor a compact JWS of JSON")
        }
        // A VC-JWT of Data Model 1.1 holds the credential in a claim.
        if form == .jws, let inner = document["vc"] { document = inner }
        let types = document.types
        if types.contains("OpenBadgeCredential") || types.contains("AchievementCredential") {
            return Reading(generation: .ob3, form: form, document: document)
        }
        if types.contains("Assertion") { return Reading(generation: .ob2, form: form, document: document) }
        throw OpenBadgesError(
            .notBakeable,
            "an image carries an OpenBadgeCredential or an Assertion, and this is neither"
        )
    }

    /// Refuses what could never verify, and finds the URL of a hosted assertion.
    private static func securing(_ reading: Reading) throws(OpenBadgesError) -> String? {
        guard reading.form == .json else { return nil }
        switch reading.generation {
        case .ob3:
            let proof = reading.document["proof"]
            guard proof?.object != nil || proof?.array?.isEmpty == false else {
                throw OpenBadgesError(.notBakeable, "the credential has no proof, and could never be verified")
            }
            return nil
        case .ob2:
            guard let id = reading.document["id"]?.string, IRI.isWeb(id), IRI.isAbsolute(id) else {
                throw OpenBadgesError(
                    .notBakeable,
                    "the assertion's id is no URL to check it at; of a signed assertion, the JWS is baked"
                )
            }
            return id
        }
    }
}
