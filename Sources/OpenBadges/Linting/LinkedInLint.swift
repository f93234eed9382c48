import JSONCore

/// What a profile on LinkedIn needs.
extension BadgeLint {
    func linkedIn3(_ notes: inout LintNotes) {
        linkedIn(
            &notes,
            name: achievement["name"]?.string,
            organization: issuer["name"]?.string,
            date: document["validFrom"]?.string ?? document["issuanceDate"]?.string,
            places: ("/credentialSubject/achievement/name", "/issuer/name", "/validFrom")
        )
        if subject["licenseNumber"]?.string == nil {
            notes.wish(
                "NUMBER_MISSING",
                "/credentialSubject/licenseNumber",
                "it has no number to read out, so its URL is its id",
                hint: nil
            )
        }
    }

    func linkedIn2(_ notes: inout LintNotes) {
        let badge = document["badge"] ?? .null
        if badge.object != nil {
            linkedIn(
                &notes,
                name: badge["name"]?.string,
                organization: badge["issuer"]?["name"]?.string,
                date: document["issuedOn"]?.string,
                places: ("/badge/name", "/badge/issuer/name", "/issuedOn")
            )
            return
        }
        linkedIn(
            &notes,
            name: badge.string,
            organization: "",
            date: document["issuedOn"]?.string,
            places: ("/badge", "/badge", "/issuedOn")
        )
    }

    private func linkedIn(
        _ notes: inout LintNotes,
        name: String?,
        organization: String?,
        date: String?,
        places: (name: String, organization: String, date: String)
    ) {
        if name == nil { notes.need("NAME_MISSING", places.name, "the achievement has no name", hint: nil) }
        if organization == nil {
            notes.need("ISSUER_UNNAMED", places.organization, "the issuer has no name", hint: nil)
        }
        if date == nil { notes.need("DATE_MISSING", places.date, "it has no date", hint: nil) }
        if !(document["id"]?.string ?? "").hasPrefix("https://") {
            notes.need(
                "URL_MISSING",
                "/id",
                "a profile links to a badge, and this one's id is no https URL",
                hint: "ob3-proof or ob2-hosted among the formats of issuer.yaml"
            )
        }
    }
}
