internal import COpenSSL

/// One `OSSL_PARAM_BLD`: collects the components of a key for ``KeyParameters``.
final class KeyParametersBuilder {
    private let pointer: OpaquePointer
    /// OpenSSL keeps references to the numbers until the parameters are made.
    private var numbers: [BigNumber] = []

    init() throws(CryptographyError) {
        pointer = try require(OSSL_PARAM_BLD_new(), "no parameter builder")
    }

    deinit { OSSL_PARAM_BLD_free(pointer) }

    /// `name` must outlive the parameters: OpenSSL keeps the pointer.
    func add(_ name: UnsafePointer<CChar>, number bytes: [UInt8]) throws(CryptographyError) {
        let number = try BigNumber(bigEndian: bytes)
        numbers.append(number)
        try require(number.withPointer { OSSL_PARAM_BLD_push_BN(pointer, name, $0) }, "no number in a key")
    }

    /// Builds at once: OpenSSL keeps references to the text and to the bytes until then.
    func build(group: String, point: [UInt8]) throws(CryptographyError) -> KeyParameters {
        let built = group.withCString { group in
            point.withUnsafeBufferPointer { point in
                guard
                    OSSL_PARAM_BLD_push_utf8_string(pointer, openbadges_param_group_name(), group, 0) == 1,
                    OSSL_PARAM_BLD_push_octet_string(
                        pointer,
                        openbadges_param_public_key(),
                        point.baseAddress,
                        point.count
                    ) == 1
                else { return nil as UnsafeMutablePointer<OSSL_PARAM>? }
                return OSSL_PARAM_BLD_to_param(pointer)
            }
        }
        return KeyParameters(owning: try require(built, "no key parameters"))
    }

    func build() throws(CryptographyError) -> KeyParameters {
        KeyParameters(owning: try require(OSSL_PARAM_BLD_to_param(pointer), "no key parameters"))
    }
}

/// One array of `OSSL_PARAM`: the components from which OpenSSL makes a key.
final class KeyParameters {
    private let pointer: UnsafeMutablePointer<OSSL_PARAM>

    init(owning pointer: UnsafeMutablePointer<OSSL_PARAM>) {
        self.pointer = pointer
    }

    deinit { OSSL_PARAM_free(pointer) }

    func withPointer<Result, Failure: Error>(
        _ body: (UnsafeMutablePointer<OSSL_PARAM>) throws(Failure) -> Result
    ) throws(Failure) -> Result {
        defer { withExtendedLifetime(self) {} }
        return try body(pointer)
    }
}
