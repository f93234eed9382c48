import OpenBadges
import Testing

@Suite("docs/checks.md is made from the code")
struct ChecksPageTests {
    @Test("the page is the catalogue, byte for byte")
    func isCurrent() throws {
        let page = try #require(Repository.text("docs/checks.md"), "docs/checks.md is not there: make docs writes it")
        // As lines first, so that a failure shows the one that differs.
        let (found, expected) = (
            page.components(separatedBy: "\n"), CheckCatalog.markdown.components(separatedBy: "\n")
        )
        let line = zip(found, expected).enumerated().first { $0.element.0 != $0.element.1 }?.offset
        #expect(line == nil, "docs/checks.md is out of date from line \((line ?? 0) + 1) on: make docs writes it anew")
        #expect(page == CheckCatalog.markdown, "docs/checks.md is out of date: make docs writes it anew")
    }

    @Test(
        "every code that the sources name for reports is in the catalogue",
        arguments: [("Sources/OpenBadges", "Self(\""), ("Sources/LinkedData/LinkedDataError.swift", "= Self(\"")]
    )
    func isComplete(_ folder: String, _ mark: String) throws {
        let files = folder.hasSuffix(".swift") ? [folder] : Repository.swiftFiles(in: folder)
        var codes: [String] = []
        for line in files.compactMap(Repository.text).joined(separator: "\n").split(separator: "\n")
        where line.contains("static let ") {
            guard let start = line.firstRange(of: mark)?.upperBound,
                let end = line[start...].firstIndex(of: "\"")
            else { continue }
            let code = line[start..<end].uppercased().map { $0 == " " ? "_" : $0 }
            codes.append(String(code))
        }
        #expect(codes.count > 40, "the codes are not where they were: mend this test")
        for code in codes {
            #expect(!CheckCatalog.rules(of: code).isEmpty, "\(code) is in no rule of CheckCatalog")
        }
    }
}
