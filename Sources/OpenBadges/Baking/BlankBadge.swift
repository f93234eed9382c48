/// An image that credentials are baked into: looked at once, used for any number of badges.
///
/// For example:
/// ```swift
/// let blank = try BlankBadge(logo, for: .ob3)
/// for jwt in jwts { try write(blank.baked(with: BakeableCredential(jwt))) }
/// ```
public struct BlankBadge: Sendable {
    private enum Mould: Sendable {
        case png(bytes: [UInt8], insertion: Int)
        case svg(SVGMould)
    }

    /// The generation of the credentials that it takes.
    public let generation: BadgeGeneration
    /// The kind of image.
    public var format: ImageFormat {
        if case .png = mould { .png } else { .svg }
    }

    private let mould: Mould

    /// Looks at an image, and takes out what is in the way as far as the options allow.
    ///
    /// - Throws: `ALREADY_BAKED`, `IMAGE_UNSUPPORTED`, `IMAGE_MALFORMED`, `IMAGE_UNSAFE`, `LIMIT_EXCEEDED`.
    public init(
        _ image: [UInt8],
        for generation: BadgeGeneration,
        options: BakingOptions = BakingOptions(),
        limits: BakingLimits = .standard
    ) throws(OpenBadgesError) {
        func isUnwanted(_ other: BadgeGeneration) -> Bool {
            options.existing == .replace || other == generation
        }
        self.generation = generation
        switch Bakery.format(of: image) {
        case .png:
            let png = try PNGImage(image, checksPicture: options.checksPicture, limits: limits)
            if !png.badges.isEmpty && options.existing == .refuse { throw Self.alreadyBaked }
            // The badges stand behind IHDR: taking them out moves nothing before.
            mould = .png(bytes: png.removing(isUnwanted), insertion: png.insertion)
        case .svg:
            var svg = try SVGDocument(image, activeContent: options.activeContent, limits: limits)
            if svg.bakedImage != nil && options.existing == .refuse { throw Self.alreadyBaked }
            let cleaned = svg.removingActiveContentAndBadges(isUnwanted)
            if cleaned.count != image.count {
                // What was taken out may have hidden something: the rest has to be safe by itself.
                svg = try SVGDocument(cleaned, activeContent: .refuse, limits: limits)
            }
            try svg.requireSafety()
            mould = .svg(try SVGMould(svg))
        case nil: throw Bakery.unsupported(image)
        }
    }

    /// The image with a credential in it.
    ///
    /// - Throws: `NOT_BAKEABLE` where the credential is of the other generation.
    public func baked(with credential: BakeableCredential) throws(OpenBadgesError) -> [UInt8] {
        guard credential.generation == generation else {
            throw OpenBadgesError(.notBakeable, "the image was made ready for \(generation.name)")
        }
        switch mould {
        case .png(let bytes, let insertion):
            var output: [UInt8] = []
            output.reserveCapacity(bytes.count + PNGTextChunk.length(of: credential))
            output += bytes[..<insertion]
            PNGTextChunk.append(credential, to: &output)
            output += bytes[insertion...]
            return output
        case .svg(let mould):
            return mould.baked(with: credential)
        }
    }

    private static var alreadyBaked: OpenBadgesError {
        OpenBadgesError(.alreadyBaked, "there is a badge in the image already")
    }
}
