/// A point in time as HTTP writes it: `Sun, 06 Nov 1994 08:49:37 GMT` (RFC 9110 §5.6.7).
enum HTTPDate {
    /// Reads any of the three forms that servers use; seconds since 1970, or nil where it is none of them.
    ///
    /// `Expires: 0` is common, and means "in the past": no date, so nil.
    static func seconds(_ text: String) -> Int64? {
        let words = text.split { " ,-:\t".contains($0) }
        switch words.count {
        // Sun, 06 Nov 1994 08:49:37 GMT · Sunday, 06-Nov-94 08:49:37 GMT
        case 8 where words[7] == "GMT" || words[7] == "UTC":
            return seconds(year: words[3], month: words[2], day: words[1], time: words[4...6])
        // Sun Nov  6 08:49:37 1994
        case 7: return seconds(year: words[6], month: words[1], day: words[2], time: words[3...5])
        default: return nil
        }
    }

    private static func seconds(
        year: Substring,
        month: Substring,
        day: Substring,
        time: ArraySlice<Substring>
    ) -> Int64? {
        guard let month = months.firstIndex(of: month.lowercased()), var year = number(year, upTo: 9999),
            let day = number(day, upTo: 31), day > 0
        else { return nil }
        // RFC 850 wrote years in two digits; that was before 2000, and is still done.
        if year < 100 { year += year < 70 ? 2000 : 1900 }
        let limits: [Int64] = [23, 59, 60]
        var seconds: Int64 = 0
        for (word, limit) in zip(time, limits) {
            guard let value = number(word, upTo: limit) else { return nil }
            seconds = seconds * 60 + value
        }
        return days(year: year, month: Int64(month) + 1, day: day) * 86400 + seconds
    }

    private static let months = [
        "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec",
    ]

    private static func number(_ word: Substring, upTo limit: Int64) -> Int64? {
        guard word.utf8.allSatisfy(\.isASCIIDigit), let value = Int64(word), value <= limit else { return nil }
        return value
    }

    /// Days since 1970-01-01 in the Gregorian calendar; a year is counted from March, so that the leap day is its last.
    private static func days(year: Int64, month: Int64, day: Int64) -> Int64 {
        let year = month <= 2 ? year - 1 : year
        let monthFromMarch = (month + 9) % 12
        let dayOfYear = (153 * monthFromMarch + 2) / 5 + day - 1
        let leapDays = year / 4 - year / 100 + year / 400
        return year * 365 + leapDays + dayOfYear - 719_468
    }
}
