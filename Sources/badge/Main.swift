import ArgumentParser
import Glibc
import Issuing
import OpenBadges

/// The command's way in and its only way out: every error becomes speech and an exit code here.
@main
struct Main {
    static func main() {
        do {
            var command = try Badge.parseAsRoot()
            guard let waiting = command as? any AsyncParsableCommand else { return try command.run() }
            // It is handed over, and touched by nobody else.
            nonisolated(unsafe) var asynchronous = waiting
            MainThread.run {
                do {
                    try await asynchronous.run()
                } catch {
                    leave(error)
                }
            }
        } catch {
            leave(error)
        }
    }

    private static func leave(_ error: any Error) -> Never {
        switch error {
        case let error as IssuingError:
            Console.error(error.description, hint: error.hint)
            exit(ExitStatus.failure.rawValue)
        case let error as OpenBadgesError:
            Console.error(error.description)
            exit(ExitStatus.failure.rawValue)
        default:
            let code = Badge.exitCode(for: error)
            let message = Badge.fullMessage(for: error)
            if code.isSuccess {
                Console.product(exampleLast(message))
            } else if !message.isEmpty {
                // The parser's own words begin with "Error: "; ours say who speaks.
                let text = message.hasPrefix("Error: ") ? String(message.dropFirst("Error: ".count)) : message
                Console.error(text)
            }
            exit(code.rawValue)
        }
    }
}

/// The parser puts a command's discussion before its usage; what people look for, a line to copy, belongs at the end.
private func exampleLast(_ help: String) -> String {
    let lines = help.split(separator: "\n", omittingEmptySubsequences: false)
    guard let start = lines.firstIndex(where: { $0.hasPrefix("EXAMPLE") }),
        let end = lines[start...].firstIndex(where: { $0.hasPrefix("USAGE:") })
    else { return help }
    var head = Array(lines[..<start] + lines[end...])
    while head.last?.isEmpty == true { head.removeLast() }
    var example = Array(lines[start..<end])
    while example.last?.isEmpty == true { example.removeLast() }
    return (head + [""] + example).joined(separator: "\n")
}

/// What the exit code says. A crash can never be read as one of these verdicts.
enum ExitStatus: Int32 {
    case done = 0
    /// It could not be done.
    case failure = 1
    /// At least one input was rejected, or one row set aside.
    case rejected = 2
    /// At least one input is undetermined, and none rejected.
    case undetermined = 3

    /// The one of two that counts: 1, 2, 3, 0.
    func outranked(by other: ExitStatus) -> ExitStatus {
        let order: [ExitStatus] = [.failure, .rejected, .undetermined, .done]
        return order.first { $0 == self || $0 == other } ?? self
    }

    /// Leaves with this code, silently; nothing to do where it is 0.
    func leave() throws {
        if self != .done { throw ExitCode(rawValue) }
    }
}
