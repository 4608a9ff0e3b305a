/* http_proxies.h - the reverse proxies that are trusted to name their client.
 *
 * Owns:    the list of their addresses.
 * Threads: any; the list does not change.
 * Errors:  ERR_USAGE for text that is no list of addresses.
 */
#ifndef SERVER_HTTP_PROXIES_H
#define SERVER_HTTP_PROXIES_H

#include <netinet/in.h>
#include <stdbool.h>

#include "geo/base/err.h"

struct http_proxies;

/* "127.0.0.1,10.0.0.0/8,fd00::/8"; NULL with *err filled. */
struct http_proxies *http_proxies_new(const char *list, struct err *err);
void http_proxies_free(struct http_proxies *proxies); /* NULL is fine */

/* True if the address ("192.0.2.7") is a trusted proxy. NULL proxies: none is. */
bool http_proxies_have(const struct http_proxies *proxies, const char *address);

/* The client that trusted proxies name: the last address in X-Forwarded-For, or else in
 * Forwarded (RFC 7239), that is not a trusted proxy. False: none is named, or it is no
 * address. The headers may be NULL. */
bool http_proxies_client(const struct http_proxies *proxies, const char *forwarded_for,
                         const char *forwarded, char client[INET6_ADDRSTRLEN]);

#endif
