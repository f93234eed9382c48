/// How much of a JSON text the parser accepts before it refuses.
///
/// Every loop that input drives has a budget here, so that a hostile document costs its reader little.
public struct JSONLimits: Sendable, Hashable {
    /// Bytes of the whole text. 16 MiB: the largest official example credential has 25 kB, and a status list of a
    /// million entries at most 180 kB, so there is room for embedded images; a parsed text takes several times its size.
    public var bytes: Int

    /// Arrays and objects inside one another. 128: the official examples nest 10 deep, the official schemas 13; parser,
    /// comparison and release recurse, and this depth takes less than 64 KiB of stack.
    /// Values above ``maximumDepth`` are read as that.
    public var depth: Int

    /// Values in the whole text: members, elements, and the document itself. One million: the largest official example
    /// has 628, so this is more than a thousand credentials; and as a member takes 40 bytes, `[0,0,0,…` of the
    /// allowed size cannot take hundreds of megabytes.
    public var nodes: Int

    /// Characters of one number. 1,100: an exact decimal expansion of any double fits (1,077 at most),
    /// and work on one number stays small.
    public var numberLength: Int

    /// The deepest nesting any limit can allow. 512: takes less than 256 KiB of stack, measured (1 MiB in a debug
    /// build), where a thread has 8 MiB.
    public static let maximumDepth = 512

    /// What verification and all commands use unless told otherwise.
    public static let standard = JSONLimits()

    /// Limits that differ from the standard in what is given.
    public init(
        bytes: Int = 16 * 1024 * 1024,
        depth: Int = 128,
        nodes: Int = 1_000_000,
        numberLength: Int = 1_100
    ) {
        self.bytes = bytes
        self.depth = depth
        self.nodes = nodes
        self.numberLength = numberLength
    }
}
