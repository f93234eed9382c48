import Glibc

/// Bytes that are pulled a piece at a time: a file, standard input, or an array.
///
/// Intake never holds a file: what it asks for fits its buffer, whatever the file's size.
public struct ByteSource {
    /// Fills some of a buffer and says how much; 0 at the end.
    let read: (UnsafeMutableRawBufferPointer) throws(IssuingError) -> Int

    /// A source that calls a function for each piece; 0 is the end.
    public init(_ read: @escaping (UnsafeMutableRawBufferPointer) throws(IssuingError) -> Int) {
        self.read = read
    }

    /// Bytes at hand, in pieces of at most so many.
    public static func bytes(_ bytes: [UInt8], pieces: Int = .max) -> ByteSource {
        var position = 0
        return ByteSource { buffer throws(IssuingError) in
            let count = min(buffer.count, max(pieces, 1), bytes.count - position)
            buffer.copyBytes(from: bytes[position..<(position + count)])
            position += count
            return count
        }
    }

    /// A file, closed when the source is let go.
    ///
    /// Throws `FILE_UNREADABLE`; the text names the file and the system's reason.
    public static func file(_ path: String) throws(IssuingError) -> ByteSource {
        let file = try ReadableFile(path)
        return ByteSource { buffer throws(IssuingError) in try file.read(into: buffer) }
    }

    /// An open file descriptor, which stays open: 0 is standard input.
    public static func descriptor(_ descriptor: Int32, name: String) -> ByteSource {
        ByteSource { buffer throws(IssuingError) in try ReadableFile.read(descriptor, into: buffer, name: name) }
    }
}

/// A file opened for reading.
final class ReadableFile {
    private let descriptor: Int32
    private let path: String

    init(_ path: String) throws(IssuingError) {
        self.path = path
        descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw Self.error(path, errno) }
    }

    deinit {
        close(descriptor)
    }

    func read(into buffer: UnsafeMutableRawBufferPointer) throws(IssuingError) -> Int {
        try Self.read(descriptor, into: buffer, name: path)
    }

    /// Reads from a place of its own, for copying a part.
    func read(at offset: Int, into buffer: UnsafeMutableRawBufferPointer) throws(IssuingError) -> Int {
        while true {
            let count = pread(descriptor, buffer.baseAddress, buffer.count, off_t(offset))
            if count >= 0 { return count }
            guard errno == EINTR else { throw Self.error(path, errno) }
        }
    }

    static func read(
        _ descriptor: Int32,
        into buffer: UnsafeMutableRawBufferPointer,
        name: String
    ) throws(IssuingError) -> Int {
        while true {
            let count = Glibc.read(descriptor, buffer.baseAddress, buffer.count)
            if count >= 0 { return count }
            guard errno == EINTR else { throw error(name, errno) }
        }
    }

    private static func error(_ path: String, _ number: Int32) -> IssuingError {
        IssuingError(.fileUnreadable, "cannot read the file: \(SystemReason.text(number))", file: path)
    }
}

/// The system's words for an error number.
enum SystemReason {
    static func text(_ number: Int32) -> String {
        // The GNU library's strerror keeps its text per thread (since 2.32).
        strerror(number).map { String(cString: $0) } ?? "error \(number)"
    }
}
