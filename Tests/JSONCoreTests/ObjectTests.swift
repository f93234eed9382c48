import JSONCore
import Testing

@Suite("Objects")
struct ObjectTests {
    @Test("members keep the order in which they were written")
    func order() throws {
        let object = try #require(try JSON(parsing: #"{"z":1,"a":2,"m":3}"#).object)
        #expect(object.keys == ["z", "a", "m"])
        #expect(object.values == [1, 2, 3])
        #expect(object.map(\.key) == ["z", "a", "m"])
        #expect(object[1].key == "a")
    }

    @Test("setting a member keeps its place, a new one comes last, nil removes", arguments: [3, 16, 17, 40])
    func setting(count: Int) {
        var object = JSONObject()
        for number in 0..<count { object["n\(number)"] = JSON(number) }
        object["n1"] = "set"
        object["new"] = nil
        object["last"] = true
        #expect(object.count == count + 1)
        #expect(object[1] == ("n1", "set"))
        #expect(object[count] == ("last", true))
        object["n0"] = nil
        #expect(object.removeValue(forKey: "n2") == 2)
        #expect(object.removeValue(forKey: "n2") == nil)
        #expect(object.count == count - 1)
        #expect(object.first?.key == "n1")
        #expect(object["last"] == true)
        #expect(object["n0"] == nil)
        #expect(object.contains(key: "last"))
        #expect(!object.contains(key: "n2"))
        for position in object.indices { #expect(object.position(of: object[position].key) == position) }
    }

    @Test("a copy does not change with its original", arguments: [3, 40])
    func copies(count: Int) {
        var object = JSONObject(members: (0..<count).map { ("n\($0)", JSON($0)) })
        let copy = object
        object["n0"] = nil
        object["n1"] = "changed"
        object["added"] = 1
        #expect(copy.count == count)
        #expect(copy["n0"] == 0)
        #expect(copy["n1"] == 1)
        #expect(copy["added"] == nil)
    }

    @Test("names are told apart by code points, not by looks", arguments: [0, 40])
    func exactNames(others: Int) throws {
        var object = JSONObject(members: (0..<others).map { ("n\($0)", JSON($0)) })
        object["\u{e9}"] = 1
        object["e\u{301}"] = 2
        #expect(object.count == others + 2)
        #expect(object["\u{e9}"] == 1)
        #expect(object["e\u{301}"] == 2)
        #expect(JSON.string("\u{e9}") != JSON.string("e\u{301}"))
        #expect(JSON.string("\u{212b}") != JSON.string("\u{c5}"))
    }

    @Test("objects are equal whatever the order of their members", arguments: [3, 40])
    func equality(count: Int) {
        let members = (0..<count).map { ("n\($0)", JSON($0)) }
        let forwards = JSON.object(JSONObject(members: members))
        let backwards = JSON.object(JSONObject(members: members.reversed()))
        #expect(forwards == backwards)
        #expect(Set([forwards, backwards]).count == 1)
        #expect(forwards != .object(JSONObject(members: members.dropLast())))
        #expect(forwards != .object(JSONObject(members: members.dropLast() + [("n0x", 0)])))
        #expect(JSON.array([1, 2]) != JSON.array([2, 1]))
    }

    @Test("literals build values in the order written")
    func literals() {
        let value: JSON = [
            "string": "a", "integer": 1, "float": 0.5, "yes": true, "none": nil, "array": [1, [2]],
            "object": ["z": 1, "a": [:]],
        ]
        #expect(
            value.text
                == #"{"string":"a","integer":1,"float":0.5,"yes":true,"none":null,"array":[1,[2]],"object":{"z":1,"a":{}}}"#
        )
    }

    @Test("a value is read as what it is, and as nothing else")
    func access() {
        let value: JSON = ["s": "a", "n": 5, "b": false, "x": nil, "a": ["p", "q"], "o": ["k": "v"]]
        #expect(value["s"]?.string == "a")
        #expect(value["n"]?.int == 5)
        #expect(value["b"]?.bool == false)
        #expect(value["x"]?.isNull == true)
        #expect(value["a"]?[1]?.string == "q")
        #expect(value["a"]?[2] == nil)
        #expect(value["a"]?[-1] == nil)
        #expect(value["o"]?["k"]?.string == "v")
        #expect(value["s"]?["k"] == nil)
        #expect(value["s"]?[0] == nil)
        #expect(value["absent"] == nil)
        #expect(value["s"]?.int == nil)
        #expect(value["n"]?.string == nil)
        #expect(value["n"]?.bool == nil)
        #expect(value["s"]?.array == nil)
        #expect(value["a"]?.object == nil)
    }

    @Test("members are set through a value, also deep inside")
    func settingThroughValues() {
        var value: JSON = ["a": ["b": 1]]
        value["a"]?["b"] = 2
        value["a"]?["c"] = 3
        value["d"] = ["e"]
        value["gone"] = nil
        #expect(value == ["a": ["b": 2, "c": 3], "d": ["e"]])
        var fresh = JSON.null
        fresh["a"] = 1
        #expect(fresh == ["a": 1])
        var text: JSON = "text"
        text["a"] = 1
        #expect(text == "text")
    }

    @Test("texts that Swift takes for equal are as many values, and as many hashes")
    func hashes() {
        // Each of ten letters with its accent, or followed by it: a thousand spellings of one text.
        let texts = (0..<1_024).map { number in
            (0..<10).map { number >> $0 & 1 == 0 ? "é" : "e\u{301}" }.joined()
        }
        #expect(Set(texts).count == 1)
        let values = texts.map { JSON.string($0) }
        #expect(Set(values).count == 1_024)
        #expect(Set(values.map(\.hashValue)).count > 1_000)
        let objects = texts.map { JSON.object([$0: 1]) }
        #expect(Set(objects).count == 1_024)
        #expect(Set(objects.map(\.hashValue)).count > 1_000)
    }
}
