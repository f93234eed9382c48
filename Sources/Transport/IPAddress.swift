import Glibc

/// An IPv4 or IPv6 address, by its bytes in network order.
///
/// It is what the guard against server-side request forgery judges: not names, which may resolve to something else the
/// next time, but the address that a socket is about to be connected to.
public struct IPAddress: Sendable, Hashable, CustomStringConvertible {
    /// Four bytes, or sixteen.
    public let bytes: [UInt8]

    /// Takes four bytes for IPv4, sixteen for IPv6; nil for any other number.
    public init?(bytes: [UInt8]) {
        guard bytes.count == 4 || bytes.count == 16 else { return nil }
        self.bytes = bytes
    }

    /// Reads a dotted quad or an IPv6 address, in brackets or without; nil for names and for other spellings.
    public init?(_ text: String) {
        let bare = text.hasPrefix("[") && text.hasSuffix("]") ? String(text.dropFirst().dropLast()) : text
        let isV6 = bare.utf8.contains(UInt8(ascii: ":"))
        guard isV6 || bare == text else { return nil }
        var bytes = [UInt8](repeating: 0, count: isV6 ? 16 : 4)
        guard inet_pton(isV6 ? AF_INET6 : AF_INET, bare, &bytes) == 1 else { return nil }
        self.bytes = bytes
    }

    /// Reads the address of a socket; nil where it is neither of IPv4 nor of IPv6, or too short.
    init?(socketAddress: UnsafeRawBufferPointer, family: Int32) {
        let range: Range<Int>
        switch family {
        case AF_INET:
            guard let start = MemoryLayout<sockaddr_in>.offset(of: \.sin_addr) else { return nil }
            range = start..<start + 4
        case AF_INET6:
            guard let start = MemoryLayout<sockaddr_in6>.offset(of: \.sin6_addr) else { return nil }
            range = start..<start + 16
        default: return nil
        }
        guard range.upperBound <= socketAddress.count else { return nil }
        bytes = [UInt8](socketAddress[range])
    }

    public var isIPv6: Bool { bytes.count == 16 }

    /// The address as text, in the form of RFC 5952, without brackets.
    public var description: String {
        var text = [CChar](repeating: 0, count: Int(INET6_ADDRSTRLEN))
        let written = bytes.withUnsafeBytes { raw in
            inet_ntop(isIPv6 ? AF_INET6 : AF_INET, raw.baseAddress, &text, socklen_t(text.count))
        }
        guard written != nil else { return "" }
        return String(decoding: text.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }
}
