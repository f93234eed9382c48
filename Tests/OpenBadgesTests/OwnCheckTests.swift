import JSONCore
import OpenBadges
import Testing

@Suite("Checks of the caller's own")
struct OwnCheckTests {
    private static func verify(_ check: OwnCheck) async throws -> VerificationReport {
        await Verifier(loader: Exams.web, checks: [check])
            .verify(try Exams.jwt(), options: VerificationOptions(at: Exams.now))
    }

    @Test("one that finds nothing passes, and stands in the report after the others")
    func passes() async throws {
        let report = try await Self.verify(
            OwnCheck("house") { badge in
                badge.claims?.name == "Algebra I" && badge.outcomes.count == CheckName.standard.count
                    ? [] : [.init(.failure, code: "WRONG", "it saw something else")]
            }
        )
        #expect(report.isVerified, "\(report.problems)")
        #expect(report.checks.last?.check.rawValue == "house")
    }

    @Test("a failure rejects, an unknown leaves open, a warning only warns")
    func severities() async throws {
        for (severity, verdict) in [
            (ProblemDetails.Severity.failure, "rejected"), (.unknown, "undetermined"), (.warning, "verified"),
        ] {
            let path = JSONPointer().appending("validFrom")
            let report = try await Self.verify(
                OwnCheck("house") { _ in [.init(severity, code: "TOO_OLD", "before the reform", at: path)] }
            )
            #expect(report.verdict.name == verdict)
            #expect(report.problem("TOO_OLD")?.path == path)
            #expect(report.answers.authentic == .yes)
        }
    }

    @Test("one that takes the name of a standard check gets a name of its own")
    func names() async throws {
        let report = try await Self.verify(OwnCheck("proof") { _ in [.init(.failure, code: "NO", "no")] })
        #expect(report.outcome(of: .proof) == .passed)
        #expect(report.checks.last?.check.rawValue == "own-proof")
    }
}
