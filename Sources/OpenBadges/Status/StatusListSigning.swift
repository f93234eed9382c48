extension CredentialSigner {
    /// The VC-JWT of a status list, as the bytes of its compact form.
    ///
    /// - Throws: ``OpenBadgesError`` `NOT_SIGNABLE` where the list cannot be a VC-JWT, or signing fails.
    public func compact(_ list: StatusListCredential) throws(OpenBadgesError) -> [UInt8] {
        // What is signed are the members; a status list has every one that the claims repeat.
        try compact(AchievementCredential(uncheckedMembers: list.members))
    }
}

extension CredentialProofSigner {
    /// The status list with its proof.
    ///
    /// - Parameter created: when the proof is made, in whole seconds.
    /// - Throws: ``OpenBadgesError`` `NOT_SIGNABLE`, as for any credential.
    public func secure(_ list: StatusListCredential, created: Timestamp) throws(OpenBadgesError) -> StatusListCredential
    {
        let secured = try secure(AchievementCredential(uncheckedMembers: list.members), created: created)
        return StatusListCredential(uncheckedMembers: secured.members)
    }
}
