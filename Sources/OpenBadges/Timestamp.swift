/// An instant as RFC 3339 writes it: exact to the nanosecond, on the time scale of UTC.
///
/// Badges, results and policies are compared by instant, never by text: `14:00+01:00` and `13:00Z` are one. A time
/// without a zone is no instant and is refused; nobody but its author can say which one is meant.
///
/// *For example:* `Timestamp("2026-03-01T14:25:00.5+01:00")?.description` is `2026-03-01T13:25:00.5Z`.
public struct Timestamp: Sendable, Hashable, Comparable, CustomStringConvertible {
    /// Why a text is no timestamp.
    public enum Failure: String, Error, Sendable, Hashable {
        /// Not of the form `YYYY-MM-DDThh:mm:ssZ`, or a number is out of its range.
        case malformed
        /// A date, or a date and time, but no zone: not an instant.
        case withoutZone
        /// The instant lies outside of the years 0000 to 9999, or is finer than a nanosecond.
        case outOfRange
    }

    /// Whole seconds since 1970-01-01T00:00:00Z, rounded down.
    public let seconds: Int64
    /// What is to be added to ``seconds``, from 0 to 999,999,999.
    public let nanoseconds: Int32

    /// The instant that many seconds after 1970-01-01T00:00:00Z; `nil` outside of the years 0000 to 9999.
    public init?(seconds: Int64, nanoseconds: Int32 = 0) {
        guard Self.range.contains(seconds), 0..<1_000_000_000 ~= nanoseconds else { return nil }
        self.seconds = seconds
        self.nanoseconds = nanoseconds
    }

    init(unchecked seconds: Int64, _ nanoseconds: Int32) {
        self.seconds = seconds
        self.nanoseconds = nanoseconds
    }

    /// Reads an RFC 3339 text; `nil` if it is none. See ``init(parsing:)`` for the reason.
    public init?(_ text: some StringProtocol) {
        guard let parsed = try? Timestamp(parsing: text) else { return nil }
        self = parsed
    }

    /// Reads an RFC 3339 §5.6 `date-time`, exactly.
    ///
    /// `T` and `Z` may be in lower case, as the RFC says; a space for the `T` is refused, as is a fraction with other
    /// digits than zeros after the ninth. A leap second (`23:59:60` in UTC, at the end of a month) is the second that
    /// follows it.
    public init(parsing text: some StringProtocol) throws(Failure) {
        var text = String(text)
        let result: Swift.Result<Timestamp, Failure> = text.withUTF8 { bytes in
            var scanner = TimestampScanner(bytes)
            return scanner.timestamp()
        }
        self = try result.get()
    }

    /// The same instant without its fraction of a second.
    public var wholeSeconds: Timestamp { Timestamp(unchecked: seconds, 0) }

    /// `2026-03-01T13:25:00Z`: always in `Z`, the fraction without zeros at its end, and left out where it is zero.
    public var description: String {
        let date = CivilDate(days: seconds.flooredQuotient(86_400))
        let second = Int(seconds.flooredRemainder(86_400))
        var text: [UInt8] = []
        text.reserveCapacity(30)
        text.appendDigits(date.year, count: 4)
        text.append(UInt8(ascii: "-"))
        text.appendDigits(date.month, count: 2)
        text.append(UInt8(ascii: "-"))
        text.appendDigits(date.day, count: 2)
        text.append(UInt8(ascii: "T"))
        text.appendDigits(second / 3600, count: 2)
        text.append(UInt8(ascii: ":"))
        text.appendDigits(second / 60 % 60, count: 2)
        text.append(UInt8(ascii: ":"))
        text.appendDigits(second % 60, count: 2)
        if nanoseconds != 0 {
            text.append(UInt8(ascii: "."))
            text.appendDigits(Int(nanoseconds), count: 9)
            while text.last == UInt8(ascii: "0") { text.removeLast() }
        }
        text.append(UInt8(ascii: "Z"))
        return String(decoding: text, as: UTF8.self)
    }

    /// The earlier instant is the lesser.
    public static func < (left: Timestamp, right: Timestamp) -> Bool {
        (left.seconds, left.nanoseconds) < (right.seconds, right.nanoseconds)
    }

    /// The same time of day, in UTC, some calendar years, months and days later.
    ///
    /// A day that the month does not have becomes its last: 31 January and one month is 28 or 29 February. `nil`
    /// outside of the years 0000 to 9999.
    public func adding(years: Int = 0, months: Int = 0, days: Int = 0) -> Timestamp? {
        let budget = -4_000_000...4_000_000
        guard budget ~= years, budget ~= months, budget ~= days else { return nil }
        let date = CivilDate(days: seconds.flooredQuotient(86_400))
        let month = Int64(date.year + years) * 12 + Int64(date.month - 1 + months)
        let year = Int(month.flooredQuotient(12))
        guard 0...9999 ~= year else { return nil }
        let inYear = Int(month.flooredRemainder(12)) + 1
        let day = min(date.day, CivilDate.length(ofMonth: inYear, year: year))
        let whole = CivilDate(year: year, month: inYear, day: day).days + Int64(days)
        return Timestamp(seconds: whole * 86_400 + seconds.flooredRemainder(86_400), nanoseconds: nanoseconds)
    }

    /// Whether a text is a calendar date, `2026-03-01`, that exists (RFC 3339 `full-date`).
    public static func isDate(_ text: some StringProtocol) -> Bool {
        var text = String(text)
        return text.withUTF8 { bytes in
            var scanner = TimestampScanner(bytes)
            return scanner.date() != nil && scanner.isAtEnd
        }
    }

    // 0000-01-01T00:00:00Z to 9999-12-31T23:59:59Z: what four digits of a year can say.
    private static let range: ClosedRange<Int64> = -62_167_219_200...253_402_300_799
}

/// Reads the parts of an RFC 3339 text, from left to right.
private struct TimestampScanner {
    private let bytes: UnsafeBufferPointer<UInt8>
    private var index = 0

    init(_ bytes: UnsafeBufferPointer<UInt8>) {
        self.bytes = bytes
    }

    var isAtEnd: Bool { index == bytes.count }

    mutating func timestamp() -> Swift.Result<Timestamp, Timestamp.Failure> {
        guard let date = date() else { return .failure(.malformed) }
        if isAtEnd { return .failure(.withoutZone) }
        let hasT = take(UInt8(ascii: "T")) || take(UInt8(ascii: "t"))
        // "2026-03-01 12:30:00" lacks a zone as well; that is what its owner needs to hear first.
        guard hasT || take(UInt8(ascii: " ")) else { return .failure(.malformed) }
        guard let hour = digits(2), hour < 24, take(UInt8(ascii: ":")), let minute = digits(2), minute < 60 else {
            return .failure(.malformed)
        }
        if isAtEnd { return .failure(.withoutZone) }
        guard take(UInt8(ascii: ":")), let second = digits(2), second <= 60 else { return .failure(.malformed) }
        guard let fraction = fraction() else { return .failure(.malformed) }
        if isAtEnd { return .failure(.withoutZone) }
        guard let offset = offset(), isAtEnd, hasT else { return .failure(.malformed) }
        let local = date.days * 86_400 + Int64(hour * 3600 + minute * 60 + second)
        if second == 60 {
            let next = CivilDate(days: (local - offset).flooredQuotient(86_400))
            guard (local - offset).flooredRemainder(86_400) == 0, next.day == 1 else { return .failure(.malformed) }
        }
        guard fraction >= 0, let timestamp = Timestamp(seconds: local - offset, nanoseconds: fraction) else {
            return .failure(.outOfRange)
        }
        return .success(timestamp)
    }

    mutating func date() -> CivilDate? {
        guard let year = digits(4), take(UInt8(ascii: "-")), let month = digits(2), take(UInt8(ascii: "-")),
            let day = digits(2), 1...12 ~= month, day >= 1, day <= CivilDate.length(ofMonth: month, year: year)
        else { return nil }
        return CivilDate(year: year, month: month, day: day)
    }

    /// Nanoseconds; -1 where the fraction is finer than that, `nil` where it has no digits.
    private mutating func fraction() -> Int32? {
        guard take(UInt8(ascii: ".")) else { return 0 }
        var value: Int32 = 0
        var count = 0
        var isFiner = false
        while let digit = digits(1) {
            if count < 9 { value = value * 10 + Int32(digit) } else if digit != 0 { isFiner = true }
            count += 1
        }
        guard count > 0 else { return nil }
        for _ in 0..<max(0, 9 - count) { value *= 10 }
        return isFiner ? -1 : value
    }

    /// Seconds east of UTC. `-00:00` (UTC, place unknown) is 0.
    private mutating func offset() -> Int64? {
        if take(UInt8(ascii: "Z")) || take(UInt8(ascii: "z")) { return 0 }
        let isWest = take(UInt8(ascii: "-"))
        guard isWest || take(UInt8(ascii: "+")), let hour = digits(2), hour < 24, take(UInt8(ascii: ":")),
            let minute = digits(2), minute < 60
        else { return nil }
        let offset = Int64(hour * 3600 + minute * 60)
        return isWest ? -offset : offset
    }

    private mutating func take(_ byte: UInt8) -> Bool {
        guard index < bytes.count, bytes[index] == byte else { return false }
        index += 1
        return true
    }

    private mutating func digits(_ count: Int) -> Int? {
        guard bytes.count - index >= count else { return nil }
        var value = 0
        for byte in bytes[index..<(index + count)] {
            guard UInt8(ascii: "0")...UInt8(ascii: "9") ~= byte else { return nil }
            value = value * 10 + Int(byte - UInt8(ascii: "0"))
        }
        index += count
        return value
    }
}

/// A day of the proleptic Gregorian calendar.
private struct CivilDate {
    let year: Int
    let month: Int
    let day: Int

    init(year: Int, month: Int, day: Int) {
        (self.year, self.month, self.day) = (year, month, day)
    }

    /// The day that many days after 1970-01-01, counted in eras of 400 years that begin on the first of March, so
    /// that the leap day is the last of its year.
    init(days: Int64) {
        let shifted = days + 719_468
        let era = shifted.flooredQuotient(146_097)
        let dayOfEra = Int(shifted.flooredRemainder(146_097))
        let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let fromMarch = (5 * dayOfYear + 2) / 153
        let month = fromMarch < 10 ? fromMarch + 3 : fromMarch - 9
        self.init(
            year: yearOfEra + Int(era) * 400 + (month <= 2 ? 1 : 0),
            month: month,
            day: dayOfYear - (153 * fromMarch + 2) / 5 + 1
        )
    }

    /// Days since 1970-01-01: the inverse.
    var days: Int64 {
        let shiftedYear = Int64(month <= 2 ? year - 1 : year)
        let era = shiftedYear.flooredQuotient(400)
        let yearOfEra = shiftedYear.flooredRemainder(400)
        let fromMarch = Int64(month > 2 ? month - 3 : month + 9)
        let dayOfYear = (153 * fromMarch + 2) / 5 + Int64(day) - 1
        return era * 146_097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - 719_468
    }

    static func length(ofMonth month: Int, year: Int) -> Int {
        switch month {
        case 2: year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28
        case 4, 6, 9, 11: 30
        default: 31
        }
    }
}

extension Int64 {
    /// The quotient rounded down, also below zero.
    fileprivate func flooredQuotient(_ divisor: Int64) -> Int64 {
        let (quotient, remainder) = quotientAndRemainder(dividingBy: divisor)
        return remainder < 0 ? quotient - 1 : quotient
    }

    /// What the quotient rounded down leaves: never negative.
    fileprivate func flooredRemainder(_ divisor: Int64) -> Int64 {
        let remainder = self % divisor
        return remainder < 0 ? remainder + divisor : remainder
    }
}

extension [UInt8] {
    fileprivate mutating func appendDigits(_ value: Int, count: Int) {
        var divisor = 1
        for _ in 1..<count { divisor *= 10 }
        while divisor > 0 {
            append(UInt8(ascii: "0") + UInt8(truncatingIfNeeded: value / divisor % 10))
            divisor /= 10
        }
    }
}
