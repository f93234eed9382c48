public import JSONCore

/// A postal address. Source: Open Badges 3.0 §B, Address.
public struct Address: BadgeObject {
    public static let definition: ClassDefinition = .init(
        "Address",
        [
            PropertyDefinition("type", .anything, .some),
            PropertyDefinition("addressCountry", .text),
            PropertyDefinition("addressCountryCode", .text),
            PropertyDefinition("addressRegion", .text),
            PropertyDefinition("addressLocality", .text),
            PropertyDefinition("streetAddress", .text),
            PropertyDefinition("postOfficeBoxNumber", .text),
            PropertyDefinition("postalCode", .text),
            PropertyDefinition("geo", .object { GeoCoordinates.definition }),
        ]
    )

    public var members: JSONObject
    public init(uncheckedMembers members: JSONObject) { self.members = members }
    public init() { members = ["type": ["Address"]] }

    public var addressCountry: String? {
        get { optional("addressCountry") }
        set { set("addressCountry", newValue) }
    }
    /// ISO 3166-1 alpha-2.
    public var addressCountryCode: String? {
        get { optional("addressCountryCode") }
        set { set("addressCountryCode", newValue) }
    }
    public var addressRegion: String? {
        get { optional("addressRegion") }
        set { set("addressRegion", newValue) }
    }
    public var addressLocality: String? {
        get { optional("addressLocality") }
        set { set("addressLocality", newValue) }
    }
    public var streetAddress: String? {
        get { optional("streetAddress") }
        set { set("streetAddress", newValue) }
    }
    public var postOfficeBoxNumber: String? {
        get { optional("postOfficeBoxNumber") }
        set { set("postOfficeBoxNumber", newValue) }
    }
    public var postalCode: String? {
        get { optional("postalCode") }
        set { set("postalCode", newValue) }
    }
    public var geo: GeoCoordinates? {
        get { optional("geo") }
        set { set("geo", newValue) }
    }
}

/// A place on Earth, in degrees (WGS 84). Source: Open Badges 3.0 §B, GeoCoordinates.
public struct GeoCoordinates: BadgeObject {
    public static let definition: ClassDefinition = .init(
        "GeoCoordinates",
        [
            PropertyDefinition("type", .closedTerm(["GeoCoordinates"]), .one),
            PropertyDefinition("latitude", .number, .one),
            PropertyDefinition("longitude", .number, .one),
        ]
    )

    public var members: JSONObject
    public init(uncheckedMembers members: JSONObject) { self.members = members }

    public init(latitude: Double, longitude: Double) {
        members = ["type": "GeoCoordinates"]
        self.latitude = latitude
        self.longitude = longitude
    }

    public var latitude: Double {
        get { required("latitude") }
        set { set("latitude", newValue) }
    }
    public var longitude: Double {
        get { required("longitude") }
        set { set("longitude", newValue) }
    }
}
