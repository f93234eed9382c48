/// The checks of a verification, in the order of Open Badges 3.0 §9.1. Each records exactly one outcome.
enum CheckList {
    static func run(on inspection: inout Inspection) {
        for check in all { check(&inspection) }
    }

    private static let all: [@Sendable (inout Inspection) -> Void] = [
        ContainerCheck.container, ContainerCheck.json, ContextCheck.run, TypeCheck.run, SchemaCheck.run,
        SubjectCheck.run, ResultCheck.run, ProofCheck.run, KeyCheck.run, ClaimsCheck.run, RefreshCheck.run,
        StatusCheck.run, DatesCheck.run, RecipientCheck.run, EndorsementCheck.run, IssuerCheck.run, ImageCheck.run,
    ]
}
