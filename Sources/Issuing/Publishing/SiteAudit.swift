public import JSONCore
import OpenBadges
import Proofs

/// Looks for recipients' personal data in clear in a hosted directory: in JSON, in what JWTs hold, and in what images hold.
public struct SiteAudit: Sendable {
    /// Personal data that stands there for all to read. The data itself is not in it.
    public struct Finding: Sendable, Hashable {
        /// The file, from the directory.
        public let path: String
        /// Where in it.
        public let pointer: JSONPointer
        /// What it is: `email`, `name` or `identifier`.
        public let kind: String
    }

    private let emails: Set<String>
    private let names: Set<String>
    private let identifiers: Set<String>

    /// - Throws: ``IssuingError`` `NOT_FOUND` where nothing was issued yet.
    public init(workspace: Workspace) throws(IssuingError) {
        guard workspace.hasLedger else {
            throw IssuingError(.notFound, "nothing was issued yet", hint: "badge issue RESULTS first")
        }
        var (emails, names, identifiers): (Set<String>, Set<String>, Set<String>) = ([], [], [])
        try workspace.openLedger(readOnly: true).forEachFact { fact in
            emails.insert(fact.candidate.email.lowercased())
            if let by = fact.by?.email { emails.insert(by.lowercased()) }
            if let name = fact.candidate.displayName { names.insert(name.lowercased()) }
            // Short ids and bare numbers stand everywhere.
            for id in fact.candidate.ids where id.value.utf8.count >= 6 && !id.value.hasPrefix("did:") {
                identifiers.insert(id.value.lowercased())
            }
        }
        emails.remove(workspace.configuration.email.lowercased())
        (self.emails, self.names, self.identifiers) = (emails, names, identifiers)
    }

    /// Looks at a file.
    public func findings(in bytes: [UInt8], path: String) -> [Finding] {
        var findings: [Finding] = []
        let documents = Self.documents(bytes, depth: 0)
        for document in documents { look(document, JSONPointer(), path, &findings) }
        // What is no document of ours, such as a page, is looked at as the text that it is.
        if documents.isEmpty, let text = String(validating: bytes, as: UTF8.self) {
            for line in text.split(whereSeparator: \.isNewline) {
                guard let kind = kind(of: String(line).trimmed) else { continue }
                findings.append(Finding(path: path, pointer: JSONPointer(), kind: kind))
                break
            }
        }
        return findings
    }

    private func look(_ json: JSON, _ pointer: JSONPointer, _ path: String, _ findings: inout [Finding]) {
        switch json {
        case .object(let members):
            for (name, value) in members { look(value, pointer.appending(name), path, &findings) }
        case .array(let elements):
            for (index, value) in elements.enumerated() { look(value, pointer.appending(index), path, &findings) }
        case .string(let text):
            if let kind = kind(of: text) { findings.append(Finding(path: path, pointer: pointer, kind: kind)) }
            // An endorsement may stand in a badge as a JWT.
            if text.utf8.count > 64, text.split(separator: ".", omittingEmptySubsequences: false).count == 3 {
                for inner in Self.documents(Array(text.utf8), depth: 1) { look(inner, pointer, path, &findings) }
            }
        default: break
        }
    }

    private func kind(of text: String) -> String? {
        let lowered = text.lowercased()
        if lowered.contains("@") {
            let ends: Set<Character> = [
                " ", "<", ">", "\"", "'", "(", ")", ",", ";", ":", "/", "?", "&", "=", "\n", "\t", "[", "]",
            ]
            for word in lowered.split(whereSeparator: ends.contains) where word.contains("@") {
                var address = word
                while address.first == "." { address.removeFirst() }
                while let last = address.last, ".!".contains(last) { address.removeLast() }
                if emails.contains(String(address)) { return "email" }
            }
        }
        if lowered.contains("%40"), emails.contains(where: { lowered.contains($0.replacing("@", with: "%40")) }) {
            return "email"
        }
        if names.contains(lowered) { return "name" }
        return identifiers.contains(lowered) ? "identifier" : nil
    }

    /// The JSON documents that stand in bytes: themselves, the parts of a JWS, or the badges of an image.
    private static func documents(_ bytes: [UInt8], depth: Int) -> [JSON] {
        if let json = try? JSON(parsing: bytes) { return [json] }
        guard depth < 3 else { return [] }
        if let image = try? Bakery.unbake(bytes) {
            return image.carriers.flatMap { documents($0.bytes, depth: depth + 1) }
        }
        let parts = bytes.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
        guard parts.count == 3 else { return [] }
        return parts.prefix(2).compactMap { part in
            (try? Base64URL.decode(Array(part))).flatMap { try? JSON(parsing: $0) }
        }
    }
}
