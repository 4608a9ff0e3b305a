/* source_fetch.h - the bytes behind a URL that the operator named.
 *
 * The URL is trusted as far as its host goes: an intranet's is fine. Where the answer
 * leads is not: a redirect is followed to http and https alone, and from a public
 * address never to one of this machine or its networks.
 *
 * Owns:    the bytes are the caller's, malloc()ed.
 * Threads: one.
 * Errors:  ERR_DEPENDENCY: no answer, or not the file; ERR_LIMIT: larger than
 *          --max-size, or the server stalls (how long all of it may take, who
 *          waits for it decides).
 */
#ifndef GEO_SOURCE_FETCH_H
#define GEO_SOURCE_FETCH_H

#include <stddef.h>

#include "geo/import/source_limits.h"

struct source_fetched {
    char *bytes;
    size_t len;
    char type[128]; /* Content-Type; "" where none came */
};

bool source_is_url(const char *path);
bool source_fetch(const char *url, const struct geo_source_limits *limits,
                  struct source_fetched *fetched, struct err *err);

/* An address of this machine or of a network of its own: loopback, private,
 * link-local, shared (RFC 6598), unspecified, multicast, and IPv6's likes of them.
 * bytes are 4 or 16, in the network's order. */
bool source_address_is_private(const unsigned char *bytes, size_t len);

#endif
