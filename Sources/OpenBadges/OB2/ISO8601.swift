/// The date and time forms of Open Badges 2.0: seconds may be left out, and the zone may be `+0000` or `+00`.
///
/// Source: Open Badges 2.0, "DateTime" (ISO 8601, with a time and a zone).
enum ISO8601 {
    static func timestamp(_ text: String) -> Timestamp? {
        if let exact = Timestamp(text) { return exact }
        let bytes = Array(text.utf8)
        // 2016-12-31T23:59 at least, and a zone.
        guard bytes.count >= 17, bytes[10] == UInt8(ascii: "T") || bytes[10] == UInt8(ascii: "t") else { return nil }
        guard let zone = bytes[16...].firstIndex(where: { "Zz+-".utf8.contains($0) }) else { return nil }
        var time = String(decoding: bytes[..<zone], as: UTF8.self)
        if zone == 16 { time += ":00" }
        let digits = bytes[(zone + 1)...].filter { $0 != UInt8(ascii: ":") }
        if bytes[zone] == UInt8(ascii: "Z") || bytes[zone] == UInt8(ascii: "z") {
            return digits.isEmpty ? Timestamp(time + "Z") : nil
        }
        guard digits.count == 2 || digits.count == 4 else { return nil }
        let sign = String(decoding: [bytes[zone]], as: UTF8.self)
        let hours = String(decoding: digits.prefix(2), as: UTF8.self)
        let minutes = digits.count == 4 ? String(decoding: digits.suffix(2), as: UTF8.self) : "00"
        return Timestamp("\(time)\(sign)\(hours):\(minutes)")
    }
}
