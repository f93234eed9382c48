internal import COpenSSL

/// One `BIGNUM`; wiped when freed, as it may be a private exponent.
final class BigNumber {
    private let pointer: OpaquePointer

    /// From unsigned big-endian bytes.
    init(bigEndian bytes: [UInt8]) throws(CryptographyError) {
        pointer = try require(BN_bin2bn(bytes, Int32(clamping: bytes.count), nil), "no big number")
    }

    /// The parameter of that name of a key.
    init(_ name: String, of key: OpaquePointer) throws(CryptographyError) {
        var number: OpaquePointer?
        let result = EVP_PKEY_get_bn_param(key, name, &number)
        guard result == 1, let number else { throw CryptographyError.openSSL("the key has no parameter \(name)") }
        pointer = number
    }

    deinit { BN_clear_free(pointer) }

    func withPointer<Result, Failure: Error>(
        _ body: (OpaquePointer) throws(Failure) -> Result
    ) throws(Failure) -> Result {
        defer { withExtendedLifetime(self) {} }
        return try body(pointer)
    }

    /// Unsigned big-endian bytes without leading zeros.
    func bigEndian() throws(CryptographyError) -> [UInt8] {
        try bigEndian(count: Int(BN_num_bits(pointer) + 7) / 8)
    }

    /// Unsigned big-endian bytes, filled up with zeros to the count.
    func bigEndian(count: Int) throws(CryptographyError) -> [UInt8] {
        var bytes = [UInt8](repeating: 0, count: count)
        let written = BN_bn2binpad(pointer, &bytes, Int32(clamping: count))
        if Int(written) != count { throw CryptographyError.openSSL("a number longer than its field") }
        return bytes
    }
}
