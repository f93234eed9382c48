/// Keys as OpenSSL's own command writes them, made for these tests and used nowhere else.
enum ForeignKeys {
    /// A P-256 key as PKCS#8.
    static let p256 = """
        -----BEGIN PRIVATE KEY-----
        MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgm7LkuCBW3jxz9BEy
        naM/tfLOV8DulPHAyEMsfCLpYsyhRANCAARgox7U7HcBZNSupCnHjv6CrWNYkAZ2
        /5a2F5/p/P2Tk7fuQWRxzcslAPmp1mtdkisMJqzVo5IcJmeOZLdtCHDE
        -----END PRIVATE KEY-----
        """

    /// The same key in OpenSSL's older form (SEC 1).
    static let p256Legacy = """
        -----BEGIN EC PRIVATE KEY-----
        MHcCAQEEIJuy5LggVt48c/QRMp2jP7XyzlfA7pTxwMhDLHwi6WLMoAoGCCqGSM49
        AwEHoUQDQgAEYKMe1Ox3AWTUrqQpx47+gq1jWJAGdv+Wthef6fz9k5O37kFkcc3L
        JQD5qdZrXZIrDCas1aOSHCZnjmS3bQhwxA==
        -----END EC PRIVATE KEY-----
        """

    /// Its public half.
    static let p256Public = """
        -----BEGIN PUBLIC KEY-----
        MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEYKMe1Ox3AWTUrqQpx47+gq1jWJAG
        dv+Wthef6fz9k5O37kFkcc3LJQD5qdZrXZIrDCas1aOSHCZnjmS3bQhwxA==
        -----END PUBLIC KEY-----
        """

    /// Its public half with a compressed point.
    static let p256CompressedPublic = """
        -----BEGIN PUBLIC KEY-----
        MDkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDIgACYKMe1Ox3AWTUrqQpx47+gq1jWJAG
        dv+Wthef6fz9k5M=
        -----END PUBLIC KEY-----
        """

    /// The same key, encrypted by PBES2 with AES-256; all passphrases here are "open sesame".
    static let encrypted = """
        -----BEGIN ENCRYPTED PRIVATE KEY-----
        MIHsMFcGCSqGSIb3DQEFDTBKMCkGCSqGSIb3DQEFDDAcBAi+lEDnRRIvhwICCAAw
        DAYIKoZIhvcNAgkFADAdBglghkgBZQMEASoEEE0McckcPcildgVUTEb6qPUEgZDW
        uxRrxK1+QwIQf/1AoNRSIg3g1r/qeP96CpTsKknV6aZylVRsCMsL2SgYZWnTQsHG
        TLU8GjeyItr24TT4TtMxxWAsD1y8pcaZtatklyfNetzLl6nHjZpYHiVEA49ZRCwQ
        CMKo7be180OULDJoYCF82rsrfqxzNgm99yAr6K0GA4liZLhH0NCZad5xHhH14a8=
        -----END ENCRYPTED PRIVATE KEY-----
        """

    /// The same key, its passphrase stretched by scrypt.
    static let encryptedByScrypt = """
        -----BEGIN ENCRYPTED PRIVATE KEY-----
        MIHkME8GCSqGSIb3DQEFDTBCMCEGCSsGAQQB2kcECzAUBAictwLIV4VEPQICBAAC
        AQgCAQEwHQYJYIZIAWUDBAEqBBB+9EU6E428B2wDQ5ERFI0zBIGQW6snmYxMx8Gb
        SiM1NZcuArE9ErF4CnPlaNPzsBnzFAhCOrQHvn0pPo9XI7au+NCKzWUlS+IbJa5O
        c6u5lI6m7aMHUsrPW0tdGGefvFa81q43n7I+xyx43JJlqchUjD2FJNUWREbvql5o
        txksi7qciIuOkuZ9OYOEs7s4lft2dVf4WmbdvHy7w5v1pFTgKg5s
        -----END ENCRYPTED PRIVATE KEY-----
        """

    /// The same key in the older encrypted form.
    static let encryptedLegacy = """
        -----BEGIN EC PRIVATE KEY-----
        Proc-Type: 4,ENCRYPTED
        DEK-Info: AES-128-CBC,4DE698264B382096A5B54FF0D5946DCD

        jCAjwVTVPrjUesvenRa73OFRtJTeOUjspVEppA8Fp4O1YY5sfs+aTQIj5E2b7RSY
        gYbG2qLc2xnckAWG/31XJT4/xGmwpP7WW4wpFca4YL7OKt0YK15+OWX6Jw6Ost7D
        eMmgKF4Cu7JE8yOGnIvtqSwkWtx+XczXw0LlDB2IHcE=
        -----END EC PRIVATE KEY-----
        """

    /// The same key, encrypted with DES, which OpenSSL 3 has in its legacy provider only.
    static let encryptedByDES = """
        -----BEGIN ENCRYPTED PRIVATE KEY-----
        MIHgMEsGCSqGSIb3DQEFDTA+MCkGCSqGSIb3DQEFDDAcBAiaNaiGCFDBkgICCAAw
        DAYIKoZIhvcNAgkFADARBgUrDgMCBwQI0oDgBO9ER14EgZCEVNvaBSgaWCSgidiV
        XbsHACuiS6glOJMVV4CwSZ0SmaUdXaTL36/o2SMOCN/lcrF4Vqt2Q5fmHDVHuvnS
        Xh8jlLGlG3akscCzeZZ38Jd0/MA6iv4V5mXIJ1XHvwcC60Hq+Ceei5EXb7RE5s4G
        DRvY7lGr9ObzeMNNeuuaV/VndMAb5JsDEcn3j5Jt2Rxt0iE=
        -----END ENCRYPTED PRIVATE KEY-----
        """

    /// An RSA-2048 public key.
    static let rsaPublic = """
        -----BEGIN PUBLIC KEY-----
        MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEAxRJp3B+Nb/ArE9MlIG1O
        YlGoFwvMjsS4Evv0CK6MF0ImcEuaiOIGEukoXDlI6xj0saWI6ttK9CMkLmoN3vQR
        xYSuVrDanON0t1NwhwEvMl0zeKgZLsiWENheY4zn6f8iHeXIiRRh0sLQfPmWjtxb
        RwY4zw5PwNjZllwlQhJNjtBRJzklGUB6XpsmlFvWz0qGTuzHLceJyCc6GSdRxz4m
        HyGjEwwB1iO7NfBYLuWE9uqke2r61P08pylGaDf02qAjXhsU+pSrB+NerESRgPqc
        naxxFaK1d3xMpi3EnLpt7As3g3Oq3NMYnMWW69q1ettKcoOOEy73nDEg82oorJUm
        HQIDAQAB
        -----END PUBLIC KEY-----
        """

    /// The same key in the form of PKCS#1.
    static let rsaPublicPKCS1 = """
        -----BEGIN RSA PUBLIC KEY-----
        MIIBCgKCAQEAxRJp3B+Nb/ArE9MlIG1OYlGoFwvMjsS4Evv0CK6MF0ImcEuaiOIG
        EukoXDlI6xj0saWI6ttK9CMkLmoN3vQRxYSuVrDanON0t1NwhwEvMl0zeKgZLsiW
        ENheY4zn6f8iHeXIiRRh0sLQfPmWjtxbRwY4zw5PwNjZllwlQhJNjtBRJzklGUB6
        XpsmlFvWz0qGTuzHLceJyCc6GSdRxz4mHyGjEwwB1iO7NfBYLuWE9uqke2r61P08
        pylGaDf02qAjXhsU+pSrB+NerESRgPqcnaxxFaK1d3xMpi3EnLpt7As3g3Oq3NMY
        nMWW69q1ettKcoOOEy73nDEg82oorJUmHQIDAQAB
        -----END RSA PUBLIC KEY-----
        """

    /// A curve that we do not accept.
    static let p521Public = """
        -----BEGIN PUBLIC KEY-----
        MIGbMBAGByqGSM49AgEGBSuBBAAjA4GGAAQBTDfpEjcGhgKhXSXrF6d1NOTQw4Vm
        q0Ac5Gom5JfxOcHAvaZc1BpdYB80s6cxl0RcKY4gbWYhFOHWSJ9n+qIrqXEB6DKE
        lqkY4vr983WnZMrBLkTPskFZaHJYzB+6ezOk4wm3x9Q3k9NEWQyVjjjM0/5Ez2VK
        Aqe5GhdA0igPrMke+aM=
        -----END PUBLIC KEY-----
        """

    /// Another curve that we do not accept.
    static let secp256k1Public = """
        -----BEGIN PUBLIC KEY-----
        MFYwEAYHKoZIzj0CAQYFK4EEAAoDQgAE5gq6QCu4AylexDjohncwcX+5oHaxM5g5
        kG7ewirr7WjZ9YwVZH19JONWBHqd0FxSISDrzUxmGGVgC6wXNMfUFQ==
        -----END PUBLIC KEY-----
        """

    /// P-256, but spelt out in numbers instead of by name.
    static let explicitCurvePublic = """
        -----BEGIN PUBLIC KEY-----
        MIIBSzCCAQMGByqGSM49AgEwgfcCAQEwLAYHKoZIzj0BAQIhAP////8AAAABAAAA
        AAAAAAAAAAAA////////////////MFsEIP////8AAAABAAAAAAAAAAAAAAAA////
        ///////////8BCBaxjXYqjqT57PrvVV2mIa8ZR0GsMxTsPY7zjw+J9JgSwMVAMSd
        NgiG5wSTamZ44ROdJreBn36QBEEEaxfR8uEsQkf4vOblY6RA8ncDfYEt6zOg9KE5
        RdiYwpZP40Li/hp/m47n60p8D54WK84zV2sxXs7LtkBoN79R9QIhAP////8AAAAA
        //////////+85vqtpxeehPO5ysL8YyVRAgEBA0IABDrEXkhUGtu+Q5RKTyuqYBJu
        I0wswO5tBY6eZ/InDoECHBJ8z/hs3ml7qO997zXxPQaRb/sf4puE6NlHcKwF/TI=
        -----END PUBLIC KEY-----
        """

    /// A key for key agreement.
    static let x25519Public = """
        -----BEGIN PUBLIC KEY-----
        MCowBQYDK2VuAyEAK2CCBoblKK8f5pTSMLZM+ghdrGUsgA+0nirEi+uYXHE=
        -----END PUBLIC KEY-----
        """

    /// The other Edwards curve.
    static let ed448Public = """
        -----BEGIN PUBLIC KEY-----
        MEMwBQYDK2VxAzoAQP7oA5q4OBdxTNuQVRqmNzpCDlcmNu0e/QakB6MoNEzzINgO
        nsnXSrpNNJx1+1oceEg1yLp7Vp8A
        -----END PUBLIC KEY-----
        """

    /// An RSA key that is too small.
    static let rsa1024Public = """
        -----BEGIN PUBLIC KEY-----
        MIGfMA0GCSqGSIb3DQEBAQUAA4GNADCBiQKBgQDX/JP66wBrRmT7ONoYDuNkKXEB
        MINfZsTVcQUrfRROKOG641JG78hPh8pxwSKluvDmxULDlUyPbFZZADB1A39KRV6f
        Ej8Iy3maeIcQ3kerRvWLEbY7LMj3d7IVJCAqhCVAKCLd3qaGTffSVnum6YnBV/cT
        jCSf3kH5kZlGINf5iQIDAQAB
        -----END PUBLIC KEY-----
        """

    /// An RSA key that is for another padding alone.
    static let rsaPSSPublic = """
        -----BEGIN PUBLIC KEY-----
        MIIBIDALBgkqhkiG9w0BAQoDggEPADCCAQoCggEBAL5maw5hhE9vHk+QNEcNvRjN
        NLROMOZyM4s9Wf9inRQuLE0JqvpFIXx/80KC0DDW5L17kNaVTsuo6DXOKHsRPu5i
        9MvCGJU54m0qc+GpZBu8Fm4UpyF3Oq92sXFbfGsg2hXJTBrYX1KNl56BJCSewoK7
        Fe16kuaoEaxL8ugGfQhuzDxyoWTmo28rA8YHtRo9+/N1PhogLoRgVFrQT/oWazux
        FSKdnnaYM6aBMFf9MpcMl9AqxhTJg6hgIW/O/Nz5rixIi1DseX+yd5Wh4hPhh8fK
        l4gbov51QJZDiuonWhlJp5CS4dUkvwrRpCp5FixX139Aigu1PqkHc9vyOekN1CMC
        AwEAAQ==
        -----END PUBLIC KEY-----
        """
}
