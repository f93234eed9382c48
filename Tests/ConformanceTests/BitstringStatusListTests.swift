import JSONCore
import OpenBadges
import Testing

/// Bitstring Status List 1.0: lists and the values in them, lists that are none, and the specification's own examples.
@Suite("Bitstring Status List", .enabled(if: OfficialData.isThere, "\(OfficialData.reason)"))
struct BitstringStatusListTests {
    private static let folder = "bitstring-status-list"
    private static let vectors = (try? OfficialData.json(folder + "/vectors.json")) ?? nil

    static let positive = vectors["positive"]?.array ?? []
    static let negative = vectors["negative"]?.array ?? []
    static let badIndices = vectors["badIndex"]?.array ?? []

    @Test("each entry of a list has the value of the vector", arguments: positive)
    func values(vector: JSON) throws {
        let list = try BitstringStatusList(encoded: #require(vector["encodedList"]?.string))
        let size = try #require(vector["statusSize"]?.int)
        #expect(list.bytes.count == vector["uncompressedBytes"]?.int)
        let isLongEnough = list.entryCount(statusSize: size) >= BitstringStatusList.minimumEntries
        for query in try #require(vector["queries"]?.array) {
            let index = try #require(query["statusListIndex"]?.string.flatMap(Int.init))
            if let value = query["value"]?.int {
                #expect(isLongEnough)
                #expect(try list.value(at: index, statusSize: size) == value)
            } else if query["error"]?.string == "STATUS_LIST_LENGTH_ERROR" {
                #expect(!isLongEnough)
            } else {
                #expect(query["error"]?.string == "RANGE_ERROR")
                #expect(throws: OpenBadgesError(.range, "the list has no entry of that index")) {
                    try list.value(at: index, statusSize: size)
                }
            }
        }
        // Written again, it is the same list.
        #expect(try BitstringStatusList(encoded: list.encoded()) == list)
    }

    @Test("what is no list is not read as one", arguments: negative)
    func noList(vector: JSON) throws {
        let text = try #require(vector["encodedList"]?.string)
        let isBomb = vector["id"]?.string?.hasPrefix("gzip-bomb") == true
        do {
            _ = try BitstringStatusList(encoded: text)
            Issue.record("read: \(vector["why"]?.string ?? "")")
        } catch {
            #expect((error.code == .limitExceeded) == isBomb)
        }
    }

    @Test("what is no index, or none of the list, is refused", arguments: badIndices)
    func index(vector: JSON) throws {
        var entry = StatusListEntry(list: "https://a.example/list", index: 0)
        entry.members["statusListIndex"] = .string(try #require(vector["statusListIndex"]?.string))
        guard let index = entry.index else {
            return #expect(entry.violations.map(\.code) == [.malformedValue])
        }
        #expect(throws: OpenBadgesError.self) { try BitstringStatusList().value(at: index) }
        #expect(vector["why"]?.string?.contains("RANGE_ERROR") == true)
    }

    @Test("the entries and the lists of the specification's examples are read without a violation")
    func examples() throws {
        var entries = 0
        var lists = 0
        for name in OfficialData.files(in: Self.folder + "/spec-examples") where name != "index.json" {
            let json = try OfficialData.json("\(Self.folder)/spec-examples/\(name)")
            for status in AchievementCredential(uncheckedMembers: json.object ?? [:]).statuses {
                let entry = try #require(status.entry)
                #expect(entry.violations.isEmpty)
                #expect(StatusListEntry.definition.violations(in: entry.json).isEmpty)
                entries += 1
            }
            guard json["type"]?.array?.contains("BitstringStatusListCredential") == true else { continue }
            let list = try StatusListCredential(json: json)
            #expect(list.form == .bitstring)
            #expect(list.purposes == [.revocation])
            #expect(try list.unverifiedList() == BitstringStatusList())
            lists += 1
        }
        #expect(entries == 7)
        #expect(lists == 2)
    }

    @Test("all vectors are there")
    func complete() {
        #expect(Self.positive.count == 10)
        #expect(Self.negative.count == 9)
        #expect(Self.badIndices.count == 6)
    }
}
