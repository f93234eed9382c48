package import JSONCore
package import Proofs
import Transport

/// One input, read as far as it can be read without asking anyone: its bytes, and the form that they have.
package struct BadgeInput: Sendable {
    package enum Form: Sendable {
        /// A compact JWS whose payload is JSON.
        case jws(JWS, payload: JSON)
        case json(JSON)
        /// The URL of a badge: what old baked images hold, and what people paste.
        case link(String)
        /// A page for people, which may say where the badge is.
        case page([UInt8])
        /// What it is instead.
        case unreadable(ProblemDetails)
    }

    package let name: String
    /// What came in, as it came.
    let bytes: [UInt8]
    /// The image that it came in, if it did, with every badge that is baked into it.
    let image: BakedImage?
    /// The page for people that led to it, if one did.
    var page: [UInt8]?
    package let form: Form
    package let format: VerificationReport.Format
    /// The URL that the input was fetched from, if it was.
    let url: String?
    /// Who answered for that URL.
    let source: LoadedDocument.Source?

    /// A credential in a résumé is a few kilobytes; one with embedded images and evidence can be some megabytes.
    static let maximumBytes = 8 << 20

    package init(name: String, bytes: [UInt8], url: String? = nil, source: LoadedDocument.Source? = nil) {
        self.init(name: name, bytes: bytes, url: url, source: source, image: nil)
    }

    /// - Parameter image: the one that led to it by an address, if one did.
    init(name: String, bytes: [UInt8], url: String?, source: LoadedDocument.Source?, image: BakedImage?) {
        self.name = name
        self.bytes = bytes
        self.url = url
        self.source = source
        let own: BakedImage?
        (form, own) = Self.read(file: bytes)
        self.image = own ?? image
        format = Self.format(of: form)
    }

    /// An input that stands within another document.
    init(name: String, document: JSON) {
        self.name = name
        (bytes, image) = ([], nil)
        (url, source) = (nil, nil)
        form = .json(document)
        format = Self.format(of: form)
    }

    /// The document that makes the claims: the payload of a JWS, or the JSON itself.
    package var document: JSON? {
        switch form {
        case .jws(_, let payload): payload
        case .json(let json): json
        case .link, .page, .unreadable: nil
        }
    }

    /// What kind of credential it says that it is; `nil` for everything but credentials.
    var kind: CredentialKind? {
        guard let document else { return nil }
        return CredentialKind(types: (isJWS ? document["vc"] ?? document : document).types)
    }

    /// Whether it is a compact JWS, and the document its payload.
    var isJWS: Bool {
        if case .jws = form { true } else { false }
    }

    /// A badge is a text, or an image that carries the text.
    private static func read(file bytes: [UInt8]) -> (Form, BakedImage?) {
        guard Bakery.format(of: bytes) != nil else { return (read(bytes), nil) }
        do {
            let image = try Bakery.unbake(bytes)
            return (read(image.preferred.bytes), image)
        } catch {
            // An image without a badge is what people send as a proof, in good faith.
            let code = error.code == .notBaked ? .notABadge : ProblemDetails.Code.image(error.code)
            return (unreadable(code, error.detail), nil)
        }
    }

    private static func unreadable(
        _ code: ProblemDetails.Code,
        _ detail: String,
        _ check: CheckName = .container
    ) -> Form {
        .unreadable(ProblemDetails(code: code, severity: .failure, detail: detail, check: check, path: nil))
    }

    private static func read(_ bytes: [UInt8]) -> Form {
        guard bytes.count <= maximumBytes else {
            return unreadable(.limit, "the input is larger than \(maximumBytes >> 20) MiB")
        }
        let text = trimmed(bytes)
        guard let first = text.first else { return unreadable(.notABadge, "the input is empty") }
        if first == UInt8(ascii: "{") {
            do {
                return .json(try JSON(parsing: Array(text)))
            } catch {
                return unreadable(.parsing, "the JSON cannot be read: \(error)", .json)
            }
        }
        if let url = url(text) { return .link(url) }
        if PageLinks.isPage(bytes) { return .page(bytes) }
        let jws: JWS
        do {
            jws = try JWS(compact: Array(text))
        } catch {
            guard isCompactJWSText(text) else { return unreadable(.notABadge, advice(for: bytes)) }
            return unreadable(.parsing, "the JWS cannot be read: \(error.detail)")
        }
        do {
            return .jws(jws, payload: try JSON(parsing: jws.payload))
        } catch {
            return unreadable(.parsing, "the payload of the JWS is no JSON: \(error.detail)", .json)
        }
    }

    private static func trimmed(_ bytes: [UInt8]) -> ArraySlice<UInt8> {
        func isSpace(_ byte: UInt8) -> Bool { byte == 0x20 || (0x09...0x0D).contains(byte) }
        // Editors on Windows put a byte order mark before JSON; it says nothing.
        let bytes = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? bytes[3...] : bytes[...]
        guard let start = bytes.firstIndex(where: { !isSpace($0) }), let end = bytes.lastIndex(where: { !isSpace($0) })
        else { return [] }
        return bytes[start...end]
    }

    /// A text that is one web URL, and nothing else.
    private static func url(_ text: ArraySlice<UInt8>) -> String? {
        guard text.count <= WebURL.maximumLength, text.starts(with: Array("http".utf8)) else { return nil }
        let url = String(decoding: text, as: UTF8.self)
        return IRI.isWeb(url) && IRI.isAbsolute(url) ? url : nil
    }

    private static func isCompactJWSText(_ text: ArraySlice<UInt8>) -> Bool {
        // The padding makes it a JWS that cannot be read, and is none of a letter's characters.
        text.contains(UInt8(ascii: "."))
            && text.allSatisfy { $0.isBase64URL || $0 == UInt8(ascii: ".") || $0 == UInt8(ascii: "=") }
    }

    /// What to tell somebody whose file is no badge.
    private static func advice(for bytes: [UInt8]) -> String {
        if bytes.starts(with: [0xFF, 0xD8, 0xFF]) {
            return "a JPEG image holds no badge; ask the candidate for the original badge file or for its link"
        }
        if bytes.starts(with: Array("%PDF".utf8)) {
            return "this is a PDF; ask the candidate for the badge file itself or for its link"
        }
        return "there is neither a JSON object nor a JWS in it"
    }

    private static func format(of form: Form) -> VerificationReport.Format {
        switch form {
        case .link, .page, .unreadable: return .none
        case .jws(_, let payload):
            // A VC-JWT of Data Model 1.1 holds the credential in a claim.
            let credential = payload["vc"] ?? payload
            if credential.types.contains(where: isOB3Type) { return .ob3JWT }
            if credential.types.contains("EndorsementCredential") { return .endorsement }
            if credential.types.contains("ClrCredential") { return .clr }
            return OB2Recognition.format(of: payload, isJWS: true) ?? .none
        case .json(let json):
            if json.types.contains(where: isOB3Type) { return .ob3Proof }
            if json.types.contains("EndorsementCredential") { return .endorsement }
            if json.types.contains("ClrCredential") { return .clr }
            return OB2Recognition.format(of: json, isJWS: false) ?? .none
        }
    }

    private static func isOB3Type(_ type: String) -> Bool {
        type == "OpenBadgeCredential" || type == "AchievementCredential"
    }
}

extension JSON {
    /// The names in `type`, single or several.
    var types: [String] {
        switch self["type"] {
        case .string(let one): [one]
        case .array(let many): many.compactMap(\.string)
        default: []
        }
    }

    /// The URLs in `@context`, single or several.
    var contexts: [String] {
        switch self["@context"] {
        case .string(let one): [one]
        case .array(let many): many.compactMap(\.string)
        default: []
        }
    }
}
