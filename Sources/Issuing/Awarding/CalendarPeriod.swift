public import OpenBadges

/// A length of time by the calendar, as ISO 8601 writes it: `P2Y`, `P18M`, `P90D`, `P2W`, `PT3H`, `P1DT12H`.
public struct CalendarPeriod: Sendable, Hashable, CustomStringConvertible {
    /// Years.
    public let years: Int
    /// Months, added to the years.
    public let months: Int
    /// Days, added then; weeks count as seven.
    public let days: Int
    /// Hours, minutes and seconds, added last.
    public let seconds: Int

    /// Reads a period; `nil` if it is none, is zero, or has a number of more than four digits or a fraction.
    public init?(_ text: String) {
        let dateUnits: [UInt8] = [UInt8(ascii: "Y"), UInt8(ascii: "M"), UInt8(ascii: "W"), UInt8(ascii: "D")]
        let timeUnits: [UInt8] = [UInt8(ascii: "H"), UInt8(ascii: "M"), UInt8(ascii: "S")]
        var units = dateUnits[...]
        var (dates, times): ([UInt8: Int], [UInt8: Int]) = ([:], [:])
        var isTime = false
        guard text.utf8.first == UInt8(ascii: "P") else { return nil }
        var (value, digits) = (0, 0)
        for byte in text.utf8.dropFirst() {
            if UInt8(ascii: "0")...UInt8(ascii: "9") ~= byte {
                value = value * 10 + Int(byte - UInt8(ascii: "0"))
                digits += 1
                guard digits <= 4 else { return nil }
            } else if byte == UInt8(ascii: "T") {
                guard !isTime, digits == 0 else { return nil }
                (isTime, units) = (true, timeUnits[...])
            } else {
                // Each unit once, the larger first.
                guard digits > 0, let index = units.firstIndex(of: byte) else { return nil }
                units = units[(index + 1)...]
                if isTime { times[byte] = value } else { dates[byte] = value }
                (value, digits) = (0, 0)
            }
        }
        years = dates[UInt8(ascii: "Y"), default: 0]
        months = dates[UInt8(ascii: "M"), default: 0]
        days = dates[UInt8(ascii: "D"), default: 0] + 7 * dates[UInt8(ascii: "W"), default: 0]
        seconds =
            3600 * times[UInt8(ascii: "H"), default: 0] + 60 * times[UInt8(ascii: "M"), default: 0]
            + times[UInt8(ascii: "S"), default: 0]
        guard digits == 0, !isTime || !times.isEmpty, years + months + days + seconds > 0 else { return nil }
    }

    /// Whether it is counted in days, and not in hours.
    var isOfDays: Bool { seconds == 0 }

    /// The period after an instant, in UTC; `nil` beyond the year 9999.
    public func end(from start: Timestamp) -> Timestamp? {
        guard let day = start.adding(years: years, months: months, days: days) else { return nil }
        return seconds == 0 ? day : Timestamp(seconds: day.seconds + Int64(seconds), nanoseconds: day.nanoseconds)
    }

    /// `P1Y6M`
    public var description: String {
        let parts = [(years, "Y"), (months, "M"), (days, "D")].filter { $0.0 > 0 }
        let times = [(seconds / 3600, "H"), (seconds % 3600 / 60, "M"), (seconds % 60, "S")].filter { $0.0 > 0 }
        let date = parts.reduce("P") { $0 + String($1.0) + $1.1 }
        return times.isEmpty ? date : times.reduce(date + "T") { $0 + String($1.0) + $1.1 }
    }

    /// `1 year and 6 months`, for people.
    var words: String {
        let weeks = days % 7 == 0 && days > 0 ? days / 7 : 0
        let parts: [(Int, String)] = [
            (years, "year"), (months, "month"), (weeks, "week"), (weeks > 0 ? 0 : days, "day"),
            (seconds / 3600, "hour"), (seconds % 3600 / 60, "minute"), (seconds % 60, "second"),
        ]
        return parts.filter { $0.0 > 0 }.map { "\($0.0) \($0.1)\($0.0 == 1 ? "" : "s")" }.joined(separator: " and ")
    }
}
