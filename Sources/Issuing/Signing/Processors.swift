import Glibc

/// The processors that this process may use.
enum Processors {
    static var count: Int {
        let online = sysconf(Int32(_SC_NPROCESSORS_ONLN))
        return max(1, Int(online))
    }
}
