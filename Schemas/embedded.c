// The documents of this folder as bytes: one copy, in this folder, compiled in. What each one is stands in
// manifest.json; a test holds this table against it.

#include "embedded.h"

// #embed is C23, and the language standard is a setting of the whole package.
#pragma clang diagnostic ignored "-Wc23-extensions"

static const unsigned char manifest[] = {
#embed "manifest.json"
};
static const unsigned char credentials_v2[] = {
#embed "contexts/credentials-v2.json"
};
static const unsigned char credentials_v1[] = {
#embed "contexts/credentials-v1.json"
};
static const unsigned char open_badges_3_0_3[] = {
#embed "contexts/open-badges-3.0.3.json"
};
static const unsigned char open_badges_3_0_3_endorsement_jwt[] = {
#embed "contexts/open-badges-3.0.3-endorsement-jwt.json"
};
static const unsigned char open_badges_3_0_3_before_2024[] = {
#embed "contexts/open-badges-3.0.3-before-2024.json"
};
static const unsigned char open_badges_3_0_2[] = {
#embed "contexts/open-badges-3.0.2.json"
};
static const unsigned char open_badges_3_0_1[] = {
#embed "contexts/open-badges-3.0.1.json"
};
static const unsigned char open_badges_3_0_0[] = {
#embed "contexts/open-badges-3.0.0.json"
};
static const unsigned char open_badges_3_0_extensions[] = {
#embed "contexts/open-badges-3.0-extensions.json"
};
static const unsigned char clr_2_0_1[] = {
#embed "contexts/clr-2.0.1.json"
};
static const unsigned char clr_2_0[] = {
#embed "contexts/clr-2.0.json"
};
static const unsigned char assessment_2_0[] = {
#embed "contexts/assessment-2.0.json"
};
static const unsigned char data_integrity_v2[] = {
#embed "contexts/data-integrity-v2.json"
};
static const unsigned char data_integrity_v1[] = {
#embed "contexts/data-integrity-v1.json"
};
static const unsigned char ed25519_2020_v1[] = {
#embed "contexts/ed25519-2020-v1.json"
};
static const unsigned char ed25519_2018_v1[] = {
#embed "contexts/ed25519-2018-v1.json"
};
static const unsigned char multikey_v1[] = {
#embed "contexts/multikey-v1.json"
};
static const unsigned char jwk_v1[] = {
#embed "contexts/jwk-v1.json"
};
static const unsigned char cid_v1[] = {
#embed "contexts/cid-v1.json"
};
static const unsigned char did_v1[] = {
#embed "contexts/did-v1.json"
};
static const unsigned char status_v1[] = {
#embed "contexts/status-v1.json"
};
static const unsigned char status_list_2021_v1[] = {
#embed "contexts/status-list-2021-v1.json"
};
static const unsigned char open_badges_2_0[] = {
#embed "contexts/open-badges-2.0.json"
};
static const unsigned char open_badges_2_0_before_2020[] = {
#embed "contexts/open-badges-2.0-before-2020.json"
};
static const unsigned char open_badges_1_1[] = {
#embed "contexts/open-badges-1.1.json"
};
static const unsigned char open_badges_2_0_accessibility[] = {
#embed "contexts/open-badges-2.0-accessibility.json"
};
static const unsigned char open_badges_2_0_apply_link[] = {
#embed "contexts/open-badges-2.0-apply-link.json"
};
static const unsigned char open_badges_2_0_assessment[] = {
#embed "contexts/open-badges-2.0-assessment.json"
};
static const unsigned char open_badges_2_0_endorsement[] = {
#embed "contexts/open-badges-2.0-endorsement.json"
};
static const unsigned char open_badges_2_0_example[] = {
#embed "contexts/open-badges-2.0-example.json"
};
static const unsigned char open_badges_2_0_extra_description[] = {
#embed "contexts/open-badges-2.0-extra-description.json"
};
static const unsigned char open_badges_2_0_geo_coordinates[] = {
#embed "contexts/open-badges-2.0-geo-coordinates.json"
};
static const unsigned char open_badges_2_0_issuer_accreditation[] = {
#embed "contexts/open-badges-2.0-issuer-accreditation.json"
};
static const unsigned char open_badges_2_0_license[] = {
#embed "contexts/open-badges-2.0-license.json"
};
static const unsigned char open_badges_2_0_original_creator[] = {
#embed "contexts/open-badges-2.0-original-creator.json"
};
static const unsigned char open_badges_2_0_recipient_profile[] = {
#embed "contexts/open-badges-2.0-recipient-profile.json"
};

#define DOCUMENT(url, version, file, bytes) {url, version, file, bytes, sizeof bytes}
#define CONTEXT(url, version, name, bytes) DOCUMENT(url, version, "contexts/" name ".json", bytes)

static const EmbeddedDocument documents[] = {
    CONTEXT("https://www.w3.org/ns/credentials/v2", 0, "credentials-v2", credentials_v2),
    CONTEXT("https://www.w3.org/2018/credentials/v1", 0, "credentials-v1", credentials_v1),
    CONTEXT("https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json", 0, "open-badges-3.0.3", open_badges_3_0_3),
    CONTEXT("https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json", 1,
            "open-badges-3.0.3-endorsement-jwt", open_badges_3_0_3_endorsement_jwt),
    CONTEXT("https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json", 2,
            "open-badges-3.0.3-before-2024", open_badges_3_0_3_before_2024),
    CONTEXT("https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.2.json", 0, "open-badges-3.0.2", open_badges_3_0_2),
    CONTEXT("https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.1.json", 0, "open-badges-3.0.1", open_badges_3_0_1),
    CONTEXT("https://purl.imsglobal.org/spec/ob/v3p0/context.json", 0, "open-badges-3.0.0", open_badges_3_0_0),
    CONTEXT("https://purl.imsglobal.org/spec/ob/v3p0/context/ob_v3p0.jsonld", 0,
            "open-badges-3.0.0", open_badges_3_0_0),
    CONTEXT("https://purl.imsglobal.org/spec/ob/v3p0/extensions.json", 0,
            "open-badges-3.0-extensions", open_badges_3_0_extensions),
    CONTEXT("https://purl.imsglobal.org/spec/clr/v2p0/context-2.0.1.json", 0, "clr-2.0.1", clr_2_0_1),
    CONTEXT("https://purl.imsglobal.org/spec/clr/v2p0/context.json", 0, "clr-2.0", clr_2_0),
    CONTEXT("https://purl.imsglobal.org/spec/ob-assessment/v2p0/context.json", 0, "assessment-2.0", assessment_2_0),
    CONTEXT("https://purl.imsglobal.org/spec/ob-assessment/v2p0/context/", 0, "assessment-2.0", assessment_2_0),
    CONTEXT("https://w3id.org/security/data-integrity/v2", 0, "data-integrity-v2", data_integrity_v2),
    CONTEXT("https://w3id.org/security/data-integrity/v1", 0, "data-integrity-v1", data_integrity_v1),
    CONTEXT("https://w3id.org/security/suites/ed25519-2020/v1", 0, "ed25519-2020-v1", ed25519_2020_v1),
    CONTEXT("https://w3id.org/security/suites/ed25519-2018/v1", 0, "ed25519-2018-v1", ed25519_2018_v1),
    CONTEXT("https://w3id.org/security/multikey/v1", 0, "multikey-v1", multikey_v1),
    CONTEXT("https://w3id.org/security/jwk/v1", 0, "jwk-v1", jwk_v1),
    CONTEXT("https://www.w3.org/ns/cid/v1", 0, "cid-v1", cid_v1),
    CONTEXT("https://www.w3.org/ns/did/v1", 0, "did-v1", did_v1),
    CONTEXT("https://www.w3.org/ns/credentials/status/v1", 0, "status-v1", status_v1),
    CONTEXT("https://w3id.org/vc/status-list/2021/v1", 0, "status-list-2021-v1", status_list_2021_v1),
    CONTEXT("https://w3id.org/openbadges/v2", 0, "open-badges-2.0", open_badges_2_0),
    CONTEXT("https://w3id.org/openbadges/v2", 1, "open-badges-2.0-before-2020", open_badges_2_0_before_2020),
    CONTEXT("https://openbadgespec.org/v2/context.json", 0, "open-badges-2.0", open_badges_2_0),
    CONTEXT("https://openbadgespec.org/v2/context.json", 1,
            "open-badges-2.0-before-2020", open_badges_2_0_before_2020),
    CONTEXT("https://w3id.org/openbadges/v1", 0, "open-badges-1.1", open_badges_1_1),
    CONTEXT("https://openbadgespec.org/v1/context.json", 0, "open-badges-1.1", open_badges_1_1),
    CONTEXT("https://w3id.org/openbadges/extensions/accessibilityExtension/context.json", 0,
            "open-badges-2.0-accessibility", open_badges_2_0_accessibility),
    CONTEXT("https://openbadgespec.org/extensions/accessibilityExtension/context.json", 0,
            "open-badges-2.0-accessibility", open_badges_2_0_accessibility),
    CONTEXT("https://w3id.org/openbadges/extensions/applyLinkExtension/context.json", 0,
            "open-badges-2.0-apply-link", open_badges_2_0_apply_link),
    CONTEXT("https://openbadgespec.org/extensions/applyLinkExtension/context.json", 0,
            "open-badges-2.0-apply-link", open_badges_2_0_apply_link),
    CONTEXT("https://w3id.org/openbadges/extensions/assessmentExtension/context.json", 0,
            "open-badges-2.0-assessment", open_badges_2_0_assessment),
    CONTEXT("https://openbadgespec.org/extensions/assessmentExtension/context.json", 0,
            "open-badges-2.0-assessment", open_badges_2_0_assessment),
    CONTEXT("https://w3id.org/openbadges/extensions/endorsement/context.json", 0,
            "open-badges-2.0-endorsement", open_badges_2_0_endorsement),
    CONTEXT("https://openbadgespec.org/extensions/endorsement/context.json", 0,
            "open-badges-2.0-endorsement", open_badges_2_0_endorsement),
    CONTEXT("https://w3id.org/openbadges/extensions/exampleExtension/context.json", 0,
            "open-badges-2.0-example", open_badges_2_0_example),
    CONTEXT("https://openbadgespec.org/extensions/exampleExtension/context.json", 0,
            "open-badges-2.0-example", open_badges_2_0_example),
    CONTEXT("https://w3id.org/openbadges/extensions/extraDescription/context.json", 0,
            "open-badges-2.0-extra-description", open_badges_2_0_extra_description),
    CONTEXT("https://openbadgespec.org/extensions/extraDescription/context.json", 0,
            "open-badges-2.0-extra-description", open_badges_2_0_extra_description),
    CONTEXT("https://w3id.org/openbadges/extensions/geoCoordinatesExtension/context.json", 0,
            "open-badges-2.0-geo-coordinates", open_badges_2_0_geo_coordinates),
    CONTEXT("https://openbadgespec.org/extensions/geoCoordinatesExtension/context.json", 0,
            "open-badges-2.0-geo-coordinates", open_badges_2_0_geo_coordinates),
    CONTEXT("https://w3id.org/openbadges/extensions/issuerAccreditationExtension/context.json", 0,
            "open-badges-2.0-issuer-accreditation", open_badges_2_0_issuer_accreditation),
    CONTEXT("https://openbadgespec.org/extensions/issuerAccreditationExtension/context.json", 0,
            "open-badges-2.0-issuer-accreditation", open_badges_2_0_issuer_accreditation),
    CONTEXT("https://w3id.org/openbadges/extensions/licenseExtension/context.json", 0,
            "open-badges-2.0-license", open_badges_2_0_license),
    CONTEXT("https://openbadgespec.org/extensions/licenseExtension/context.json", 0,
            "open-badges-2.0-license", open_badges_2_0_license),
    CONTEXT("https://w3id.org/openbadges/extensions/originalCreatorExtension/context.json", 0,
            "open-badges-2.0-original-creator", open_badges_2_0_original_creator),
    CONTEXT("https://openbadgespec.org/extensions/originalCreatorExtension/context.json", 0,
            "open-badges-2.0-original-creator", open_badges_2_0_original_creator),
    CONTEXT("https://w3id.org/openbadges/extensions/recipientProfile/context.json", 0,
            "open-badges-2.0-recipient-profile", open_badges_2_0_recipient_profile),
    CONTEXT("https://openbadgespec.org/extensions/recipientProfile/context.json", 0,
            "open-badges-2.0-recipient-profile", open_badges_2_0_recipient_profile),
};

static const EmbeddedDocument manifest_document = DOCUMENT("", 0, "manifest.json", manifest);

const EmbeddedDocument *embedded_documents(size_t *count) {
    *count = sizeof documents / sizeof documents[0];
    return documents;
}

const EmbeddedDocument *embedded_manifest(void) {
    return &manifest_document;
}
