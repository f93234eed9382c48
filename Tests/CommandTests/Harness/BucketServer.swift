import Glibc

/// A server on 127.0.0.1 that speaks S3 (moto), looks every signature over with botocore's own code, and fails now and
/// then, on purpose.
struct BucketServer {
    /// A Python that has moto: `make` does not need one, and .ci/run makes it.
    static let python: String? = {
        let root = #filePath.split(separator: "/", omittingEmptySubsequences: false).dropLast(4).joined(separator: "/")
        let path = getenv("OPENBADGES_PYTHON").map { String(cString: $0) } ?? "\(root)/.build/python/bin/python"
        return access(path, X_OK) == 0 ? path : nil
    }()

    private let server: PythonServer

    /// - Parameter faults: whether it fails now and then.
    init(faults: Bool) async throws {
        server = try await PythonServer(Self.python, "buckets", script: Self.script, faults ? "1" : "0")
    }

    var port: Int { server.port }
    private var folder: String { server.folder }

    func stop() { server.stop() }

    /// What the command is told about it.
    var environment: [String: String] {
        [
            "AWS_ENDPOINT_URL": "http://127.0.0.1:\(port)", "AWS_REGION": "eu-central-1",
            "AWS_ACCESS_KEY_ID": "AKIDEXAMPLE",
            "AWS_SECRET_ACCESS_KEY": "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY",
        ]
    }

    /// How often each kind of request came, was refused for its signature, or failed on purpose.
    func log() throws -> [String] {
        guard FileTree.exists("\(folder)/log") else { return [] }
        return String(decoding: try FileTree.read("\(folder)/log"), as: UTF8.self).split(separator: "\n").map {
            String($0)
        }
    }

    /// The objects of the bucket below a prefix, as its own list of files has them.
    func objects() async throws -> [String: [UInt8]] {
        for name in ["dump", "dumped"] { unlink("\(folder)/\(name)") }
        try FileTree.write("", to: "\(folder)/dump")
        let deadline = ContinuousClock.now + .seconds(20)
        while !FileTree.exists("\(folder)/dumped") {
            guard ContinuousClock.now < deadline else { throw ChildProcess.Failure("the bucket was not written out") }
            try await Task.sleep(for: .milliseconds(50))
        }
        return try FileTree.contents(of: "\(folder)/objects")
    }

    private static let script = """
        import os, shutil, sys, threading, time
        from botocore.auth import S3SigV4Auth
        from botocore.awsrequest import AWSRequest
        from botocore.credentials import Credentials
        from moto.server import DomainDispatcherApplication, create_backend_app
        from werkzeug.serving import make_server
        import boto3

        folder, faulty = sys.argv[1], sys.argv[2] == "1"
        key, secret = "AKIDEXAMPLE", "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY"
        inner = DomainDispatcherApplication(create_backend_app)
        lock, count = threading.Lock(), 0

        def note(text):
            with lock, open(folder + "/log", "a") as file:
                file.write(text + "\\n")

        def expected(environ, names):
            url = "http://" + environ["HTTP_HOST"] + environ["RAW_URI"]
            headers = {}
            for name in names:
                variable = name.upper().replace("-", "_")
                headers[name] = environ.get(variable if variable in ("CONTENT_TYPE", "CONTENT_LENGTH") else "HTTP_" + variable, "")
            request = AWSRequest(method=environ["REQUEST_METHOD"], url=url.split("?")[0], headers=headers)
            query = url.split("?")[1] if "?" in url else ""
            request.url = url
            auth = S3SigV4Auth(Credentials(key, secret), "s3", "eu-central-1")
            request.context["timestamp"] = headers["x-amz-date"]
            return auth.signature(auth.string_to_sign(request, auth.canonical_request(request)), request)

        def application(environ, start):
            global count
            if environ.get("HTTP_X_TEST") == "inside":
                return inner(environ, start)
            with lock:
                count += 1
                number = count
            method = environ["REQUEST_METHOD"]
            authorization = environ.get("HTTP_AUTHORIZATION", "")
            parts = dict(part.strip().split("=", 1) for part in authorization.split(" ", 1)[-1].split(",") if "=" in part)
            signature = expected(environ, parts.get("SignedHeaders", "").split(";")) if parts.get("Signature") else "none"
            if signature != parts.get("Signature"):
                note("bad-signature " + method)
                start("403 Forbidden", [("Content-Type", "application/xml")])
                return [b"<Error><Code>SignatureDoesNotMatch</Code></Error>"]
            if faulty and number % 7 == 0:
                note("fault " + method)
                environ["wsgi.input"].read(int(environ.get("CONTENT_LENGTH") or 0))
                if number % 21 == 0:
                    environ["werkzeug.socket"].shutdown(2)
                    start("500 Internal Server Error", [])
                    return [b""]
                start("503 Slow Down" if number % 14 == 0 else "500 Internal Server Error", [("Content-Type", "application/xml")])
                return [b"<Error><Code>SlowDown</Code></Error>"]
            def noted(status, headers, info=None):
                note(method + " " + status.split(" ")[0])
                return start(status, headers, info) if info else start(status, headers)
            return inner(environ, noted)

        server = make_server("127.0.0.1", 0, application, threaded=True)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        endpoint = "http://127.0.0.1:%d" % server.server_port
        client = boto3.client("s3", endpoint_url=endpoint, region_name="eu-central-1", aws_access_key_id=key, aws_secret_access_key=secret)
        client.meta.events.register("before-send.s3", lambda request, **_: request.headers.__setitem__("X-Test", "inside"))
        client.create_bucket(Bucket="badges", CreateBucketConfiguration={"LocationConstraint": "eu-central-1"})
        with open(folder + "/port.new", "w") as file:
            file.write(str(server.server_port))
        os.rename(folder + "/port.new", folder + "/port")
        while True:
            time.sleep(0.05)
            if not os.path.exists(folder + "/dump"):
                continue
            os.remove(folder + "/dump")
            shutil.rmtree(folder + "/objects", ignore_errors=True)
            os.makedirs(folder + "/objects")
            for page in client.get_paginator("list_objects_v2").paginate(Bucket="badges"):
                for item in page.get("Contents", []):
                    path = folder + "/objects/" + item["Key"]
                    os.makedirs(os.path.dirname(path), exist_ok=True)
                    body = client.get_object(Bucket="badges", Key=item["Key"])
                    with open(path, "wb") as file:
                        file.write(body["Body"].read())
                    with open(folder + "/types", "a") as file:
                        file.write(item["Key"] + " " + body["ContentType"] + " " + body.get("CacheControl", "") + "\\n")
            open(folder + "/dumped", "w").close()
        """

    /// The type and the caching of each object, after ``objects()``.
    func types() throws -> [String: String] {
        let lines = String(decoding: try FileTree.read("\(folder)/types"), as: UTF8.self).split(separator: "\n")
        return Dictionary(
            lines.map { line in
                let parts = line.split(separator: " ", maxSplits: 1)
                return (String(parts[0]), parts.count > 1 ? String(parts[1]) : "")
            }
        ) { _, new in new }
    }
}
