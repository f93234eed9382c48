import Cryptography
import Proofs

/// The keys of `Keys/example`, whose private halves are published: nothing that they sign can be believed.
enum ExampleKeys {
    /// JWK thumbprints (RFC 7638).
    private static let thumbprints: Set<String> = [
        "O_zYsEzd678ZN29ngtUonSWvbSXPVosInDoUR9oXW4k",
        "lVzjSb2VfYat5XURD4BL2u_95s5anah4bH4Q9Y7dqDg",
        "iBtS5rNysCGdmfGkg5a9WodsGmj000CZ0tgbO2l6Nx0",
    ]

    static func contain(_ key: PublicKey) -> Bool {
        thumbprints.contains(JWK.thumbprint(of: key))
    }
}
