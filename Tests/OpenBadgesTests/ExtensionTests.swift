import JSONCore
import OpenBadges
import Testing

/// Open Badges 2.0, "Extensions": each is held against the schema that its own context names.
@Suite("Open Badges 2.0, extensions")
struct ExtensionTests {
    private func verify(
        _ value: JSON?,
        as name: String = "extensions:x",
        in document: String = Academy.hostedID,
        context: JSON? = nil,
        _ change: (inout Documents) -> Void = { _ in }
    ) async throws -> VerificationReport {
        var web = Academy.web
        guard case .found(let found) = web.answers[document] else { fatalError("no such document") }
        var json = try JSON(parsing: found.body)
        json[name] = value
        if let context { json["@context"] = context }
        web.serve(document, json)
        change(&web)
        let badge = document == Academy.hostedID ? json : Academy.hosted().json
        return await Academy.verify(badge.serialized(), web)
    }

    private static func url(_ name: String) -> JSON {
        .string("https://w3id.org/openbadges/extensions/\(name)/context.json")
    }

    private static func ext(_ folder: String, _ type: String, _ members: JSONObject) -> JSON {
        var all: JSONObject = ["@context": url(folder), "type": ["Extension", .string("extensions:" + type)]]
        for (name, value) in members { all[name] = value }
        return .object(all)
    }

    private static let geo: JSONObject = ["description": "x", "geo": ["latitude": 44.5, "longitude": -123]]
    private static let accreditation: JSONObject = [
        "name": "x", "contactInstructions": "x", "url": "https://a.example/", "address": ["postalCode": "1"],
        "accreditationDate": "2020-02-29",
    ]
    private static let assessment: JSONObject = [
        "description": "x",
        "assessments": [
            [
                "description": "x", "type": "Exam", "assessmentOutput": "x", "hasGroupParticipation": false,
                "hasGroupEvaluation": false, "evaluationMethod": "x",
                "rubrics": [
                    "identifier": "6f0d4e6e-6f3e-4f7c-9a53-0c6a3a1c2b10", "title": "x",
                    "rubricCriteria": ["identifier": "6f0d4e6e-6f3e-4f7c-9a53-0c6a3a1c2b11"],
                ],
            ]
        ],
    ]

    static let wellKnown: [(JSON, broken: String, value: JSON?, path: String)] = [
        (ext("applyLinkExtension", "ApplyLink", ["url": "https://a.example/"]), "/url", 7, "/url"),
        (ext("exampleExtension", "ExampleExtension", ["exampleProperty": "x"]), "/exampleProperty", nil, ""),
        (
            ext("exampleExtension", "ExampleExtension", ["exampleProperty": "x"]), "/exampleProperty", 7,
            "/exampleProperty"
        ),
        (ext("extraDescription", "ExtraDescriptionExtension", ["name": "x", "narrative": "y"]), "/narrative", nil, ""),
        (ext("geoCoordinatesExtension", "GeoCoordinates", geo), "/geo/latitude", "44", "/geo/latitude"),
        (ext("geoCoordinatesExtension", "GeoCoordinates", geo), "/geo/longitude", nil, "/geo"),
        (
            ext("issuerAccreditationExtension", "IssuerAccreditation", accreditation), "/accreditationDate",
            "2020-13-01", "/accreditationDate"
        ),
        (ext("licenseExtension", "LicenseExtension", ["id": "CC-BY", "name": "x"]), "/id", "BY", "/id"),
        (ext("originalCreatorExtension", "originalCreator", ["url": "https://a.example/"]), "/url", nil, ""),
        (ext("recipientProfile", "RecipientProfile", ["name": "x"]), "/name", 7, "/name"),
        (ext("assessmentExtension", "AssessmentExtension", assessment), "/assessments", 7, "/assessments"),
        (ext("assessmentExtension", "AssessmentExtension", assessment), "/description", nil, ""),
    ]

    @Test("a known extension is held against its schema, without the network", arguments: wellKnown)
    func known(value: JSON, broken: String, change: JSON?, path: String) async throws {
        for document in [Academy.hostedID, Academy.classURL, Academy.issuerURL] {
            let good = try await verify(value, in: document)
            #expect(good.isVerified, "\(good.problems)")
            #expect(good.codes.isEmpty)
            var wrong = value
            wrong.set(try #require(JSONPointer(broken)).tokens[...], to: change)
            let bad = try await verify(wrong, in: document)
            #expect(bad.verdict == .rejected)
            let prefix = [Academy.classURL: "/badge", Academy.issuerURL: "/badge/issuer"][document] ?? ""
            #expect(bad.problem("EXTENSION_INVALID")?.path?.description == prefix + "/extensions:x" + path)
        }
    }

    @Test("the type may be written as a full IRI, or below the vocabulary's namespace")
    func typeForms() async throws {
        for type in [
            "https://w3id.org/openbadges/extensions#ExampleExtension", "obi:extensions/#ExampleExtension",
            "extensions:ExampleExtension",
        ] {
            var value = Self.wellKnown[1].0
            value["type"] = ["Extension", .string(type)]
            #expect(try await verify(value).codes.isEmpty)
            value["exampleProperty"] = 7
            #expect(try await verify(value).codes.contains("EXTENSION_INVALID"))
        }
    }

    @Test("of several types each schema has to hold")
    func severalTypes() async throws {
        var value = Self.wellKnown[1].0
        value["@context"] = [Self.url("exampleExtension"), Self.url("applyLinkExtension")]
        value["type"] = ["Extension", "extensions:ExampleExtension", "extensions:ApplyLink"]
        value["url"] = "https://a.example/"
        #expect(try await verify(value).codes.isEmpty)
        value["url"] = nil
        #expect(try await verify(value).codes.contains("EXTENSION_INVALID"))
    }

    @Test("its context may stand at the document's root, and its properties may be full IRIs")
    func rootContext() async throws {
        let context: JSON = ["https://w3id.org/openbadges/v2", Self.url("exampleExtension")]
        for (value, isGood) in [("x" as JSON, true), (7, false)] {
            let ext: JSON = ["type": ["Extension", "extensions:ExampleExtension"], "http://schema.org/text": value]
            let report = try await verify(ext, context: context)
            #expect(report.isVerified == isGood, "\(report.problems)")
            #expect(report.codes.contains("EXTENSION_INVALID") != isGood)
        }
        var compact = Self.ext("geoCoordinatesExtension", "GeoCoordinates", [:])
        compact["schema:description"] = "x"
        compact["schema:geo"] = ["schema:latitude": 44.5, "schema:longitude": "x"]
        #expect(try await verify(compact).codes.contains("EXTENSION_INVALID"))
        compact["schema:geo"]?["schema:longitude"] = -123.5
        #expect(try await verify(compact).codes.isEmpty)
    }

    @Test("an extension within evidence or a list is found where it stands")
    func nested() async throws {
        var wrong = Self.wellKnown[1].0
        wrong["exampleProperty"] = 7
        let report = try await verify(["narrative": "x", "extensions:y": [wrong]], as: "evidence")
        let place = report.problem("EXTENSION_INVALID")?.path?.description
        #expect(place == "/evidence/extensions:y/0/exampleProperty")
    }

    // MARK: Contexts and schemas of others

    private static let contextURL = "https://ext.example/context.json"
    private static let schemaURL = "https://ext.example/schema.json"
    private static let own: JSON = [
        "@context": .string(contextURL), "type": ["Extension", "ex:Colour"], "colour": "red",
    ]
    private static let ownContext: JSON = [
        "@context": ["ex": "https://ext.example/#", "colour": "ex:colour", "obi": "https://w3id.org/openbadges#"],
        "obi:validation": ["obi:validatesType": "ex:Colour", "obi:validationSchema": .string(schemaURL)],
    ]

    @Test("an unknown extension's context and schema are fetched")
    func fetched() async throws {
        let schema: JSON = [
            "$schema": "http://json-schema.org/draft-04/schema#",
            "properties": ["colour": ["$ref": "colours.json#/definitions/any"]],
        ]
        let colours: JSON = ["definitions": ["any": ["enum": ["red", "green"]]]]
        func serve(_ web: inout Documents) {
            web.serve(Self.contextURL, Self.ownContext)
            web.serve(Self.schemaURL, schema)
            web.serve("https://ext.example/colours.json", colours)
        }
        let good = try await verify(Self.own, serve)
        #expect(good.isVerified, "\(good.problems)")
        #expect(good.codes.isEmpty)
        var blue = Self.own
        blue["colour"] = "blue"
        #expect(try await verify(blue, serve).codes.contains("EXTENSION_INVALID"))
        var compact = Self.own
        compact["colour"] = nil
        compact["ex:colour"] = "blue"
        #expect(try await verify(compact, serve).codes.contains("EXTENSION_INVALID"))
    }

    @Test("what cannot be had, or used, says nothing against the badge")
    func unavailable() async throws {
        let schemas: [JSON?] = [nil, 7, ["type": 7], ["$ref": "https://nowhere.example/"], ["pattern": "("]]
        for schema in schemas {
            let report = try await verify(Self.own) { web in
                web.serve(Self.contextURL, Self.ownContext)
                if let schema { web.serve(Self.schemaURL, schema) }
            }
            #expect(report.isVerified, "\(report.problems)")
            #expect(report.codes == ["EXTENSION_UNCHECKED"])
        }
        for context: JSON? in [nil, [], ["@context": 7], ["validation": [["validatesType": "ex:Colour"]]]] {
            let report = try await verify(Self.own) { web in
                if let context { web.serve(Self.contextURL, context) }
            }
            #expect(report.isVerified)
            #expect(report.codes == ["EXTENSION_UNCHECKED"])
        }
    }

    @Test("an extension that does not say which it is, or is of an unknown type, is told")
    func untyped() async throws {
        var value = Self.wellKnown[1].0
        value["type"] = "Extension"
        #expect(try await verify(value).codes == ["EXTENSION_UNCHECKED"])
        value["type"] = ["Extension", "extensions:Unheard"]
        #expect(try await verify(value).codes == ["EXTENSION_UNCHECKED"])
        #expect(try await verify(value).isVerified)
    }

    @Test("contexts that lead round in circles, and heaps of extensions, end in an answer")
    func hostile() async throws {
        let circular: JSON = [
            "@context": ["a": "b", "b": "a", "ex": "ex:ex"],
            "validation": [["validatesType": "a", "validationSchema": .string(Self.schemaURL)]],
        ]
        var value = Self.own
        value["type"] = ["Extension", "a", "ex:Colour"]
        let report = try await verify(value) { $0.serve(Self.contextURL, circular) }
        #expect(report.isVerified)
        let heap = JSON.array(Array(repeating: Self.wellKnown[1].0, count: 500))
        let many = try await verify(heap)
        #expect(many.codes == ["EXTENSION_UNCHECKED"])
    }
}
