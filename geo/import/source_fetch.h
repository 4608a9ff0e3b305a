/* source_fetch.h - downloads the URL that the operator gave.
 *
 * The host of the URL is trusted, also one in an intranet. Redirects are not: only those to
 * http and https are followed, and none from a public address to an address of this
 * machine or of a private network.
 *
 * Owns:    the bytes are the caller's, malloc()ed.
 * Threads: one.
 * Errors:  ERR_DEPENDENCY: no answer, or not the file; ERR_LIMIT: larger than
 *          --max-size, or the server stalls (the caller limits the total time).
 */
#ifndef GEO_SOURCE_FETCH_H
#define GEO_SOURCE_FETCH_H

#include <stddef.h>

#include "geo/import/source_limits.h"

struct source_fetched {
    char *bytes;
    size_t len;
    char type[128]; /* Content-Type; "" if none was sent */
};

bool source_is_url(const char *path);
bool source_fetch(const char *url, const struct geo_source_limits *limits,
                  struct source_fetched *fetched, struct err *err);

/* True for an address of this machine or of a private network: loopback, private,
 * link-local, shared (RFC 6598), unspecified, multicast, and the IPv6 equivalents. bytes
 * are 4 or 16, in network order. */
bool source_address_is_private(const unsigned char *bytes, size_t len);

#endif
