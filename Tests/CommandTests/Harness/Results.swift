/// Exam results as files, good and bad.
enum Results {
    static let header = "resultId,exam.id,candidate.email,candidate.given,candidate.family,score.raw,score.max,endedAt"

    /// One good row; candidates of different numbers are different people.
    static func row(
        _ number: Int,
        email: String? = nil,
        raw: String = "37",
        max: String = "40",
        endedAt: String = "2026-03-01T13:25:00Z"
    ) -> String {
        "R-\(number),ALG-1,\(email ?? "candidate\(number)@example.org"),Ada,Byron,\(raw),\(max),\(endedAt)"
    }

    static func file(_ rows: [String]) -> String { ([header] + rows).joined(separator: "\n") + "\n" }

    /// A sitting of that many candidates: five in six pass, and every hundredth row cannot be read.
    static func sitting(_ count: Int, withBadRows: Bool = true) -> [UInt8] {
        var bytes = Array(header.utf8) + [0x0A]
        bytes.reserveCapacity(count * 100)
        for number in 0..<count {
            let isBad = withBadRows && number % 100 == 99
            let row = row(number, raw: isBad ? "NaN" : number % 6 == 5 ? "11" : "33")
            bytes += Array(row.utf8) + [0x0A]
        }
        return bytes
    }

    /// How many of a sitting are awarded.
    static func awards(in count: Int, withBadRows: Bool = true) -> Int {
        (0..<count).count { $0 % 6 != 5 && !(withBadRows && $0 % 100 == 99) }
    }
}
