/// How much is read of an image, which anybody may have made.
public struct BakingLimits: Sendable, Hashable {
    /// The largest PNG. A poster is 20 MiB; the specification's advice for a badge is 256 KB.
    public var imageBytes = 32 << 20
    /// The largest SVG, of which every byte is looked at: with photographs in it, some have 5 MiB.
    public var svgBytes = 8 << 20
    /// The largest credential, and what a compressed one may inflate to. One with embedded evidence is some 100 KiB.
    public var credentialBytes = 4 << 20
    /// How many places of an image may hold a badge: one of each kind is seven, and no more are called for.
    public var carriers = 16
    /// How many chunks a PNG may have. 32 MiB in the pieces of 8 KiB that libpng writes are 4,096.
    public var chunks = 65_536
    /// How much the picture of a PNG may inflate to when it is checked: 8,192 × 8,192 points in 8-bit RGBA.
    public var pixelBytes = 256 << 20
    /// How deep the elements of an SVG may be nested. Drawing programs stay below 50.
    public var depth = 256
    /// How many attributes an element of an SVG may have. Inkscape's own settings are 30.
    public var attributes = 256
    /// How many namespaces may be declared at one place of an SVG. Inkscape declares a dozen.
    public var namespaces = 64
    /// How many active things in an SVG are looked for: what has more was never meant as a picture.
    public var findings = 10_000

    public init() {}

    /// What the defaults say.
    public static let standard = BakingLimits()
}
