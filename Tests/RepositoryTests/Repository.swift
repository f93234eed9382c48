import Glibc

/// The checkout that these tests were built from.
enum Repository {
    static let root: String = {
        // Tests/RepositoryTests/Repository.swift, three components up.
        let parts = #filePath.split(separator: "/", omittingEmptySubsequences: false).dropLast(3)
        return parts.joined(separator: "/")
    }()

    static func text(_ path: String) -> String? {
        guard let file = fopen("\(root)/\(path)", "r") else { return nil }
        defer { fclose(file) }
        var bytes: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: 65536)
        while case let count = fread(&chunk, 1, chunk.count, file), count > 0 { bytes += chunk[..<count] }
        return String(decoding: bytes, as: UTF8.self)
    }

    /// The names in a folder, in order.
    static func names(in path: String) -> [String] {
        guard let stream = opendir("\(root)/\(path)") else { return [] }
        defer { closedir(stream) }
        var names: [String] = []
        while let entry = readdir(stream) {
            let name = withUnsafeBytes(of: entry.pointee.d_name) { raw in
                String(decoding: raw.prefix { $0 != 0 }, as: UTF8.self)
            }
            if !name.hasPrefix(".") { names.append(name) }
        }
        return names.sorted()
    }

    /// The Swift files below a folder.
    static func swiftFiles(in path: String) -> [String] {
        names(in: path).flatMap { name -> [String] in
            if name.hasSuffix(".swift") { return ["\(path)/\(name)"] }
            return name.contains(".") ? [] : swiftFiles(in: "\(path)/\(name)")
        }
    }
}
