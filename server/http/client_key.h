/* client_key.h - the key of a client: an IPv4 address, or the /64 of an IPv6 address, which
 * is what a household or an office is given.
 *
 * Threads: any.
 */
#ifndef SERVER_CLIENT_KEY_H
#define SERVER_CLIENT_KEY_H

enum { CLIENT_KEY_BYTES = 16 };

struct client_key {
    unsigned char bytes[CLIENT_KEY_BYTES];
};

/* The key of an address as text ("192.0.2.7", "2001:db8::1", "::ffff:192.0.2.7"). All
 * invalid texts, and NULL, have the same key. */
struct client_key client_key_of(const char *address);

#endif
