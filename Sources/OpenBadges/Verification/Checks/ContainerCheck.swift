import JSONCore

/// `container` and `json`: can the input be read at all, and what is it?
enum ContainerCheck {
    static func container(_ inspection: inout Inspection) {
        switch inspection.input.form {
        case .unreadable(let problem) where problem.check == .container:
            inspection.report(problem)
            // Why the image cannot be read is one thing; that nothing in it is a badge is what follows.
            if problem.code.rawValue.hasPrefix("IMAGE_") {
                inspection.report(.notABadge, "no badge can be read from the image", check: .container)
            }
            inspection.record(.container, .failed, problem.detail)
        case .jws:
            inspection.record(.container, .passed, place(inspection) ?? "a compact JWS")
        case .json, .unreadable:
            inspection.record(.container, .passed, place(inspection) ?? "a text file")
        case .link, .page:
            inspection.conclude(
                .container,
                .notABadge,
                "it is a page or a link, and no badge was found behind it: ask the candidate for the badge file itself"
            )
        }
    }

    private static func place(_ inspection: Inspection) -> String? {
        inspection.input.image.map {
            "baked into \($0.format == .png ? "a PNG" : "an SVG") (\($0.preferred.kind.rawValue))"
        }
    }

    static func json(_ inspection: inout Inspection) {
        switch inspection.input.form {
        case .unreadable(let problem) where problem.check == .json:
            inspection.report(problem)
            inspection.record(.json, .failed, problem.detail)
        case .unreadable, .link, .page:
            inspection.record(.json, .skipped, "there is nothing to check")
        case .jws, .json:
            inspection.record(.json, .passed, "well-formed JSON")
            inspection.resolveOB2Documents()
        }
    }
}
