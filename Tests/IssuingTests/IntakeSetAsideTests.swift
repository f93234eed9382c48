import Glibc
import Issuing
import JSONCore
import Testing

@Suite struct SetAsideTests {
    /// A folder of its own, gone afterwards.
    private func withFolder(_ body: (String) throws -> Void) throws {
        var template = Array("/tmp/set-aside-XXXXXX".utf8CString)
        let folder = try #require(mkdtemp(&template).map { String(cString: $0) })
        defer {
            for name in names(folder) { unlink(folder + "/" + name) }
            rmdir(folder)
        }
        try body(folder)
    }

    private func names(_ folder: String) -> [String] {
        guard let directory = opendir(folder) else { return [] }
        defer { closedir(directory) }
        var names: [String] = []
        while let entry = readdir(directory) {
            let name = withUnsafeBytes(of: entry.pointee.d_name) {
                String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self)
            }
            if name != "." && name != ".." { names.append(name) }
        }
        return names.sorted()
    }

    private func write(_ bytes: some Sequence<UInt8>, _ path: String) throws {
        let file = try #require(fopen(path, "w"))
        let bytes = Array(bytes)
        #expect(fwrite(bytes, 1, bytes.count, file) == bytes.count)
        fclose(file)
    }

    private func read(_ path: String) throws -> [UInt8] {
        let file = try #require(fopen(path, "r"))
        defer { fclose(file) }
        var bytes = [UInt8](repeating: 0, count: 32 << 20)
        let count = fread(&bytes, 1, bytes.count, file)
        return Array(bytes[..<count])
    }

    /// Sets aside what cannot be read of a file.
    private func setAside(_ path: String) throws -> SetAsideWriter.Files? {
        var reader = try ResultReader(path: path)
        let writer = SetAsideWriter(
            path: SetAsideWriter.path(for: path, format: reader.format),
            header: reader.header,
            source: path
        )
        while let outcome = try reader.next() {
            if case .setAside(let problem) = outcome { try writer.add(problem) }
        }
        return try writer.finish()
    }

    @Test("rows that cannot be read are kept byte by byte, and can be mended and read") func mended() throws {
        try withFolder { folder in
            let good = "r1,ALG-1,ada@x.org,87\r\n"
            let bad = ["r2,ALG-1,bob@x.org,\"8\r\n7\"\r\n", "r3,ALG-1,eve@x.org\r\n", "r4,ALG-1,e\u{0}@x.org,11"]
            let header = "\u{FEFF}resultId,exam.id,candidate.email,score.percent\r\n"
            try write((header + bad[0] + good + bad[1] + bad[2]).utf8, folder + "/july.csv")
            let files = try #require(try setAside(folder + "/july.csv"))
            #expect(files.rows == folder + "/july.set-aside.csv")
            #expect(files.problems == folder + "/july.set-aside.problems.ndjson")
            #expect(files.count == 3)
            #expect(try read(files.rows) == Array((header + bad.joined() + "\n").utf8))
            let problems = try read(files.problems).split(separator: 0x0A).map { try JSON(parsing: Array($0)) }
            #expect(problems.map { $0["code"]?.string } == ["SCORE_NOT_A_NUMBER", "RAGGED_ROW", "NUL_BYTE"])
            #expect(problems.map { $0["line"]?.int } == [2, 5, 6])
            #expect(problems.map { $0["setAsideLine"]?.int } == [2, 4, 5])
            #expect(problems.map { $0["column"]?.int } == [20, 1, 11])
            #expect(problems.first?["path"]?.string == "/score/percent")
            #expect(names(folder) == ["july.csv", "july.set-aside.csv", "july.set-aside.problems.ndjson"])

            let mended = String(decoding: try read(files.rows), as: UTF8.self)
                .replacing("\"8\r\n7\"", with: "87").replacing("\u{0}", with: "d").replacing(
                    "eve@x.org",
                    with: "eve@x.org,5"
                )
            let intake = try Intake(mended)
            #expect(intake.problems.map(\.description) == [])
            #expect(intake.results.count == 3)
        }
    }

    @Test("nothing is written where nothing is wrong") func nothing() throws {
        try withFolder { folder in
            try write(rows("score.percent", "87").utf8, folder + "/july.csv")
            #expect(try setAside(folder + "/july.csv") == nil)
            #expect(names(folder) == ["july.csv"])
        }
    }

    @Test("a writer that does not finish leaves nothing behind") func unfinished() throws {
        try withFolder { folder in
            let problem = try #require(try Intake(rows("score.percent", "x")).problems.first)
            do {
                let writer = SetAsideWriter(path: folder + "/a.set-aside.csv", header: [])
                try writer.add(problem)
            }
            #expect(names(folder).isEmpty)
        }
    }

    @Test("what was set aside and mended is not written over") func kept() throws {
        try withFolder { folder in
            try write(rows("score.percent", "x").utf8, folder + "/july.csv")
            let first = try #require(try setAside(folder + "/july.csv"))
            let again = try #require(try setAside(folder + "/july.csv"))
            #expect(again == first)
            try write(rows("score.percent", "87").utf8, first.rows)
            let second = try #require(try setAside(folder + "/july.csv"))
            #expect(second.rows == folder + "/july.set-aside-2.csv")
            #expect(try read(first.rows) == Array(rows("score.percent", "87").utf8))
            // What is still wrong in a mended file goes beside it, and neither over it nor under an ever longer name.
            try write(rows("score.percent", "87", "y").utf8, second.rows)
            #expect(try setAside(second.rows)?.rows == folder + "/july.set-aside-3.csv")
        }
    }

    @Test("a row too large to hold is copied from the file") func tooLarge() throws {
        try withFolder { folder in
            let row = "r2,ALG-1,bob@x.org,\"" + String(repeating: "x\n", count: 3_000_000) + "\"\n"
            let header = "resultId,exam.id,candidate.email,candidate.given\n"
            let bad = "r3,ALG-1,,\n"
            try write((header + "r1,ALG-1,ada@x.org,Ada\n" + row + bad).utf8, folder + "/july.csv")
            let files = try #require(try setAside(folder + "/july.csv"))
            #expect(try read(files.rows) == Array((header + row + bad).utf8))
            let problems = try read(files.problems).split(separator: 0x0A).map { try JSON(parsing: Array($0)) }
            #expect(problems.map { $0["setAsideLine"]?.int } == [2, 3_000_003])
        }
    }

    @Test("NDJSON is set aside as NDJSON") func ndjson() throws {
        try withFolder { folder in
            try write("{}\n{\"resultId\":\n".utf8, folder + "/july.ndjson")
            let files = try #require(try setAside(folder + "/july.ndjson"))
            #expect(files.rows == folder + "/july.set-aside.ndjson")
            #expect(try read(files.rows) == Array("{}\n{\"resultId\":\n".utf8))
            let problems = try read(files.problems).split(separator: 0x0A).map { try JSON(parsing: Array($0)) }
            #expect(problems.map { $0["setAsideLine"]?.int } == [1, 2])
        }
    }

    @Test("a folder that cannot be written to is an error, and no crash") func unwritable() throws {
        let problem = try #require(try Intake(rows("score.percent", "x")).problems.first)
        let writer = SetAsideWriter(path: "/nonexistent/a.csv", header: [])
        let error = #expect(throws: IssuingError.self) { try writer.add(problem) }
        #expect(error?.code == .fileUnwritable)
    }

    @Test(
        "names are made from the input's",
        arguments: [
            ("results/july.csv", "results/july.set-aside.csv"), ("july", "july.set-aside.csv"),
            ("-", "results.set-aside.csv"), ("a.b/july", "a.b/july.set-aside.csv"), (".csv", ".csv.set-aside.csv"),
            ("july.set-aside.csv", "july.set-aside.csv"), ("july.set-aside-12.tsv", "july.set-aside.tsv"),
            ("july-12.csv", "july-12.set-aside.csv"),
        ]
    ) func paths(input: String, output: String) {
        #expect(SetAsideWriter.path(for: input, format: .csv) == output)
    }
}
