import Cryptography
import Glibc
import OpenBadges

/// The line of the speed table about images: a credential into a PNG of 50 KB, and out of it, in memory.
///
/// The goals are shares of how often the baked image's bytes can be copied in the same run, 630,000 times a second on
/// the table's machine: 150,000 bakes and 400,000 times the other way.
struct BakingLines {
    let measurement: Measurement
    let workload: Workload

    private static let suite = "png iTXt 50 KB"

    func run() throws {
        guard ["bake", "unbake"].contains(where: { measurement.wants($0, Self.suite) }) else { return }
        let signer = try CredentialSigner(
            key: try PrivateKey(generating: .p256),
            kid: "\(workload.issuer.id)#key-1"
        )
        let badges = try (0..<200).map { try BakeableCredential(signer.compact(workload.credential($0))) }
        let image = Self.image()
        let blank = try BlankBadge(image, for: .ob3)
        let baked = try badges.map { try blank.baked(with: $0) }
        must(try Bakery.unbake(baked[3]).preferred.bytes == badges[3].bytes, "another credential comes out")
        var tampered = baked[3]
        tampered[300] ^= 1
        must((try? Bakery.unbake(tampered)) == nil, "a changed chunk is read")

        let copy = { (number: Int) in
            let copy = Array(baked[number % 200][1...])
            must(copy.count > image.count, "nothing is copied")
        }
        measure("bake", Self.suite, goal: 0.24, beside: copy) { number in
            must((try? blank.baked(with: badges[number % 200]).count) ?? 0 > image.count, "it fails")
        }
        measure("unbake", Self.suite, goal: 0.63, beside: copy) { number in
            must((try? Bakery.unbake(baked[number % 200]))?.carriers.count == 1, "it fails")
        }
        // A single badge costs the looking at its image, too: every checksum, and the picture itself.
        measure("bake", "one, \(Self.suite), image checked", goal: nil, beside: copy) { number in
            must((try? Bakery.bake(badges[number % 200].bytes, into: image)) != nil, "it fails")
        }
        let options = BakingOptions(checksPicture: false)
        measure("bake", "one, \(Self.suite), checksums only", goal: nil, beside: copy) { number in
            must((try? Bakery.bake(badges[number % 200].bytes, into: image, options: options)) != nil, "it fails")
        }
    }

    private func measure(
        _ op: String,
        _ suite: String,
        goal: Double?,
        beside reference: (Int) -> Void,
        _ one: (Int) -> Void
    ) {
        guard measurement.wants(op, suite) else { return }
        var own: [Measurement.Rate] = []
        var copies: [Measurement.Rate] = []
        for round in -1..<measurement.rounds {
            let copy = measurement.rate { for number in $0 { reference(number) } }
            let rate = measurement.rate { for number in $0 { one(number) } }
            if round >= 0 {
                copies.append(copy)
                own.append(rate)
            }
        }
        print(measurement.line("ours 0.1", op, suite, own))
        print(measurement.line("memory alone", "copy", suite, copies))
        if let goal {
            let ratios = zip(own, copies).map { $0.cpu / $1.cpu }.sorted()
            let ratio = ratios[ratios.count / 2]
            let verdict = ratio >= goal ? "reached" : "NOT reached"
            print(
                #"{"op": "\#(op)", "suite": "\#(suite)", "ratio": \#(measurement.number(ratio)), "#
                    + #""goal": \#(measurement.number(goal)), "verdict": "\#(verdict)"}"#
            )
        }
        fflush(nil)
    }

    /// A PNG of 50 KB: grey noise that does not compress, stored as it is, in pieces of 8 KiB.
    private static func image() -> [UInt8] {
        let (width, height) = (223, 223)
        var state: UInt32 = 1
        var rows: [UInt8] = []
        for _ in 0..<height {
            rows.append(0)
            for _ in 0..<width {
                state = state &* 1_664_525 &+ 1_013_904_223
                rows.append(UInt8(truncatingIfNeeded: state >> 24))
            }
        }
        // Zlib around one stored block, by hand: the library's own deflate is not for others to use.
        let length = UInt16(rows.count)
        var (low, high): (UInt32, UInt32) = (1, 0)
        for byte in rows {
            low = (low + UInt32(byte)) % 65_521
            high = (high + low) % 65_521
        }
        var stream: [UInt8] = [0x78, 0x01, 1]
        for half in [length, ~length] { stream += [UInt8(half & 0xFF), UInt8(half >> 8)] }
        stream += rows
        stream += word(high << 16 | low)
        var image: [UInt8] = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]
        image += chunk("IHDR", word(UInt32(width)) + word(UInt32(height)) + [8, 0, 0, 0, 0])
        for start in stride(from: 0, to: stream.count, by: 8192) {
            image += chunk("IDAT", Array(stream[start..<min(start + 8192, stream.count)]))
        }
        return image + chunk("IEND", [])
    }

    private static func chunk(_ kind: String, _ data: [UInt8]) -> [UInt8] {
        let body = Array(kind.utf8) + data
        let sum = body.reduce(UInt32.max) { sum, byte in
            (0..<8).reduce(sum ^ UInt32(byte)) { value, _ in value & 1 == 1 ? 0xEDB8_8320 ^ (value >> 1) : value >> 1 }
        }
        return word(UInt32(data.count)) + body + word(~sum)
    }

    private static func word(_ value: UInt32) -> [UInt8] {
        [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: value >> UInt32($0)) }
    }
}
