import JSONCore

/// One report of `badge verify --json`, as a program reads it.
struct Report {
    let json: JSON

    var verdict: String { json["verdict"]?.string ?? "" }
    var format: String { json["format"]?.string ?? "" }
    var sentence: String { json["sentence"]?.string ?? "" }
    var codes: [String] { json["problems"]?.array?.compactMap { $0["code"]?.string } ?? [] }
    var authentic: String { answer("authentic") }
    var current: String { answer("current") }
    var subject: String { answer("subject") }
    var issuer: String { answer("issuer") }
    var content: String { answer("content") }

    private func answer(_ name: String) -> String { json["answers"]?[name]?.string ?? "" }

    func outcome(of check: String) -> String? {
        json["checks"]?.array?.first { $0["check"]?.string == check }?["outcome"]?.string
    }
}
