import JSONCore

extension OB1 {
    /// A document of 1.0 or 1.1 in the terms of 2.0.
    ///
    /// What it does not have, and 2.0 asks for, is not invented: the tables are less strict with what was upgraded.
    ///
    /// - Parameter url: where it was fetched from, which is its id where it has none.
    static func upgraded(_ document: JSONObject, as role: OB2.Role, at url: String?) -> JSONObject {
        switch role {
        case .assertion: assertion(document, at: url)
        case .badgeClass: badgeClass(document, at: url)
        case .issuer: issuer(document, at: url)
        case .revocationList: revocationList(document, at: url)
        case .key, .endorsement: document
        }
    }

    private static func assertion(_ document: JSONObject, at url: String?) -> JSONObject {
        var assertion = document
        let verify = document["verify"] ?? document["verification"]
        let isSigned = verify?["type"]?.string == "signed"
        if assertion["id"]?.string == nil {
            // The hosted copy is where `verify` says that it is; a signed one has nothing but its `uid`.
            assertion["id"] = isSigned ? nil : (verify?["url"]?.string ?? url).map(JSON.string)
        }
        assertion["verify"] = nil
        assertion["verification"] = verify
        for name in ["issuedOn", "expires"] { assertion[name] = document[name].map(time) }
        return typed(assertion, "Assertion")
    }

    private static func badgeClass(_ document: JSONObject, at url: String?) -> JSONObject {
        var badge = document
        if badge["id"] == nil { badge["id"] = url.map(JSON.string) }
        if let alignment = document["alignment"] {
            badge["alignment"] =
                alignment.array.map { .array($0.map(Self.alignment)) } ?? Self.alignment(alignment)
        }
        return typed(badge, "BadgeClass")
    }

    /// The names that alignments had before 2.0.
    static let alignmentNames = ["targetName": "name", "targetUrl": "url", "targetDescription": "description"]

    private static func alignment(_ value: JSON) -> JSON {
        guard var members = value.object else { return value }
        for (new, old) in alignmentNames where members[new] == nil {
            members[new] = members.removeValue(forKey: old)
        }
        members["type"] = nil
        return .object(members)
    }

    private static func issuer(_ document: JSONObject, at url: String?) -> JSONObject {
        var issuer = document
        if issuer["id"] == nil { issuer["id"] = url.map(JSON.string) }
        if issuer["type"]?.typeNames.contains("IssuerOrg") == true { issuer["type"] = "Issuer" }
        return typed(issuer, "Issuer")
    }

    /// `{"uid": "reason"}`, or a list of what is revoked.
    private static func revocationList(_ document: JSONObject, at url: String?) -> JSONObject {
        guard document["revokedAssertions"] == nil else { return document }
        let entries = document.filter { !$0.key.hasPrefix("@") }.map { uid, reason -> JSON in
            ["uid": .string(uid), "revocationReason": reason.string.map(JSON.string) ?? ""]
        }
        return [
            "id": url.map(JSON.string) ?? .null, "type": "RevocationList", "revokedAssertions": .array(entries),
        ]
    }

    /// Documents of 1.0 have no type; those of 1.1 have to.
    private static func typed(_ document: JSONObject, _ type: String) -> JSONObject {
        guard document["@context"] == nil, document["type"] == nil else { return document }
        var document = document
        document["type"] = .string(type)
        return document
    }

    /// Seconds since 1970, a day, or a time without a zone, as the time that 2.0 wants.
    static func time(_ value: JSON) -> JSON {
        if let seconds = value.int ?? value.string.flatMap({ Int($0) }) {
            return Timestamp(seconds: Int64(seconds)).map { .string($0.description) } ?? value
        }
        if let fraction = value.number?.double ?? value.string.flatMap({ Double($0) }), (0..<1e12).contains(fraction) {
            return Timestamp(seconds: Int64(fraction)).map { .string($0.description) } ?? value
        }
        guard let text = value.string else { return value }
        if Timestamp.isDate(text) { return .string(text + "T00:00:00Z") }
        do {
            _ = try Timestamp(parsing: text)
        } catch  where error == .withoutZone {
            let withZone = text.replacingFirstSpace + "Z"
            return ISO8601.timestamp(withZone) == nil ? value : .string(withZone)
        } catch {
            return value
        }
        return value
    }
}

extension String {
    /// `2013-01-26 12:00:00`, as some wrote it.
    fileprivate var replacingFirstSpace: String {
        guard let space = firstIndex(of: " ") else { return self }
        return String(self[..<space]) + "T" + self[index(after: space)...]
    }
}
