/// What workspace, keys, ledger and publishing can find wrong. None of these is about a single row.
extension IssuingError.Code {
    /// The folder is no workspace.
    public static let workspaceMissing = Self(rawValue: "WORKSPACE_MISSING")
    /// There is something already where a workspace or a key would go.
    public static let alreadyExists = Self(rawValue: "ALREADY_EXISTS")
    /// `issuer.yaml` says something that cannot be.
    public static let configurationInvalid = Self(rawValue: "CONFIGURATION_INVALID")
    /// No policy of that name, or none at all.
    public static let policyMissing = Self(rawValue: "POLICY_MISSING")
    /// A policy that was used already says something else now.
    public static let policyChanged = Self(rawValue: "POLICY_CHANGED")
    /// `issuer.yaml` names another issuer, or another place, than the ledger's badges are signed for.
    public static let issuerChanged = Self(rawValue: "ISSUER_CHANGED")
    /// Another policy has published another achievement under the same name.
    public static let achievementTaken = Self(rawValue: "ACHIEVEMENT_TAKEN")
    /// No key of that name.
    public static let keyMissing = Self(rawValue: "KEY_MISSING")
    /// A key that signs no more: it is retired, or compromised.
    public static let keyRetired = Self(rawValue: "KEY_RETIRED")
    /// A key that still signs cannot be retired.
    public static let keyInUse = Self(rawValue: "KEY_IN_USE")
    /// A key that cannot sign what it is meant for.
    public static let keyUnsuitable = Self(rawValue: "KEY_UNSUITABLE")
    /// A private key or secret that others on the machine can read.
    public static let keyExposed = Self(rawValue: "KEY_EXPOSED")
    /// A private key or secret that cannot be read.
    public static let keyUnreadable = Self(rawValue: "KEY_UNREADABLE")
    /// The passphrase does not open the key.
    public static let wrongPassphrase = Self(rawValue: "WRONG_PASSPHRASE")
    /// The key is encrypted, and no passphrase was given.
    public static let passphraseRequired = Self(rawValue: "PASSPHRASE_REQUIRED")
    /// A key that was published as an example: anybody can sign with it.
    public static let keyPublic = Self(rawValue: "KEY_IS_PUBLIC")
    /// The text names no bucket.
    public static let bucketMalformed = Self(rawValue: "BUCKET_MALFORMED")
    /// The bucket's service cannot be reached, or does not do what it is asked, however often.
    public static let bucketUnreachable = Self(rawValue: "BUCKET_UNREACHABLE")
    /// The bucket's service refuses the request.
    public static let bucketRefused = Self(rawValue: "BUCKET_REFUSED")
    /// There are no credentials for the bucket.
    public static let credentialsMissing = Self(rawValue: "CREDENTIALS_MISSING")
    /// A file in `endorsements/` is no endorsement, or cannot be believed.
    public static let endorsementInvalid = Self(rawValue: "ENDORSEMENT_INVALID")
    /// The timestamp authority cannot be reached, or its answer is not to be believed.
    public static let timestampRefused = Self(rawValue: "TIMESTAMP_REFUSED")
    /// The mail server takes no letter of ours, or none so that nobody can listen.
    public static let mailRefused = Self(rawValue: "MAIL_REFUSED")
    /// Another process writes to the ledger, and did not end in time.
    public static let ledgerBusy = Self(rawValue: "LEDGER_BUSY")
    /// The ledger was written by a newer version of this software.
    public static let ledgerNewer = Self(rawValue: "LEDGER_NEWER")
    /// The ledger's file is damaged, or is none.
    public static let ledgerDamaged = Self(rawValue: "LEDGER_DAMAGED")
    /// The badge has no place in a status list for that, or its status cannot change so.
    public static let statusNotPossible = Self(rawValue: "STATUS_NOT_POSSIBLE")
    /// Nothing in the ledger goes by that name.
    public static let notFound = Self(rawValue: "NOT_FOUND")
}
