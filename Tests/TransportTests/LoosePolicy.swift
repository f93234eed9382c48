import Testing
import Transport

extension FetchPolicy {
    /// The standard policy, but with time for machines that are busy with other things.
    static var patient: FetchPolicy {
        var policy = FetchPolicy.standard
        policy.connectTimeout = .seconds(60)
        policy.totalTimeout = .seconds(60)
        policy.stallTime = .seconds(30)
        return policy
    }

    /// Plain HTTP to this machine, and all other addresses that are not public.
    static var loose: FetchPolicy {
        var policy = FetchPolicy.patient
        policy.insecurePlainHTTP = true
        policy.insecurePrivateAddresses = true
        return policy
    }

    /// Plain HTTP, to 127.0.0.1 and no other address that is not public.
    static var thisMachineAlone: FetchPolicy {
        var policy = FetchPolicy.patient
        policy.insecurePlainHTTP = true
        if let address = IPAddress("127.0.0.1") { policy.insecureAllowedAddresses = [address] }
        return policy
    }

    /// ``loose`` with one more change.
    static func loose(_ change: (inout FetchPolicy) -> Void) -> FetchPolicy {
        var policy = loose
        change(&policy)
        return policy
    }
}

extension TransportError.Code {
    /// The code of the error that a piece of work throws; nil where it throws none.
    static func thrown(by work: () async throws(TransportError) -> Void) async -> TransportError.Code? {
        do throws(TransportError) {
            try await work()
            return nil
        } catch { return error.code }
    }
}

/// Numbers that are the same in each run, so that a failure can be seen again.
struct SplitMix64: RandomNumberGenerator {
    var state: UInt64
    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var z = state
        z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
        return z ^ (z >> 31)
    }
}
