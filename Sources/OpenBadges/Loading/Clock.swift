import Glibc

extension Timestamp {
    /// The machine's clock, now. Only the outermost calls read it; everything below takes the time as a parameter.
    public static var now: Timestamp {
        var time = timespec()
        clock_gettime(CLOCK_REALTIME, &time)
        return Timestamp(unchecked: Int64(time.tv_sec), Int32(time.tv_nsec))
    }
}
