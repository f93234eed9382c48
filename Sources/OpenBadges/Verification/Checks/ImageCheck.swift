/// `image`: does the image that carries the badge agree with the badge?
enum ImageCheck {
    static func run(_ inspection: inout Inspection) {
        inspection.record(.image, .skipped, "the input is no image")
    }
}
