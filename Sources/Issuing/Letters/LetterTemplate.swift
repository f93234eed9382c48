import Mustache
import OpenBadges

/// What a letter says: a subject, a text, and the same in HTML.
///
/// A workspace's own stand in `templates/NAME.LOCALE.txt` (its first line `Subject: …`) and `templates/NAME.LOCALE.html`,
/// or without the locale; else those of this file are taken. They are Mustache: `{{given}}`, `{{#report}}…{{/report}}`.
struct LetterTemplate {
    private let subject: MustacheTemplate
    private let text: MustacheTemplate
    private let html: MustacheTemplate?

    /// - Throws: ``IssuingError`` `LETTER_TEMPLATE` where there is none, or it cannot be read.
    init(_ name: String, locale: String, workspace: Workspace) throws(IssuingError) {
        func own(_ kind: String) -> (file: String, text: String)? {
            for file in ["templates/\(name).\(locale).\(kind)", "templates/\(name).\(kind)"] {
                guard let bytes = FileBytes.read(workspace.path(file), limit: 1 << 20) else { continue }
                return (workspace.path(file), String(decoding: bytes, as: UTF8.self))
            }
            return nil
        }
        let words = own("txt") ?? Self.builtIn(name, locale).map { ("built-in \(name)", $0) }
        guard let words else {
            throw IssuingError(
                .letterTemplate,
                "there is no template for the letter \(name)",
                file: workspace.path("templates/\(name).txt"),
                hint: "write it there; its first line is Subject: …"
            )
        }
        let lines = words.1.split(separator: "\n", maxSplits: 1, omittingEmptySubsequences: false)
        guard let first = lines.first, first.hasPrefix("Subject: ") else {
            throw IssuingError(.letterTemplate, "the first line is not Subject: …", file: words.0, line: 1)
        }
        subject = try Self.template(String(first.dropFirst("Subject: ".count)), words.0, isText: true)
        let rest = lines.count > 1 ? String(lines[1].drop { $0 == "\n" }) : ""
        text = try Self.template(rest, words.0, isText: true)
        html = try own("html").map { page throws(IssuingError) in try Self.template(page.text, page.file, isText: false)
        }
    }

    private static func template(_ text: String, _ file: String, isText: Bool) throws(IssuingError) -> MustacheTemplate
    {
        do {
            // In plain text nothing is to be escaped.
            return try MustacheTemplate(string: isText ? "{{% CONTENT_TYPE:TEXT}}" + text : text)
        } catch {
            throw IssuingError(.letterTemplate, "the template is not Mustache", file: file)
        }
    }

    /// The three parts, filled in; without an HTML template the text is put into one.
    func render(_ values: [String: Any]) -> (subject: String, text: String, html: String) {
        let subject = subject.render(values).split(whereSeparator: \.isNewline).joined(separator: " ")
        let text = text.render(values)
        return (subject, text, html?.render(values) ?? Self.page(text))
    }

    /// The text as a page: paragraphs, and addresses that can be followed.
    private static func page(_ text: String) -> String {
        let paragraphs = text.split(separator: "\n\n").map { paragraph in
            let lines = paragraph.split(separator: "\n").map { line -> String in
                let escaped = String(line).replacing("&", with: "&amp;").replacing("<", with: "&lt;").replacing(
                    ">",
                    with: "&gt;"
                )
                guard line.hasPrefix("https://") || line.hasPrefix("http://") else { return escaped }
                return "<a href=\"\(escaped.replacing("\"", with: "&quot;"))\">\(escaped)</a>"
            }
            return "<p>\(lines.joined(separator: "<br>\n"))</p>"
        }
        return "<!DOCTYPE html>\n<meta charset=\"utf-8\">\n\(paragraphs.joined(separator: "\n"))\n"
    }

    private static func builtIn(_ name: String, _ locale: String) -> String? {
        let texts = locale.hasPrefix("de") ? german : english
        return texts[name]
    }

    private static let english = [
        "exam-url": """
        Subject: Your examination for {{achievement}}

        Dear {{^given}}candidate{{/given}}{{given}}{{#family}} {{family}}{{/family}},

        all that comes before the examination for {{achievement}} is done. You take it here:

        {{url}}

        {{#until}}It has to be taken by {{until}}.
        {{/until}}
        {{issuer}}

        """,
        "score-report": """
        Subject: Your result in {{exam.name}}

        Dear {{^given}}candidate{{/given}}{{given}}{{#family}} {{family}}{{/family}},

        this is your result in {{exam.name}}:

        {{#report.items}}{{report.correct}} of {{report.items}} correct
        {{/report.items}}{{#report.points}}{{report.points}} points
        {{/report.points}}{{#report.percent}}{{report.percent}} %
        {{/report.percent}}
        {{issuer}}

        """,
        "award": """
        Subject: You've earned a new badge: {{achievement}}

        Dear {{^given}}candidate{{/given}}{{given}}{{#family}} {{family}}{{/family}},

        {{issuer}} has awarded you the badge {{achievement}}, on {{date}}. You find it here:

        {{url}}

        Its number is {{license}}. To add it to your LinkedIn profile:

        {{linkedIn}}

        Questions? {{contact}}

        """,
    ]

    private static let german = [
        "exam-url": """
        Subject: Ihre Prüfung für {{achievement}}

        Guten Tag{{#given}} {{given}}{{/given}}{{#family}} {{family}}{{/family}},

        alles, was der Prüfung für {{achievement}} vorausgeht, ist getan. Sie legen sie hier ab:

        {{url}}

        {{#until}}Sie muss bis {{until}} abgelegt sein.
        {{/until}}
        {{issuer}}

        """,
        "score-report": """
        Subject: Ihr Ergebnis in {{exam.name}}

        Guten Tag{{#given}} {{given}}{{/given}}{{#family}} {{family}}{{/family}},

        dies ist Ihr Ergebnis in {{exam.name}}:

        {{#report.items}}{{report.correct}} von {{report.items}} richtig
        {{/report.items}}{{#report.points}}{{report.points}} Punkte
        {{/report.points}}{{#report.percent}}{{report.percent}} %
        {{/report.percent}}
        {{issuer}}

        """,
        "award": """
        Subject: Ein neues Abzeichen für Sie: {{achievement}}

        Guten Tag{{#given}} {{given}}{{/given}}{{#family}} {{family}}{{/family}},

        {{issuer}} hat Ihnen am {{date}} das Abzeichen {{achievement}} verliehen. Sie finden es hier:

        {{url}}

        Seine Nummer ist {{license}}. So kommt es in Ihr LinkedIn-Profil:

        {{linkedIn}}

        Fragen? {{contact}}

        """,
    ]
}

extension IssuingError.Code {
    /// A letter's template that is not there, or is none.
    public static let letterTemplate = Self(rawValue: "LETTER_TEMPLATE")
}
