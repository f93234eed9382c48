import Testing
import Transport

@Suite("What an address is for")
struct AddressScopeTests {
    @Test(
        "first and last address of each special block, and their neighbours",
        arguments: [
            ("0.0.0.0", .unspecified), ("0.255.255.255", .unspecified), ("1.0.0.0", .global),
            ("9.255.255.255", .global), ("10.0.0.0", .privateUse), ("10.255.255.255", .privateUse),
            ("11.0.0.0", .global), ("100.63.255.255", .global), ("100.64.0.0", .shared),
            ("100.127.255.255", .shared), ("100.128.0.0", .global), ("126.255.255.255", .global),
            ("127.0.0.0", .loopback), ("127.255.255.255", .loopback), ("128.0.0.0", .global),
            ("168.63.129.15", .global), ("168.63.129.16", .cloudService), ("168.63.129.17", .global),
            ("169.253.255.255", .global), ("169.254.169.254", .linkLocal), ("169.255.0.0", .global),
            ("172.15.255.255", .global), ("172.16.0.0", .privateUse), ("172.31.255.255", .privateUse),
            ("172.32.0.0", .global), ("192.0.0.192", .reserved), ("192.0.1.0", .global),
            ("192.0.2.1", .documentation), ("192.0.3.0", .global), ("192.88.99.1", .reserved),
            ("192.88.100.0", .global), ("192.167.255.255", .global), ("192.168.0.0", .privateUse),
            ("192.168.255.255", .privateUse), ("192.169.0.0", .global), ("198.17.255.255", .global),
            ("198.18.0.0", .reserved), ("198.19.255.255", .reserved), ("198.20.0.0", .global),
            ("198.51.100.7", .documentation), ("198.51.101.0", .global), ("203.0.113.255", .documentation),
            ("203.0.114.0", .global), ("223.255.255.255", .global), ("224.0.0.1", .multicast),
            ("239.255.255.255", .multicast), ("240.0.0.0", .reserved), ("255.255.255.255", .reserved),
        ] as [(String, AddressScope)]
    )
    func scopeOfIPv4(text: String, scope: AddressScope) throws {
        #expect(try #require(IPAddress(text)).scope == scope)
    }

    @Test(
        "IPv6 addresses, and the IPv4 addresses hidden in them",
        arguments: [
            ("::", .unspecified), ("::1", .loopback), ("::2", .transition), ("::127.0.0.1", .transition),
            ("::ffff:127.0.0.1", .transition), ("::ffff:8.8.8.8", .transition), ("::ffff:0:8.8.8.8", .transition),
            ("64:ff9b::8.8.8.8", .global), ("64:ff9b::10.0.0.1", .transition), ("64:ff9b::127.0.0.1", .transition),
            ("64:ff9b::169.254.169.254", .transition), ("64:ff9b:1::8.8.8.8", .transition), ("100::1", .reserved),
            ("2001::1", .transition), ("2001:2::1", .reserved), ("2001:1ff:ffff::", .reserved),
            ("2001:200::1", .global), ("2001:db8::1", .documentation), ("2001:db9::1", .global),
            ("2002:7f00:1::1", .transition), ("2002:808:808::1", .transition), ("2003::1", .global),
            ("2606:4700::1111", .global), ("3fff::1", .documentation), ("3fff:fff:ffff::1", .documentation),
            ("3fff:1000::1", .global), ("4000::1", .reserved), ("5f00::1", .reserved), ("fbff::1", .reserved),
            ("fc00::1", .privateUse), ("fd00:ec2::254", .privateUse), ("fe80::1", .linkLocal),
            ("febf::1", .linkLocal), ("fec0::1", .privateUse), ("ff02::1", .multicast),
        ] as [(String, AddressScope)]
    )
    func scopeOfIPv6(text: String, scope: AddressScope) throws {
        #expect(try #require(IPAddress(text)).scope == scope)
        #expect(try #require(IPAddress("[\(text)]")).scope == scope)
    }

    @Test(
        "what is no address in its usual spelling is none",
        arguments: [
            "", "localhost", "127.1", "0x7f.0.0.1", "2130706433", "1.2.3.4.5", "1.2.3", "[127.0.0.1]", "::1%lo", ":",
            "[]",
        ]
    )
    func noAddress(text: String) { #expect(IPAddress(text) == nil) }

    @Test("bytes make an address of four or sixteen, and print as usual")
    func bytes() throws {
        #expect(try #require(IPAddress(bytes: [192, 0, 2, 1])).description == "192.0.2.1")
        #expect(try #require(IPAddress("2001:DB8:0:0:0:0:0:1")).description == "2001:db8::1")
        #expect(IPAddress(bytes: [1, 2, 3]) == nil)
    }
}
