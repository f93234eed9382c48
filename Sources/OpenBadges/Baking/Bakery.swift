import Cryptography

/// The kinds of images that carry badges.
public enum ImageFormat: String, Sendable, Hashable, CaseIterable {
    case png, svg
}

/// What baking does where it may do this or that.
public struct BakingOptions: Sendable, Hashable {
    /// What to do with a badge that is in the image already.
    public enum Existing: Sendable, Hashable {
        /// Throw `ALREADY_BAKED`.
        case refuse
        /// Take out every badge that is in it, of both generations.
        case replace
        /// Replace what is of the same generation, and leave the other: so an image can serve readers of both.
        case keepOtherGeneration
    }

    /// What to do with an SVG that can run code or fetch from elsewhere.
    public enum ActiveContent: Sendable, Hashable {
        /// Throw `IMAGE_UNSAFE`, naming what and where.
        case refuse
        /// Take it out.
        case strip
    }

    public var existing: Existing
    public var activeContent: ActiveContent
    /// Whether the picture of a PNG is inflated to see that it is whole. It takes a hundred times as long as all else.
    public var checksPicture: Bool

    public init(existing: Existing = .refuse, activeContent: ActiveContent = .refuse, checksPicture: Bool = true) {
        self.existing = existing
        self.activeContent = activeContent
        self.checksPicture = checksPicture
    }
}

/// Puts credentials into images, and takes them out: PNG and SVG, Open Badges 2.0 and 3.0. OB 3.0 §5.3; OB 2.0 Baking
///
/// Nothing here verifies a credential. What an image's bytes are is found out from the bytes, never from a file's name.
///
/// For example:
/// ```swift
/// let baked = try Bakery.bake(jwt, into: logo)
/// let found = try Bakery.unbake(baked).preferred.bytes   // == jwt
/// ```
public enum Bakery {
    /// What kind of image bytes are; `nil` where they are neither.
    public static func format(of image: [UInt8]) -> ImageFormat? {
        if PNGChunkReader.hasSignature(image) { return .png }
        // A signature with a damaged byte or two is a damaged PNG: so its error will say that.
        if zip(PNGChunkReader.signature, image).count(where: { $0 == $1 }) >= 4 { return .png }
        return SVGDocument.looksLikeSVG(image) ? .svg : nil
    }

    /// An image with a credential in it. For many badges of one image, see ``BlankBadge``.
    ///
    /// Everything but the credential's own chunk or element stays as it was, byte for byte.
    ///
    /// - Parameter credential: a compact JWS, or JSON with an embedded proof, or a hosted assertion.
    /// - Throws: `NOT_BAKEABLE`, `ALREADY_BAKED`, `IMAGE_UNSUPPORTED`, `IMAGE_MALFORMED`, `IMAGE_UNSAFE`,
    ///   `LIMIT_EXCEEDED`.
    public static func bake(
        _ credential: [UInt8],
        into image: [UInt8],
        options: BakingOptions = BakingOptions(),
        limits: BakingLimits = .standard
    ) throws(OpenBadgesError) -> [UInt8] {
        let credential = try BakeableCredential(credential, limits: limits)
        return try BlankBadge(image, for: credential.generation, options: options, limits: limits).baked(
            with: credential
        )
    }

    /// Every badge in an image, as it stands.
    ///
    /// - Throws: `NOT_BAKED` where there is none, `IMAGE_UNSUPPORTED`, `IMAGE_MALFORMED`, `IMAGE_UNSAFE` for an SVG
    ///   with entities of its own, `LIMIT_EXCEEDED`.
    public static func unbake(
        _ image: [UInt8],
        limits: BakingLimits = .standard
    ) throws(OpenBadgesError) -> BakedImage {
        let found: BakedImage?
        switch format(of: image) {
        case .png: found = try PNGImage.unbake(image, limits: limits)
        case .svg: found = try SVGDocument(image, limits: limits).bakedImage
        case nil: throw unsupported(image)
        }
        guard let found else {
            throw OpenBadgesError(
                .notBaked,
                "there is no badge in the image: a screenshot, or a copy that some program saved anew, has lost it; "
                    + "ask for the original file or for the badge's link"
            )
        }
        return found
    }

    /// The image as it was before a badge was baked into it.
    ///
    /// What other programs changed besides is not undone: they may have written the whole file anew.
    ///
    /// - Throws: `IMAGE_UNSUPPORTED`, `IMAGE_MALFORMED`, `IMAGE_UNSAFE`, `LIMIT_EXCEEDED`.
    public static func removingBadges(
        from image: [UInt8],
        limits: BakingLimits = .standard
    ) throws(OpenBadgesError) -> [UInt8] {
        switch format(of: image) {
        case .png: return try PNGImage(image, checksPicture: false, limits: limits).removing { _ in true }
        case .svg: return try SVGDocument(image, limits: limits).removingBadges { _ in true }
        case nil: throw unsupported(image)
        }
    }

    /// The SHA-256 digest of the image as it was before a badge was baked into it: the same for a baked image and for
    /// the achievement's own image that it was made from.
    ///
    /// - Throws: as ``removingBadges(from:limits:)``.
    public static func digest(
        ofImage image: [UInt8],
        limits: BakingLimits = .standard
    ) throws(OpenBadgesError) -> [UInt8] {
        DigestAlgorithm.sha256.digest(try removingBadges(from: image, limits: limits))
    }

    static func unsupported(_ image: [UInt8]) -> OpenBadgesError {
        let detail =
            if image.starts(with: [0xFF, 0xD8, 0xFF]) {
                "this is a JPEG, which holds no badge; badges are PNG or SVG"
            } else if image.starts(with: [0xFF, 0xFE]) || image.starts(with: [0xFE, 0xFF]) {
                "this is text in UTF-16; an SVG has to be saved in UTF-8"
            } else if image.isEmpty {
                "the image is empty"
            } else {
                "this is neither a PNG nor an SVG image"
            }
        return OpenBadgesError(.imageUnsupported, detail)
    }
}
