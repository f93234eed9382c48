import Glibc

/// The valid images of PngSuite, where the official data is there: every tenth of them, all with OPENBADGES_LONG=1.
enum OfficialImages {
    static let valid: [String] = {
        guard let root = getenv("OPENBADGES_CONFORMANCE").map({ String(cString: $0) }) else { return [] }
        let folder = "\(root)/png/pngsuite"
        let names = ((try? FileTree.names(in: folder)) ?? []).filter { $0.hasSuffix(".png") && !$0.hasPrefix("x") }
            .sorted()
        let isLong = getenv("OPENBADGES_LONG").map { $0.pointee == 0x31 } ?? false
        return names.enumerated().filter { isLong || $0.offset % 10 == 0 }.map { "\(folder)/\($0.element)" }
    }()
}
