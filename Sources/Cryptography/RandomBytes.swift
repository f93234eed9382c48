internal import COpenSSL

/// Unpredictable bytes from OpenSSL's generator, seeded by the operating system.
public enum RandomBytes {
    /// As many random bytes as asked for. Throws `OPENSSL_FAILURE` where the generator cannot be seeded, and never
    /// gives weaker ones instead.
    public static func generate(count: Int) throws(CryptographyError) -> [UInt8] {
        guard count >= 0 else { throw CryptographyError(.invalidArgument, "a negative count of random bytes") }
        var bytes = [UInt8](repeating: 0, count: count)
        try require(RAND_bytes_ex(nil, &bytes, count, 0), "no random bytes")
        return bytes
    }
}

/// Comparison whose duration does not tell where two values differ.
public enum ConstantTime {
    /// Whether both are equal; for salted hashes, tokens and secrets. The lengths are not secret.
    public static func equal(_ a: [UInt8], _ b: [UInt8]) -> Bool {
        a.count == b.count && CRYPTO_memcmp(a, b, a.count) == 0
    }
}
