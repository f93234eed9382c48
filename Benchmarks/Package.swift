// swift-tools-version: 6.2
import PackageDescription

// Speed, measured as ratios to OpenSSL's own rate in the same run; a package of its own, so that nobody who uses the
// library builds it.
let package = Package(
    name: "benchmarks",
    dependencies: [.package(name: "open-badges", path: "..")],
    targets: [
        .systemLibrary(name: "CBareOpenSSL", pkgConfig: "openssl"),
        .executableTarget(
            name: "bench",
            dependencies: [
                "CBareOpenSSL", .product(name: "OpenBadges", package: "open-badges"),
                .product(name: "Issuing", package: "open-badges"),
            ],
            swiftSettings: [.treatAllWarnings(as: .error)]
        ),
    ]
)
