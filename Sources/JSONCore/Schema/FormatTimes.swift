// RFC 3339.
extension FormatScanner {
    /// §5.6 `date-time`
    mutating func dateTime() -> Bool {
        guard date(), skip(letter: "t") else { return false }
        return time()
    }

    /// §5.6 `full-date`, a day that there is.
    mutating func date() -> Bool {
        guard let year = number(digits: 4), skip("-"), let month = number(digits: 2), skip("-"),
            let day = number(digits: 2), 1...12 ~= month
        else { return false }
        let isLeap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
        let days = [31, isLeap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
        return 1...days[month - 1] ~= day
    }

    /// §5.6 `full-time`; second 60 only where a leap second can be: at 23:59 UTC (§5.7).
    mutating func time() -> Bool {
        guard let hour = number(digits: 2), skip(":"), let minute = number(digits: 2), skip(":"),
            let second = number(digits: 2), hour < 24, minute < 60, second <= 60
        else { return false }
        if skip("."), skipDigits() == 0 { return false }
        var offset = 0
        if !skip(letter: "z") {
            let isEast = skip("+")
            guard isEast || skip("-"), let hours = number(digits: 2), skip(":"), let minutes = number(digits: 2),
                hours < 24, minutes < 60
            else { return false }
            offset = (hours * 60 + minutes) * (isEast ? 1 : -1)
        }
        return second < 60 || (hour * 60 + minute - offset + 2 * 1_440) % 1_440 == 1_439
    }

    /// Appendix A `duration`: weeks alone, or the other units in order, of which none in between is left out.
    mutating func duration() -> Bool {
        guard skip("P") else { return false }
        let start = position
        if skipDigits() > 0, skip("W") { return true }
        position = start
        let hasDate = units(["Y", "M", "D"])
        guard let hasDate else { return false }
        guard skip("T") else { return hasDate }
        return units(["H", "M", "S"]) == true
    }

    /// Numbers with units of the list; `nil` where one is out of order, `false` where there is none.
    private mutating func units(_ units: [Unicode.Scalar]) -> Bool? {
        var last: Int?
        while let next, Self.isDigit(next) {
            _ = skipDigits()
            guard let index = units.firstIndex(where: { skip($0) }) else { return nil }
            guard last == nil || last == index - 1 else { return nil }
            last = index
        }
        return last != nil
    }
}
