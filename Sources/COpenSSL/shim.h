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
#include <openssl/ts.h>
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

// What a timestamp (RFC 3161) has to show: that it is of a digest, and signed by one whose certificate the store vouches for.
// The context takes a copy of the digest, and the store itself.
static inline TS_VERIFY_CTX *openbadges_timestamp_check(const unsigned char *digest, size_t count, X509_STORE *store) {
    TS_VERIFY_CTX *context = TS_VERIFY_CTX_new();
    unsigned char *copy = OPENSSL_memdup(digest, count);
    if (context == NULL || copy == NULL) {
        TS_VERIFY_CTX_free(context);
        OPENSSL_free(copy);
        X509_STORE_free(store);
        return NULL;
    }
    TS_VERIFY_CTX_set_flags(context, TS_VFY_VERSION | TS_VFY_SIGNATURE | TS_VFY_IMPRINT);
    TS_VERIFY_CTX_set_imprint(context, copy, (long)count);
    TS_VERIFY_CTX_set_store(context, store);
    return context;
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

// Keys in hardware, by PKCS #11. Debian 12 has the engine for it and not yet the provider, and engines are deprecated: the
// one exception to "no deprecated calls", declared here by hand as the header does not show them.

typedef struct engine_st openbadges_engine;
extern openbadges_engine *ENGINE_by_id(const char *id);
extern int ENGINE_init(openbadges_engine *engine);
extern int ENGINE_free(openbadges_engine *engine);
extern int ENGINE_ctrl_cmd_string(openbadges_engine *engine, const char *name, const char *value, int isOptional);
extern EVP_PKEY *ENGINE_load_private_key(openbadges_engine *engine, const char *id, void *ui, void *data);

// The private key that a pkcs11: URI names; NULL where there is no engine, no token, or no such key. The engine stays loaded
// as long as the process: its keys need it. A module and a PIN may be NULL.
static inline EVP_PKEY *openbadges_pkcs11_key(const char *uri, const char *module, const char *pin) {
    // Engines that are files of their own: OPENSSL_INIT_ENGINE_DYNAMIC.
    OPENSSL_init_crypto(0x00000400L, NULL);
    openbadges_engine *engine = ENGINE_by_id("pkcs11");
    if (engine == NULL) return NULL;
    // What it would say, it says on standard error.
    ENGINE_ctrl_cmd_string(engine, "QUIET", NULL, 1);
    if (module != NULL) ENGINE_ctrl_cmd_string(engine, "MODULE_PATH", module, 0);
    EVP_PKEY *key = NULL;
    if (ENGINE_init(engine) == 1) {
        if (pin != NULL) ENGINE_ctrl_cmd_string(engine, "PIN", pin, 0);
        key = ENGINE_load_private_key(engine, uri, NULL, NULL);
    }
    ENGINE_free(engine);
    return key;
}
