import OpenBadges

/// The part of a web server's configuration that the hosted directory needs: types, CORS, caching, and 410 for what is
/// revoked. Made from one table, so that all servers say the same.
public enum WebServer: String, Sendable, Hashable, CaseIterable {
    case nginx, caddy, apache

    /// A kind of published file.
    struct Kind: Sendable {
        /// What its path ends with.
        let ending: String
        let type: String
        /// For how many seconds it may be kept without asking again.
        let seconds: Int
    }

    /// What every published file is; of several that fit, the first counts.
    ///
    /// Badges of Open Badges 2.0 are JSON-LD; a VC-JWT is `application/vc+jwt` (VC-JOSE-COSE §6), a JWK Set
    /// `application/jwk-set+json` (RFC 7517 §8.5). What can change with a revocation or a new key is kept for minutes.
    static let kinds: [Kind] = [
        Kind(ending: "/did.json", type: "application/did+ld+json", seconds: 300),
        Kind(ending: "/jwks.json", type: "application/jwk-set+json", seconds: 300),
        Kind(ending: "/revocations.json", type: "application/ld+json", seconds: 300),
        Kind(ending: "/assertion.json", type: "application/ld+json", seconds: 300),
        Kind(ending: ".json", type: "application/ld+json", seconds: 300),
        Kind(ending: ".jwk", type: "application/jwk+json", seconds: 300),
        Kind(ending: ".jwt", type: "application/vc+jwt", seconds: 300),
        Kind(ending: ".jws", type: "application/jose", seconds: 86_400),
        Kind(ending: ".tsr", type: "application/timestamp-reply", seconds: 86_400),
        Kind(ending: ".png", type: "image/png", seconds: 86_400),
        Kind(ending: ".svg", type: "image/svg+xml", seconds: 86_400),
    ]

    /// The configuration for a directory.
    ///
    /// - Parameters:
    ///   - directory: where it lies on the server.
    ///   - baseURL: under which URL it is served.
    ///   - revoked: the paths of hosted assertions that are revoked, from the base URL.
    public func configuration(directory: String, baseURL: String, revoked: [String]) -> String {
        let rest = baseURL.dropFirst("https://".count)
        let host = String(rest.prefix { $0 != "/" })
        let path = String(rest.dropFirst(host.count))
        switch self {
        case .nginx: return Self.nginx(directory, path, host, revoked)
        case .caddy: return Self.caddy(directory, path, host, revoked)
        case .apache: return Self.apache(directory, path, host, revoked)
        }
    }

    private static func escaped(_ text: String) -> String { text.replacing(".", with: "\\.") }

    private static func nginx(_ directory: String, _ path: String, _ host: String, _ revoked: [String]) -> String {
        func serving(_ seconds: Int) -> [String] {
            [
                "        root \(directory);", "        add_header Access-Control-Allow-Origin * always;",
                "        add_header Access-Control-Allow-Headers Accept always;",
                "        add_header X-Content-Type-Options nosniff always;",
                "        add_header Cache-Control \"max-age=\(seconds)\" always;",
            ]
        }
        // Below a path, what is asked for is the path's rest.
        let rewrite = path.isEmpty ? [] : ["        rewrite ^\(path)(/.*)$ $1 break;"]
        var lines = [
            "# For the http block of nginx. Made by badge hosting nginx; make it anew after a revocation.",
            "# Of a path its UUID: whole paths would not fit into the buckets that nginx has.",
            "map $uri $badge_assertion {", "    default \"\";",
            "    ~^\(path)/credentials/../([-0-9a-f]+)/assertion\\.json$ $1;", "}",
            "map $badge_assertion $badge_gone {", "    default 0;",
        ]
        lines += revoked.compactMap { UUIDText.first(in: $0) }.map { "    \($0) 1;" }
        lines += [
            "}", "server {", "    listen 443 ssl;", "    server_name \(host);",
            "    # ssl_certificate …; ssl_certificate_key …;", "    types {",
        ]
        let byExtension = kinds.filter { $0.ending.hasPrefix(".") }
        lines += byExtension.map { "        \($0.type) \($0.ending.dropFirst());" }
        lines += [
            "    }", "    location \(path)/ {", "        # What is written is hidden until it is whole.",
            "        if ($uri ~ /\\.(?!well-known/)) { return 404; }",
            "        # A revoked assertion of Open Badges 2.0 is gone, and says so.",
            "        error_page 410 @badge_gone;", "        if ($badge_gone) { return 410; }",
            "        if ($request_method = OPTIONS) { return 204; }",
        ]
        lines += rewrite + serving(300) + ["    }"]
        for kind in kinds where !kind.ending.hasPrefix(".") && !kind.ending.hasSuffix("assertion.json") {
            lines += ["    location ~ ^\(path)(/.*)?\(escaped(kind.ending))$ {"] + rewrite + serving(kind.seconds)
            lines += ["        types { }", "        default_type \(kind.type);", "    }"]
        }
        for kind in byExtension where kind.seconds != 300 {
            lines +=
                ["    location ~ ^\(path)/[^.].*\(escaped(kind.ending))$ {"] + rewrite + serving(kind.seconds) + [
                    "    }"
                ]
        }
        lines += ["    location @badge_gone {"] + rewrite + serving(300) + ["    }", "}", ""]
        return lines.joined(separator: "\n")
    }

    private static func caddy(_ directory: String, _ path: String, _ host: String, _ revoked: [String]) -> String {
        var lines = [
            "# Made by badge hosting caddy; make it anew after a revocation.", "\(host) {",
            "    handle_path \(path)/* {", "        root * \(directory)",
            "        @hidden path_regexp /\\.", "        @known path /.well-known/*",
            "        header Access-Control-Allow-Origin *", "        header Access-Control-Allow-Headers Accept",
            "        header X-Content-Type-Options nosniff", "        @options method OPTIONS",
            "        respond @options 204",
        ]
        // The last that fits counts there, so the general ones come first.
        for (number, kind) in kinds.reversed().enumerated() {
            lines.append("        @kind\(number) path *\(kind.ending)")
            lines.append("        header @kind\(number) Content-Type \(kind.type)")
            lines.append("        header @kind\(number) Cache-Control max-age=\(kind.seconds)")
        }
        if !revoked.isEmpty {
            lines.append("        @gone path \(revoked.map { "/\($0)" }.joined(separator: " "))")
            lines.append("        handle @gone {")
            lines.append("            file_server { status 410 }")
            lines.append("        }")
        }
        lines += [
            "        handle @known {", "            file_server", "        }", "        respond @hidden 404",
            "        file_server", "    }", "}", "",
        ]
        return lines.joined(separator: "\n")
    }

    private static func apache(_ directory: String, _ path: String, _ host: String, _ revoked: [String]) -> String {
        var lines = [
            "# Made by badge hosting apache; make it anew after a revocation. Needs mod_headers and mod_rewrite.",
            "<VirtualHost *:443>", "    ServerName \(host)", "    # SSLEngine on …",
            path.isEmpty ? "    DocumentRoot \"\(directory)\"" : "    Alias \"\(path)/\" \"\(directory)/\"",
            "    <Directory \"\(directory)\">", "        Require all granted", "        Options -Indexes",
            "        Header always set Access-Control-Allow-Origin \"*\"",
            "        Header always set Access-Control-Allow-Headers \"Accept\"",
            "        Header always set X-Content-Type-Options \"nosniff\"", "        RewriteEngine On",
            "        RewriteCond %{REQUEST_METHOD} =OPTIONS", "        RewriteRule ^ - [R=204,L]",
            "        RewriteCond %{REQUEST_URI} !/\\.well-known/", "        RewriteRule (^|/)\\. - [R=404,L]",
            "    </Directory>",
        ]
        for kind in kinds.reversed() {
            lines += [
                "    <LocationMatch \"\(escaped(kind.ending))$\">", "        ForceType \(kind.type)",
                "        Header always set Cache-Control \"max-age=\(kind.seconds)\"", "    </LocationMatch>",
            ]
        }
        lines += revoked.map { "    Redirect gone \"\(path)/\($0)\"" }
        return (lines + ["</VirtualHost>", ""]).joined(separator: "\n")
    }
}

extension Workspace {
    /// The paths of the hosted assertions of Open Badges 2.0 that do not hold now.
    public func goneAssertions() throws(IssuingError) -> [String] {
        guard hasLedger else { return [] }
        return try openLedger(readOnly: true).revocations().keys.sorted().map { HostedLayout.document($0, .ob2Hosted) }
    }
}
