/// What a set bit of a status list means. Source: Bitstring Status List 1.0 §2.1.
///
/// The list of purposes is open: one that nobody here knows is kept, and a credential with such a bit set is *unknown*.
public struct StatusPurpose: RawRepresentable, Sendable, Hashable, CustomStringConvertible {
    public let rawValue: String
    public init(rawValue: String) { self.rawValue = rawValue }
    public var description: String { rawValue }

    /// Taken back, for good.
    public static let revocation = StatusPurpose(rawValue: "revocation")
    /// Not valid for the time being; it can be lifted.
    public static let suspension = StatusPurpose(rawValue: "suspension")
    /// Something to say about the credential, which does not change whether it is valid.
    public static let message = StatusPurpose(rawValue: "message")
    /// There is a newer one, which its refresh service has.
    public static let refresh = StatusPurpose(rawValue: "refresh")
}
