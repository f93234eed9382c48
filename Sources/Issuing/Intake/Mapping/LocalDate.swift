import Foundation
import OpenBadges

/// How a source writes its dates: in what zone, and in what order.
///
/// A local time that does not exist, or exists twice (the hours of a clock change), is no instant: it is refused unless
/// the mapping says which one is meant.
struct LocalDate: Sendable, Hashable {
    /// Which of two instants a local time is that exists twice.
    enum Ambiguity: String, Sendable, Hashable, CaseIterable {
        case refuse, earlier, later
    }

    /// Why a text is no instant.
    enum Failure: Error {
        case malformed, nonexistent, ambiguous, withoutZone
    }

    /// `nil` where only the user can say it, and has not.
    var zone: TimeZone?
    /// Patterns of `%Y %m %d %H %M %S %y %b %A %I %p %s`; tried in their order.
    let patterns: [String]
    let ambiguity: Ambiguity
    /// The names of the twelve months, in lower case, where they are not English.
    var months: [String] = DateFields.months

    static let defaultPatterns = [
        "%Y-%m-%dT%H:%M:%S", "%Y-%m-%d %H:%M:%S", "%Y-%m-%dT%H:%M", "%Y-%m-%d %H:%M", "%Y-%m-%d",
    ]

    func instant(_ text: String) throws(Failure) -> Timestamp {
        let bytes = Array(text.trimmed.utf8)
        for pattern in patterns {
            guard let fields = DateFields(bytes, Array(pattern.utf8), months) else { continue }
            if let seconds = fields.epoch {
                guard let instant = Timestamp(seconds: seconds) else { throw .malformed }
                return instant
            }
            return try instant(fields)
        }
        throw .malformed
    }

    private func instant(_ fields: DateFields) throws(Failure) -> Timestamp {
        guard let zone else { throw .withoutZone }
        // As if the clock showed UTC; what the zone is ahead is then taken off.
        let day = "\(fields.padded(fields.year, 4))-\(fields.padded(fields.month, 2))-\(fields.padded(fields.day, 2))"
        let time =
            "\(fields.padded(fields.hour, 2)):\(fields.padded(fields.minute, 2)):\(fields.padded(fields.second, 2))"
        guard let local = Timestamp("\(day)T\(time)Z") else { throw .malformed }
        var found: [Int64] = []
        for distance in [-86_400, 86_400] {
            let near = Date(timeIntervalSince1970: Double(local.seconds + Int64(distance)))
            let candidate = local.seconds - Int64(zone.secondsFromGMT(for: near))
            let own = Int64(zone.secondsFromGMT(for: Date(timeIntervalSince1970: Double(candidate))))
            if candidate + own == local.seconds, !found.contains(candidate) { found.append(candidate) }
        }
        found.sort()
        guard let first = found.first, let last = found.last else { throw .nonexistent }
        if found.count > 1, ambiguity == .refuse { throw .ambiguous }
        guard let instant = Timestamp(seconds: ambiguity == .later ? last : first) else { throw .malformed }
        return instant
    }
}

/// The numbers of a date, read by a pattern.
struct DateFields {
    private(set) var year = 0
    private(set) var month = 1
    private(set) var day = 1
    private(set) var hour = 0
    private(set) var minute = 0
    private(set) var second = 0
    /// The seconds of Unix, where the text is these.
    private(set) var epoch: Int64?

    static let months = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]

    /// `nil` where the text is not of the pattern.
    init?(_ text: [UInt8], _ pattern: [UInt8], _ months: [String]) {
        var (place, sign) = (0, 0)
        var isAfternoon: Bool?
        func number(_ digits: ClosedRange<Int>) -> Int? {
            var (value, count) = (0, 0)
            while count < digits.upperBound, place < text.count, (0x30...0x39).contains(text[place]) {
                value = value * 10 + Int(text[place] - 0x30)
                place += 1
                count += 1
            }
            return count >= digits.lowerBound ? value : nil
        }
        while sign < pattern.count {
            guard pattern[sign] == UInt8(ascii: "%"), sign + 1 < pattern.count else {
                guard place < text.count, text[place] == pattern[sign] else { return nil }
                place += 1
                sign += 1
                continue
            }
            switch pattern[sign + 1] {
            case UInt8(ascii: "Y"):
                guard let value = number(4...4) else { return nil }
                year = value
            case UInt8(ascii: "y"):
                guard let value = number(2...2) else { return nil }
                year = value < 70 ? 2000 + value : 1900 + value
            case UInt8(ascii: "m"):
                guard let value = number(1...2) else { return nil }
                month = value
            case UInt8(ascii: "d"):
                guard let value = number(1...2) else { return nil }
                day = value
            case UInt8(ascii: "H"), UInt8(ascii: "I"):
                guard let value = number(1...2) else { return nil }
                hour = value
            case UInt8(ascii: "M"):
                guard let value = number(2...2) else { return nil }
                minute = value
            case UInt8(ascii: "S"):
                guard let value = number(2...2) else { return nil }
                second = value
            case UInt8(ascii: "b"):
                // The whole name, or at least three letters of it.
                let rest = String(decoding: text[place...], as: UTF8.self)
                let word = rest.prefix { $0.isLetter }
                let name = word.lowercased()
                guard let index = months.firstIndex(where: { $0.hasPrefix(name) || name.hasPrefix($0) }),
                    name.count >= 3 || months[index] == name
                else { return nil }
                month = index + 1
                place += word.utf8.count
                if place < text.count, text[place] == UInt8(ascii: "."), sign + 2 < pattern.count,
                    pattern[sign + 2] != UInt8(ascii: ".")
                {
                    place += 1
                }
            case UInt8(ascii: "A"):
                // The day of the week says nothing that the date does not.
                let start = place
                while place < text.count, (0x61...0x7A).contains(text[place] | 0x20) || text[place] >= 0x80 {
                    place += 1
                }
                guard place > start else { return nil }
            case UInt8(ascii: "s"):
                guard place == 0, let seconds = Int64(String(decoding: text, as: UTF8.self)) else { return nil }
                epoch = seconds
                place = text.count
            case UInt8(ascii: "p"):
                guard place + 2 <= text.count else { return nil }
                switch String(decoding: text[place..<(place + 2)], as: UTF8.self).lowercased() {
                case "am": isAfternoon = false
                case "pm": isAfternoon = true
                default: return nil
                }
                place += 2
            default: return nil
            }
            sign += 2
        }
        guard place == text.count else { return nil }
        if let isAfternoon {
            guard (1...12).contains(hour) else { return nil }
            hour = hour % 12 + (isAfternoon ? 12 : 0)
        }
    }

    func padded(_ value: Int, _ count: Int) -> String {
        let digits = String(value)
        return String(repeating: "0", count: max(0, count - digits.utf8.count)) + digits
    }
}
