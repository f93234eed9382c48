public import JSONCore

extension OB2 {
    /// What can be earned. Source: Open Badges 2.0, "BadgeClass".
    public struct BadgeClass: BadgeObject {
        public static let definition: ClassDefinition = .init(
            "BadgeClass",
            [
                PropertyDefinition("id", .identifier, .one),
                PropertyDefinition("type", .types, .some),
                PropertyDefinition("name", .plainText, .one),
                PropertyDefinition("description", .plainText, .one),
                PropertyDefinition("image", .imageReference { OB2.Image.definition }, .one),
                PropertyDefinition("criteria", .reference { OB2.criteriaDefinition }, .one),
                PropertyDefinition("issuer", .reference { OB2.Profile.definition }, .one),
                PropertyDefinition("alignment", .object { AlignmentObject.definition }, .many),
                PropertyDefinition("tags", .plainText, .many),
            ] + OB2.commonProperties
        )

        public var members: JSONObject
        public init(uncheckedMembers members: JSONObject) { self.members = members }

        /// - Parameters:
        ///   - image: the URL of a PNG or SVG.
        ///   - issuer: the URL of the issuer's ``Profile``.
        public init(
            id: String,
            name: String,
            description: String,
            image: String,
            criteria: Criteria,
            issuer: String
        ) {
            members = [
                "@context": .string(OB2.context),
                "id": .string(id),
                "type": "BadgeClass",
                "name": .string(name),
                "description": .string(description),
                "image": .string(image),
                "criteria": criteria.json,
                "issuer": .string(issuer),
            ]
        }

        public var id: String {
            get { required("id") }
            set { set("id", newValue) }
        }
        public var name: String {
            get { required("name") }
            set { set("name", newValue) }
        }
        public var description: String {
            get { required("description") }
            set { set("description", newValue) }
        }
        public var image: String? {
            get { members["image"]?.string ?? members["image"]?["id"]?.string }
            set { set("image", newValue) }
        }
        public var criteria: Criteria {
            get {
                members["criteria"]?.string.map { Criteria(id: $0, narrative: nil) }
                    ?? optional("criteria") ?? Criteria(uncheckedMembers: [:])
            }
            set { set("criteria", newValue) }
        }
        /// The id of the issuer, also where its profile is embedded.
        public var issuer: String {
            get { members["issuer"]?.string ?? members["issuer"]?["id"]?.string ?? "" }
            set { set("issuer", newValue) }
        }
        public var alignments: [AlignmentObject] {
            get { list("alignment") }
            set { set("alignment", list: newValue) }
        }
        public var tags: [String] {
            get { list("tags") }
            set { set("tags", list: newValue) }
        }
    }

    /// An entry of a framework that a badge class answers to. Source: Open Badges 2.0, "AlignmentObject".
    public struct AlignmentObject: BadgeObject {
        public static let definition: ClassDefinition = .init(
            "AlignmentObject",
            requiresType: false,
            [
                PropertyDefinition("type", .types),
                PropertyDefinition("targetName", .plainText, .one),
                PropertyDefinition("targetUrl", .url, .one),
                PropertyDefinition("targetDescription", .plainText),
                PropertyDefinition("targetFramework", .plainText),
                PropertyDefinition("targetCode", .plainText),
            ]
        )

        public var members: JSONObject
        public init(uncheckedMembers members: JSONObject) { self.members = members }

        public init(targetName: String, targetURL: String) {
            members = ["targetName": .string(targetName), "targetUrl": .string(targetURL)]
        }

        public var targetName: String {
            get { required("targetName") }
            set { set("targetName", newValue) }
        }
        public var targetURL: String {
            get { required("targetUrl") }
            set { set("targetUrl", newValue) }
        }
        public var targetDescription: String? {
            get { optional("targetDescription") }
            set { set("targetDescription", newValue) }
        }
        public var targetFramework: String? {
            get { optional("targetFramework") }
            set { set("targetFramework", newValue) }
        }
        public var targetCode: String? {
            get { optional("targetCode") }
            set { set("targetCode", newValue) }
        }
    }

    /// A picture with a caption. Source: Open Badges 2.0, "Image".
    public struct Image: BadgeObject {
        public static let definition: ClassDefinition = .init(
            "Image",
            requiresType: false,
            [
                PropertyDefinition("id", .imageIRI, .one),
                PropertyDefinition("type", .types),
                PropertyDefinition("caption", .plainText),
                PropertyDefinition("author", .identifier),
            ]
        )

        /// An image that has to be hosted, as an assertion's does: it carries the assertion, so it cannot be in it.
        static let hostedDefinition = ClassDefinition(
            "Image",
            requiresType: false,
            [
                PropertyDefinition("id", .webImage { OB2.Image.definition }, .one),
                PropertyDefinition("type", .types),
                PropertyDefinition("caption", .plainText),
                PropertyDefinition("author", .identifier),
            ]
        )

        public var members: JSONObject
        public init(uncheckedMembers members: JSONObject) { self.members = members }
        public init(id: String) { members = ["id": .string(id)] }

        public var id: String {
            get { required("id") }
            set { set("id", newValue) }
        }
        public var caption: String? {
            get { optional("caption") }
            set { set("caption", newValue) }
        }
        public var author: String? {
            get { optional("author") }
            set { set("author", newValue) }
        }
    }

    /// Work that supports an award. Source: Open Badges 2.0, "Evidence".
    public struct Evidence: BadgeObject {
        public static let definition: ClassDefinition = .init(
            "Evidence",
            requiresType: false,
            [
                PropertyDefinition("id", .identifier),
                PropertyDefinition("type", .types),
                PropertyDefinition("narrative", .plainText),
                PropertyDefinition("name", .plainText),
                PropertyDefinition("description", .plainText),
                PropertyDefinition("genre", .plainText),
                PropertyDefinition("audience", .plainText),
            ]
        )

        public var members: JSONObject
        public init(uncheckedMembers members: JSONObject) { self.members = members }

        public init(id: String? = nil, name: String? = nil, narrative: String? = nil, genre: String? = nil) {
            var members = JSONObject(capacity: 5)
            members["id"] = id.map(JSON.string)
            members["type"] = "Evidence"
            members["name"] = name.map(JSON.string)
            members["narrative"] = narrative.map(JSON.string)
            members["genre"] = genre.map(JSON.string)
            self.members = members
        }

        public init?(badgeValue: JSON) {
            switch badgeValue {
            case .string(let url): self.init(id: url)
            case .object(let members): self.init(uncheckedMembers: members)
            default: return nil
            }
        }

        public var id: String? {
            get { optional("id") }
            set { set("id", newValue) }
        }
        public var name: String? {
            get { optional("name") }
            set { set("name", newValue) }
        }
        public var narrative: String? {
            get { optional("narrative") }
            set { set("narrative", newValue) }
        }
        public var description: String? {
            get { optional("description") }
            set { set("description", newValue) }
        }
        public var genre: String? {
            get { optional("genre") }
            set { set("genre", newValue) }
        }
        public var audience: String? {
            get { optional("audience") }
            set { set("audience", newValue) }
        }
    }
}
