/// One record of a source, as fields that stand in the order of a header.
protocol RecordRow {
    /// How many fields it has.
    var count: Int { get }
    /// The line on which it begins, from 1.
    var line: Int { get }
    /// The text of a field, without spaces and tabs at either end; empty where there is none.
    func text(_ index: Int) -> String
    /// How many bytes a field has in the source.
    func byteCount(_ index: Int) -> Int
    /// Where a field begins: line and column, from 1, the column in characters.
    func position(ofField index: Int) -> (line: Int, column: Int)
}
