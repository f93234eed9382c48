/// The classes of Open Badges 2.0, where several bear the names of Open Badges 3.0's.
public enum OB2 {
    /// The context of every Open Badges 2.0 document.
    public static let context = "https://w3id.org/openbadges/v2"
}
