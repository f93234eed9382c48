/// What IHDR says about the picture. PNG (Third Edition) §11.2.1
struct PNGHeader {
    let width: Int
    let height: Int
    let bitDepth: Int
    let colourType: Int
    let isInterlaced: Bool

    /// The bit depths that each colour type allows.
    private static let depths: [Int: Set<Int>] = [
        0: [1, 2, 4, 8, 16], 2: [8, 16], 3: [1, 2, 4, 8], 4: [8, 16], 6: [8, 16],
    ]
    private static let channels = [0: 1, 2: 3, 3: 1, 4: 2, 6: 4]

    init(_ data: ArraySlice<UInt8>) throws(OpenBadgesError) {
        guard data.count == 13 else { throw Self.malformed("the chunk IHDR does not have its 13 bytes") }
        let bytes = Array(data)
        let (width, height) = (bytes.bigEndianWord(at: 0), bytes.bigEndianWord(at: 4))
        guard (1...UInt32(Int32.max)).contains(width), (1...UInt32(Int32.max)).contains(height) else {
            throw Self.malformed("the picture has no size that a picture can have")
        }
        self.width = Int(width)
        self.height = Int(height)
        bitDepth = Int(bytes[8])
        colourType = Int(bytes[9])
        guard let depths = Self.depths[colourType] else {
            throw Self.malformed("there is no colour type \(colourType)")
        }
        guard depths.contains(bitDepth) else {
            throw Self.malformed("the colour type \(colourType) has no bit depth \(bitDepth)")
        }
        guard bytes[10] == 0, bytes[11] == 0, bytes[12] <= 1 else {
            throw Self.malformed("IHDR names a compression, a filter or an interlacing that nobody knows")
        }
        isInterlaced = bytes[12] == 1
    }

    var needsPalette: Bool { colourType == 3 }

    /// How many bytes the picture inflates to: a filter byte before each row of each pass. §7.2, §8.1
    var pixelBytes: Int {
        guard isInterlaced else { return rows(width, height) }
        // Adam7: where each pass starts, and how far apart its points are.
        let passes = [(0, 0, 8, 8), (4, 0, 8, 8), (0, 4, 4, 8), (2, 0, 4, 4), (0, 2, 2, 4), (1, 0, 2, 2), (0, 1, 1, 2)]
        return passes.reduce(0) { sum, pass in
            let (left, top, across, down) = pass
            return sum + rows((width - left + across - 1) / across, (height - top + down - 1) / down)
        }
    }

    /// Both sides are below 2³¹ and a point has at most 64 bits, so nothing can overflow but the product: it is clamped.
    private func rows(_ width: Int, _ height: Int) -> Int {
        guard width > 0, height > 0 else { return 0 }
        let bits = width * bitDepth * (Self.channels[colourType] ?? 4)
        let (product, overflow) = height.multipliedReportingOverflow(by: 1 + (bits + 7) / 8)
        return overflow ? Int.max / 8 : min(product, Int.max / 8)
    }

    private static func malformed(_ detail: String) -> OpenBadgesError {
        OpenBadgesError(.imageMalformed, detail)
    }
}
