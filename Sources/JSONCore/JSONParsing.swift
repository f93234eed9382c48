extension JSON {
    /// Reads a JSON text (RFC 8259) from its UTF-8 bytes.
    ///
    /// Strict, because what readers understand differently, signatures cannot protect: no comments, no trailing commas,
    /// no two members of one name, no half surrogates, no byte order mark, nothing after the value.
    ///
    /// - Throws: ``JSONError`` with its code, and the place as line, column, offset and JSON Pointer.
    public init(parsing bytes: some Collection<UInt8>, limits: JSONLimits = .standard) throws(JSONError) {
        let result = bytes.withContiguousStorageIfAvailable { Self.parse($0, limits) }
        self = try (result ?? Array(bytes).withUnsafeBufferPointer { Self.parse($0, limits) }).get()
    }

    /// Reads a JSON text from a string.
    ///
    /// - Throws: ``JSONError``, as with bytes.
    public init(parsing text: String, limits: JSONLimits = .standard) throws(JSONError) {
        self = try text.withUTF8Bytes { Self.parse($0, limits) }.get()
    }

    // Closures of the standard library cannot throw typed errors; a result gets through.
    private static func parse(
        _ text: UnsafeBufferPointer<UInt8>,
        _ limits: JSONLimits
    ) -> Result<JSON, JSONError> {
        do throws(JSONError) {
            return .success(try JSONParser.parse(text, limits: limits))
        } catch {
            return .failure(error)
        }
    }
}
