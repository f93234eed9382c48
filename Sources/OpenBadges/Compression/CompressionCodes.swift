/// What compressed bytes can be wrong in.
extension OpenBadgesError.Code {
    /// More than is read: an input, or what it inflates to, is larger than its budget.
    public static let limitExceeded = Self(rawValue: "LIMIT_EXCEEDED")
    /// The bytes do not begin as a stream of that format does, or their deflate data cannot be inflated.
    public static let compressedMalformed = Self(rawValue: "COMPRESSED_DATA_MALFORMED")
    /// The bytes end before the stream does.
    public static let compressedTruncated = Self(rawValue: "COMPRESSED_DATA_TRUNCATED")
    /// The checksum of the stream (or of its header) is not that of what it inflates to.
    public static let compressedChecksum = Self(rawValue: "COMPRESSED_DATA_CHECKSUM")
    /// The stream says another length than that of what it inflates to.
    public static let compressedLength = Self(rawValue: "COMPRESSED_DATA_LENGTH")
    /// There are bytes after the end of the stream.
    public static let compressedTrailing = Self(rawValue: "COMPRESSED_DATA_TRAILING")
    /// zlib itself failed: there is no memory.
    public static let compressionFailed = Self(rawValue: "COMPRESSION_FAILED")

    /// Whether the compressed bytes themselves are at fault, and no limit or lack of memory.
    var isAboutCompressedData: Bool {
        switch self {
        case .compressedMalformed, .compressedTruncated, .compressedChecksum, .compressedLength, .compressedTrailing:
            true
        default: false
        }
    }
}
