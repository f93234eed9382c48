import JSONCore
import Testing

/// Hostile documents: each limit holds, and refusing costs little.
@Suite("Limits of the parser")
struct BudgetTests {
    @Test("arrays and objects nest 128 deep, and no deeper")
    func depth() throws {
        for (open, close) in [("[", "]"), (#"{"a":"#, "}")] {
            func nested(_ depth: Int) -> String {
                String(repeating: open, count: depth) + (open == "[" ? "" : "0")
                    + String(repeating: close, count: depth)
            }
            #expect(throws: Never.self) { try JSON(parsing: nested(128)) }
            #expect(code(nested(129)) == .depthLimit)
        }
    }

    @Test("a million brackets are refused without a deep stack, whatever the limit", arguments: [128, 512, Int.max])
    func deepNesting(limit: Int) {
        let limits = JSONLimits(depth: limit)
        #expect(code(String(repeating: "[", count: 1_000_000), limits) == .depthLimit)
        #expect(code(String(repeating: #"{"a":"#, count: 200_000), limits) == .depthLimit)
    }

    @Test("the deepest document that any limit allows is read, compared, hashed, written and released")
    func deepest() throws {
        let depth = JSONLimits.maximumDepth
        let text = String(repeating: "[", count: depth) + String(repeating: "]", count: depth)
        let value = try JSON(parsing: text, limits: JSONLimits(depth: depth))
        #expect(value == (try JSON(parsing: text, limits: JSONLimits(depth: depth))))
        #expect(Set([value, value]).count == 1)
        #expect(value.text == text)
        #expect(try value.canonicalized() == Array(text.utf8))
    }

    @Test("the error of a deep document has a path of that depth")
    func deepPath() throws {
        let text = String(repeating: #"[{"a":"#, count: 60) + "?"
        let error = try #require(throws: JSONError.self) { try JSON(parsing: text) }
        #expect(error.path.tokens.count == 120)
    }

    @Test("a text of more bytes than allowed is refused before it is read")
    func bytes() {
        let limits = JSONLimits(bytes: 10)
        #expect(throws: Never.self) { try JSON(parsing: "[12345678]", limits: limits) }
        #expect(code("[123456789]", limits) == .sizeLimit)
        #expect(code("not JSON at all", limits) == .sizeLimit)
    }

    @Test("a text of more values than allowed is refused")
    func nodes() {
        let limits = JSONLimits(nodes: 4)
        #expect(throws: Never.self) { try JSON(parsing: "[1,2,3]", limits: limits) }
        #expect(throws: Never.self) { try JSON(parsing: #"{"a":{"b":[]},"c":1}"#, limits: limits) }
        #expect(code("[1,2,3,4]", limits) == .sizeLimit)
        #expect(code("[[[[[]]]]]", limits) == .sizeLimit)
        #expect(code("[" + String(repeating: "0,", count: 1_000_000) + "0]") == .sizeLimit)
    }

    @Test("a number of more characters than allowed is refused")
    func numbers() {
        #expect(throws: Never.self) { try JSON(parsing: String(repeating: "9", count: 1_100)) }
        #expect(code(String(repeating: "9", count: 1_101)) == .sizeLimit)
        #expect(code("1e" + String(repeating: "9", count: 1_101)) == .sizeLimit)
    }

    @Test("limits of zero and below refuse, and do not crash", arguments: [0, -1, Int.min])
    func senselessLimits(limit: Int) {
        #expect(code("[]", JSONLimits(bytes: limit)) == .sizeLimit)
        #expect(code("[]", JSONLimits(depth: limit)) == .depthLimit)
        #expect(code("[]", JSONLimits(nodes: limit)) == .sizeLimit)
        #expect(code("1", JSONLimits(numberLength: limit)) == .sizeLimit)
    }

    @Test("a large object is read in its order, and found by name")
    func largeObject() throws {
        let count = 30_000
        let text = "{" + (0..<count).map { "\"name \($0)\":\($0)" }.joined(separator: ",") + "}"
        let object = try #require(try JSON(parsing: text).object)
        #expect(object.count == count)
        #expect(object["name 0"]?.int == 0)
        #expect(object["name \(count - 1)"]?.int == count - 1)
        #expect(object["name \(count)"] == nil)
        #expect(object.keys.last == "name \(count - 1)")
        #expect(JSON.object(object).text == text)
    }

    @Test(
        "two members of one name are found in objects of any size",
        arguments: [2, 15, 16, 17, 18, 33, 1_000, 20_000]
    )
    func duplicates(count: Int) throws {
        let names = (0..<(count - 1)).map { "n\($0)" }
        func text(_ names: [String]) -> String { "{" + names.map { "\"\($0)\":0" }.joined(separator: ",") + "}" }
        #expect(throws: Never.self) { try JSON(parsing: text(names)) }
        for twin in [0, names.count / 2, names.count - 1] {
            let error = try #require(throws: JSONError.self) { try JSON(parsing: text(names + [names[twin]])) }
            #expect(error.code == .duplicateMember)
            #expect(error.path == JSONPointer().appending(names[twin]))
        }
    }

    private func code(_ text: String, _ limits: JSONLimits = .standard) -> JSONError.Code? {
        #expect(throws: JSONError.self) { try JSON(parsing: text, limits: limits) }?.code
    }
}
