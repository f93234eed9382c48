// swift-tools-version: 6.2
import PackageDescription

// The floor plan: targets from the cellar up, one comment a floor. A floor imports only what lies below it;
// Tests/RepositoryTests reads the import lines and holds them against the dependencies declared here.

let house: [SwiftSetting] = [
    .swiftLanguageMode(.v6),
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .treatAllWarnings(as: .error),
]

let package = Package(
    name: "open-badges",
    products: [
        .library(
            name: "OpenBadges",
            targets: ["OpenBadges", "Proofs", "LinkedData", "Transport", "Cryptography", "JSONCore"]
        ),
        .library(name: "Issuing", targets: ["Issuing"]),
        .executable(name: "badge", targets: ["badge"]),
    ],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
        .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
        .package(url: "https://github.com/jpsim/Yams", from: "6.2.2"),
        .package(url: "https://github.com/hummingbird-project/swift-mustache", from: "2.1.1"),
    ],
    targets: [
        // 0, the cellar: system libraries, by name and header only.
        .systemLibrary(name: "COpenSSL", pkgConfig: "libcrypto", providers: [.apt(["libssl-dev"])]),
        // Not linked but loaded at the first request, so it has no pkgConfig, which would name the library to the linker.
        .systemLibrary(name: "CCurl", providers: [.apt(["libcurl4-openssl-dev"])]),
        .systemLibrary(name: "CZlib", pkgConfig: "zlib", providers: [.apt(["zlib1g-dev"])]),

        // 1a: each owns one outside library, or none.
        .target(name: "JSONCore", swiftSettings: house),
        .target(name: "Cryptography", dependencies: ["COpenSSL"], swiftSettings: house),
        .target(name: "Transport", dependencies: ["CCurl"], swiftSettings: house),
        // The contexts and JSON Schemas by URL, embedded from the repository's own folder: one copy, as C bytes.
        .target(
            name: "Schemas",
            path: "Schemas",
            exclude: ["contexts", "json-schema", "mappings", "manifest.json"],
            cSettings: [.treatAllWarnings(as: .error)]
        ),

        // 1b: JSON-LD into canonical RDF.
        .target(name: "LinkedData", dependencies: ["JSONCore", "Cryptography"], swiftSettings: house),

        // 2: who signed what.
        .target(name: "Proofs", dependencies: ["LinkedData", "JSONCore", "Cryptography"], swiftSettings: house),

        // 3, the parlour: the standard itself.
        .target(
            name: "OpenBadges",
            dependencies: ["Proofs", "LinkedData", "JSONCore", "Cryptography", "Transport", "Schemas", "CZlib"],
            swiftSettings: house
        ),

        // 4, the workshop: from exam results to a hosted directory.
        .target(
            name: "Issuing",
            dependencies: [
                "OpenBadges", "Proofs", "JSONCore", "Cryptography", "Transport", "Schemas",
                .product(name: "GRDB", package: "GRDB.swift"),
                .product(name: "Yams", package: "Yams"),
                .product(name: "Mustache", package: "swift-mustache"),
            ],
            swiftSettings: house
        ),

        // 6, the street: arguments in; text, JSON and exit codes out.
        .executableTarget(
            name: "badge",
            dependencies: [
                "Issuing", "OpenBadges", "Proofs", "LinkedData", "Transport", "Cryptography", "JSONCore",
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
            ],
            swiftSettings: house
        ),

        // Each module's tests go through its public interface; CommandTests run the built `badge`; ConformanceTests hold
        // the official suites against us, where OPENBADGES_CONFORMANCE names their folder.
        .testTarget(name: "JSONCoreTests", dependencies: ["JSONCore"], swiftSettings: house),
        .testTarget(name: "CryptographyTests", dependencies: ["Cryptography"], swiftSettings: house),
        .testTarget(name: "TransportTests", dependencies: ["Transport"], swiftSettings: house),
        .testTarget(name: "SchemasTests", dependencies: ["Schemas", "JSONCore"], swiftSettings: house),
        .testTarget(
            name: "LinkedDataTests",
            dependencies: ["LinkedData", "JSONCore", "Cryptography"],
            swiftSettings: house
        ),
        .testTarget(
            name: "ProofsTests",
            dependencies: ["Proofs", "LinkedData", "JSONCore", "Cryptography"],
            swiftSettings: house
        ),
        .testTarget(
            name: "OpenBadgesTests",
            dependencies: ["OpenBadges", "Proofs", "LinkedData", "Schemas", "JSONCore", "Cryptography", "Transport"],
            swiftSettings: house
        ),
        .testTarget(
            name: "IssuingTests",
            dependencies: [
                "Issuing", "OpenBadges", "Schemas", "JSONCore", .product(name: "Yams", package: "Yams"),
            ],
            swiftSettings: house
        ),
        .testTarget(
            name: "ConformanceTests",
            dependencies: ["OpenBadges", "Proofs", "LinkedData", "Schemas", "JSONCore", "Cryptography"],
            exclude: ["exceptions.json"],
            swiftSettings: house
        ),
        .testTarget(
            name: "CommandTests",
            dependencies: [
                "badge", "Proofs", "Cryptography", "JSONCore",
                .product(name: "GRDB", package: "GRDB.swift"),
            ],
            swiftSettings: house
        ),
        .testTarget(name: "RepositoryTests", dependencies: ["OpenBadges", "Cryptography"], swiftSettings: house),
    ]
)
