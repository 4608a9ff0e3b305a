/* client_key.h - who counts as one client: an IPv4 address, or the /64 of an IPv6
 * one, which is what a household or an office is given.
 *
 * Threads: any.
 */
#ifndef SERVER_CLIENT_KEY_H
#define SERVER_CLIENT_KEY_H

enum { CLIENT_KEY_BYTES = 16 };

struct client_key {
    unsigned char bytes[CLIENT_KEY_BYTES];
};

/* Of an address as text ("192.0.2.7", "2001:db8::1", "::ffff:192.0.2.7"); all that are
 * none, NULL too, are one client. */
struct client_key client_key_of(const char *address);

#endif
