import CCurl
import Glibc

/// libcurl, loaded when a process first fetches something: all of its functions that this module calls.
///
/// It is not linked, because it brings some thirty libraries with it, whose loading takes longer than a whole
/// verification without network. Loaded once, never unloaded: other parts of a process may use it too.
///
/// Unchecked: nothing in it changes after ``load()``, and the functions may be called from any thread, each with handles
/// of its own.
final class CurlLibrary: @unchecked Sendable {
    typealias Handle = UnsafeMutableRawPointer

    /// The variadic functions, for the shims that call them.
    let easySetOption: UnsafeMutableRawPointer
    let easyGetInfo: UnsafeMutableRawPointer
    let multiSetOption: UnsafeMutableRawPointer

    let easyInit: @convention(c) () -> Handle?
    let easyCleanup: @convention(c) (Handle) -> Void
    let easyPerform: @convention(c) (Handle) -> CURLcode
    let easyReset: @convention(c) (Handle) -> Void
    let easyStrerror: @convention(c) (CURLcode) -> UnsafePointer<CChar>?

    let multiInit: @convention(c) () -> Handle?
    let multiCleanup: @convention(c) (Handle) -> CURLMcode
    let multiAddHandle: @convention(c) (Handle, Handle) -> CURLMcode
    let multiRemoveHandle: @convention(c) (Handle, Handle) -> CURLMcode
    let multiPerform: @convention(c) (Handle, UnsafeMutablePointer<Int32>) -> CURLMcode
    let multiInfoRead: @convention(c) (Handle, UnsafeMutablePointer<Int32>) -> UnsafeMutablePointer<CURLMsg>?
    let multiPoll: @convention(c) (Handle, OpaquePointer?, UInt32, Int32, UnsafeMutablePointer<Int32>) -> CURLMcode
    let multiWakeup: @convention(c) (Handle) -> CURLMcode

    let listAppend:
        @convention(c) (UnsafeMutablePointer<curl_slist>?, UnsafePointer<CChar>) -> UnsafeMutablePointer<curl_slist>?
    let listFreeAll: @convention(c) (UnsafeMutablePointer<curl_slist>?) -> Void

    let url: @convention(c) () -> OpaquePointer?
    let urlCleanup: @convention(c) (OpaquePointer) -> Void
    let urlSet: @convention(c) (OpaquePointer, CURLUPart, UnsafePointer<CChar>, UInt32) -> CURLUcode
    let urlGet:
        @convention(c) (OpaquePointer, CURLUPart, UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>, UInt32)
            -> CURLUcode
    let free: @convention(c) (UnsafeMutableRawPointer?) -> Void

    /// Whether the file that libcurl takes root certificates from is there.
    let hasRootsFile: Bool

    /// The library of this process; the first call loads it, which takes some milliseconds.
    ///
    /// - Throws: `SYSTEM_FAILURE` where it is not installed, or too old.
    static func shared() throws(TransportError) -> CurlLibrary { try loaded.get() }

    /// libcurl's own words for a code: general ones, without hosts or URLs.
    static func describe(_ code: CURLcode) -> String {
        guard case .success(let curl) = loaded, let text = curl.easyStrerror(code) else {
            return "error \(code.rawValue)"
        }
        return String(cString: text)
    }

    /// Sets an option of a handle.
    ///
    /// - Throws: `SYSTEM_FAILURE` where libcurl refuses it: none is left out silently.
    func set(_ option: CURLoption, _ value: Int, of handle: Handle) throws(TransportError) {
        try Self.check(shim_setopt_long(easySetOption, handle, option, value))
    }

    /// Sets an option of a handle to a text, which libcurl copies.
    func set(_ option: CURLoption, _ value: String, of handle: Handle) throws(TransportError) {
        try Self.check(shim_setopt_string(easySetOption, handle, option, value))
    }

    static func check(_ code: CURLcode) throws(TransportError) {
        guard code == CURLE_OK else {
            throw TransportError(.systemFailure, "libcurl refuses an option: \(describe(code))")
        }
    }

    private static let loaded = Result { () throws(TransportError) in try load() }

    /// The name under which Debian, Fedora and the others have libcurl with OpenSSL; searched for as a linked one would be.
    private static let name = "libcurl.so.4"

    private static func load() throws(TransportError) -> CurlLibrary {
        guard let library = dlopen(name, RTLD_NOW | RTLD_LOCAL) else {
            throw TransportError(.systemFailure, "\(name) cannot be loaded; Debian's package for it is libcurl4")
        }
        return try CurlLibrary(library)
    }

    private init(_ library: UnsafeMutableRawPointer) throws(TransportError) {
        func pointer(_ function: String) throws(TransportError) -> UnsafeMutableRawPointer {
            guard let pointer = dlsym(library, function) else {
                throw TransportError(.systemFailure, "\(CurlLibrary.name) is too old: it has no \(function)")
            }
            return pointer
        }
        /// The types above are those of curl.h, which has promised since 2006 to keep them (its ABI has the number 4).
        func find<Function>(_ function: String) throws(TransportError) -> Function {
            unsafeBitCast(try pointer(function), to: Function.self)
        }
        easySetOption = try pointer("curl_easy_setopt")
        easyGetInfo = try pointer("curl_easy_getinfo")
        multiSetOption = try pointer("curl_multi_setopt")
        easyInit = try find("curl_easy_init")
        easyCleanup = try find("curl_easy_cleanup")
        easyPerform = try find("curl_easy_perform")
        easyReset = try find("curl_easy_reset")
        easyStrerror = try find("curl_easy_strerror")
        multiInit = try find("curl_multi_init")
        multiCleanup = try find("curl_multi_cleanup")
        multiAddHandle = try find("curl_multi_add_handle")
        multiRemoveHandle = try find("curl_multi_remove_handle")
        multiPerform = try find("curl_multi_perform")
        multiInfoRead = try find("curl_multi_info_read")
        multiPoll = try find("curl_multi_poll")
        multiWakeup = try find("curl_multi_wakeup")
        listAppend = try find("curl_slist_append")
        listFreeAll = try find("curl_slist_free_all")
        url = try find("curl_url")
        urlCleanup = try find("curl_url_cleanup")
        urlSet = try find("curl_url_set")
        urlGet = try find("curl_url_get")
        free = try find("curl_free")

        let versionInfo: @convention(c) (CURLversion) -> UnsafeMutablePointer<curl_version_info_data>? =
            try find("curl_version_info")
        let info = versionInfo(CURLVERSION_SEVENTH)?.pointee
        // The first with all the options that this module sets; an older one would refuse every request without a reason.
        guard let info, info.version_num >= 0x07_57_00 else {
            throw TransportError(.systemFailure, "\(CurlLibrary.name) is older than 7.87")
        }
        hasRootsFile = info.cainfo.map { access($0, R_OK) == 0 } ?? false

        let globalInit: @convention(c) (Int) -> CURLcode = try find("curl_global_init")
        guard globalInit(Int(CURL_GLOBAL_SSL | CURL_GLOBAL_WIN32)) == CURLE_OK else {
            throw TransportError(.systemFailure, "\(CurlLibrary.name) cannot be set up")
        }
    }
}
