/* client_key.c - converts an address to the key of its client. */
#include "server/http/client_key.h"

#include <arpa/inet.h>
#include <string.h>

struct client_key client_key_of(const char *address)
{
    struct client_key key = {{0}};
    struct in_addr four;
    struct in6_addr six;
    if (!address)
        return key;
    if (inet_pton(AF_INET, address, &four) == 1) {
        key.bytes[10] = key.bytes[11] = 0xFF; /* IPv4-mapped: ::ffff:a.b.c.d */
        memcpy(key.bytes + 12, &four, sizeof four);
    } else if (inet_pton(AF_INET6, address, &six) == 1) {
        memcpy(key.bytes, &six, IN6_IS_ADDR_V4MAPPED(&six) ? sizeof six : 8);
    }
    return key;
}
