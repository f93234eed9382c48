/// Values that the parser has read, but not yet put into their array or object.
///
/// One stack serves all open containers, so each array is allocated once, at its exact size, and its elements
/// are moved there without counting references.
struct ParseStack<Element>: ~Copyable {
    private var base: UnsafeMutablePointer<Element>
    private var capacity: Int
    private(set) var count = 0

    init(capacity: Int) {
        self.capacity = max(capacity, 1)
        base = .allocate(capacity: self.capacity)
    }

    deinit {
        base.deinitialize(count: count)
        base.deallocate()
    }

    /// Puts a value on top.
    @inline(__always)
    mutating func push(_ element: consuming Element) {
        if count == capacity { grow() }
        (base + count).initialize(to: element)
        count &+= 1
    }

    /// Takes everything from `start` upwards off the stack.
    @inline(__always)
    mutating func pop(from start: Int) -> [Element] {
        let taken = count &- start
        guard taken > 0 else { return [] }
        let source = base + start
        count = start
        // Not `Array(unsafeUninitializedCapacity:)`: that looks up the array's type at run time, each time.
        var array: [Element] = []
        array.reserveCapacity(taken)
        for index in 0..<taken { array.append((source + index).move()) }
        return array
    }

    /// What lies from `start` upwards. Valid until the stack changes.
    @inline(__always)
    func view(from start: Int) -> UnsafeBufferPointer<Element> {
        UnsafeBufferPointer(start: base + start, count: count &- start)
    }

    @inline(never)
    private mutating func grow() {
        let larger = UnsafeMutablePointer<Element>.allocate(capacity: capacity * 2)
        larger.moveInitialize(from: base, count: count)
        base.deallocate()
        base = larger
        capacity *= 2
    }
}
