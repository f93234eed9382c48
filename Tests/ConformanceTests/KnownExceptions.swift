import JSONCore
import Testing

/// The official tests that we know not to pass, each with what is expected, what happens instead, and why:
/// `exceptions.json` beside this file.
///
/// The run fails for an exception that no longer applies, so that none outlives its reason.
enum KnownExceptions {
    private static let all: JSON? = {
        let path = "\(#filePath)".split(separator: "/", omittingEmptySubsequences: false).dropLast()
        return try? JSON(parsing: OfficialData.contents(of: path.joined(separator: "/") + "/exceptions.json"))
    }()

    /// Whether the file is there and can be read.
    static var isReadable: Bool { all?.object != nil }

    /// The names of the tests of a suite that are exceptions.
    static func names(in suite: String) -> [String] {
        all?[suite]?.object?.keys ?? []
    }

    /// What the exception says, if a test is one; it must say all three things.
    static func exception(_ suite: String, _ test: String) -> JSON? {
        guard let exception = all?[suite]?[test] else { return nil }
        #expect(exception["expected"]?.string != nil)
        #expect(exception["actual"]?.string != nil)
        #expect(exception["reason"]?.string != nil)
        return exception
    }

    /// Runs a test, and turns its outcome around where it is an exception.
    static func check(_ suite: String, _ test: String, _ body: () throws -> String?) rethrows {
        let difference = try body()
        if exception(suite, test) != nil {
            #expect(difference != nil, "the exception \(test) of \(suite) no longer applies: take it out")
        } else {
            #expect(difference == nil, "\(test) of \(suite): \(difference ?? "")")
        }
    }
}
