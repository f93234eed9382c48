/// Reads an XML document that is no picture, such as a results report, as names and texts: without a DTD, without
/// entities, within the budgets of an SVG.
package struct XMLEvents {
    /// What comes next.
    package enum Event: Sendable {
        /// An element begins: its local name, its namespace, and its attributes by local name.
        case start(name: String, namespace: String?, attributes: [String: String])
        /// Text with its references resolved.
        case text(String)
        /// The element that began last ends.
        case end
    }

    /// Why a document cannot be read: the line is in the detail.
    package struct Failure: Error, Sendable {
        package let detail: String
    }

    private var reader: XMLReader

    package init(_ bytes: [UInt8]) throws(Failure) {
        do {
            reader = try XMLReader(bytes, limits: .standard)
        } catch {
            throw Failure(detail: error.detail)
        }
    }

    /// The next event, or `nil` at the end of a whole document.
    package mutating func next() throws(Failure) -> Event? {
        do {
            while let event = try reader.next() {
                let bytes = reader.scanner.bytes
                switch event {
                case .start(let element):
                    var attributes: [String: String] = [:]
                    for (attribute, name) in zip(element.tag.attributes, element.attributeNames)
                    where name.namespace != .xmlns {
                        let value = XMLCharacters.decoded(bytes, attribute.value)
                        attributes[String(decoding: bytes[name.local], as: UTF8.self)] =
                            String(decoding: value, as: UTF8.self)
                    }
                    return .start(
                        name: String(decoding: bytes[element.name.local], as: UTF8.self),
                        namespace: reader.uri(of: element.name.namespace),
                        attributes: attributes
                    )
                case .end: return .end
                case .text(let range):
                    return .text(String(decoding: XMLCharacters.decoded(bytes, range), as: UTF8.self))
                case .cdata(let range): return .text(String(decoding: bytes[range], as: UTF8.self))
                case .doctype(let subset):
                    guard subset == nil else { throw Failure(detail: "the document declares entities of its own") }
                case .instruction: continue
                }
            }
            return nil
        } catch let error as OpenBadgesError {
            throw Failure(detail: error.detail)
        } catch {
            throw (error as? Failure) ?? Failure(detail: "it cannot be read")
        }
    }
}
