#pragma once
// Types and constants only: libcurl is not linked but loaded when it is first needed, and its functions are called
// through the pointers that the loader finds.
// The type-checking macros of curl.h get in the way of plain forwarding; the functions below have types of their own.
#define CURL_DISABLE_TYPECHECK 1
#include <curl/curl.h>

// libcurl sets options through variadic functions, which Swift can neither call nor name: one function for each type of
// argument, which takes the variadic one (curl_easy_setopt and so on) as its first.
typedef CURLcode shim_easy_setopt(CURL *, CURLoption, ...);
typedef CURLcode shim_easy_getinfo(CURL *, CURLINFO, ...);
typedef CURLMcode shim_multi_setopt(CURLM *, CURLMoption, ...);

static inline CURLcode shim_setopt_long(void *setopt, CURL *handle, CURLoption option, long value) {
    return ((shim_easy_setopt *)setopt)(handle, option, value);
}
static inline CURLcode shim_setopt_offset(void *setopt, CURL *handle, CURLoption option, curl_off_t value) {
    return ((shim_easy_setopt *)setopt)(handle, option, value);
}
static inline CURLcode shim_setopt_string(void *setopt, CURL *handle, CURLoption option, const char *value) {
    return ((shim_easy_setopt *)setopt)(handle, option, value);
}
static inline CURLcode shim_setopt_pointer(void *setopt, CURL *handle, CURLoption option, void *value) {
    return ((shim_easy_setopt *)setopt)(handle, option, value);
}
static inline CURLcode shim_setopt_list(void *setopt, CURL *handle, CURLoption option, struct curl_slist *value) {
    return ((shim_easy_setopt *)setopt)(handle, option, value);
}
static inline CURLcode shim_setopt_blob(void *setopt, CURL *handle, CURLoption option, struct curl_blob *value) {
    return ((shim_easy_setopt *)setopt)(handle, option, value);
}
// Of the type of CURLOPT_WRITEFUNCTION and of CURLOPT_HEADERFUNCTION.
static inline CURLcode shim_setopt_write(void *setopt, CURL *handle, CURLoption option, curl_write_callback value) {
    return ((shim_easy_setopt *)setopt)(handle, option, value);
}
static inline CURLcode shim_setopt_progress(void *setopt, CURL *handle, curl_xferinfo_callback value) {
    return ((shim_easy_setopt *)setopt)(handle, CURLOPT_XFERINFOFUNCTION, value);
}
static inline CURLcode shim_setopt_opensocket(void *setopt, CURL *handle, curl_opensocket_callback value) {
    return ((shim_easy_setopt *)setopt)(handle, CURLOPT_OPENSOCKETFUNCTION, value);
}
static inline CURLcode shim_setopt_prerequest(void *setopt, CURL *handle, curl_prereq_callback value) {
    return ((shim_easy_setopt *)setopt)(handle, CURLOPT_PREREQFUNCTION, value);
}
static inline CURLcode shim_getinfo_long(void *getinfo, CURL *handle, CURLINFO info, long *value) {
    return ((shim_easy_getinfo *)getinfo)(handle, info, value);
}
static inline CURLMcode shim_multi_setopt_long(void *setopt, CURLM *multi, CURLMoption option, long value) {
    return ((shim_multi_setopt *)setopt)(multi, option, value);
}
static inline CURLcode shim_message_result(const CURLMsg *message) { return message->data.result; }
