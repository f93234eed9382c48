#pragma once

// What OpenSSL 3 deprecates is not declared at all: using it does not compile.
#define OPENSSL_API_COMPAT 30000
#define OPENSSL_NO_DEPRECATED

#include <openssl/bio.h>
#include <openssl/bn.h>
#include <openssl/core_names.h>
#include <openssl/crypto.h>
#include <openssl/ecerr.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/objects.h>
#include <openssl/param_build.h>
#include <openssl/pem.h>
#include <openssl/pkcs12.h>
#include <openssl/pkcs12err.h>
#include <openssl/proverr.h>
#include <openssl/rand.h>
#include <openssl/rsa.h>
#include <openssl/x509.h>

// Macros that Swift cannot see, as functions of the same meaning.

static inline long openbadges_BIO_get_mem_data(BIO *bio, char **data) {
    return BIO_get_mem_data(bio, data);
}

static inline void openbadges_OPENSSL_free(void *memory) {
    OPENSSL_free(memory);
}

static inline void openbadges_OPENSSL_clear_free(void *memory, size_t count) {
    OPENSSL_clear_free(memory, count);
}

// Parameter names as C strings that live as long as the process: OSSL_PARAM keeps the pointer to its name, and a
// macro that Swift imports becomes a String whose C form lives for one call only.

static inline const char *openbadges_param_group_name(void) {
    return OSSL_PKEY_PARAM_GROUP_NAME;
}

static inline const char *openbadges_param_public_key(void) {
    return OSSL_PKEY_PARAM_PUB_KEY;
}

static inline const char *openbadges_param_rsa_modulus(void) {
    return OSSL_PKEY_PARAM_RSA_N;
}

static inline const char *openbadges_param_rsa_exponent(void) {
    return OSSL_PKEY_PARAM_RSA_E;
}

static inline const char *openbadges_param_mac_digest(void) {
    return OSSL_MAC_PARAM_DIGEST;
}
