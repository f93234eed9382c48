import JSONCore
import OpenBadges
import Proofs
import Testing

/// A small generator of numbers that are the same in each run (SplitMix64).
struct SeededNumbers: RandomNumberGenerator {
    private var state: UInt64
    init(seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var value = state
        value = (value ^ (value >> 30)) &* 0xBF58_476D_1CE4_E5B9
        value = (value ^ (value >> 27)) &* 0x94D0_49BB_1331_11EB
        return value ^ (value >> 31)
    }

    /// The bytes with one to three of them changed, added, taken out or doubled.
    mutating func mutated(_ bytes: [UInt8]) -> [UInt8] {
        var bytes = bytes
        for _ in 0..<Int.random(in: 1...3, using: &self) {
            guard !bytes.isEmpty else { return [UInt8.random(in: .min ... .max, using: &self)] }
            let place = Int.random(in: 0..<bytes.count, using: &self)
            switch Int.random(in: 0..<6, using: &self) {
            case 0: bytes[place] ^= 1 << UInt8.random(in: 0..<8, using: &self)
            case 1: bytes[place] = UInt8.random(in: .min ... .max, using: &self)
            case 2: bytes.remove(at: place)
            case 3: bytes.insert(UInt8.random(in: .min ... .max, using: &self), at: place)
            case 4: bytes.removeSubrange(place..<min(bytes.count, place + Int.random(in: 1...40, using: &self)))
            default:
                let end = min(bytes.count, place + Int.random(in: 1...40, using: &self))
                bytes.insert(contentsOf: bytes[place..<end], at: place)
            }
        }
        return bytes
    }
}

@Suite("Mutated badges")
struct MutationTests {
    @Test("no mutation of a signed badge crashes, and none of them verifies", arguments: 0..<8 as Range<UInt64>)
    func signedBadges(seed: UInt64) async throws {
        var numbers = SeededNumbers(seed: seed)
        for (badge, web) in [(try Exams.jwt(), Exams.web), (try Academy.sign(), Academy.web)] {
            for _ in 0..<120 {
                let mutated = numbers.mutated(badge)
                let report = await Exams.verify(mutated, web)
                #expect(report.checks.map(\.check) == CheckName.standard)
                // White space around a badge is not part of it.
                let trimmed = mutated.drop { $0 <= 0x20 }.reversed().drop { $0 <= 0x20 }.reversed()
                guard Array(trimmed) != badge else { continue }
                #expect(!report.isVerified, "\(String(decoding: mutated, as: UTF8.self))")
            }
        }
    }

    @Test("no single bit of a signed badge can be turned", arguments: [false, true])
    func bits(isOB2: Bool) async throws {
        let badge = isOB2 ? try Academy.sign() : try Exams.jwt()
        let web = isOB2 ? Academy.web : Exams.web
        for place in Swift.stride(from: 0, to: badge.count, by: 7) {
            var mutated = badge
            mutated[place] ^= 1 << UInt8(place % 7)
            #expect(await !Exams.verify(mutated, web).isVerified, "byte \(place)")
        }
    }

    @Test("the parts of two good badges do not make a third")
    func mixed() async throws {
        var second = Exams.credential()
        second.name = "Algebra II"
        let parts = try [Exams.jwt(), Exams.jwt(second)].map { badge in
            String(decoding: badge, as: UTF8.self).split(separator: ".").map(String.init)
        }
        let mixed = [parts[0][0], parts[1][1], parts[0][2]].joined(separator: ".")
        #expect(await Exams.verify(Array(mixed.utf8)).answers.authentic == .no)
        let unsigned = [parts[0][0], parts[0][1], ""].joined(separator: ".")
        #expect(await Exams.verify(Array(unsigned.utf8)).answers.authentic == .no)
    }

    @Test("no mutation of a hosted badge or of its documents crashes", arguments: 0..<8 as Range<UInt64>)
    func hosted(seed: UInt64) async throws {
        var numbers = SeededNumbers(seed: seed &+ 100)
        let file = Academy.hosted().json.serialized()
        for _ in 0..<80 {
            let report = await Academy.verify(numbers.mutated(file))
            #expect(report.checks.map(\.check) == CheckName.standard)
        }
        for url in [Academy.hostedID, Academy.classURL, Academy.issuerURL] {
            guard case .found(let document) = Academy.web.answers[url] else { continue }
            for _ in 0..<50 {
                var web = Academy.web
                let body = numbers.mutated(document.body)
                web.answers[url] = .found(LoadedDocument(url: url, body: body, source: .web))
                let report = await Academy.verify(file, web)
                #expect(report.checks.map(\.check) == CheckName.standard)
            }
        }
    }

    @Test(
        "no mutation of an issuer's documents crashes, or makes a forger the issuer",
        arguments: 0..<4 as Range<UInt64>
    )
    func documents(seed: UInt64) async throws {
        var numbers = SeededNumbers(seed: seed &+ 200)
        let did = try Exams.jwt()
        let forged = try Exams.jwt(key: Exams.forger)
        for _ in 0..<100 {
            var web = Exams.web
            guard case .found(let document) = web.answers[Exams.didURL] else { return }
            let body = numbers.mutated(document.body)
            web.answers[Exams.didURL] = .found(LoadedDocument(url: Exams.didURL, body: body, source: .web))
            _ = await Exams.verify(did, web)
            #expect(await !Exams.verify(forged, web).isVerified)
        }
        let signed = try Academy.sign()
        for url in [Academy.keyURL, Academy.listURL, Academy.issuerURL] {
            guard case .found(let document) = Academy.web.answers[url] else { continue }
            for _ in 0..<60 {
                var web = Academy.web
                let body = numbers.mutated(document.body)
                web.answers[url] = .found(LoadedDocument(url: url, body: body, source: .web))
                _ = await Academy.verify(signed, web)
            }
        }
    }

    @Test("a payload with any member of any kind is answered", arguments: 0..<4 as Range<UInt64>)
    func values(seed: UInt64) async throws {
        let odd: [JSON] = [
            nil, true, 0, -1, "", "x", [], [nil], [:], [[[]]], 1e300, "\u{0}", ["id": nil],
            ["id": 1, "type": [nil, 1]], "https://", "did:", "#", "sha256$",
        ]
        var numbers = SeededNumbers(seed: seed)
        for payload in [try Exams.payload(), Academy.signed().json] {
            for _ in 0..<120 {
                var changed = payload
                let path = Self.path(in: payload, &numbers)
                let value = odd[Int.random(in: 0..<odd.count, using: &numbers)]
                changed = Self.replacing(changed, path[...], with: value)
                for web in [Exams.web, Academy.web] {
                    let report = await Exams.verify(
                        try Exams.jws(header: Exams.header(), payload: changed),
                        web,
                        recipient: .email("ada@example.org")
                    )
                    #expect(report.checks.map(\.check) == CheckName.standard)
                }
            }
        }
    }

    private static func path(in json: JSON, _ numbers: inout SeededNumbers) -> [String] {
        var path: [String] = []
        var current = json
        while let object = current.object, let member = object.randomElement(using: &numbers) {
            path.append(member.key)
            current = member.value
            if Bool.random(using: &numbers) { break }
        }
        return path
    }

    private static func replacing(_ json: JSON, _ path: ArraySlice<String>, with value: JSON) -> JSON {
        guard let first = path.first, let member = json[first] else { return value }
        var changed = json
        changed[first] = replacing(member, path.dropFirst(), with: value)
        return changed
    }
}
