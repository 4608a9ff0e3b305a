/* http_proxies.c - finds the client behind trusted reverse proxies. */
#include "server/http/http_proxies.h"

#include <arpa/inet.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "geo/base/parse.h"

enum { PROXIES_MAX = 64, ADDRESS_BYTES = 16, V4_PREFIX = 96 };

struct http_proxies {
    size_t n;
    struct {
        unsigned char address[ADDRESS_BYTES]; /* IPv4 in IPv6's form */
        unsigned bits;
    } list[PROXIES_MAX];
};

static bool read_address(const char *text, unsigned char out[ADDRESS_BYTES])
{
    static const unsigned char mapped[12] = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xFF, 0xFF};
    if (inet_pton(AF_INET6, text, out) == 1)
        return true;
    memcpy(out, mapped, sizeof mapped);
    return inet_pton(AF_INET, text, out + sizeof mapped) == 1;
}

/* "10.0.0.0/8" */
static bool add(struct http_proxies *proxies, const char *text, size_t len)
{
    char address[INET6_ADDRSTRLEN];
    int64_t bits = -1;
    const char *slash = memchr(text, '/', len);
    size_t address_len = slash ? (size_t)(slash - text) : len;
    char number[8] = "";
    if (address_len >= sizeof address || proxies->n == PROXIES_MAX ||
        (slash && len - address_len - 1 >= sizeof number))
        return false;
    memcpy(address, text, address_len);
    address[address_len] = '\0';
    if (slash)
        memcpy(number, slash + 1, len - address_len - 1);
    bool v6 = strchr(address, ':') != NULL;
    if ((slash && !parse_int(number, 0, v6 ? 128 : 32, &bits)) ||
        !read_address(address, proxies->list[proxies->n].address))
        return false;
    proxies->list[proxies->n++].bits =
        bits < 0 ? 8 * ADDRESS_BYTES : (unsigned)bits + (v6 ? 0 : V4_PREFIX);
    return true;
}

struct http_proxies *http_proxies_new(const char *list, struct err *err)
{
    struct http_proxies *proxies = calloc(1, sizeof *proxies);
    if (!proxies) {
        err_no_memory(err);
        return NULL;
    }
    for (const char *at = list;;) {
        size_t len = strcspn(at, ",");
        if (!add(proxies, at, len)) {
            err_set(err, ERR_USAGE,
                    "--trust-proxy: «%.*s» no es una dirección, como 127.0.0.1 o 10.0.0.0/8",
                    len < 80 ? (int)len : 80, at);
            http_proxies_free(proxies);
            return NULL;
        }
        if (!at[len])
            return proxies;
        at += len + 1;
    }
}

void http_proxies_free(struct http_proxies *proxies)
{
    free(proxies);
}

static bool same_bits(const unsigned char *a, const unsigned char *b, unsigned bits)
{
    unsigned whole = bits / 8, rest = bits % 8;
    return memcmp(a, b, whole) == 0 &&
           (rest == 0 || ((a[whole] ^ b[whole]) & (0xFF00 >> rest & 0xFF)) == 0);
}

bool http_proxies_have(const struct http_proxies *proxies, const char *text)
{
    unsigned char address[ADDRESS_BYTES];
    if (!proxies || !read_address(text, address))
        return false;
    for (size_t i = 0; i < proxies->n; i++)
        if (same_bits(address, proxies->list[i].address, proxies->list[i].bits))
            return true;
    return false;
}

/* Parses "192.0.2.7", "192.0.2.7:4711", "[2001:db8::1]:80" or "2001:db8::1", with blanks
 * and quotes around, to the form of inet_ntop(). */
static bool plain_address(const char *text, size_t len, char out[INET6_ADDRSTRLEN])
{
    unsigned char address[ADDRESS_BYTES];
    char copy[INET6_ADDRSTRLEN];
    while (len && strchr(" \t\"", *text)) {
        text++;
        len--;
    }
    while (len && strchr(" \t\"", text[len - 1]))
        len--;
    if (len && *text == '[') {
        const char *end = memchr(text, ']', len);
        if (!end)
            return false;
        len = (size_t)(end - ++text);
    } else {
        const char *colon = memchr(text, ':', len);
        if (colon && colon == (const char *)memrchr(text, ':', len))
            len = (size_t)(colon - text); /* one colon: a port follows */
    }
    if (len == 0 || len >= sizeof copy)
        return false;
    memcpy(copy, text, len);
    copy[len] = '\0';
    if (!read_address(copy, address))
        return false;
    bool v4 = !strchr(copy, ':') || strchr(copy, '.');
    return inet_ntop(v4 ? AF_INET : AF_INET6, v4 ? address + 12 : address, out, INET6_ADDRSTRLEN) !=
           NULL;
}

/* The value of for= in one part of a Forwarded header; *len 0: it has none. */
static const char *find_for(const char *part, size_t *len)
{
    for (const char *at = part, *end = part + *len; at < end;) {
        size_t pair = strcspn(at, ";,");
        if (pair > (size_t)(end - at))
            pair = (size_t)(end - at);
        size_t blank = strspn(at, " \t");
        if (blank + 4 <= pair && strncasecmp(at + blank, "for=", 4) == 0) {
            *len = pair - blank - 4;
            return at + blank + 4;
        }
        at += pair + 1;
    }
    *len = 0;
    return part;
}

/* From the last part to the first, skipping trusted proxies. */
static bool last_stranger(const struct http_proxies *proxies, const char *header, bool pairs,
                          char client[INET6_ADDRSTRLEN])
{
    const char *end = header + strlen(header);
    for (;;) {
        const char *comma = memrchr(header, ',', (size_t)(end - header));
        const char *part = comma ? comma + 1 : header;
        size_t len = (size_t)(end - part);
        if (pairs)
            part = find_for(part, &len);
        if (!plain_address(part, len, client))
            return false; /* hidden or malformed: earlier parts are not trusted */
        if (!http_proxies_have(proxies, client) || !comma)
            return true;
        end = comma;
    }
}

bool http_proxies_client(const struct http_proxies *proxies, const char *forwarded_for,
                         const char *forwarded, char client[INET6_ADDRSTRLEN])
{
    if (forwarded_for)
        return last_stranger(proxies, forwarded_for, false, client);
    return forwarded && last_stranger(proxies, forwarded, true, client);
}
