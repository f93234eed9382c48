import OpenBadges
import Testing

@Suite struct TimestampTests {
    @Test(
        "an RFC 3339 time is read exactly and written in Z",
        arguments: [
            ("2026-03-01T13:25:00Z", "2026-03-01T13:25:00Z", 1_772_371_500),
            ("2026-03-01T14:25:00+01:00", "2026-03-01T13:25:00Z", 1_772_371_500),
            ("2026-02-28T23:30:00.500-10:30", "2026-03-01T10:00:00.5Z", 1_772_359_200),
            ("1970-01-01T00:00:00Z", "1970-01-01T00:00:00Z", 0),
            ("1969-12-31T23:59:59.999999999Z", "1969-12-31T23:59:59.999999999Z", -1),
            ("0000-01-01T00:00:00Z", "0000-01-01T00:00:00Z", -62_167_219_200),
            ("9999-12-31T23:59:59Z", "9999-12-31T23:59:59Z", 253_402_300_799),
            ("2000-02-29t12:00:00z", "2000-02-29T12:00:00Z", 951_825_600),
            ("2016-12-31T23:59:60Z", "2017-01-01T00:00:00Z", 1_483_228_800),
            ("2026-03-01T13:25:00.1230000000000Z", "2026-03-01T13:25:00.123Z", 1_772_371_500),
            ("2026-03-01T13:25:00-00:00", "2026-03-01T13:25:00Z", 1_772_371_500),
        ]
    ) func reads(text: String, written: String, seconds: Int64) throws {
        let timestamp = try Timestamp(parsing: text)
        #expect(timestamp.description == written)
        #expect(timestamp.seconds == seconds)
        #expect(Timestamp(written) == timestamp)
    }

    @Test(
        "what is no instant is refused, with its reason",
        arguments: [
            ("2026-03-01T13:25:00", Timestamp.Failure.withoutZone), ("2026-03-01", .withoutZone),
            ("2026-03-01 13:25:00", .withoutZone), ("2026-03-01T13:25", .withoutZone), ("", .malformed),
            ("2026-03-01 13:25:00Z", .malformed), ("2026-02-29T00:00:00Z", .malformed),
            ("2026-13-01T00:00:00Z", .malformed), ("2026-03-01T24:00:00Z", .malformed),
            ("2026-03-01T13:25:60Z", .malformed), ("2026-03-01T13:25:00.Z", .malformed),
            ("2026-03-01T13:25:00+1:00", .malformed), ("2026-03-01T13:25:00+0100", .malformed),
            ("2026-03-01T13:25:00Z ", .malformed), ("03/01/2026 13:25:00", .malformed),
            ("2026-03-01T13:25:00.0000000001Z", .outOfRange), ("0000-01-01T00:00:00+01:00", .outOfRange),
            ("9999-12-31T23:59:59-01:00", .outOfRange), ("２０２６-03-01T13:25:00Z", .malformed),
        ]
    ) func refuses(text: String, failure: Timestamp.Failure) {
        #expect(throws: failure) { try Timestamp(parsing: text) }
    }

    @Test("every day of four centuries comes back as it was") func roundTrip() throws {
        for day in 0..<146_097 {
            let timestamp = try #require(Timestamp(seconds: Int64(day) * 86_400 - 11_676_096_000))
            #expect(Timestamp(timestamp.description) == timestamp)
        }
    }

    @Test("a month later is the month's last day where there is no such day") func calendar() throws {
        let last = try Timestamp(parsing: "2024-01-31T10:00:00Z")
        #expect(last.adding(months: 1)?.description == "2024-02-29T10:00:00Z")
        #expect(last.adding(years: 1, months: 1)?.description == "2025-02-28T10:00:00Z")
        #expect(last.adding(days: -31)?.description == "2023-12-31T10:00:00Z")
        #expect(last.adding(years: 9000) == nil)
        #expect(last.adding(years: .max) == nil)
    }

    @Test("instants are ordered by time, not by text") func order() throws {
        #expect(try Timestamp(parsing: "2026-03-01T14:00:00+02:00") < Timestamp(parsing: "2026-03-01T12:30:00Z"))
        #expect(try Timestamp(parsing: "2026-03-01T14:00:00+02:00") == Timestamp(parsing: "2026-03-01T12:00:00Z"))
    }

    @Test("a date is one that exists") func dates() {
        #expect(Timestamp.isDate("2024-02-29"))
        #expect(!Timestamp.isDate("2026-02-29"))
        #expect(!Timestamp.isDate("2026-02-28Z"))
    }
}
