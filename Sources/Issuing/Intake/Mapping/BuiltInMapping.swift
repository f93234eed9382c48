import OpenBadges
import Schemas

extension ResultMapping {
    /// The names of the mappings for usual exports that are built in, in their order; their files are `Schemas/mappings/`.
    public static var presetNames: [String] { presets.map(\.name) }

    /// The text of a built-in mapping, to be copied and changed; `nil` where there is none of that name.
    public static func preset(named name: String) -> String? {
        presets.first { $0.name == name }?.text
    }

    /// A built-in mapping, with what the user says beside it.
    ///
    /// Throws `MAPPING_UNKNOWN` where there is none of that name, and what
    /// ``init(parsing:file:settings:limits:)`` throws, such as `MAPPING_KEY_MISSING` where the export does not say which
    /// exam it is of.
    public init(preset name: String, settings: IntakeSettings = IntakeSettings()) throws(IssuingError) {
        guard let text = Self.preset(named: name) else {
            throw IssuingError(
                .mappingUnknown,
                "there is no built-in mapping of that name",
                hint: "there are \(Self.presetNames.joined(separator: ", "))"
            )
        }
        try self.init(parsing: text.utf8, file: "\(name).yaml", settings: settings)
    }

    /// A mapping by the path of its file, by its name in a folder of mappings, or the built-in one of that name.
    ///
    /// Throws `MAPPING_UNKNOWN` where there is none, and what reading it throws.
    public init(
        named name: String,
        folder: String? = nil,
        settings: IntakeSettings = IntakeSettings()
    ) throws(IssuingError) {
        let candidates = [name] + (folder.map { ["\($0)/\(name)", "\($0)/\(name).yaml"] } ?? [])
        guard let file = candidates.first(where: { FileStore.exists($0) && !FileStore.isDirectory($0) }) else {
            guard Self.preset(named: name) == nil else {
                try self.init(preset: name, settings: settings)
                return
            }
            throw IssuingError(
                .mappingUnknown,
                "there is no such mapping",
                file: name,
                hint: "give the path of a mapping file, the name of one in mappings/, or a built-in one: "
                    + Self.presetNames.joined(separator: ", ")
            )
        }
        guard let bytes = FileBytes.read(file, limit: 1 << 20) else {
            throw IssuingError(.fileUnreadable, "cannot read the mapping", file: file)
        }
        try self.init(parsing: bytes, file: file, settings: settings)
    }

    private static var presets: [(name: String, text: String)] {
        var count = 0
        let rows = UnsafeBufferPointer(start: embedded_mappings(&count), count: count)
        return rows.map { row in
            let bytes = UnsafeBufferPointer(start: row.bytes, count: row.length)
            return (String(cString: row.url), String(decoding: bytes, as: UTF8.self))
        }
    }
}
