internal import COpenSSL

/// One memory `BIO`: where OpenSSL reads PEM from, or writes it to.
final class MemoryBIO {
    private let pointer: OpaquePointer

    /// For writing. The memory is wiped when freed (`BIO_s_secmem`), since private keys pass through it.
    init() throws(CryptographyError) {
        pointer = try require(BIO_new(BIO_s_secmem()), "no memory BIO")
    }

    /// For reading; `bytes` must outlive this object, so this is called inside `withUnsafeBufferPointer` only.
    init(reading bytes: UnsafeBufferPointer<UInt8>) throws(CryptographyError) {
        pointer = try require(BIO_new_mem_buf(bytes.baseAddress, Int32(clamping: bytes.count)), "no memory BIO")
    }

    deinit { BIO_free(pointer) }

    func withPointer<Result, Failure: Error>(
        _ body: (OpaquePointer) throws(Failure) -> Result
    ) throws(Failure) -> Result {
        defer { withExtendedLifetime(self) {} }
        return try body(pointer)
    }

    /// What was written so far.
    func contents() -> [UInt8] {
        var start: UnsafeMutablePointer<CChar>?
        let count = openbadges_BIO_get_mem_data(pointer, &start)
        guard count > 0, let start else { return [] }
        return Array(UnsafeRawBufferPointer(start: start, count: count))
    }
}
