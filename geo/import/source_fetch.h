/* source_fetch.h - the bytes behind a URL that the operator named.
 *
 * The URL is trusted as far as its host goes: an intranet's is fine. Where the answer
 * leads is not: a redirect is followed to http and https alone, and never further
 * inside than any address before: not from a public one to a private network, not from
 * there to this machine, and to a link-local one (where a cloud tells a machine its
 * secrets) from nowhere else.
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

/* How far inside an address lies, outermost first. Private: RFC 1918, shared (RFC 6598),
 * multicast, reserved, and IPv6's likes of them; this machine: loopback, unspecified. */
enum source_depth { SOURCE_PUBLIC, SOURCE_PRIVATE, SOURCE_THIS_MACHINE, SOURCE_LINK_LOCAL };

/* bytes are 4 or 16, in the network's order. */
enum source_depth source_address_depth(const unsigned char *bytes, size_t len);

#endif
