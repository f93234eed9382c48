/// An SVG with a gap for a badge: the first child of its root element.
///
/// The bytes before, between and after stay as they are; only an empty root element is opened.
struct SVGMould: Sendable {
    private let bytes: [UInt8]
    private let isASCII: Bool
    /// Behind the root's name, where the namespace is declared.
    private let attributePlace: Int
    /// Behind the root's start tag.
    private let elementPlace: Int
    /// The end tag that an empty root element lacks.
    private let endTag: [UInt8]
    private let prefixNamespace: PrefixNamespace

    /// What the prefix `openbadges` stands for at the root.
    private enum PrefixNamespace: Hashable {
        case nothing
        case badge(BadgeGeneration)
        case somethingElse
    }

    /// - Throws: `IMAGE_MALFORMED` where browsers would not show the image.
    init(_ document: SVGDocument) throws(OpenBadgesError) {
        guard document.rootNamespace == .svg else {
            throw OpenBadgesError(.imageMalformed, "the root element lacks xmlns=\"http://www.w3.org/2000/svg\"")
        }
        bytes = document.bytes
        isASCII = document.isASCII
        attributePlace = document.root.name.upperBound
        elementPlace = document.root.range.upperBound
        endTag = document.root.isEmpty ? Array("</".utf8) + bytes[document.root.name] + Array(">".utf8) : []
        if let own = document.declarations.first(where: { $0.prefix == SVGDocument.prefix }) {
            prefixNamespace = .badge(own.generation)
        } else {
            prefixNamespace = document.declaresPrefix ? .somethingElse : .nothing
        }
    }

    func baked(with credential: BakeableCredential) -> [UInt8] {
        let generation = credential.generation
        let declaration = Array(" xmlns:openbadges=\"\(generation.namespace)\"".utf8)
        let element = "openbadges:\(generation.element)"
        var badge = Array("<\(element)".utf8)
        // Another generation's badge keeps the prefix at the root: this one declares it for itself.
        if prefixNamespace != .nothing, prefixNamespace != .badge(generation) { badge += declaration }
        if let verify = credential.form == .jws ? String(decoding: credential.bytes, as: UTF8.self) : credential.url {
            badge += Array(" verify=\"".utf8) + attributeValue(verify) + Array("\"".utf8)
        }
        switch (credential.form, generation) {
        case (.jws, .ob2): badge += Array("/>".utf8)
        case (.jws, .ob3): badge += Array("></\(element)>".utf8)
        case (.json, _): badge += Array(">".utf8) + cdata(credential.bytes) + Array("</\(element)>".utf8)
        }
        var output: [UInt8] = []
        output.reserveCapacity(bytes.count + badge.count + declaration.count + endTag.count)
        output += bytes[..<attributePlace]
        if prefixNamespace == .nothing { output += declaration }
        if endTag.isEmpty {
            output += bytes[attributePlace..<elementPlace]
        } else {
            output += bytes[attributePlace..<(elementPlace - 2)]
            output.append(UInt8(ascii: ">"))
        }
        output += badge
        output += endTag
        output += bytes[elementPlace...]
        return output
    }

    private func attributeValue(_ text: String) -> [UInt8] {
        let isPlain = text.utf8.allSatisfy { byte in
            byte < 0x80 && byte != UInt8(ascii: "&") && byte != UInt8(ascii: "<") && byte != UInt8(ascii: "\"")
        }
        // A JWT of some kilobytes always is.
        guard !isPlain else { return Array(text.utf8) }
        var output: [UInt8] = []
        for scalar in text.unicodeScalars {
            switch scalar {
            case "&": output += Array("&amp;".utf8)
            case "<": output += Array("&lt;".utf8)
            case "\"": output += Array("&quot;".utf8)
            default:
                let isKept = scalar.isASCII || !isASCII && XMLCharacters.isChar(scalar.value)
                let bytes = Array(String(Character(scalar)).utf8)
                // An IRI as a URI: the same address, in any encoding. RFC 3987 §3.1
                output += isKept ? bytes : bytes.flatMap { Array("%\(String($0, radix: 16, uppercase: true))".utf8) }
            }
        }
        return output
    }

    /// JSON in CDATA. What would end the section is divided between two; what XML cannot hold, JSON can write otherwise.
    private func cdata(_ json: [UInt8]) -> [UInt8] {
        var output = Array("<![CDATA[".utf8)
        output.reserveCapacity(json.count + 64)
        var start = 0
        for index in json.indices {
            if json[index] == UInt8(ascii: ">"), json[..<index].suffix(2).elementsEqual("]]".utf8) {
                output += json[start..<index]
                output += Array("]]><![CDATA[".utf8)
                start = index
            } else if json[index] >= 0xC0, let (value, length) = XMLCharacters.scalar(json, at: index),
                isASCII || !XMLCharacters.isChar(value), let scalar = Unicode.Scalar(value)
            {
                output += json[start..<index]
                for unit in String(Character(scalar)).utf16 {
                    let digits = String(unit, radix: 16)
                    output += Array("\\u\(String(repeating: "0", count: 4 - digits.count))\(digits)".utf8)
                }
                start = index + length
            }
        }
        output += json[start...]
        return output + Array("]]>".utf8)
    }
}
