import Cryptography
import JSONCore
import Testing

@Suite("Baking and unbaking")
struct BakingTests {
    /// One white point.
    private static let png: [UInt8] = [
        0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, 0, 0, 0, 0x0D, 0x49, 0x48, 0x44, 0x52, 0, 0, 0, 1, 0, 0, 0, 1,
        8, 0, 0, 0, 0, 0x3A, 0x7E, 0x9B, 0x55, 0, 0, 0, 0x0A, 0x49, 0x44, 0x41, 0x54, 0x78, 0x9C, 0x63, 0xF8, 0x0F, 0,
        1, 1, 1, 0, 0xB1, 0x38, 0xF6, 0x14, 0, 0, 0, 0, 0x49, 0x45, 0x4E, 0x44, 0xAE, 0x42, 0x60, 0x82,
    ]
    private static let svg = Array("<svg xmlns=\"http://www.w3.org/2000/svg\"><g/></svg>\n".utf8)

    /// A folder with images and the four forms of a badge.
    private func folder() async throws -> String {
        let workspace = try await Workspace.shared.value
        let folder = try TemporaryFolder.make("baking")
        for name in ["credential.jwt", "credential.json", "assertion.jws", "assertion.json"] {
            guard let badge = try workspace.badges(name).first else { continue }
            try FileTree.write(try workspace.text(badge), to: "\(folder)/\(name)")
        }
        try write(Self.png, "\(folder)/logo.png")
        try write(Self.svg, "\(folder)/logo.svg")
        return folder
    }

    private func write(_ bytes: [UInt8], _ path: String) throws { try FileTree.write(bytes, to: path) }

    @Test("publish bakes each badge into its achievement's image, and the image verifies")
    func published() async throws {
        let workspace = try await Workspace.shared.value
        let images = try workspace.badges("badge.svg")
        #expect(images.count == 3)
        for image in images {
            let out = try await workspace.badge("unbake", image)
            #expect(out.code == 0, "\(out.speech)")
            let jwt = try workspace.read(image.replacing("badge.svg", with: "credential.jwt"))
            #expect(Array(out.output.prefix(jwt.count)) == jwt)
            let verified = try await workspace.badge("verify", image, "--offline", "--json")
            #expect(verified.code == 0, "\(verified.text)")
        }
    }

    /// Tools of others that look for faults in images, where the machine has them.
    private static func tool(_ name: String) -> String? {
        ["/usr/bin", "/usr/local/bin"].map { "\($0)/\(name)" }.first(where: FileTree.exists)
    }

    @Test(
        "pngcheck and xmllint find nothing wrong with what is baked",
        .enabled(if: tool("pngcheck") != nil && tool("xmllint") != nil, "pngcheck and xmllint are not installed")
    )
    func foreignTools() async throws {
        let folder = try await folder()
        let pngcheck = try #require(Self.tool("pngcheck"))
        let xmllint = try #require(Self.tool("xmllint"))
        var images = ["logo.png", "logo.svg"]
        for file in OfficialImages.valid {
            images.append(String(file[(file.lastIndex(of: "/") ?? file.startIndex)...].dropFirst()))
            try write(try FileTree.read(file), "\(folder)/\(images[images.count - 1])")
        }
        for (index, image) in images.enumerated() {
            let isSVG = image.hasSuffix(".svg")
            let check = isSVG ? [xmllint, "--noout"] : [pngcheck, "-q"]
            let before = try await ChildProcess(check + [image], in: folder).wait()
            // One credential in each form, in turn.
            let badge = ["credential.jwt", "credential.json", "assertion.jws", "assertion.json"][index % 4]
            let baked = try await BadgeCommand.run(["bake", badge, image, "-o", "baked-\(image)", "-q"], in: folder)
            #expect(baked.code == 0, "\(image): \(baked.speech)")
            let after = try await ChildProcess(check + ["baked-\(image)"], in: folder).wait()
            #expect(after.code == before.code, "\(image): \(after.text)\(after.speech)")
        }
    }

    @Test("a published badge goes into an image and comes out as it was", arguments: ["png", "svg"])
    func roundTrip(_ format: String) async throws {
        let folder = try await folder()
        for name in try FileTree.names(in: folder).filter({ !$0.hasPrefix("logo") }) {
            let baked = try await BadgeCommand.run(
                ["bake", name, "logo.\(format)", "-o", "\(name).\(format)"],
                in: folder
            )
            #expect(baked.code == 0, "\(baked.speech)")
            #expect(baked.output.isEmpty)
            #expect(baked.speech.hasPrefix("badge: baked Open Badges \(name.hasPrefix("credential") ? "3.0" : "2.0")"))
            let unbaked = try await BadgeCommand.run(["unbake", "\(name).\(format)", "-q"], in: folder)
            #expect(unbaked.code == 0, "\(unbaked.speech)")
            #expect(unbaked.errors.isEmpty)
            // A JWS ends with its signature, whatever its file ends with.
            let badge = try FileTree.read("\(folder)/\(name)")
            let isJWS = name.hasSuffix(".jwt") || name.hasSuffix(".jws")
            #expect(unbaked.output == (isJWS ? Array(badge.filter { $0 > 0x20 }) : badge))
        }
    }

    @Test("unbake writes a file, or shows with --json what stands in every place")
    func output() async throws {
        let folder = try await folder()
        _ = try await BadgeCommand.run(["bake", "credential.jwt", "logo.png", "-o", "ada.png", "-q"], in: folder)
        let written = try await BadgeCommand.run(["unbake", "ada.png", "-o", "out.jwt"], in: folder)
        #expect(written.code == 0)
        #expect(written.output.isEmpty)
        #expect(written.speech == "badge: nothing was verified; badge verify does that\n")
        let badge = try FileTree.read("\(folder)/out.jwt")
        let shown = try await BadgeCommand.run(["unbake", "ada.png", "--json"], in: folder)
        let line = try #require(try shown.json.first)
        #expect(line["image"]?.string == "png")
        #expect(line["verified"] == false)
        #expect(line["warnings"] == [])
        let carrier = try #require(line["carriers"]?.array?.first)
        #expect(carrier["generation"]?.string == "ob3")
        #expect(carrier["kind"]?.string == "iTXt")
        #expect(carrier["content"]?.string == "jws")
        #expect(carrier["preferred"] == true)
        #expect(carrier["text"]?.string == String(decoding: badge, as: UTF8.self))
    }

    @Test("standard input and standard output are files like others")
    func pipes() async throws {
        let folder = try await folder()
        let badge = try FileTree.read("\(folder)/credential.jwt")
        let baked = try await BadgeCommand.run(["bake", "-", "logo.png", "-o", "-"], in: folder, input: badge)
        #expect(baked.code == 0)
        #expect(baked.output.starts(with: Self.png.prefix(33)))
        let unbaked = try await BadgeCommand.run(["unbake", "-"], in: folder, input: baked.output)
        #expect(unbaked.output == badge.filter { $0 > 0x20 })
        let image = try await BadgeCommand.run(
            ["bake", "credential.jwt", "-", "-o", "b.png"],
            in: folder,
            input: Self.png
        )
        #expect(image.code == 0)
        #expect(try FileTree.read("\(folder)/b.png") == baked.output)
    }

    @Test("a badge that is in the image already is replaced only when that is asked for")
    func replace() async throws {
        let folder = try await folder()
        _ = try await BadgeCommand.run(["bake", "assertion.jws", "logo.svg", "-o", "a.svg"], in: folder)
        let refused = try await BadgeCommand.run(["bake", "credential.jwt", "a.svg", "-o", "b.svg"], in: folder)
        #expect(refused.code == 1)
        #expect(refused.speech.contains("ALREADY_BAKED") && refused.speech.contains("badge: hint: --replace"))
        let replaced = try await BadgeCommand.run(
            ["bake", "credential.jwt", "a.svg", "-o", "b.svg", "--replace", "--json"],
            in: folder
        )
        #expect(replaced.code == 0)
        #expect(try replaced.json == [["output": "b.svg", "image": "svg", "generation": "ob3"]])
        let found = try await BadgeCommand.run(["unbake", "b.svg", "--json"], in: folder)
        #expect(try found.json.first?["carriers"]?.array?.count == 1)
    }

    @Test("an SVG that can run code is refused by name and line, or loses what can")
    func strip() async throws {
        let folder = try await folder()
        let svg = "<svg xmlns=\"http://www.w3.org/2000/svg\">\n<script>alert(1)</script><g onload=\"a()\"/></svg>"
        try FileTree.write(svg, to: "\(folder)/bad.svg")
        let refused = try await BadgeCommand.run(["bake", "credential.jwt", "bad.svg", "-o", "b.svg"], in: folder)
        #expect(refused.code == 1)
        #expect(
            refused.speech.contains("bad.svg: IMAGE_UNSAFE") && refused.speech.contains("line 2: the element script")
        )
        #expect(refused.speech.contains("badge: hint: --strip"))
        let baked = try await BadgeCommand.run(
            ["bake", "credential.jwt", "bad.svg", "-o", "b.svg", "--strip"],
            in: folder
        )
        #expect(baked.code == 0)
        let text = String(decoding: try FileTree.read("\(folder)/b.svg"), as: UTF8.self)
        #expect(text.hasSuffix("</openbadges:credential>\n<g/></svg>"))
    }

    @Test("an image without a badge gets plain advice, and a machine its code")
    func notBaked() async throws {
        let folder = try await folder()
        let plain = try await BadgeCommand.run(["unbake", "logo.png"], in: folder)
        #expect(plain.code == 1)
        #expect(plain.output.isEmpty)
        #expect(plain.speech.hasPrefix("badge: error: logo.png: NOT_BAKED: there is no badge in the image"))
        #expect(plain.speech.contains("ask for the original file"))
        let machine = try await BadgeCommand.run(["unbake", "logo.svg", "--json"], in: folder)
        #expect(machine.code == 1)
        #expect(try machine.json.first?["problem"]?["code"]?.string == "NOT_BAKED")
        for (content, code) in [
            ("<svg>", "IMAGE_MALFORMED"), ("GIF89a", "IMAGE_UNSUPPORTED"), ("", "IMAGE_UNSUPPORTED"),
        ] {
            try FileTree.write(content, to: "\(folder)/other")
            let outcome = try await BadgeCommand.run(["unbake", "other"], in: folder)
            #expect(outcome.code == 1)
            #expect(outcome.speech.contains(code))
        }
        let letter = try await BadgeCommand.run(["bake", "logo.png", "credential.jwt", "-o", "x.png"], in: folder)
        #expect(letter.code == 1)
        #expect(letter.speech.contains("NOT_BAKEABLE") && letter.speech.contains("hint: the credential comes first"))
    }

    @Test("nothing is written over an input, over what is no file, or half")
    func manners() async throws {
        let folder = try await folder()
        let before = try FileTree.entries(of: folder)
        for (arguments, code) in [
            (["bake", "credential.jwt", "logo.png", "-o", "logo.png"], 64),
            (["bake", "credential.jwt", "logo.png", "-o", "./credential.jwt"], 64),
            (["bake", "-", "-", "-o", "a.png"], 64), (["bake", "credential.jwt", "logo.png"], 64),
            (["bake", "credential.jwt", "logo.png", "-o", "-", "--json"], 64),
            (["bake", "credential.jwt", "https://example.org/logo.png", "-o", "a.png"], 64),
            (["bake", "credential.jwt", "logo.png", "-o", "."], 1),
            (["bake", "credential.jwt", "logo.png", "-o", "/dev/null"], 1),
            (["bake", "credential.jwt", "logo.png", "-o", "nowhere/a.png"], 1),
            (["bake", "missing.jwt", "logo.png", "-o", "a.png"], 1), (["bake", ".", "logo.png", "-o", "a.png"], 1),
            (["unbake", "missing.png"], 1), (["unbake", "logo.png", "-o", "logo.png"], 64),
        ] as [([String], Int32)] {
            let outcome = try await BadgeCommand.run(arguments, in: folder)
            #expect(outcome.code == code, "\(arguments): \(outcome.speech)")
            #expect(outcome.speech.hasPrefix("badge: error: "))
            #expect(outcome.output.isEmpty)
        }
        #expect(try FileTree.entries(of: folder) == before)
    }

    @Test("a terminal gets no image, and no control characters of a badge")
    func terminal() async throws {
        let folder = try await folder()
        let image = try await BadgeCommand.run(
            ["bake", "credential.jwt", "logo.png", "-o", "-"],
            in: folder,
            terminal: PseudoTerminal()
        )
        #expect(image.code == 64)
        #expect(image.output.isEmpty)
        let text = "{\"type\": \"Assertion\", \"id\": \"https://example.org/1\", \"a\": \"\u{9B}31m\u{202E}\"}"
        try FileTree.write(text, to: "\(folder)/evil.json")
        _ = try await BadgeCommand.run(["bake", "evil.json", "logo.png", "-o", "evil.png"], in: folder)
        let shown = try await BadgeCommand.run(["unbake", "evil.png"], in: folder, terminal: PseudoTerminal())
        #expect(shown.code == 0)
        #expect(shown.text.contains("\u{FFFD}31m\u{FFFD}") && !shown.text.contains("\u{202E}"))
    }
}
