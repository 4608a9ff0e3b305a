/* source_fetch.h - downloads the URL that the operator gave.
 *
 * The host of the URL is trusted, also one in an intranet. Redirects are not. They are
 * followed only to http and https, and never further inside than any address before: not
 * from a public address to a private network, not from there to this machine, and to a
 * link-local address (where a cloud gives a machine its secrets) only from another one.
 *
 * Owns:    the bytes are the caller's, malloc()ed.
 * Threads: one.
 * Errors:  ERR_DEPENDENCY: no answer, or not the file; ERR_LIMIT: larger than
 *          --max-size, or the server stalls (the caller limits the total time).
 */
#ifndef GEO_SOURCE_FETCH_H
#define GEO_SOURCE_FETCH_H

#include <stddef.h>

#include "geo/files/source_limits.h"

struct source_fetched {
    char *bytes;
    size_t len;
    char type[128]; /* Content-Type; "" if none was sent */
};

bool source_is_url(const char *path);
bool source_fetch(const char *url, const struct geo_source_limits *limits,
                  struct source_fetched *fetched, struct err *err);

/* Reach of an address, from public to the local link. Private: RFC 1918, shared (RFC 6598),
 * multicast, reserved, and the IPv6 equivalents; this machine: loopback, unspecified. */
enum source_depth { SOURCE_PUBLIC, SOURCE_PRIVATE, SOURCE_THIS_MACHINE, SOURCE_LINK_LOCAL };

/* bytes are 4 or 16, in network order. */
enum source_depth source_address_depth(const unsigned char *bytes, size_t len);

#endif
