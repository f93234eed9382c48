/// What images, and credentials on their way into them, can be wrong in.
extension OpenBadgesError.Code {
    /// The file is neither PNG nor SVG: no badge can be in it, or go into it.
    public static let imageUnsupported = Self(rawValue: "IMAGE_UNSUPPORTED")
    /// The file is no well-formed PNG or SVG.
    public static let imageMalformed = Self(rawValue: "IMAGE_MALFORMED")
    /// The SVG holds what can run code or fetch from elsewhere, or entities that it declares itself.
    public static let imageUnsafe = Self(rawValue: "IMAGE_UNSAFE")
    /// There is no badge in the image.
    public static let notBaked = Self(rawValue: "NOT_BAKED")
    /// There is a badge in the image already.
    public static let alreadyBaked = Self(rawValue: "ALREADY_BAKED")
    /// The text is no credential that an image can carry.
    public static let notBakeable = Self(rawValue: "NOT_BAKEABLE")
}
