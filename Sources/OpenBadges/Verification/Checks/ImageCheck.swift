import JSONCore

/// `image`: is the image that carries the badge as it should be, and the achievement's own? And the page that led to it?
///
/// Nothing here makes a badge good or bad: the badge in an image is signed, the picture around it is not. Another picture
/// than the achievement's, or a second badge beside the first, is what people should know.
enum ImageCheck {
    static func run(_ inspection: inout Inspection) {
        checkPage(&inspection)
        guard let image = inspection.input.image else {
            guard inspection.input.page != nil else {
                return inspection.record(.image, .skipped, "the input is no image")
            }
            return inspection.conclude(.image, otherwise: "the page that led to it names its achievement")
        }
        for warning in image.warnings {
            let code = ProblemDetails.Code(warning.code.rawValue, "An image that is baked in an odd way")
            inspection.report(code, warning.detail, check: .image, severity: .warning)
        }
        let comparison = compare(&inspection)
        inspection.conclude(.image, otherwise: comparison)
    }

    /// A page is not signed; one that shows another achievement than its badge has would be believed all the same.
    private static func checkPage(_ inspection: inout Inspection) {
        let name = inspection.achievementCredential?.subject.achievement.name ?? inspection.badgeClass?.name ?? ""
        guard let page = inspection.input.page, !PageText.says(name, on: page) else { return }
        inspection.report(
            .pageDiffers,
            "the page that led to it does not name the achievement that the badge is for",
            check: .image,
            severity: .warning
        )
    }

    /// With the achievement's picture, where that is at hand; what people make of it otherwise is theirs.
    private static func compare(_ inspection: inout Inspection) -> String {
        guard let url = pictureURL(inspection), IRI.isWeb(url) else {
            return "baked as the specification says; its achievement has no picture to compare it with"
        }
        guard case .answer(.found(let document)) = inspection.document(url),
            let expected = try? Bakery.digest(ofImage: document.body)
        else { return "baked as the specification says; its achievement's picture is not at hand" }
        // Hosts bake into one format what they show in another, which is no difference that pictures can show.
        guard Bakery.format(of: document.body) == inspection.input.image?.format,
            let own = try? Bakery.digest(ofImage: inspection.input.bytes)
        else { return "baked as the specification says; its achievement's picture is of another format" }
        if own != expected {
            inspection.report(
                .imageDiffers,
                "the picture around the badge is another one than its achievement's",
                check: .image,
                severity: .warning
            )
        }
        return "baked as the specification says, into its achievement's own picture"
    }

    private static func pictureURL(_ inspection: Inspection) -> String? {
        inspection.achievementCredential?.subject.achievement.image?.id ?? inspection.badgeClass?.image
    }
}
