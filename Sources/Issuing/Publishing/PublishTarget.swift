/// Where the hosted directory is written to: a folder, or a bucket. Any thread may call it.
protocol PublishTarget: Sendable {
    /// What was done so far.
    var summary: Publisher.Summary { get }
    /// Writes a file, unless it has these bytes already.
    func write(_ path: String, _ bytes: [UInt8]) throws(IssuingError)
    /// Writes the files of a badge.
    func write(_ badge: String, _ files: [(name: String, bytes: [UInt8])]) throws(IssuingError)
    /// Takes a file of ours away that is no longer part of the directory.
    func remove(_ path: String) throws(IssuingError)
    /// Ends the writing: everything is where it belongs, or this throws.
    func finish() throws(IssuingError)
}
