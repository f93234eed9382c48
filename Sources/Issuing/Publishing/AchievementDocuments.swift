import JSONCore
import OpenBadges

/// What a policy's achievement is published as: an Open Badges 3.0 Achievement, and a 2.0 BadgeClass.
struct AchievementDocuments: Sendable {
    private let policy: AwardPolicy
    private let layout: HostedLayout

    init(policy: AwardPolicy, baseURL: String) {
        self.policy = policy
        layout = HostedLayout(baseURL: baseURL)
    }

    /// The name of the achievement's folder: the last part of its id, in characters that a URL needs not escape.
    var slug: String {
        let id = policy.achievement.id
        let last = id.split(whereSeparator: { $0 == "/" || $0 == "#" || $0 == ":" }).last ?? "achievement"
        var slug = ""
        for byte in String(last).lowercased().utf8 {
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"):
                slug.unicodeScalars.append(Unicode.Scalar(byte))
            default:
                if !slug.hasSuffix("-") && !slug.isEmpty { slug += "-" }
            }
        }
        while slug.hasSuffix("-") { slug.removeLast() }
        return slug.isEmpty ? "achievement" : slug
    }

    /// The URL of the published file; where the policy names an achievement that somebody else hosts, that one's id.
    var achievementURL: String {
        let id = policy.achievement.id
        let isElsewhere = IRI.isAbsolute(id) && !id.hasPrefix(layout.baseURL + "/")
        return isElsewhere ? id : layout.url(HostedLayout.achievement(slug))
    }

    var badgeClassURL: String { layout.url(HostedLayout.badgeClass(slug)) }

    /// The image's file name in the workspace's `images/`, and its extension.
    var image: (file: String, fileExtension: String)? {
        guard let file = policy.achievement.image, let dot = file.lastIndex(of: ".") else { return nil }
        return (file, file[file.index(after: dot)...].lowercased())
    }

    private var imageURL: String? {
        image.map { layout.url(HostedLayout.image(slug, $0.fileExtension)) }
    }

    var achievement: OpenBadges.Achievement {
        let source = policy.achievement
        var achievement = OpenBadges.Achievement(
            id: achievementURL,
            name: source.name,
            description: description,
            criteria: criteria
        )
        achievement.achievementType = source.type
        achievement.image = imageURL.map { OpenBadges.Image(id: $0, caption: source.name) }
        achievement.tags = source.tags
        achievement.alignments = source.alignment.map { target in
            var alignment = OpenBadges.Alignment(targetName: target.targetName, targetURL: target.targetURL)
            alignment.targetType = target.targetType
            alignment.targetCode = target.targetCode
            alignment.targetDescription = target.targetDescription
            alignment.targetFramework = target.targetFramework
            return alignment
        }
        achievement.humanCode = source.humanCode
        achievement.fieldOfStudy = source.fieldOfStudy
        achievement.specialization = source.specialization
        achievement.inLanguage = source.inLanguage
        achievement.version = source.version
        achievement.resultDescriptions = results.all
        return achievement
    }

    /// The results that a badge of it has.
    var results: ResultDescriptions { ResultDescriptions(policy, achievement: achievementURL) }

    private var description: String { policy.achievement.description ?? policy.achievement.name }

    /// The policy's own words, or what its requirements come to in words.
    private var criteria: OpenBadges.Criteria {
        if let criteria = policy.achievement.criteria {
            return OpenBadges.Criteria(id: criteria.id, narrative: criteria.narrative)
        }
        let page = policy.id.hasPrefix("https://") && IRI.isAbsolute(policy.id) ? policy.id : nil
        return OpenBadges.Criteria(id: page, narrative: CriteriaNarrative(policy).text)
    }

    /// The achievement as a document of its own, with the context that it needs there.
    var achievementDocument: JSON {
        let contexts = results.needsAssessmentContext ? [ResultDescriptions.assessmentContext] : []
        let all = (AchievementCredential.contexts + contexts).map(JSON.string)
        var members: JSONObject = ["@context": .array(all)]
        for (name, value) in achievement.members { members[name] = value }
        return .object(members)
    }

    var badgeClassDocument: JSON {
        let source = policy.achievement
        var badge = OB2.BadgeClass(
            id: badgeClassURL,
            name: source.name,
            description: description,
            image: imageURL ?? "",
            criteria: criteria,
            issuer: layout.url(HostedLayout.ob2Issuer)
        )
        badge.image = imageURL
        badge.tags = source.tags
        badge.alignments = source.alignment.map { target in
            var alignment = OB2.AlignmentObject(targetName: target.targetName, targetURL: target.targetURL)
            alignment.targetCode = target.targetCode
            alignment.targetDescription = target.targetDescription
            alignment.targetFramework = target.targetFramework
            return alignment
        }
        return badge.json
    }
}
