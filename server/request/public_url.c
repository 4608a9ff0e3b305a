/* public_url.c - reads --public-url, and takes its path off a request's target. */
#include "server/request/public_url.h"

#include <ctype.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include "geo/base/hash.h"
#include "server/http/http_head.h"

/* The length of "http://" or "https://"; 0: neither. */
static size_t scheme_len(const char *text)
{
    return strncmp(text, "https://", 8) == 0 ? 8 : strncmp(text, "http://", 7) == 0 ? 7 : 0;
}

/* "" or "/a/b": no segment is empty, "." or "..", and nothing needs an escape in HTML, JSON
 * or a URL. */
static bool path_ok(const char *path)
{
    while (*path) {
        const char *segment = path + 1;
        size_t len = strcspn(segment, "/");
        if (*path != '/' || strspn(segment, ".") == len)
            return false;
        for (size_t i = 0; i < len; i++)
            if (!isalnum((unsigned char)segment[i]) && !strchr("-._~", segment[i]))
                return false;
        path = segment + len;
    }
    return true;
}

/* The first route that begins with the same segment; NULL: none. */
static const char *same_beginning(const char *path, const struct route *routes)
{
    size_t len = *path ? 1 + strcspn(path + 1, "/") : 0;
    for (; len && routes->method; routes++)
        if (strncmp(routes->pattern, path, len) == 0 &&
            (routes->pattern[len] == '/' || !routes->pattern[len]))
            return routes->pattern;
    return NULL;
}

static bool take(const char *text, struct public_url *url)
{
    size_t len = strlen(text), scheme = scheme_len(text);
    if (!scheme || len >= sizeof url->text)
        return false;
    memcpy(url->text, text, len + 1);
    url->path_at = scheme + strcspn(text + scheme, "/");
    char *path = url->text + url->path_at, host[PUBLIC_URL_SIZE];
    if (url->text[len - 1] == '/' && *path)
        url->text[len - 1] = '\0';
    snprintf(host, sizeof host, "%.*s", (int)(url->path_at - scheme), text + scheme);
    snprintf(url->tag, sizeof url->tag, "-%08x",
             (uint32_t)hash_bytes(HASH_START, url->text, strlen(url->text)));
    return http_head_host_ok(host) && path_ok(path);
}

bool public_url_read(const char *text, const struct route *routes, struct public_url *url,
                     struct err *err)
{
    struct public_url read = {.path_at = 0};
    if (!take(text, &read))
        return err_set(err, ERR_USAGE,
                       "--public-url: «%s» no se acepta; se acepta http:// o https:// con un "
                       "nombre, un puerto opcional y una ruta opcional de letras, cifras y «-._~», "
                       "como https://sig.ejemplo.bo/mapa",
                       text);
    const char *route = same_beginning(public_url_path(&read), routes);
    if (route)
        return err_set(err, ERR_USAGE,
                       "--public-url: la ruta «%s» no se acepta, porque «%s» es una dirección del "
                       "servidor; elija otra, como /mapa",
                       public_url_path(&read), route);
    *url = read;
    return true;
}

const char *public_url_path(const struct public_url *url)
{
    return url->text + url->path_at;
}

const char *public_url_inside(const struct public_url *url, const char *target, struct arena *arena)
{
    const char *path = public_url_path(url);
    size_t len = strlen(path);
    if (!len || strncmp(target, path, len) != 0)
        return target;
    if (target[len] == '/')
        return target + len;
    return target[len] && target[len] != '?' ? target : arena_printf(arena, "/%s", target + len);
}
