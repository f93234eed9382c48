/// A host name taken apart: its labels as people see them, and the part of it that somebody registered.
///
/// *For example:* `badges.exams.co.uk` has the registrable label `exams` and the suffix `co.uk`.
package struct DomainName: Sendable {
    /// What stands between two dots.
    struct Label: Sendable {
        /// As it is asked for on the network, in lower case.
        let ascii: String
        /// As people see it: Punycode decoded. The ASCII form where that cannot be.
        let scalars: [Unicode.Scalar]

        var unicode: String {
            var view = String.UnicodeScalarView()
            view.append(contentsOf: scalars)
            return String(view)
        }
    }

    /// In lower case, A-labels, without the root's dot.
    package let ascii: String
    let labels: [Label]
    /// Where in ``labels`` the registrable label stands.
    let registrableIndex: Int

    /// - Returns: `nil` where the host is no name: an address, or longer than a name can be (RFC 1035 §2.3.4).
    package init?(host: String) {
        var bytes = Array(host.utf8)
        if bytes.last == UInt8(ascii: ".") { bytes.removeLast() }
        guard !bytes.isEmpty, bytes.count <= 253, bytes.allSatisfy({ $0 > 0x20 && $0 < 0x7F }) else { return nil }
        let texts = bytes.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
            .map { String(decoding: $0, as: UTF8.self).lowercased() }
        guard texts.allSatisfy({ 1...63 ~= $0.utf8.count && !$0.contains(":") && !$0.contains("[") }) else {
            return nil
        }
        if let last = texts.last, last.utf8.allSatisfy({ 0x30...0x39 ~= $0 }) { return nil }
        ascii = texts.joined(separator: ".")
        labels = texts.map { text in
            let decoded = text.hasPrefix("xn--") ? Punycode.decode(text.dropFirst(4)) : nil
            return Label(ascii: text, scalars: decoded ?? Array(text.unicodeScalars))
        }
        registrableIndex = max(0, texts.count - 1 - PublicSuffix.labelCount(of: texts))
    }

    var registrableLabel: Label { labels[registrableIndex] }
    /// What stands behind the registrable label; empty for a name of one label.
    var suffix: String { labels[(registrableIndex + 1)...].map(\.ascii).joined(separator: ".") }
    /// The registrable label and its suffix: whoever has it has everything under it.
    package var registrable: String { labels[registrableIndex...].map(\.ascii).joined(separator: ".") }

    /// For people: the ASCII form, and beside it the other letters that it stands for.
    package var shown: String {
        let unicode = labels.map(\.unicode).joined(separator: ".")
        return unicode.utf8.elementsEqual(ascii.utf8) ? ascii : "\(ascii) (\(PrintableText.of(unicode)))"
    }
}

/// Suffixes of several labels under which anybody can register.
///
/// The whole list (publicsuffix.org) has thousands. These are the ones that schools, exam bodies and hosted badges
/// stand under most; for a suffix that is missing, its registrants count as one, and no alarm is raised among them.
private enum PublicSuffix {
    static func labelCount(of labels: [String]) -> Int {
        guard labels.count > 2 else { return labels.count > 1 ? 1 : 0 }
        return suffixes.contains(labels.suffix(2).joined(separator: ".")) ? 2 : 1
    }

    private static let countries: [String: String] = [
        "uk": "ac co gov ltd me net nhs org plc sch", "au": "asn com edu gov id net org",
        "nz": "ac co geek gen govt net org school", "za": "ac co gov net org school web",
        "jp": "ac co ed go gr lg ne or", "kr": "ac co go ne or re", "in": "ac co edu firm gen gov ind net org res",
        "br": "com edu gov net org", "mx": "com edu gob net org", "ar": "com edu gob net org",
        "cn": "ac com edu gov net org", "tw": "com edu gov net org", "hk": "com edu gov idv net org",
        "sg": "com edu gov net org per", "my": "com edu gov net org", "tr": "av com edu gov k12 net org",
        "il": "ac co gov k12 muni net org", "id": "ac co desa go net or sch web", "th": "ac co go in net or",
        "pl": "com edu gov net org", "at": "ac co gv or", "ke": "ac co go ne or sc", "ng": "com edu gov net org sch",
        "pk": "com edu gov net org", "ph": "com edu gov net org", "ua": "com edu gov net org",
        "eg": "com edu gov net org sci", "sa": "com edu gov net org sch", "co": "com edu gov net org",
        "pe": "com edu gob net org", "vn": "ac com edu gov net org",
    ]

    /// Hosts that give each customer a name of their own.
    private static let hosting: Set<String> = [
        "github.io", "gitlab.io", "netlify.app", "vercel.app", "pages.dev", "workers.dev", "herokuapp.com", "web.app",
        "firebaseapp.com", "azurewebsites.net", "cloudfront.net", "blogspot.com", "wordpress.com", "onrender.com",
        "fly.dev", "surge.sh", "codeberg.page", "weebly.com", "wixsite.com", "myshopify.com",
    ]

    private static let suffixes: Set<String> = countries.reduce(into: hosting) { all, country in
        for name in country.value.split(separator: " ") { all.insert("\(name).\(country.key)") }
    }
}
