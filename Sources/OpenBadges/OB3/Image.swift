public import JSONCore

/// A picture: its URL (PNG or SVG, `data:` allowed) and a caption for who cannot see it.
///
/// Source: Open Badges 3.0 §B, Image.
public struct Image: BadgeObject {
    public static let definition: ClassDefinition = .init(
        "Image",
        closed: true,
        [
            PropertyDefinition("id", .imageIRI, .one),
            PropertyDefinition("type", .closedTerm(["Image"]), .one),
            PropertyDefinition("caption", .text),
        ]
    )

    public var members: JSONObject
    public init(uncheckedMembers members: JSONObject) { self.members = members }

    public init(id: String, caption: String? = nil) {
        members = ["id": .string(id), "type": "Image"]
        self.caption = caption
    }

    public var id: String {
        get { required("id") }
        set { set("id", newValue) }
    }
    public var caption: String? {
        get { optional("caption") }
        set { set("caption", newValue) }
    }
}
