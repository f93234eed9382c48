import OpenBadges
import Testing

/// ``Exams/verify(_:_:at:recipient:trust:requirements:reportOnly:)`` holds every report of the verifier's tests against
/// the catalogue; here it is held against itself.
@Suite("The catalogue of checks")
struct CheckCatalogTests {
    @Test("every check of a report has its rules, and no rule is of another check", arguments: CheckName.standard)
    func isWhole(_ check: CheckName) {
        #expect(!CheckCatalog.rules(of: check).isEmpty)
        #expect(CheckCatalog.rules.allSatisfy { CheckName.standard.contains($0.check) })
    }

    @Test("every rule is a sentence, with a code, a source, and no character that a Markdown table would break at")
    func rulesAreSentences() {
        for rule in CheckCatalog.rules {
            #expect(rule.sentence.hasSuffix(".") || rule.sentence.hasSuffix(")"), "\(rule.sentence)")
            #expect(!rule.codes.isEmpty && !rule.source.isEmpty, "\(rule.sentence)")
            #expect(!(rule.sentence + rule.source).contains { $0 == "|" || $0.isNewline }, "\(rule.sentence)")
            #expect(Set(rule.codes).count == rule.codes.count, "\(rule.sentence)")
        }
    }

    @Test("every code has what to do, and nothing else has")
    func everyCodeHasAdvice() {
        for code in CheckCatalog.codes {
            #expect(CheckCatalog.advice(on: code)?.isEmpty == false, "\(code) has no advice")
            #expect(code == code.uppercased() && !code.contains(" "))
        }
        #expect(CheckCatalog.advice(on: "NO_SUCH_CODE") == nil)
        #expect(CheckCatalog.rules(of: "NO_SUCH_CODE").isEmpty)
    }

    @Test("every warning about an image is in it", arguments: BakingWarning.Code.allCases)
    func knowsImageWarnings(_ code: BakingWarning.Code) {
        #expect(CheckCatalog.rules(of: code.rawValue).map(\.consequence) == [.warns])
    }

    @Test("the page has each rule once, under its check")
    func markdown() throws {
        let sections = CheckCatalog.markdown.split(separator: "\n## ").dropFirst()
        #expect(sections.count == CheckName.standard.count + 1)
        for (check, section) in zip(CheckName.standard, sections) {
            let rows = section.split(separator: "\n").filter { $0.hasPrefix("| ") }.dropFirst()
            #expect(section.hasPrefix("\(check.rawValue)\n"))
            #expect(rows.count == CheckCatalog.rules(of: check).count)
        }
        #expect(CheckCatalog.markdown.hasSuffix("\n") && !CheckCatalog.markdown.hasSuffix("\n\n"))
    }
}
