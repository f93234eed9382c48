#ifndef SCHEMAS_EMBEDDED_H
#define SCHEMAS_EMBEDDED_H

#include <stddef.h>

/// A document that is compiled into the binary, by the URL under which the world knows it.
///
/// Everything a row points to is constant, lives as long as the process, and may be read from any thread.
typedef struct __attribute__((swift_attr("@Sendable"))) EmbeddedDocument {
    /// The URL; a document with several has a row for each.
    const char *_Nonnull url;
    /// 0 is what the URL answers with today; 1 and up are other bodies that were published under it, to be tried in
    /// this order.
    size_t version;
    /// The path in this folder, as in manifest.json: its name in reports.
    const char *_Nonnull file;
    /// UTF-8 JSON, not ended by a zero.
    const unsigned char *_Nonnull bytes;
    /// The number of bytes.
    size_t length;
} EmbeddedDocument;

/// The table of contexts: rows of one URL stand together, in the order of their versions.
const EmbeddedDocument *_Nonnull embedded_documents(size_t *_Nonnull count);

/// The table of JSON Schemas: each by its own `$id`, then by the official URLs that it answers for. Where one refers to
/// another, it does so by `$id`.
const EmbeddedDocument *_Nonnull embedded_schemas(size_t *_Nonnull count);

/// The table of mappings for usual exports of results, YAML: their names in the place of URLs.
const EmbeddedDocument *_Nonnull embedded_mappings(size_t *_Nonnull count);

/// manifest.json itself: names, official digests, notes. Its URL is empty.
const EmbeddedDocument *_Nonnull embedded_manifest(void);

#endif
