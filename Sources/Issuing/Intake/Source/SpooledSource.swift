import Glibc

/// A copy of a source in a temporary file without a name, for what has to be read twice.
final class SpooledSource {
    private let descriptor: Int32

    init(_ source: ByteSource) throws(IssuingError) {
        guard let file = tmpfile() else { throw Self.error }
        descriptor = dup(fileno(file))
        fclose(file)
        guard descriptor >= 0 else { throw Self.error }
        let page = UnsafeMutableRawBufferPointer.allocate(byteCount: 256 << 10, alignment: 16)
        defer { page.deallocate() }
        while true {
            let count = try source.read(page)
            guard count > 0 else { return }
            var written = 0
            while written < count {
                let result = write(descriptor, page.baseAddress.map { $0 + written }, count - written)
                guard result > 0 || errno == EINTR else { throw Self.error }
                written += max(result, 0)
            }
        }
    }

    deinit {
        close(descriptor)
    }

    /// The copy from its beginning.
    func source() -> ByteSource {
        var offset = 0
        return ByteSource { target throws(IssuingError) in
            while true {
                let count = pread(self.descriptor, target.baseAddress, target.count, off_t(offset))
                if count >= 0 {
                    offset += count
                    return count
                }
                guard errno == EINTR else { throw Self.error }
            }
        }
    }

    private static var error: IssuingError {
        IssuingError(
            errno == ENOSPC ? .diskFull : .fileUnwritable,
            "cannot keep a copy of the source in a temporary file: \(SystemReason.text(errno))"
        )
    }
}
