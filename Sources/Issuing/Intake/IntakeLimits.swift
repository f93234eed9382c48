/// How much of a results file intake holds or accepts before it refuses.
///
/// Results come as somebody else's export. Each limit keeps memory flat, whatever the file says.
public struct IntakeLimits: Sendable, Hashable {
    /// Bytes of one field. 1 MiB: the longest honest field is a name or a comment; more is an unclosed quote.
    public var fieldBytes: Int
    /// Bytes of one row or line. 4 MiB: a gradebook of 4,000 columns stays far below; a result with 10,000 items, too.
    public var rowBytes: Int
    /// Columns of a header. 4,096: four times what the widest gradebooks have.
    public var columns: Int
    /// Rows of one file. 2,000,000: larger than any sitting, and the index of seen results stays below 100 MB.
    public var rows: Int
    /// Bytes of a value that is kept, such as a name or an id. 1,024: e-mail addresses have 254 at most.
    public var valueBytes: Int
    /// Items of one result. 10,000: the longest exams have some hundred.
    public var items: Int
    /// Bytes asked for at one read. 256 KiB: system calls no longer count, and it still lies in the cache.
    public var chunkBytes: Int
    /// Bytes of a mapping or a policy. 256 KiB: a hundred times the longest one written by hand.
    public var documentBytes: Int

    /// What `badge issue` uses.
    public static let standard = IntakeLimits()

    /// Limits that differ from the standard in what is given.
    public init(
        fieldBytes: Int = 1 << 20,
        rowBytes: Int = 4 << 20,
        columns: Int = 4096,
        rows: Int = 2_000_000,
        valueBytes: Int = 1024,
        items: Int = 10_000,
        chunkBytes: Int = 256 << 10,
        documentBytes: Int = 256 << 10
    ) {
        self.fieldBytes = fieldBytes
        self.rowBytes = rowBytes
        self.columns = columns
        self.rows = rows
        self.valueBytes = valueBytes
        self.items = items
        self.chunkBytes = max(chunkBytes, 1)
        self.documentBytes = documentBytes
    }
}
