import JSONCore
import Proofs

/// One entry in a status list: its list, whose that is, and what it says about the entry.
///
/// The list's own proof and key are found out once for every badge that names it (``PublishedStatusList``); what is done
/// here is particular to the badge. Source: Bitstring Status List 1.0 §3.2, whose steps the comments number.
struct StatusListLookup {
    let entry: StatusListEntry
    let form: StatusListForm
    /// Where the entry stands.
    let path: JSONPointer

    func run(_ inspection: inout Inspection) -> StatusAnswer {
        var answer = StatusAnswer()
        let violations = entry.violations
        for violation in violations {
            answer.add(
                .schema(violation.code),
                "its status entry: \(violation.detail)",
                at: violation.path.tokens.reduce(path) { $0.appending($1) }
            )
        }
        guard violations.isEmpty, let index = entry.index, let size = entry.statusSize else { return answer }
        if entry.hasNumericIndex {
            answer.add(
                .schema(.malformedValue),
                "the index must stand as text, not as a number",
                severity: .warning,
                at: place
            )
        }
        // Step 4: dereference, and verify.
        switch inspection.publishedStatusList(entry.listURL) {
        case .pending:
            answer.add(.statusRetrieval, "the status list is being fetched", severity: .unknown, at: path)
        case .unavailable(let reason):
            answer.add(.statusRetrieval, "the status list cannot be had: \(reason)", severity: .unknown, at: path)
        case .found(let list):
            if let reason = objection(to: list, &inspection, &answer) {
                answer.add(
                    .statusVerification,
                    "the status list cannot be relied on: \(reason)",
                    severity: .unknown,
                    at: path
                )
            } else {
                read(list, index: index, size: size, into: &answer)
                warnOfAge(of: list, at: inspection.options.at, &answer)
            }
        }
        return answer
    }

    /// A problem with the index stands as deep as any other of the entry, so that a revocation is told first.
    private var place: JSONPointer { path.appending("statusListIndex") }

    // MARK: Whose list it is, and when

    /// What speaks against relying on the list at all: then it says nothing, neither for nor against the badge.
    private func objection(
        to list: PublishedStatusList,
        _ inspection: inout Inspection,
        _ answer: inout StatusAnswer
    ) -> String? {
        if let defect = list.defect { return defect }
        if let reason = doubt(about: list, &inspection, &answer) { return reason }
        if let from = list.validFrom, inspection.options.at < from { return "it is not valid before \(from)" }
        if let until = list.validUntil, until < inspection.options.at { return "it ended on \(until)" }
        guard list.form == form else { return "it is not of the kind that the entry names" }
        return nil
    }

    /// Whether the list is the word of the badge's issuer: signed with a key of that issuer, or with the very key that
    /// signed the badge, so that what is open about the one is open about the other.
    private func doubt(
        about list: PublishedStatusList,
        _ inspection: inout Inspection,
        _ answer: inout StatusAnswer
    ) -> String? {
        guard let issuer = inspection.credential?.issuer.id else { return "the badge names no issuer" }
        if list.issuer == issuer {
            if list.isBound { return nil }
            let isSigned = [.passed, .warned].contains(inspection.outcome(of: .proof))
            if isSigned, let key = inspection.signer?.key, key.publicKey == list.key?.publicKey { return nil }
            return list.keyDetail
        }
        let stranger = "it is of another issuer than the badge"
        guard let key = list.key else { return stranger }
        guard case .bound = inspection.signer(key, of: issuer).binding else { return stranger }
        answer.add(
            .statusVerification,
            "the status list is signed with a key of the badge's issuer, and names another issuer",
            severity: .warning,
            at: path
        )
        return nil
    }

    /// A kept copy that its issuer wants asked for again still says what was so on its day.
    private func warnOfAge(of list: PublishedStatusList, at time: Timestamp, _ answer: inout StatusAnswer) {
        guard let end = list.freshUntil, end < time else { return }
        answer.add(
            .statusRetrieval,
            "the status list is a kept copy, which was to be asked for again by \(end)",
            severity: .warning,
            at: path
        )
    }

    // MARK: What it says

    private func read(_ list: PublishedStatusList, index: Int, size: Int, into answer: inout StatusAnswer) {
        // Step 5.
        guard list.purposes.contains(entry.purpose) else {
            return answer.add(
                .statusVerification,
                "its issuer's status list is for another purpose than the entry says",
                at: path.appending("statusPurpose")
            )
        }
        let bits: BitstringStatusList
        switch list.bits {
        case .success(let decoded): bits = decoded
        case .failure(let error):
            let code: ProblemDetails.Code = error.code == .limitExceeded ? .limit : .statusVerification
            return answer.add(code, "the status list cannot be read: \(error.detail)", severity: .unknown, at: path)
        }
        // Step 9. The draft had the minimum as advice to issuers.
        if bits.entryCount(statusSize: size) < BitstringStatusList.minimumEntries {
            answer.add(
                .statusListLength,
                "its issuer's status list has fewer than \(BitstringStatusList.minimumEntries) entries",
                severity: form == .bitstring ? .failure : .warning,
                at: place
            )
        }
        // Step 10.
        guard let value = try? bits.value(at: index, statusSize: size) else {
            return answer.add(.statusRange, "its issuer's status list has no entry of that index", at: place)
        }
        if value == 0 {
            // A revocation can be believed of any list of the issuer's; that there is none, only of the list asked for.
            guard list.isAt(entry.listURL) else {
                return answer.add(
                    .statusVerification,
                    "the status list says by its id that it is another than the one that the badge names",
                    severity: .unknown,
                    at: path
                )
            }
            clear(&answer)
        } else {
            set(value, &answer)
        }
    }

    private func clear(_ answer: inout StatusAnswer) {
        switch entry.purpose {
        case .revocation: answer.note("not revoked, by its issuer's list")
        case .suspension: answer.note("not suspended, by its issuer's list")
        case .message:
            if let message = entry.message(for: 0) { answer.note("its issuer says: \(message)") }
        default: break
        }
    }

    private func set(_ value: UInt32, _ answer: inout StatusAnswer) {
        let message = entry.message(for: value)
        let because = message.map { " (\($0))" } ?? ""
        switch entry.purpose {
        case .revocation:
            answer.add(.revoked, "its issuer revoked it\(because)", at: place)
        case .suspension:
            answer.add(.suspended, "its issuer suspended it, which can be lifted again\(because)", at: place)
        case .refresh:
            answer.add(.statusRefresh, "its issuer has a newer version of it\(because)", severity: .warning, at: place)
        case .message:
            let text = message ?? "value \(value), without saying what that means"
            answer.add(.statusMessage, "its issuer says: \(text)", severity: .warning, at: place)
        default:
            answer.add(
                .statusUnsupported,
                "its issuer set a status of a purpose that is not known (\(entry.purpose))\(because)",
                severity: .unknown,
                at: place
            )
        }
    }
}
