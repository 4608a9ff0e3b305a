/* listen.h - opens the listening socket for an address given as text.
 *
 * Owns:    nothing; the socket is the caller's.
 * Errors:  ERR_USAGE for text that is no address, ERR_SETUP if listening fails.
 */
#ifndef SERVER_LISTEN_H
#define SERVER_LISTEN_H

#include <netinet/in.h>

#include "geo/base/err.h"

enum { LISTEN_NAME_SIZE = INET6_ADDRSTRLEN + 10 };

/* "127.0.0.1:8080", "[::1]:0", "localhost:80", ":80". A listening, non-blocking
 * socket, and its name with the port the system chose for 0; *everywhere: it takes
 * connections on every address of the machine. -1 on failure. */
int listen_open(const char *address, char name[LISTEN_NAME_SIZE], bool *everywhere,
                struct err *err);

/* The address and port on this side of a socket, "192.0.2.1:8080". */
void listen_name(int fd, char name[LISTEN_NAME_SIZE]);

#endif
