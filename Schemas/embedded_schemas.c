// The JSON Schemas, embedded from json-schema/ beside this file: one copy, in the repository and in the binary.
//
// Each stands under its own $id, and under the official URLs that it answers for; manifest.json says the same, and a test
// holds this table against it.

#include "embedded.h"

// #embed is C23, and the language standard is a setting of the whole package.
#pragma clang diagnostic ignored "-Wc23-extensions"

static const unsigned char open_badges_3_0[] = {
#embed "json-schema/open-badges-3.0.json"
};
static const unsigned char achievement_credential[] = {
#embed "json-schema/open-badges-3.0-achievement-credential.json"
};
static const unsigned char achievement_credential_1_1[] = {
#embed "json-schema/open-badges-3.0-achievement-credential-1.1.json"
};
static const unsigned char endorsement_credential[] = {
#embed "json-schema/open-badges-3.0-endorsement-credential.json"
};
static const unsigned char endorsement_credential_1_1[] = {
#embed "json-schema/open-badges-3.0-endorsement-credential-1.1.json"
};
static const unsigned char any_endorsement_credential[] = {
#embed "json-schema/open-badges-3.0-any-endorsement-credential.json"
};
static const unsigned char profile[] = {
#embed "json-schema/open-badges-3.0-profile.json"
};
static const unsigned char achievement[] = {
#embed "json-schema/open-badges-3.0-achievement.json"
};
static const unsigned char canonical[] = {
#embed "json-schema/open-badges-3.0-canonical.json"
};
static const unsigned char open_badges_2_0[] = {
#embed "json-schema/open-badges-2.0.json"
};
static const unsigned char bitstring_status_list[] = {
#embed "json-schema/bitstring-status-list.json"
};
static const unsigned char revocation_list[] = {
#embed "json-schema/1edtech-revocation-list.json"
};
static const unsigned char award_policy[] = {
#embed "json-schema/award-policy.json"
};
static const unsigned char exam_result[] = {
#embed "json-schema/exam-result.json"
};
static const unsigned char result_mapping[] = {
#embed "json-schema/result-mapping.json"
};
static const unsigned char verification_report[] = {
#embed "json-schema/verification-report.json"
};
static const unsigned char extension_apply_link[] = {
#embed "json-schema/open-badges-2.0-extension-apply-link.json"
};
static const unsigned char extension_assessment[] = {
#embed "json-schema/open-badges-2.0-extension-assessment.json"
};
static const unsigned char extension_example[] = {
#embed "json-schema/open-badges-2.0-extension-example.json"
};
static const unsigned char extension_extra_description[] = {
#embed "json-schema/open-badges-2.0-extension-extra-description.json"
};
static const unsigned char extension_geo_coordinates[] = {
#embed "json-schema/open-badges-2.0-extension-geo-coordinates.json"
};
static const unsigned char extension_issuer_accreditation[] = {
#embed "json-schema/open-badges-2.0-extension-issuer-accreditation.json"
};
static const unsigned char extension_license[] = {
#embed "json-schema/open-badges-2.0-extension-license.json"
};
static const unsigned char extension_original_creator[] = {
#embed "json-schema/open-badges-2.0-extension-original-creator.json"
};
static const unsigned char extension_recipient_profile[] = {
#embed "json-schema/open-badges-2.0-extension-recipient-profile.json"
};

#define SCHEMA(url, name, bytes) {url, 0, "json-schema/" name ".json", bytes, sizeof bytes}
#define OWN(name, bytes) SCHEMA("https://open-badges.invalid/json-schema/" name ".json", name, bytes)
#define OFFICIAL(path, name, bytes) SCHEMA("https://purl.imsglobal.org/spec/ob/v3p0/schema/" path, name, bytes)

static const EmbeddedDocument schemas[] = {
    OWN("open-badges-3.0", open_badges_3_0),
    OFFICIAL("json/ob_v3p0_anyachievementcredential_schema.json", "open-badges-3.0", open_badges_3_0),
    OWN("open-badges-3.0-achievement-credential", achievement_credential),
    OFFICIAL("json/ob_v3p0_achievementcredential_schema.json",
             "open-badges-3.0-achievement-credential", achievement_credential),
    OFFICIAL("json-ld/ob_v3p0_achievementcredential_schema.json",
             "open-badges-3.0-achievement-credential", achievement_credential),
    OWN("open-badges-3.0-achievement-credential-1.1", achievement_credential_1_1),
    OWN("open-badges-3.0-endorsement-credential", endorsement_credential),
    OFFICIAL("json/ob_v3p0_endorsementcredential_schema.json",
             "open-badges-3.0-endorsement-credential", endorsement_credential),
    OFFICIAL("json-ld/ob_v3p0_endorsementcredential_schema.json",
             "open-badges-3.0-endorsement-credential", endorsement_credential),
    OWN("open-badges-3.0-endorsement-credential-1.1", endorsement_credential_1_1),
    OWN("open-badges-3.0-any-endorsement-credential", any_endorsement_credential),
    OFFICIAL("json/ob_v3p0_anyendorsementcredential_schema.json",
             "open-badges-3.0-any-endorsement-credential", any_endorsement_credential),
    OWN("open-badges-3.0-profile", profile),
    OFFICIAL("json/ob_v3p0_profile_schema.json", "open-badges-3.0-profile", profile),
    OFFICIAL("json-ld/ob_v3p0_profile_schema.json", "open-badges-3.0-profile", profile),
    OWN("open-badges-3.0-achievement", achievement),
    OWN("open-badges-3.0-canonical", canonical),
    OWN("open-badges-2.0", open_badges_2_0),
    OWN("bitstring-status-list", bitstring_status_list),
    OWN("1edtech-revocation-list", revocation_list),
    OWN("verification-report", verification_report),
    OWN("award-policy", award_policy),
    OWN("exam-result", exam_result),
    OWN("result-mapping", result_mapping),
    OWN("open-badges-2.0-extension-apply-link", extension_apply_link),
    SCHEMA("https://w3id.org/openbadges/extensions/applyLinkExtension/schema.json",
           "open-badges-2.0-extension-apply-link", extension_apply_link),
    SCHEMA("https://openbadgespec.org/extensions/applyLinkExtension/schema.json",
           "open-badges-2.0-extension-apply-link", extension_apply_link),
    OWN("open-badges-2.0-extension-assessment", extension_assessment),
    SCHEMA("https://w3id.org/openbadges/extensions/assessmentExtension/schema.json",
           "open-badges-2.0-extension-assessment", extension_assessment),
    SCHEMA("https://openbadgespec.org/extensions/assessmentExtension/schema.json",
           "open-badges-2.0-extension-assessment", extension_assessment),
    SCHEMA("http://purl.imsglobal.org/spec/ob-assessment/v1p0/schema/",
           "open-badges-2.0-extension-assessment", extension_assessment),
    OWN("open-badges-2.0-extension-example", extension_example),
    SCHEMA("https://w3id.org/openbadges/extensions/exampleExtension/schema.json",
           "open-badges-2.0-extension-example", extension_example),
    SCHEMA("https://openbadgespec.org/extensions/exampleExtension/schema.json",
           "open-badges-2.0-extension-example", extension_example),
    OWN("open-badges-2.0-extension-extra-description", extension_extra_description),
    SCHEMA("https://w3id.org/openbadges/extensions/extraDescription/schema.json",
           "open-badges-2.0-extension-extra-description", extension_extra_description),
    SCHEMA("https://openbadgespec.org/extensions/extraDescription/schema.json",
           "open-badges-2.0-extension-extra-description", extension_extra_description),
    SCHEMA("http://purl.imsglobal.org/spec/ob-exdesc/v1p0/schema/",
           "open-badges-2.0-extension-extra-description", extension_extra_description),
    OWN("open-badges-2.0-extension-geo-coordinates", extension_geo_coordinates),
    SCHEMA("https://w3id.org/openbadges/extensions/geoCoordinatesExtension/schema.json",
           "open-badges-2.0-extension-geo-coordinates", extension_geo_coordinates),
    SCHEMA("https://openbadgespec.org/extensions/geoCoordinatesExtension/schema.json",
           "open-badges-2.0-extension-geo-coordinates", extension_geo_coordinates),
    OWN("open-badges-2.0-extension-issuer-accreditation", extension_issuer_accreditation),
    SCHEMA("https://w3id.org/openbadges/extensions/issuerAccreditationExtension/schema.json",
           "open-badges-2.0-extension-issuer-accreditation", extension_issuer_accreditation),
    SCHEMA("https://openbadgespec.org/extensions/issuerAccreditationExtension/schema.json",
           "open-badges-2.0-extension-issuer-accreditation", extension_issuer_accreditation),
    SCHEMA("http://purl.imsglobal.org/spec/ob-accred/v1p0/schema/",
           "open-badges-2.0-extension-issuer-accreditation", extension_issuer_accreditation),
    OWN("open-badges-2.0-extension-license", extension_license),
    SCHEMA("https://w3id.org/openbadges/extensions/licenseExtension/schema.json",
           "open-badges-2.0-extension-license", extension_license),
    SCHEMA("https://openbadgespec.org/extensions/licenseExtension/schema.json",
           "open-badges-2.0-extension-license", extension_license),
    OWN("open-badges-2.0-extension-original-creator", extension_original_creator),
    SCHEMA("https://w3id.org/openbadges/extensions/originalCreatorExtension/schema.json",
           "open-badges-2.0-extension-original-creator", extension_original_creator),
    SCHEMA("https://openbadgespec.org/extensions/originalCreatorExtension/schema.json",
           "open-badges-2.0-extension-original-creator", extension_original_creator),
    OWN("open-badges-2.0-extension-recipient-profile", extension_recipient_profile),
    SCHEMA("https://w3id.org/openbadges/extensions/recipientProfile/schema.json",
           "open-badges-2.0-extension-recipient-profile", extension_recipient_profile),
    SCHEMA("https://openbadgespec.org/extensions/recipientProfile/schema.json",
           "open-badges-2.0-extension-recipient-profile", extension_recipient_profile),
};

const EmbeddedDocument *embedded_schemas(size_t *count) {
    *count = sizeof schemas / sizeof schemas[0];
    return schemas;
}
