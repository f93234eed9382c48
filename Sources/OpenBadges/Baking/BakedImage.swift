/// An image with at least one badge in it: every place that holds one, in the order of the file.
public struct BakedImage: Sendable {
    public let format: ImageFormat
    /// All carriers, as they stand. Nothing of them is verified.
    public let carriers: [BadgeCarrier]
    /// The carrier to go by: a credential before a URL, Open Badges 3.0 before 2.0, else the first.
    public let preferred: BadgeCarrier
    /// How many bytes stand after the end of a PNG.
    let trailingBytes: Int

    init?(format: ImageFormat, carriers: [BadgeCarrier], trailingBytes: Int = 0) {
        guard let first = carriers.first else { return nil }
        self.format = format
        self.carriers = carriers
        self.trailingBytes = trailingBytes
        preferred = carriers.count == 1 ? first : Self.preferred(among: carriers, first)
    }

    /// What is odd about the image: for people to see, and for a verifier to weigh.
    ///
    /// Found when asked for, since it costs more than taking the badge out.
    public var warnings: [BakingWarning] { BakingWarning.all(about: self) }

    private static func preferred(among carriers: [BadgeCarrier], _ first: BadgeCarrier) -> BadgeCarrier {
        func rank(_ carrier: BadgeCarrier) -> Int {
            let isOB3 = carrier.generation == .ob3
            return switch carrier.content {
            case .jws: isOB3 ? 0 : 2
            case .json: isOB3 ? 1 : 3
            case .url: 4
            case .other: 5
            }
        }
        // The first of the best: `min` keeps it.
        return carriers.min { rank($0) < rank($1) } ?? first
    }
}

/// Something odd about a baked image that does not keep its badge from being read.
public struct BakingWarning: Sendable, Hashable, CustomStringConvertible {
    /// A stable name, for programs.
    public enum Code: String, Sendable, Hashable, CaseIterable {
        /// Two places of one generation hold the same badge; each specification allows one.
        case repeated = "CARRIER_REPEATED"
        /// Two places of one generation hold different badges.
        case disagreeing = "CARRIERS_DISAGREE"
        /// There are places of both generations.
        case bothGenerations = "BOTH_GENERATIONS"
        /// A badge of one generation stands in the place of the other.
        case wrongPlace = "WRONG_PLACE"
        /// The text is in a chunk of the time before Open Badges 1.0.
        case legacyText = "LEGACY_TEXT"
        /// The text is compressed, which both specifications forbid.
        case compressed = "COMPRESSED_TEXT"
        /// There is a URL and nothing else: the badge itself has to be fetched.
        case urlOnly = "URL_ONLY"
        /// The text is no JWS, no JSON and no URL.
        case unreadable = "NOT_A_CREDENTIAL"
        /// There are bytes after the end of the image.
        case trailing = "TRAILING_DATA"
    }

    public let code: Code
    /// One sentence for people.
    public let detail: String
    public var description: String { "\(code.rawValue): \(detail)" }

    static func all(about image: BakedImage) -> [BakingWarning] {
        var warnings: [BakingWarning] = []
        func warn(_ code: Code, _ detail: String) {
            warnings.append(BakingWarning(code: code, detail: detail))
        }
        for generation in BadgeGeneration.allCases {
            let own = image.carriers.filter { $0.generation == generation }
            guard Set(own.map(\.place)).count > 1 else { continue }
            if Set(own.map { Array($0.bytes.withoutOuterSpace) }).count == 1 {
                warn(.repeated, "the same badge stands in two places for \(generation.name)")
            } else {
                warn(.disagreeing, "different badges stand in the places for \(generation.name)")
            }
        }
        if Set(image.carriers.map(\.generation)).count == 2 {
            warn(.bothGenerations, "there is a badge in the place for each generation")
        }
        for carrier in image.carriers {
            if let claimed = carrier.claimedGeneration, claimed != carrier.generation {
                warn(.wrongPlace, "a badge of \(claimed.name) stands in the place for \(carrier.generation.name)")
            }
            switch carrier.kind {
            case .tEXt, .zTXt: warn(.legacyText, "the text is in a \(carrier.kind.rawValue) chunk, as before 2013")
            case .compressedITXt: warn(.compressed, "the text is compressed, which many readers cannot read")
            case .iTXt, .svgAttribute, .svgBody: break
            }
            if carrier.content == .other { warn(.unreadable, "there is a text that is no JWS, no JSON and no URL") }
        }
        if image.carriers.allSatisfy({ $0.content == .url }) {
            warn(.urlOnly, "the image holds the address of the badge, and not the badge")
        }
        if image.trailingBytes > 0 { warn(.trailing, "\(image.trailingBytes) bytes stand after the end of the image") }
        return warnings
    }
}
