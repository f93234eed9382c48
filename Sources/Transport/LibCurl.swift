import CCurl
import Glibc

/// The library as a whole: set up once in a process, by whoever comes first.
enum LibCurl {
    /// Whether libcurl is set up. Never taken down again: other parts of a process may use it too.
    static let isReady = curl_global_init(Int(CURL_GLOBAL_SSL | CURL_GLOBAL_WIN32)) == CURLE_OK

    /// Whether the file that libcurl takes root certificates from is there.
    static let hasRootsFile: Bool = {
        guard let path = curl_version_info(CURLVERSION_SEVENTH)?.pointee.cainfo else { return false }
        return access(path, R_OK) == 0
    }()
}
