import JSONCore
import Proofs

/// The images of a badge class and its issuer: PNG or SVG, written into the document or at a URL.
///
/// An image that cannot be fetched is a warning: nothing that a badge says depends on it. The assertion's own image is
/// the badge itself, baked: it is fetched only where its name does not say that it is PNG or SVG.
/// Source: Open Badges 2.0, "Image".
enum OB2ImageCheck {
    static func run(_ inspection: inout Inspection) {
        for node in inspection.related.nodes where [.assertion, .badgeClass, .issuer].contains(node.reading.role) {
            guard let image = node.reading.members["image"], let url = image.string ?? image["id"]?.string else {
                continue
            }
            let pointer = JSONPointer().appending("image")
            let place = node.place(image.string == nil ? pointer.appending("id") : pointer)
            if url.hasPrefix("data:") {
                checkData(url, at: place, &inspection)
            } else if IRI.isWeb(url), node.reading.role != .assertion || !Self.hasImageName(url) {
                checkFetched(url, of: node.reading.role, at: place, &inspection)
            }
        }
    }

    private static func hasImageName(_ url: String) -> Bool {
        let path = url.prefix { $0 != "?" && $0 != "#" }.lowercased()
        return path.hasSuffix(".png") || path.hasSuffix(".svg")
    }

    private static func checkFetched(
        _ url: String,
        of role: OB2.Role,
        at place: JSONPointer,
        _ inspection: inout Inspection
    ) {
        let reason: String
        switch inspection.document(url) {
        case .pending: return
        case .answer(.found(let document)):
            if !isImage(document.body) {
                fail("the image of its \(role.name) is neither PNG nor SVG", at: place, &inspection)
            }
            return
        case .answer(.gone): reason = "the server answers 410, gone"
        case .answer(.missing(let status)): reason = "the server answers \(status)"
        case .answer(.unreachable(let text)): reason = text
        }
        inspection.report(
            .imageUnavailable,
            "the image of its \(role.name) cannot be fetched: \(reason)",
            check: .schema,
            severity: .warning,
            at: place
        )
    }

    /// RFC 2397. That it is said to be PNG or SVG, the class's table sees to.
    private static func checkData(_ url: String, at place: JSONPointer, _ inspection: inout Inspection) {
        guard ValueRange.isImageData(url) else { return }
        guard let comma = url.firstIndex(of: ",") else {
            return fail("the image's data: URL has no data in it", at: place, &inspection)
        }
        let data = url[url.index(after: comma)...]
        guard url[..<comma].lowercased().hasSuffix(";base64") else {
            if data.isEmpty { fail("the image's data: URL has no data in it", at: place, &inspection) }
            return  // percent-encoded SVG: nothing is shown from it here
        }
        // Base64 of either alphabet, with its padding or without; the beginning says what it is.
        let digits = data.utf8.prefix { $0 != UInt8(ascii: "=") }.lazy.filter { $0 > 0x20 }.prefix(5464)
            .map { byte -> UInt8 in
                switch byte {
                case UInt8(ascii: "+"): UInt8(ascii: "-")
                case UInt8(ascii: "/"): UInt8(ascii: "_")
                default: byte
                }
            }
        let whole = Array(digits)
        guard let bytes = try? Base64URL.decode(whole[..<(whole.count / 4 * 4)]), isImage(bytes) else {
            return fail("the data in the image's data: URL is neither PNG nor SVG", at: place, &inspection)
        }
    }

    private static func fail(_ detail: String, at place: JSONPointer, _ inspection: inout Inspection) {
        inspection.report(.imageType, detail, check: .schema, at: place)
    }

    /// By the bytes and not by what the server says: a name is easily given.
    static func isImage(_ bytes: [UInt8]) -> Bool {
        Bakery.format(of: bytes) != nil
    }
}
