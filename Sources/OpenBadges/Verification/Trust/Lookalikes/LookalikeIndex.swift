/// Domains that others may be made to look like, prepared so that one can be held against thousands.
package struct LookalikeIndex: Sendable {
    private struct Genuine: Sendable {
        let registrable: String
        let suffix: String
        let label: [Unicode.Scalar]
    }

    private struct Shape: Hashable {
        let suffix: String
        let length: Int
    }

    private var genuine: [Genuine] = []
    private var registrables: Set<String> = []
    private var bySkeleton: [String: [Int]] = [:]
    private var byBareSkeleton: [String: [Int]] = [:]
    private var byWholeSkeleton: [String: Int] = [:]
    private var byShape: [Shape: [Int]] = [:]

    /// Shorter labels are alike by chance: `il` and `ll`.
    private static let minimumLookalikeLength = 4
    /// Shorter labels are one letter from many honest ones.
    private static let minimumTypoLength = 5

    package init(hosts: some Sequence<String>) {
        for host in hosts {
            guard let name = DomainName(host: host), !name.suffix.isEmpty,
                registrables.insert(name.registrable).inserted
            else { continue }
            let label = name.registrableLabel.scalars
            let skeleton = Confusables.skeleton(of: label)
            let index = genuine.count
            genuine.append(Genuine(registrable: name.registrable, suffix: name.suffix, label: label))
            bySkeleton[skeleton, default: []].append(index)
            byBareSkeleton[skeleton.filter { $0 != "-" }, default: []].append(index)
            byWholeSkeleton[Self.skeleton(of: name.labels[name.registrableIndex...])] = index
            byShape[Shape(suffix: name.suffix, length: label.count), default: []].append(index)
        }
    }

    private static func skeleton(of labels: some Sequence<DomainName.Label>) -> String {
        labels.map { Confusables.skeleton(of: $0.scalars) }.joined(separator: ".")
    }

    /// Whether a name is one of these, or under one.
    package func contains(_ name: DomainName) -> Bool { registrables.contains(name.registrable) }

    /// The domain that a name looks like, and how; `nil` where it looks like none, or is one.
    ///
    /// - Parameter honest: labels that are words of their own, and nobody's typing error.
    package func resemblance(
        of name: DomainName,
        honest: Set<String> = []
    ) -> (domain: String, how: String)? {
        guard !contains(name) else { return nil }
        if let domain = disguised(name) { return (domain, "its letters only look like those") }
        if let domain = hyphenated(name) { return (domain, "hyphens make the difference") }
        if let domain = buried(name) { return (domain, "that stands in its front, where anybody may put it") }
        if !honest.contains(name.registrableLabel.ascii), let domain = mistyped(name) {
            return (domain, "one letter makes the difference")
        }
        return nil
    }

    /// Letters that look like the others'. Within Latin only under one suffix: `modern.org` is not after `modem.com`.
    private func disguised(_ name: DomainName) -> String? {
        let label = name.registrableLabel.scalars
        guard label.count >= Self.minimumLookalikeLength else { return nil }
        let isForeign = label.contains { !ScriptMixture.isLatin($0) }
        let suffix = name.suffix
        return bySkeleton[Confusables.skeleton(of: label)]?
            .first { genuine[$0].suffix == suffix || isForeign }
            .map { genuine[$0].registrable }
    }

    private func hyphenated(_ name: DomainName) -> String? {
        let bare = Confusables.skeleton(of: name.registrableLabel.scalars).filter { $0 != "-" }
        guard bare.count >= Self.minimumLookalikeLength else { return nil }
        let suffix = name.suffix
        return byBareSkeleton[bare]?.first { genuine[$0].suffix == suffix }.map { genuine[$0].registrable }
    }

    /// `credly.com.evil.example`, `credly-com.example`: a domain within what belongs to somebody else.
    private func buried(_ name: DomainName) -> String? {
        let skeletons = name.labels.map { Confusables.skeleton(of: $0.scalars) }
        let own = name.registrableIndex
        for start in 0...own {
            for end in (start + 1)..<min(start + 4, own + 1) where end <= own {
                if let index = byWholeSkeleton[skeletons[start...end].joined(separator: ".")] {
                    return genuine[index].registrable
                }
            }
        }
        for skeleton in skeletons[...own] where skeleton.utf8.contains(UInt8(ascii: "-")) {
            let parts = skeleton.split(separator: "-", maxSplits: 32)
            for start in parts.indices.dropLast() {
                for end in (start + 1)..<min(start + 4, parts.count) {
                    let parts = parts[start...end]
                    // `art-school` is a word of two, and not after `art.school`.
                    guard let last = parts.last, last.count <= 3, parts[start].count >= Self.minimumTypoLength,
                        let index = byWholeSkeleton[parts.joined(separator: ".")]
                    else { continue }
                    return genuine[index].registrable
                }
            }
        }
        return nil
    }

    private func mistyped(_ name: DomainName) -> String? {
        let label = name.registrableLabel.scalars
        guard label.count >= Self.minimumTypoLength else { return nil }
        let suffix = name.suffix
        for length in (label.count - 1)...(label.count + 1) where length >= Self.minimumTypoLength {
            for index in byShape[Shape(suffix: suffix, length: length)] ?? []
            where SingleEdit.separates(genuine[index].label, label) {
                return genuine[index].registrable
            }
        }
        return nil
    }
}
