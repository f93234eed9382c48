import Cryptography
import Glibc
import JSONCore
import OpenBadges
import Proofs
import Testing

@Suite("Archives and receipts")
struct ArchiveTests {
    @Test("what a verification fetched verifies the badge again, without its issuer's site")
    func again() async throws {
        let archive = DocumentArchive(Academy.web)
        let options = VerificationOptions(at: Exams.now)
        let badge = try Academy.sign()
        let report = await Verifier(loader: archive).verify(badge, options: options)
        #expect(report.isVerified, "\(report.problems)")

        let folder = "/tmp/archive-\(getpid())-\(UInt32.random(in: 0...(.max)))"
        try #require(mkdir(folder, 0o700) == 0 && mkdir("\(folder)/documents", 0o700) == 0)
        for file in archive.files + [("index.json", JSON.object(archive.index).serialized())] {
            let descriptor = open("\(folder)/\(file.path)", O_WRONLY | O_CREAT, 0o600)
            #expect(write(descriptor, file.bytes, file.bytes.count) == file.bytes.count)
            close(descriptor)
        }
        let offline = try DocumentFolder(directory: folder)
        let second = await Verifier(loader: offline).verify(badge, options: options)
        #expect(second.isVerified, "\(second.problems)")
        #expect(archive.index.keys.sorted() == archive.index.keys.map(\.self))
    }

    @Test("an archive keeps redirects, what is gone and what is missing, and leaves out what nobody answered")
    func answers() async {
        var web = Documents()
        web.serve("https://a.example/1", ["id": 1], redirectedTo: "https://a.example/2")
        web.takeBack("https://a.example/3", ["revoked": true])
        web.answers["https://a.example/4"] = .missing(status: 404)
        let archive = DocumentArchive(web)
        for number in 1...5 { _ = await archive.load("https://a.example/\(number)") }
        let index = JSON.object(archive.index)
        #expect(index["https://a.example/1"] == ["status": 302, "location": "https://a.example/2"])
        #expect(index["https://a.example/2"]?.string?.hasPrefix("documents/") == true)
        #expect(index["https://a.example/3"]?["status"] == 410)
        #expect(index["https://a.example/4"] == ["status": 404])
        #expect(index["https://a.example/5"] == nil)
        #expect(archive.files.count == 2)
    }

    @Test("a receipt is the signed report, with the digests of what it rests on")
    func receipt() async throws {
        var options = VerificationOptions(at: Exams.now)
        options.keepsEvidence = true
        let badge = try Academy.sign()
        let report = await Verifier(loader: Academy.web).verify(badge, name: "ada.jws", options: options)
        let receipt = try VerificationReceiptSigner(key: Exams.other).receipt(for: report, at: Exams.expires)
        let jws = try JWS(compact: receipt)
        #expect(jws.header.json["typ"] == "badge-verification-receipt+jwt")
        #expect(try jws.isValid(for: JWK(Exams.other.publicKey)))
        let payload = try JSON(parsing: jws.payload)
        #expect(payload["report"] == report.json)
        #expect(payload["iat"]?.int == Int(Exams.expires.seconds))
        let digest = DigestAlgorithm.sha256.digest(badge).map { byte in
            let digits = String(byte, radix: 16)
            return digits.count == 1 ? "0" + digits : digits
        }.joined()
        #expect(payload["evidence"]?["input"]?["sha256"] == .string(digest))
        #expect(payload["evidence"]?["at"] == .string(Exams.now.description))
        let urls = payload["evidence"]?["documents"]?.array?.compactMap { $0["url"]?.string }
        let named = [Academy.classURL, Academy.imageURL, Academy.issuerURL, Academy.keyURL, Academy.listURL]
        #expect(urls == named.sorted())
    }

    @Test("a report without its evidence gets no receipt")
    func withoutEvidence() async throws {
        let report = await Academy.verify(try Academy.sign())
        let signer = try VerificationReceiptSigner(key: Exams.other)
        let error = #expect(throws: OpenBadgesError.self) { try signer.receipt(for: report, at: Exams.now) }
        #expect(error?.code == .notSignable)
    }
}
