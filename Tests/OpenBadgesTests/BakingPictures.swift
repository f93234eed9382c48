import JSONCore
import OpenBadges

/// Images made by hand, chunk by chunk and tag by tag.
enum Pictures {
    /// A chunk with the checksum that it should have, or another.
    static func chunk(_ kind: String, _ data: [UInt8] = [], checksum: UInt32? = nil) -> [UInt8] {
        let body = Array(kind.utf8) + data
        return word(UInt32(data.count)) + body + word(checksum ?? crc32(body))
    }

    static let signature: [UInt8] = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]
    static let end = chunk("IEND")

    static func header(width: UInt32 = 3, height: UInt32 = 3, interlaced: Bool = false) -> [UInt8] {
        chunk("IHDR", word(width) + word(height) + [8, 0, 0, 0, interlaced ? 1 : 0])
    }

    /// Three rows of three grey points, each row with its filter byte.
    static let rows: [UInt8] = [0, 10, 20, 30, 0, 40, 50, 60, 0, 70, 80, 90]

    static func picture(_ rows: [UInt8] = rows) -> [UInt8] {
        do {
            return try Zlib.compress(rows)
        } catch {
            fatalError("no picture: \(error)")
        }
    }

    /// A PNG with chunks of one's own before and after the picture.
    static func png(before: [UInt8] = [], after: [UInt8] = []) -> [UInt8] {
        signature + header() + before + chunk("IDAT", picture()) + after + end
    }

    static let plain = png(before: chunk("gAMA", word(45_455)), after: chunk("tEXt", Array("Comment\0by hand".utf8)))

    /// Five passes of Adam7 hold something at three by three points, in rows of 1, 1, 2, twice 1, and 3.
    static let interlaced =
        signature + header(interlaced: true)
        + chunk("IDAT", picture([0, 1, 0, 2, 0, 3, 4, 0, 5, 0, 6, 0, 7, 8, 9])) + end

    /// Two frames: the picture itself, and one in an fdAT chunk.
    static let animated: [UInt8] = {
        func control(_ number: UInt32) -> [UInt8] {
            chunk("fcTL", word(number) + word(3) + word(3) + word(0) + word(0) + [0, 1, 0, 10, 0, 0])
        }
        return signature + header() + chunk("acTL", word(2) + word(0)) + control(0) + chunk("IDAT", picture())
            + control(1) + chunk("fdAT", word(2) + picture(rows.reversed())) + end
    }()

    /// An iTXt chunk.
    static func iTXt(
        _ keyword: String,
        _ text: [UInt8],
        flag: UInt8 = 0,
        language: String = "",
        translation: String = ""
    ) -> [UInt8] {
        let parts = Array(keyword.utf8) + [0, flag, 0] + Array(language.utf8) + [0] + Array(translation.utf8) + [0]
        return chunk("iTXt", parts + text)
    }

    static func word(_ value: UInt32) -> [UInt8] {
        [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: value >> UInt32($0)) }
    }

    /// The CRC of PNG's Annex D, bit by bit: another way than the one that is tested.
    static func crc32(_ bytes: [UInt8]) -> UInt32 {
        ~bytes.reduce(UInt32.max) { sum, byte in
            (0..<8).reduce(sum ^ UInt32(byte)) { value, _ in value & 1 == 1 ? 0xEDB8_8320 ^ (value >> 1) : value >> 1 }
        }
    }

    // MARK: SVG

    static let svg = """
        <?xml version="1.0" encoding="UTF-8"?>
        <!-- a badge & its maker -->
        <?maker keep="this"?>
        <svg xmlns="http://www.w3.org/2000/svg"
             viewBox='0 0 8 8'>
          <defs><linearGradient id="a"><stop offset="0"/></linearGradient></defs>
          <rect width="8" height="8" fill="url(#a)"/>\r
          <text>Ä &lt; Ö ]] &gt;</text>
        </svg>
        <!-- the end -->

        """

    static func svg(_ content: String, attributes: String = "") -> [UInt8] {
        Array("<svg xmlns=\"http://www.w3.org/2000/svg\"\(attributes)>\(content)</svg>".utf8)
    }
}

/// Credentials of both generations, in both forms.
enum Credentials {
    static let ob3JWT = made { try Exams.jwt() }
    static let ob2JWS = made { try Academy.sign() }
    static let ob2Hosted = Academy.hosted().json.serialized()
    /// With what ends a CDATA section, and what XML cannot hold.
    static let ob3JSON = Array(
        """
        {"@context": ["https://www.w3.org/ns/credentials/v2"], "type": ["VerifiableCredential", "AchievementCredential"],
         "name": "Käse ]]> und ]]]]>>\u{1F9C0} <!-- & -->", "proof": {"type": "DataIntegrityProof"}}

        """.utf8
    )
    static let all = ["ob3JWT": ob3JWT, "ob2JWS": ob2JWS, "ob2Hosted": ob2Hosted, "ob3JSON": ob3JSON]
    static let names = all.keys.sorted()

    private static func made(_ make: () throws -> [UInt8]) -> [UInt8] {
        do {
            return try make()
        } catch {
            fatalError("no credential: \(error)")
        }
    }
}

/// The code that something throws.
func code(_ body: () throws -> Void) -> OpenBadgesError.Code? {
    do {
        try body()
        return nil
    } catch {
        return (error as? OpenBadgesError)?.code
    }
}
