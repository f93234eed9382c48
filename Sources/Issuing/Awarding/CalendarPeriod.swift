public import OpenBadges

/// A length of time by the calendar, as ISO 8601 writes it: `P2Y`, `P18M`, `P1Y6M`, `P90D`, `P2W`.
public struct CalendarPeriod: Sendable, Hashable, CustomStringConvertible {
    /// Years.
    public let years: Int
    /// Months, added to the years.
    public let months: Int
    /// Days, added last; weeks count as seven.
    public let days: Int

    /// Reads a period; `nil` if it is none, is zero, has hours, or a number of more than four digits.
    public init?(_ text: String) {
        var units: [UInt8] = [UInt8(ascii: "Y"), UInt8(ascii: "M"), UInt8(ascii: "W"), UInt8(ascii: "D")]
        var values: [UInt8: Int] = [:]
        guard text.utf8.first == UInt8(ascii: "P") else { return nil }
        var (value, digits) = (0, 0)
        for byte in text.utf8.dropFirst() {
            if UInt8(ascii: "0")...UInt8(ascii: "9") ~= byte {
                value = value * 10 + Int(byte - UInt8(ascii: "0"))
                digits += 1
                guard digits <= 4 else { return nil }
            } else {
                // Each unit once, the larger first.
                guard digits > 0, let index = units.firstIndex(of: byte) else { return nil }
                units.removeFirst(index + 1)
                values[byte] = value
                (value, digits) = (0, 0)
            }
        }
        years = values[UInt8(ascii: "Y"), default: 0]
        months = values[UInt8(ascii: "M"), default: 0]
        days = values[UInt8(ascii: "D"), default: 0] + 7 * values[UInt8(ascii: "W"), default: 0]
        guard digits == 0, years + months + days > 0 else { return nil }
    }

    /// The period after an instant, in UTC; `nil` beyond the year 9999.
    public func end(from start: Timestamp) -> Timestamp? {
        start.adding(years: years, months: months, days: days)
    }

    /// `P1Y6M`
    public var description: String {
        let parts = [(years, "Y"), (months, "M"), (days, "D")].filter { $0.0 > 0 }
        return parts.reduce("P") { $0 + String($1.0) + $1.1 }
    }
}
