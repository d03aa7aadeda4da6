// swift-tools-version: 6.1
import PackageDescription

let strict: [SwiftSetting] = [
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("InternalImportsByDefault"),
  .enableUpcomingFeature("MemberImportVisibility"),
]

let package = Package(
  name: "labplan",
  products: [
    .executable(name: "labplan", targets: ["labplan"])
  ],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
    .package(url: "https://github.com/apple/swift-log", from: "1.16.2"),
  ],
  targets: [
    .systemLibrary(
      name: "CSQLite", pkgConfig: "sqlite3", providers: [.apt(["libsqlite3-dev"])]),
    .systemLibrary(name: "CYAML", providers: [.apt(["libyaml-dev"])]),
    .systemLibrary(name: "CZlib", pkgConfig: "zlib", providers: [.apt(["zlib1g-dev"])]),
    .systemLibrary(name: "CMalloc"),
    .target(name: "CEpoll"),
    .target(name: "CAssets"),
    .target(name: "CNamespaces"),

    .target(name: "LabCore", swiftSettings: strict),
    .target(
      name: "LabFormats",
      dependencies: ["LabCore", "CYAML"],
      swiftSettings: strict,
      // The static library, so that the binary runs where libyaml is not installed.
      linkerSettings: [.linkedLibrary(":libyaml.a")]),
    .target(
      name: "LabAnswers", dependencies: ["LabCore", "LabFormats"], swiftSettings: strict),
    .target(
      name: "LabExchange", dependencies: ["LabCore", "LabFormats"], swiftSettings: strict),
    .target(
      name: "LabStorage", dependencies: ["LabCore", "LabFormats", "CSQLite", "CAssets"],
      swiftSettings: strict),
    .target(name: "HTTPServer", dependencies: ["CEpoll", "CZlib"], swiftSettings: strict),
    .target(
      name: "LabRehearsal", dependencies: ["LabCore", "CNamespaces"], swiftSettings: strict),
    .target(
      name: "LabServer",
      dependencies: [
        "LabCore", "LabFormats", "LabAnswers", "LabExchange", "LabStorage", "HTTPServer",
        "CAssets",
        .product(name: "Logging", package: "swift-log"),
      ],
      swiftSettings: strict),
    .executableTarget(
      name: "labplan",
      dependencies: [
        "LabCore", "LabFormats", "LabAnswers", "LabExchange", "LabStorage", "HTTPServer",
        "LabRehearsal",
        "LabServer", "CMalloc",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
        .product(name: "Logging", package: "swift-log"),
      ],
      swiftSettings: strict),

    .executableTarget(
      name: "PlanBench", dependencies: ["LabCore"], path: "Benchmarks/PlanBench",
      swiftSettings: strict),

    .target(
      name: "TestSupport", dependencies: ["LabCore"], path: "Tests/TestSupport",
      swiftSettings: strict),
    .target(
      name: "RecommendationOracle", dependencies: ["LabCore", "TestSupport"],
      path: "Tests/RecommendationOracle",
      swiftSettings: strict),
    .executableTarget(
      name: "RecommendationContest", dependencies: ["RecommendationOracle"],
      path: "Benchmarks/RecommendationContest", swiftSettings: strict),
    .executableTarget(
      name: "RecommendBench", dependencies: ["LabCore"], path: "Benchmarks/RecommendBench",
      swiftSettings: strict),
    .testTarget(
      name: "RecommendationOracleTests",
      dependencies: ["TestSupport", "RecommendationOracle", "LabAnswers", "LabFormats", "LabCore"],
      exclude: ["Fixtures"], swiftSettings: strict),

    .testTarget(
      name: "LabCoreTests", dependencies: ["TestSupport", "LabCore", "LabFormats"],
      swiftSettings: strict),
    .testTarget(
      name: "LabFormatsTests", dependencies: ["TestSupport", "LabFormats", "LabCore"],
      swiftSettings: strict),
    .testTarget(
      name: "LabAnswersTests", dependencies: ["LabAnswers", "LabFormats", "LabCore"],
      exclude: ["Golden"], swiftSettings: strict),
    .testTarget(
      name: "LabExchangeTests",
      dependencies: ["TestSupport", "LabExchange", "LabFormats", "LabCore"],
      exclude: ["Golden"], swiftSettings: strict),
    .testTarget(
      name: "LabStorageTests",
      dependencies: ["TestSupport", "LabStorage", "LabFormats", "LabCore", "CAssets"],
      swiftSettings: strict),
    .testTarget(
      name: "HTTPServerTests", dependencies: ["TestSupport", "HTTPServer"], swiftSettings: strict),
    .testTarget(
      name: "LabRehearsalTests",
      dependencies: ["TestSupport", "LabRehearsal", "LabFormats", "LabCore"],
      swiftSettings: strict),
    .testTarget(
      name: "LabServerTests",
      dependencies: [
        "TestSupport",
        "LabServer", "LabAnswers", "LabExchange", "LabStorage", "LabFormats", "LabCore",
        "HTTPServer",
        .product(name: "Logging", package: "swift-log"),
      ],
      exclude: ["Fixtures"], swiftSettings: strict),
    .testTarget(
      name: "labplanTests", dependencies: ["TestSupport", "labplan", "LabCore"],
      exclude: ["Fixtures"],
      swiftSettings: strict),
    .testTarget(
      name: "FuzzTests", dependencies: ["TestSupport", "HTTPServer", "LabFormats", "LabCore"],
      exclude: ["Corpus"], swiftSettings: strict),
    .testTarget(name: "ArchitectureTests", swiftSettings: strict),
    .testTarget(
      name: "DocumentationTests", dependencies: ["LabServer", "HTTPServer", "LabCore"],
      swiftSettings: strict),
  ],
  swiftLanguageModes: [.v6],
  cLanguageStandard: .gnu2x
)
