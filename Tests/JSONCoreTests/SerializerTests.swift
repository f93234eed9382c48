import JSONCore
import Testing

@Suite("The serializer")
struct SerializerTests {
    @Test("compact text has no white space, pretty text has two spaces a level")
    func styles() throws {
        let value: JSON = ["a": [1, ["b": []]], "c": [:], "d": [[]], "e": "x"]
        #expect(value.text == #"{"a":[1,{"b":[]}],"c":{},"d":[[]],"e":"x"}"#)
        let pretty = """
            {
              "a": [
                1,
                {
                  "b": []
                }
              ],
              "c": {},
              "d": [
                []
              ],
              "e": "x"
            }
            """
        #expect(String(decoding: value.serialized(.pretty), as: UTF8.self) == pretty)
        #expect(try JSON(parsing: value.serialized(.pretty)) == value)
    }

    @Test("only what must be escaped is, at any place in a string")
    func escapes() throws {
        for scalar in (0...0x2FF).compactMap(Unicode.Scalar.init(_:)) {
            for padding in 0...9 {
                let text = String(repeating: "x", count: padding) + String(Character(scalar)) + "tail of the string"
                let value = JSON.string(text)
                let written = value.serialized()
                let escaped = scalar.value < 0x20 || scalar == "\"" || scalar == "\\"
                #expect(written.contains(UInt8(ascii: "\\")) == escaped)
                #expect(try JSON(parsing: written) == value)
            }
        }
    }

    @Test("text is appended to what is there already")
    func appending() {
        var bytes = Array("x=".utf8)
        JSON.array([1]).serialize(into: &bytes)
        JSON.array([2]).serialize(into: &bytes, .pretty)
        #expect(String(decoding: bytes, as: UTF8.self) == "x=[1][\n  2\n]")
    }

    @Test("large values are written whole")
    func large() throws {
        let value = JSON.array(
            (0..<4_000).map { ["index": JSON($0), "text": .string(String(repeating: "é\n", count: $0 % 50))] }
        )
        #expect(try JSON(parsing: value.serialized()) == value)
        #expect(try JSON(parsing: value.serialized(.pretty)) == value)
    }
}
