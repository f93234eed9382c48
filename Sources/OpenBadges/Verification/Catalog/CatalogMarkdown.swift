/// The catalogue as a page for people: `docs/checks.md`.
extension CheckCatalog {
    /// What no check looks at, and why: so that nobody takes silence for a pass.
    public static let limits: [String] = [
        "**What a web page says.** A page that leads to a badge has to name its achievement; what else it claims is not "
            + "compared. The report repeats what is signed or hosted.",
        "**What evidence shows.** A live link proves nothing by itself; only a digest that the issuer signed (in "
            + "`relatedResource`) says that it is what the issuer saw. Links are fetched with `--links` alone, since it "
            + "tells their hosts who is being looked at.",
        "**When a key signed.** A signature's date is the signer's word: so a key that was revoked makes a badge that is "
            + "dated before unknown, and one that is dated after rejected. A key that was only replaced stays listed and "
            + "goes on counting.",
        "**The order of rubric levels.** The specification does not say which of two levels is the higher, so that "
            + "`requiredLevel` is shown and not compared.",
        "**Another copy of a credential of Open Badges 3.0**, unless with `--links`. It is the signature that counts, not "
            + "its host; a newer version is asked for where the credential names a refresh service.",
    ]

    /// The whole catalogue as Markdown: an introduction, a table for each check, and what is not checked.
    public static let markdown: String = {
        var lines = [
            "# Checks",
            "",
            "Every verification makes these checks, in this order, and a report names each of them once: `passed`, `failed`, "
                + "`undetermined`, `skipped` or `warned`.",
            "A rule that is broken is reported as a problem with the code beside it: it *rejects* the badge, *leaves* it "
                + "*open* (undetermined: it cannot be known), or *warns*.",
            "This page is made from the code (`make docs`), and `badge checks CODE` says what to do about one.",
        ]
        for check in CheckName.standard {
            lines += ["", "## \(check.rawValue)", ""]
            let rules = rules(of: check)
            lines += ["| rule | code | consequence | source |", "|---|---|---|---|"]
            for rule in rules {
                let codes = rule.codes.map { "`\($0)`" }.joined(separator: ", ")
                lines.append("| \(rule.sentence) | \(codes) | \(rule.consequence.rawValue) | \(rule.source) |")
            }
        }
        lines += ["", "## Not checked, and why", ""]
        lines += limits.map { "- \($0)" }
        return lines.joined(separator: "\n") + "\n"
    }()
}
