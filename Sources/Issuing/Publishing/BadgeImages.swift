import OpenBadges

/// The images of the policies' achievements, each with a badge baked into it for everyone who earned it.
///
/// One form of a badge goes into its image: a VC-JWT before an embedded proof, Open Badges 3.0 before 2.0.
/// Source: Open Badges 3.0 §5.3; Open Badges 2.0, Baking.
struct BadgeImages {
    /// An image, looked at once for each generation of badges that goes into it.
    private struct Blank {
        let file: String
        let bytes: [UInt8]
        var prepared: [BadgeGeneration: BlankBadge] = [:]
    }

    private static let preference: [BadgeForm] = [.ob3JWT, .ob3Proof, .ob2Signed, .ob2Hosted]
    private var blanks: [String: Blank] = [:]
    private let layout: HostedLayout

    init(baseURL: String) {
        layout = HostedLayout(baseURL: baseURL)
    }

    /// - Parameter file: the image's own, for errors.
    mutating func add(_ bytes: [UInt8], file: String, policy: String) {
        blanks[policy] = Blank(file: file, bytes: bytes)
    }

    /// The image of a badge, and the path under which it is published; `nil` where its policy has no image.
    ///
    /// - Throws: ``IssuingError`` `IMAGE_MALFORMED`, `IMAGE_UNSAFE`, … where the policy's image cannot carry a badge.
    mutating func image(of badge: LedgerBadge) throws(IssuingError) -> (path: String, bytes: [UInt8])? {
        guard var blank = blanks[badge.policy], let form = Self.preference.first(where: { badge.documents[$0] != nil }),
            let document = badge.documents[form]
        else { return nil }
        let generation: BadgeGeneration = form == .ob3JWT || form == .ob3Proof ? .ob3 : .ob2
        let isJWS = form == .ob3JWT || form == .ob2Signed
        let credential = BakeableCredential(
            unchecked: document,
            generation: generation,
            form: isJWS ? .jws : .json,
            url: form == .ob2Hosted ? layout.url(HostedLayout.document(badge.id, form)) : nil
        )
        do throws(OpenBadgesError) {
            let prepared: BlankBadge
            if let known = blank.prepared[generation] {
                prepared = known
            } else {
                prepared = try BlankBadge(blank.bytes, for: generation)
                blank.prepared[generation] = prepared
                blanks[badge.policy] = blank
            }
            return (HostedLayout.image(of: badge.id, prepared.format), try prepared.baked(with: credential))
        } catch {
            throw IssuingError(
                .init(rawValue: error.code.rawValue),
                "the achievement's image cannot carry a badge: \(error.detail)",
                file: blank.file,
                hint: "badges are baked into PNG and SVG images without scripts, links or a badge of their own"
            )
        }
    }
}
