import Transport

/// The pages that people see of a badge, and where the badge itself is behind them.
///
/// Hosts show an earner's page under one URL and serve the signed or hosted badge under another; people paste the first.
/// Nothing is believed for it: the badge that comes is verified as any other.
enum BadgePages {
    /// Where a URL's badge may be, the likeliest first; the URL itself is always the last.
    static func candidates(for url: String) -> [String] {
        guard let page = try? WebURL(url) else { return [url] }
        let hidden = rewrites.lazy.compactMap { $0(page) }.first
        return hidden.map { [$0, url] } ?? [url]
    }

    private static let rewrites: [@Sendable (WebURL) -> String?] = [credly, badgr, accredible, moodle]

    /// `credly.com/badges/UUID`, with or without `/public_url` and the like; before 2020 `youracclaim.com`.
    private static func credly(_ page: WebURL) -> String? {
        guard ["credly.com", "youracclaim.com"].contains(withoutWWW(page.host)) else { return nil }
        let segments = page.path.split(separator: "/")
        guard segments.count >= 2, segments[0] == "badges", isUUID(segments[1]) else { return nil }
        return "https://www.credly.com/api/v1/obi/v2/badge_assertions/\(segments[1])"
    }

    /// `badgr.com/public/assertions/ID` and its regions, and the same at `badges.parchment.com`: the API's host has it.
    private static func badgr(_ page: WebURL) -> String? {
        let segments = page.path.split(separator: "/")
        guard segments.count == 3, segments[0] == "public", segments[1] == "assertions" else { return nil }
        let host = withoutWWW(page.host)
        let api: String
        switch host {
        case "badgr.com", "badgr.io", "api.badgr.io": api = "api.badgr.io"
        case "badges.parchment.com", "api.badges.parchment.com": api = "api.badges.parchment.com"
        default:
            let regions = ["eu", "au", "ca", "sg", "us"]
            if let region = regions.first(where: { host == "\($0).badgr.com" || host == "api.\($0).badgr.io" }) {
                api = "api.\(region).badgr.io"
            } else if regions.contains(where: { host == "api.badges.parchment.\($0)" }) {
                api = host
            } else {
                return nil
            }
        }
        return "https://\(api)/public/assertions/\(segments[2])?v=2_0"
    }

    /// `credential.net/UUID`, and a customer's own `credentials.BRAND/UUID#acc.…`.
    private static func accredible(_ page: WebURL) -> String? {
        let segments = page.path.split(separator: "/")
        guard let id = segments.first, isUUID(id) else { return nil }
        let isBranded = page.host.hasPrefix("credentials.") && page.fragment?.hasPrefix("acc.") == true
        guard withoutWWW(page.host) == "credential.net" || isBranded else { return nil }
        return "https://api.accredible.com/v1/obi/badge_assertions/\(id)"
    }

    /// Moodle's `…/badges/badge.php?hash=H`, on anybody's host: the assertion is beside it.
    private static func moodle(_ page: WebURL) -> String? {
        guard page.path.hasSuffix("/badges/badge.php"), let query = page.query else { return nil }
        let hash = query.split(separator: "&").first { $0.hasPrefix("hash=") }?.dropFirst("hash=".count)
        guard let hash, !hash.isEmpty, hash.utf8.allSatisfy(\.isBase64URL) else { return nil }
        return "\(page.origin)\(page.path.dropLast("badge.php".count))assertion.php?b=\(hash)"
    }

    private static func withoutWWW(_ host: String) -> String {
        host.hasPrefix("www.") ? String(host.dropFirst("www.".count)) : host
    }

    private static func isUUID(_ text: Substring) -> Bool {
        let groups = text.split(separator: "-", omittingEmptySubsequences: false)
        return groups.map(\.utf8.count) == [8, 4, 4, 4, 12]
            && groups.allSatisfy { $0.allSatisfy { $0.isASCII && $0.isHexDigit } }
    }
}
