/// What an address is for, as far as it decides whether a URL from a stranger may lead there.
///
/// Only ``global`` may, under ``FetchPolicy/standard``. Sources: the IANA registries of special-purpose addresses for
/// IPv4 and IPv6 (RFC 6890 and its updates), as of 2025.
public enum AddressScope: String, Sendable, Hashable, CaseIterable {
    /// Public unicast: anybody may be there.
    case global
    /// 127.0.0.0/8, ::1: this machine.
    case loopback
    /// 10/8, 172.16/12, 192.168/16, fc00::/7, fec0::/10: this network.
    case privateUse
    /// 169.254/16, fe80::/10: this cable; the metadata services of most clouds are here.
    case linkLocal
    /// 100.64/10: between a provider and its customers (RFC 6598).
    case shared
    /// 0/8, ::: this host, or none; connecting there reaches the loopback interface.
    case unspecified
    case multicast
    /// Written in books, never on the wire.
    case documentation
    /// An IPv6 address that stands for an IPv4 one: mapped, compatible, 6to4, Teredo, or translated locally.
    case transition
    /// A service of the cloud that the machine runs in, at an address that looks public.
    case cloudService
    /// Benchmarking, future use, protocol assignments, and all that no registry has given out.
    case reserved
}

extension IPAddress {
    /// What this address is for. A pure function of its bytes.
    public var scope: AddressScope { isIPv6 ? scopeOfIPv6 : scopeOfIPv4 }

    private var scopeOfIPv4: AddressScope {
        for (prefix, length, scope) in Self.blocksOfIPv4 where matches(prefix, length) { return scope }
        return .global
    }

    private var scopeOfIPv6: AddressScope {
        // NAT64 (RFC 6052): an IPv6-only network reaches every IPv4 server through 64:ff9b::/96, so the address inside
        // decides; a translator would forward a private one into its own network.
        if matches([0x00, 0x64, 0xFF, 0x9B, 0, 0, 0, 0, 0, 0, 0, 0], 96),
            let inner = IPAddress(bytes: [UInt8](bytes[12...]))
        {
            return inner.scope == .global ? .global : .transition
        }
        for (prefix, length, scope) in Self.blocksOfIPv6 where matches(prefix, length) { return scope }
        // Only 2000::/3 has ever been given out for unicast (RFC 4291 §4).
        return matches([0x20], 3) ? .global : .reserved
    }

    private func matches(_ prefix: [UInt8], _ length: Int) -> Bool {
        let whole = length / 8
        for index in 0..<whole where bytes[index] != prefix[index] { return false }
        let rest = length % 8
        guard rest > 0 else { return true }
        let mask = UInt8(truncatingIfNeeded: 0xFF00 >> rest)
        return bytes[whole] & mask == prefix[whole] & mask
    }

    private typealias Block = (prefix: [UInt8], length: Int, scope: AddressScope)

    /// In any order: no two of them overlap.
    private static let blocksOfIPv4: [Block] = [
        ([0], 8, .unspecified),
        ([10], 8, .privateUse),
        ([100, 64], 10, .shared),
        ([127], 8, .loopback),
        // The platform's own service on every virtual machine of Azure.
        ([168, 63, 129, 16], 32, .cloudService),
        ([169, 254], 16, .linkLocal),
        ([172, 16], 12, .privateUse),
        // Protocol assignments; among them is a metadata service (192.0.0.192), and no web server.
        ([192, 0, 0], 24, .reserved),
        ([192, 0, 2], 24, .documentation),
        // 6to4 relays, deprecated (RFC 7526).
        ([192, 88, 99], 24, .reserved),
        ([192, 168], 16, .privateUse),
        // Benchmarks (RFC 2544).
        ([198, 18], 15, .reserved),
        ([198, 51, 100], 24, .documentation),
        ([203, 0, 113], 24, .documentation),
        ([224], 4, .multicast),
        // Future use, and the broadcast address.
        ([240], 4, .reserved),
    ]

    /// The first that matches counts: :: and ::1 stand before the block that they lie in.
    private static let blocksOfIPv6: [Block] = [
        ([UInt8](repeating: 0, count: 16), 128, .unspecified),
        ([UInt8](repeating: 0, count: 15) + [1], 128, .loopback),
        // IPv4-compatible (deprecated), IPv4-mapped, IPv4-translated (RFC 2765).
        ([UInt8](repeating: 0, count: 12), 96, .transition),
        ([UInt8](repeating: 0, count: 10) + [0xFF, 0xFF], 96, .transition),
        ([UInt8](repeating: 0, count: 8) + [0xFF, 0xFF, 0, 0], 96, .transition),
        // NAT64 within one network (RFC 8215).
        ([0x00, 0x64, 0xFF, 0x9B, 0x00, 0x01], 48, .transition),
        // Teredo, before the block of protocol assignments that it lies in: benchmarks, ORCHID, AS112 and so on.
        ([0x20, 0x01, 0x00, 0x00], 32, .transition),
        ([0x20, 0x01, 0x00, 0x00], 23, .reserved),
        ([0x20, 0x01, 0x0D, 0xB8], 32, .documentation),
        // 6to4: a relay would forward to the IPv4 address inside.
        ([0x20, 0x02], 16, .transition),
        ([0x3F, 0xFF, 0x00], 20, .documentation),
        ([0xFC], 7, .privateUse),
        ([0xFE, 0x80], 10, .linkLocal),
        ([0xFE, 0xC0], 10, .privateUse),
        ([0xFF], 8, .multicast),
    ]
}
