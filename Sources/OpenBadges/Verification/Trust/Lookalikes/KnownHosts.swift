/// Hosts of badges that people know by name, and that a forger would like to be taken for.
///
/// Facts, not recommendations: to stand here earns no trust.
enum KnownHosts {
    static let domains = LookalikeIndex(hosts: [
        "credly.com", "youracclaim.com", "badgr.com", "badgr.io", "accredible.com", "credential.net",
        "openbadgefactory.com", "openbadgepassport.com", "openbadges.org", "badgelist.com", "badgecraft.eu",
        "sertifier.com", "parchment.com", "instructure.com", "imsglobal.org", "1edtech.org", "dcconsortium.org",
    ])

    /// Words of the trade, one letter from the names above.
    static let words: Set<String> = [
        "badge", "badges", "badger", "credential", "credentials", "certifier", "openbadge",
    ]
}
