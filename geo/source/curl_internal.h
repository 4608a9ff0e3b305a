/* curl_internal.h - libcurl, loaded when a source is a URL. Private to
 * geo/source/source_fetch.c; for why and how, see geo/files/gdal_internal.h.
 *
 * Owns:    the library, until the program ends.
 * Threads: one.
 */
#ifndef GEO_CURL_INTERNAL_H
#define GEO_CURL_INTERNAL_H

#include <curl/curl.h>
#include <stdbool.h>

/* These macros check types and expect the function, not a pointer to it. */
#undef curl_easy_setopt
#undef curl_easy_getinfo

/* clang-format off */
#define CURL_FUNCTIONS(_) \
    _(curl_global_init) _(curl_easy_init) _(curl_easy_setopt) _(curl_easy_perform) \
    _(curl_easy_getinfo) _(curl_easy_strerror) _(curl_easy_cleanup)
/* clang-format on */

struct curl_calls {
#define CURL_POINTER(name) __typeof__(name) *name;
    CURL_FUNCTIONS(CURL_POINTER)
#undef CURL_POINTER
};

#endif
