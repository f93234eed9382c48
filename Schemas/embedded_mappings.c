// The mappings for usual exports of results, embedded from mappings/ beside this file.

#include "embedded.h"

// #embed is C23, and the language standard is a setting of the whole package.
#pragma clang diagnostic ignored "-Wc23-extensions"

static const unsigned char pearson_vue[] = {
#embed "mappings/pearson-vue.yaml"
};
static const unsigned char certiverse[] = {
#embed "mappings/certiverse.yaml"
};
static const unsigned char moodle_quiz[] = {
#embed "mappings/moodle-quiz.yaml"
};
static const unsigned char moodle_gradebook[] = {
#embed "mappings/moodle-gradebook.yaml"
};
static const unsigned char canvas[] = {
#embed "mappings/canvas.yaml"
};
static const unsigned char blackboard[] = {
#embed "mappings/blackboard.yaml"
};
static const unsigned char credly[] = {
#embed "mappings/credly.yaml"
};
static const unsigned char qti[] = {
#embed "mappings/qti.yaml"
};
static const unsigned char xapi[] = {
#embed "mappings/xapi.yaml"
};
static const unsigned char oneroster[] = {
#embed "mappings/oneroster.yaml"
};
static const unsigned char lti[] = {
#embed "mappings/lti.yaml"
};

#define ROW(name, symbol) {name, 0, "mappings/" name ".yaml", symbol, sizeof(symbol)}

static const EmbeddedDocument table[] = {
    ROW("pearson-vue", pearson_vue),
    ROW("certiverse", certiverse),
    ROW("moodle-quiz", moodle_quiz),
    ROW("moodle-gradebook", moodle_gradebook),
    ROW("canvas", canvas),
    ROW("blackboard", blackboard),
    ROW("credly", credly),
    ROW("qti", qti),
    ROW("xapi", xapi),
    ROW("oneroster", oneroster),
    ROW("lti", lti),
};

const EmbeddedDocument *embedded_mappings(size_t *count) {
    *count = sizeof(table) / sizeof(table[0]);
    return table;
}
