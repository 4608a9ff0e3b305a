/* public_url.h - the address under which clients reach the server: --public-url.
 *
 * It may have a path: "https://sig.ejemplo.bo/mapa". Then all URLs that the server writes
 * begin so, and it answers requests with and without the path, because some proxies take the
 * path away and others do not.
 *
 * Owns:    nothing; the value has its own text.
 * Threads: any, once read.
 * Errors:  ERR_USAGE for an address that is not accepted, with what is.
 */
#ifndef SERVER_REQUEST_PUBLIC_URL_H
#define SERVER_REQUEST_PUBLIC_URL_H

#include <stddef.h>

#include "server/request/route.h"

enum { PUBLIC_URL_SIZE = 512, PUBLIC_URL_TAG_SIZE = 10 };

/* Zeroed: none. */
struct public_url {
    char text[PUBLIC_URL_SIZE];    /* without a slash at its end */
    size_t path_at;                /* where the path begins in text, "" or "/mapa" */
    char tag[PUBLIC_URL_TAG_SIZE]; /* "-1a2b3c4d", of the text; for ETags */
};

/* Reads http:// or https://, a name, a port if any, and a path if any, of letters, digits and
 * "-._~". A path that begins as one of `routes` is refused: with it a request could be meant
 * with or without the path. */
bool public_url_read(const char *text, const struct route *routes, struct public_url *url,
                     struct err *err);

/* "/mapa", or "" without a path: what URLs of the same host begin with. */
const char *public_url_path(const struct public_url *url);

/* The target without the path, if it begins with it: "/mapa/api" is "/api", "/mapa?f=json" is
 * "/?f=json". NULL: no memory. */
const char *public_url_inside(const struct public_url *url, const char *target,
                              struct arena *arena);

#endif
