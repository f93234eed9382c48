import JSONCore
import OpenBadges
import Testing

@Suite("Credentials on their way into an image")
struct BakingCredentialTests {
    @Test("generation and form follow from the credential itself", arguments: Credentials.names)
    func generation(_ name: String) throws {
        let credential = try BakeableCredential(try #require(Credentials.all[name]))
        #expect(credential.generation == (name.hasPrefix("ob3") ? .ob3 : .ob2))
        #expect(credential.form == (["ob3JWT", "ob2JWS"].contains(name) ? .jws : .json))
    }

    @Test("a VC-JWT of Data Model 1.1 has its credential in a claim")
    func oldClaim() throws {
        let payload: JSON = ["vc": ["type": ["VerifiableCredential", "OpenBadgeCredential"]]]
        let jws = try Exams.jws(header: ["alg": "EdDSA"], payload: payload)
        #expect(try BakeableCredential(jws).generation == .ob3)
    }

    @Test(
        "what could never verify, or is no badge, is not baked",
        arguments: [
            #"{"type": ["VerifiableCredential", "OpenBadgeCredential"]}"#,
            #"{"type": ["VerifiableCredential", "OpenBadgeCredential"], "proof": []}"#,
            #"{"type": "Assertion", "id": "urn:uuid:0b0f4f5c-52e6-4ba4-93a5-4f9a5d2f6d11"}"#,
            #"{"type": "Assertion", "id": "https://example.org/a b"}"#, #"{"type": "Assertion"}"#,
            #"{"type": ["VerifiableCredential", "EndorsementCredential"], "proof": {}}"#,
            #"{"type": "BadgeClass", "id": "https://example.org/b"}"#, #"{"a": "#, "{}", "", " ", "a letter", "a.b.c",
            "https://example.org/assertions/1", "[]", "e30.e30.",
        ]
    )
    func refused(_ text: String) {
        #expect(code { _ = try BakeableCredential(Array(text.utf8)) } == .notBakeable)
    }

    @Test("what an image is follows from its bytes, and never from a name")
    func format() {
        #expect(Bakery.format(of: Pictures.plain) == .png)
        #expect(Bakery.format(of: Array(Pictures.svg.utf8)) == .svg)
        #expect(Bakery.format(of: [0xEF, 0xBB, 0xBF] + Array("\n<s:svg xmlns:s=\"u\"/>".utf8)) == .svg)
        #expect(Bakery.format(of: Array("<!DOCTYPE svg PUBLIC \"-//W3C//DTD SVG 1.1//EN\" \"u\"><svg/>".utf8)) == .svg)
        // Not well-formed, but meant as one: so its error can say what is wrong.
        #expect(Bakery.format(of: Array("<svg width=8></svg>".utf8)) == .svg)
        for text in ["", "<", "{}", "<!DOCTYPE html><html><svg/></html>", "<html><svg></html>", "<svgfont/>", "svg"] {
            #expect(Bakery.format(of: Array(text.utf8)) == nil, "\(text)")
        }
        #expect(Bakery.format(of: [0xFF, 0xFE, 0x3C, 0x00]) == nil)
    }
}
