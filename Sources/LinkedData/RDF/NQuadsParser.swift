/// A parser of N-Quads, straight from bytes to the terms of a dataset.
struct NQuadsParser {
    private let bytes: UnsafeRawBufferPointer
    private let allowsGeneralized: Bool
    private var index = 0
    private var line = 1
    private var dataset = RDFDataset()
    private var scratch: [UInt8] = []

    init(_ bytes: UnsafeRawBufferPointer, allowsGeneralized: Bool) {
        self.bytes = bytes
        self.allowsGeneralized = allowsGeneralized
    }

    /// Reads the whole document.
    mutating func parse() throws(LinkedDataError) -> RDFDataset {
        guard isUTF8 else { throw failure("the text is not UTF-8") }
        while index < bytes.count {
            skipSpace()
            switch peek {
            case UInt8(ascii: "\n"):
                line += 1
                index += 1
            case UInt8(ascii: "\r"):
                index += 1
            case UInt8(ascii: "#"):
                skipComment()
            case 0 where index == bytes.count:
                break
            default:
                try statement()
            }
        }
        return dataset
    }

    private mutating func statement() throws(LinkedDataError) {
        let subject = try resource("a subject")
        skipSpace()
        guard peek == UInt8(ascii: "<") || allowsGeneralized else { throw failure("a predicate is not an IRI") }
        let predicate = try resource("a predicate")
        skipSpace()
        let object = peek == UInt8(ascii: "\"") ? try literal() : try resource("an object")
        skipSpace()
        var graph = QuadIndices.defaultGraph
        if peek != UInt8(ascii: ".") {
            graph = try resource("a graph name")
            skipSpace()
        }
        guard peek == UInt8(ascii: ".") else { throw failure("a statement does not end with a point") }
        index += 1
        skipSpace()
        if peek == UInt8(ascii: "#") { skipComment() }
        guard index == bytes.count || peek == UInt8(ascii: "\n") || peek == UInt8(ascii: "\r") else {
            throw failure("something follows a statement on its line")
        }
        dataset.insert(QuadIndices(subject: subject, predicate: predicate, object: object, graph: graph))
    }

    // MARK: Terms

    private mutating func resource(_ what: String) throws(LinkedDataError) -> Int32 {
        switch peek {
        case UInt8(ascii: "<"):
            let (start, end) = try iriBounds()
            var term = dataset.iri(bytes.part(start, end), .nquads)
            if term < 0, bytes.part(start, end).contains(UInt8(ascii: "\\")) {
                try unescape(start, end)
                term = scratch.withUnsafeBytes { dataset.iri($0, .nquads) }
            }
            if term < 0 { throw failure("an IRI is not absolute, or holds a character that none may hold") }
            return term
        case UInt8(ascii: "_"):
            return try blankNode()
        default:
            throw failure("\(what) is missing or not what it may be")
        }
    }

    /// Reads `<…>`, and tells what is between.
    @inline(__always)
    private mutating func iriBounds() throws(LinkedDataError) -> (start: Int, end: Int) {
        let start = index + 1
        guard let end = bytes.firstIndex(ofByte: UInt8(ascii: ">"), from: start) else {
            throw failure("an IRI does not end")
        }
        index = end + 1
        return (start, end)
    }

    private mutating func blankNode() throws(LinkedDataError) -> Int32 {
        let start = index
        guard index + 2 < bytes.count, bytes[index + 1] == UInt8(ascii: ":") else {
            throw failure("a blank node has no label")
        }
        index += 2
        let first = index
        // Where the label ends: behind its last character that is no point.
        var end = index
        while index < bytes.count {
            let byte = bytes[index]
            if byte == UInt8(ascii: "."), index > first {
                index += 1
                continue
            }
            let length = BlankNodeLabel.length(bytes, at: index, isFirst: index == first)
            if length == 0 { break }
            index += length
            end = index
        }
        guard end > first else { throw failure("a blank node has no label") }
        index = end
        return dataset.term(bytes.part(start, end))
    }

    private mutating func literal() throws(LinkedDataError) -> Int32 {
        let start = index
        var end = start + 1
        var hasEscapes = false
        while true {
            while end &+ 8 <= bytes.count, !ByteWord(bytes, at: end).mayNeedEscape { end &+= 8 }
            guard end < bytes.count, bytes[end] != UInt8(ascii: "\"") else { break }
            let byte = bytes[end]
            if byte < 0x20 || byte == 0x7F || byte == 0xEF {
                guard byte != UInt8(ascii: "\n"), byte != UInt8(ascii: "\r") else {
                    throw failure("a literal does not end on its line")
                }
                // Written in another way in canonical form, or to be looked at closely.
                hasEscapes = true
            } else if byte == UInt8(ascii: "\\") {
                hasEscapes = true
                end &+= 1
            }
            end &+= 1
        }
        guard end < bytes.count else { throw failure("a literal does not end") }
        index = end + 1
        let annotation = try self.annotation()
        if !hasEscapes {
            switch annotation {
            case .none: return dataset.term(bytes.part(start, end + 1))
            case .inPlace(let last): return dataset.term(bytes.part(start, last))
            case .datatype(let iri): return dataset.literal(text(start + 1, end), .datatype(iri))
            }
        }
        try unescape(start + 1, end)
        let value = String(decoding: scratch, as: UTF8.self)
        switch annotation {
        case .none: return dataset.literal(value, .none)
        case .datatype(let iri): return dataset.literal(value, .datatype(iri))
        case .inPlace(let last):
            if bytes[end + 1] == UInt8(ascii: "@") { return dataset.literal(value, .language(text(end + 2, last))) }
            return dataset.literal(value, .datatype(text(end + 4, last - 1)))
        }
    }

    private enum Annotation {
        /// A plain literal, or one that says it is a string.
        case none
        /// A language or a datatype whose text is canonical as it stands, up to here.
        case inPlace(Int)
        /// A datatype that is written with escapes.
        case datatype(String)
    }

    private mutating func annotation() throws(LinkedDataError) -> Annotation {
        switch peek {
        case UInt8(ascii: "@"):
            index += 1
            let start = index
            while index < bytes.count, Self.isTagByte(bytes[index]) { index += 1 }
            guard Self.isTag(bytes.part(start, index)) else { throw failure("a language tag is not well-formed") }
            return .inPlace(index)
        case UInt8(ascii: "^"):
            guard index + 2 < bytes.count, bytes[index + 1] == UInt8(ascii: "^"), bytes[index + 2] == UInt8(ascii: "<")
            else { throw failure("a datatype is not an IRI") }
            index += 2
            let (start, end) = try iriBounds()
            let iri = bytes.part(start, end)
            if iri.contains(UInt8(ascii: "\\")) {
                try unescape(start, end)
                let iri = String(decoding: scratch, as: UTF8.self)
                guard iri.withBytes({ WellFormedness.isAbsolute($0) }) else {
                    throw failure("a datatype is not an IRI")
                }
                return iri == Vocabulary.xsdString ? .none : .datatype(iri)
            }
            // Its term is not needed; but asking for it is how the dataset remembers which IRIs were checked.
            guard dataset.iri(iri, .nquads) >= 0 else { throw failure("a datatype is not an absolute IRI") }
            if iri.count == Vocabulary.xsdString.utf8.count, Vocabulary.xsdString.withBytes({ $0.isSame(as: iri) }) {
                return .none
            }
            return .inPlace(index)
        default:
            return .none
        }
    }

    private static func isTagByte(_ byte: UInt8) -> Bool {
        IRIReference.isLetter(byte) || byte == UInt8(ascii: "-")
            || (byte >= UInt8(ascii: "0") && byte <= UInt8(ascii: "9"))
    }

    /// `[a-zA-Z]+ ('-' [a-zA-Z0-9]+)*`: N-Quads bounds no part's length.
    private static func isTag(_ tag: UnsafeRawBufferPointer) -> Bool {
        let parts = tag.split(separator: UInt8(ascii: "-"), omittingEmptySubsequences: false)
        guard let first = parts.first, !first.isEmpty, first.allSatisfy(IRIReference.isLetter) else { return false }
        return !parts.contains { $0.isEmpty }
    }

    // MARK: Escapes

    /// Puts the bytes into `scratch` with their escapes resolved.
    private mutating func unescape(_ start: Int, _ end: Int) throws(LinkedDataError) {
        scratch.removeAll(keepingCapacity: true)
        var position = start
        while position < end {
            guard bytes[position] == UInt8(ascii: "\\") else {
                scratch.append(bytes[position])
                position += 1
                continue
            }
            guard position + 1 < end else { throw failure("an escape does not end") }
            let kind = bytes[position + 1]
            position += 2
            switch kind {
            case UInt8(ascii: "t"): scratch.append(0x09)
            case UInt8(ascii: "b"): scratch.append(0x08)
            case UInt8(ascii: "n"): scratch.append(0x0A)
            case UInt8(ascii: "r"): scratch.append(0x0D)
            case UInt8(ascii: "f"): scratch.append(0x0C)
            case UInt8(ascii: "\""), UInt8(ascii: "'"), UInt8(ascii: "\\"): scratch.append(kind)
            case UInt8(ascii: "u"), UInt8(ascii: "U"):
                let length = kind == UInt8(ascii: "u") ? 4 : 8
                guard position + length <= end, let scalar = Self.scalar(bytes.part(position, position + length)) else {
                    throw failure("an escape names no character")
                }
                scratch.append(contentsOf: String(Character(scalar)).utf8)
                position += length
            default:
                throw failure("an escape is unknown")
            }
        }
    }

    private static func scalar(_ digits: UnsafeRawBufferPointer) -> Unicode.Scalar? {
        var value: UInt32 = 0
        for byte in digits {
            let digit: UInt8
            switch byte {
            case UInt8(ascii: "0")...UInt8(ascii: "9"): digit = byte - UInt8(ascii: "0")
            case UInt8(ascii: "a")...UInt8(ascii: "f"): digit = byte - UInt8(ascii: "a") + 10
            case UInt8(ascii: "A")...UInt8(ascii: "F"): digit = byte - UInt8(ascii: "A") + 10
            default: return nil
            }
            value = value << 4 | UInt32(digit)
        }
        return Unicode.Scalar(value)
    }

    // MARK: Bytes

    @inline(__always)
    private var peek: UInt8 { index < bytes.count ? bytes[index] : 0 }

    @inline(__always)
    private mutating func skipSpace() {
        while index < bytes.count, bytes[index] == 0x20 || bytes[index] == 0x09 { index &+= 1 }
    }

    private mutating func skipComment() {
        while index < bytes.count, bytes[index] != UInt8(ascii: "\n"), bytes[index] != UInt8(ascii: "\r") { index += 1 }
    }

    private func text(_ start: Int, _ end: Int) -> String {
        String(decoding: bytes.part(start, end), as: UTF8.self)
    }

    private var isUTF8: Bool {
        var offset = 0
        var bits: UInt64 = 0
        while offset &+ 8 <= bytes.count {
            bits |= bytes.loadUnaligned(fromByteOffset: offset, as: UInt64.self)
            offset &+= 8
        }
        var last: UInt8 = 0
        while offset < bytes.count {
            last |= bytes[offset]
            offset &+= 1
        }
        if bits & 0x8080_8080_8080_8080 == 0, last < 0x80 { return true }
        return String(validating: bytes, as: UTF8.self) != nil
    }

    private func failure(_ detail: String) -> LinkedDataError {
        LinkedDataError(.parsingError, "line \(line): \(detail)")
    }
}
