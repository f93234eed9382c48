import Cryptography
import OpenBadges

/// The images of the policies' achievements, each with a badge baked into it for everyone who earned it.
///
/// One form of a badge goes into its image: a VC-JWT before an embedded proof, Open Badges 3.0 before 2.0.
/// Source: Open Badges 3.0 §5.3; Open Badges 2.0, Baking.
struct BadgeImages: Sendable {
    /// An image, looked at once for each generation of badges that goes into it.
    private struct Blank: Sendable {
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

    /// What the images are, for telling whether they have changed.
    var material: [String] {
        blanks.sorted { $0.key < $1.key }.map { policy, blank in
            "\(policy) \(Hexadecimal.encode(DigestAlgorithm.sha256.digest(blank.bytes)))"
        }
    }

    /// Looks at the images that badges go into, each once; ``image(of:)`` can then be asked from any thread.
    ///
    /// - Throws: ``IssuingError`` `IMAGE_MALFORMED`, `IMAGE_UNSAFE`, … where the policy's image cannot carry a badge.
    mutating func prepare(for badges: [LedgerBadge]) throws(IssuingError) {
        for badge in badges {
            guard let form = Self.form(of: badge), let blank = blanks[badge.policy] else { continue }
            let generation = Self.generation(of: form)
            guard blank.prepared[generation] == nil else { continue }
            do throws(OpenBadgesError) {
                blanks[badge.policy]?.prepared[generation] = try BlankBadge(blank.bytes, for: generation)
            } catch {
                throw Self.failure(error, blank.file)
            }
        }
    }

    /// The image of a badge, and its format; `nil` where its policy has no image.
    ///
    /// - Throws: ``IssuingError`` where the badge does not go into the image.
    func image(of badge: LedgerBadge) throws(IssuingError) -> (format: ImageFormat, bytes: [UInt8])? {
        guard let form = Self.form(of: badge), let document = badge.documents[form],
            let blank = blanks[badge.policy], let prepared = blank.prepared[Self.generation(of: form)]
        else { return nil }
        let isJWS = form == .ob3JWT || form == .ob2Signed
        let credential = BakeableCredential(
            unchecked: document,
            generation: Self.generation(of: form),
            form: isJWS ? .jws : .json,
            url: form == .ob2Hosted ? layout.url(HostedLayout.document(badge.id, form)) : nil
        )
        do throws(OpenBadgesError) {
            return (prepared.format, try prepared.baked(with: credential))
        } catch {
            throw Self.failure(error, blank.file)
        }
    }

    private static func form(of badge: LedgerBadge) -> BadgeForm? {
        preference.first { badge.documents[$0] != nil }
    }

    private static func generation(of form: BadgeForm) -> BadgeGeneration {
        form == .ob3JWT || form == .ob3Proof ? .ob3 : .ob2
    }

    private static func failure(_ error: OpenBadgesError, _ file: String) -> IssuingError {
        IssuingError(
            .init(rawValue: error.code.rawValue),
            "the achievement's image cannot carry a badge: \(error.detail)",
            file: file,
            hint: "badges are baked into PNG and SVG images without scripts, links or a badge of their own"
        )
    }
}
