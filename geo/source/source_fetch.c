/* source_fetch.c - downloads a URL by libcurl; checks each address before connecting. */
#include "geo/source/source_fetch.h"

#include <dlfcn.h>
#include <netinet/in.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/socket.h>
#include <unistd.h>

#include "geo/base/buf.h"
#include "geo/base/text.h"
#include "geo/source/curl_internal.h"

enum { MAX_REDIRECTS = 5, CONNECT_S = 20, SLOW_S = 60, SLOW_BYTES_PER_S = 1 };

static struct curl_calls curl;
_Static_assert(sizeof CURL_LIBRARY > 1, "the Makefile found no libcurl.so");

static bool load(struct err *err)
{
    static const char *const names[] = {
#define CURL_NAME(name) #name,
        CURL_FUNCTIONS(CURL_NAME)};
    void *addresses[sizeof names / sizeof *names];
    _Static_assert(sizeof addresses == sizeof curl, "a pointer to a function is an address");
    void *library = dlopen(CURL_LIBRARY, RTLD_NOW | RTLD_LOCAL);
    bool ok = library != NULL;
    for (size_t i = 0; ok && i < sizeof names / sizeof *names; i++)
        ok = (addresses[i] = dlsym(library, names[i])) != NULL;
    if (!ok) {
        const char *why = dlerror();
        return err_set(err, ERR_SETUP,
                       "no se pudo cargar libcurl, con que se leen las URL (%s): descargue el "
                       "archivo y nómbrelo",
                       why ? why : CURL_LIBRARY);
    }
    memcpy(&curl, addresses, sizeof curl);
    return curl.curl_global_init(CURL_GLOBAL_DEFAULT) == CURLE_OK || err_no_memory(err);
}

/* Addresses ------------------------------------------------------------------- */

/* How far inside an address is, of four bytes. */
static enum source_depth depth_4(const unsigned char b[4])
{
    if (b[0] == 169 && b[1] == 254)
        return SOURCE_LINK_LOCAL;
    if (b[0] == 127 || b[0] == 0)
        return SOURCE_THIS_MACHINE;
    bool inside = b[0] == 10 || (b[0] == 172 && (b[1] & 0xF0) == 16) ||
                  (b[0] == 192 && b[1] == 168) || (b[0] == 100 && (b[1] & 0xC0) == 64) ||
                  (b[0] == 192 && b[1] == 0 && b[2] == 0) || (b[0] == 198 && (b[1] & 0xFE) == 18) ||
                  b[0] >= 224;
    return inside ? SOURCE_PRIVATE : SOURCE_PUBLIC;
}

enum source_depth source_address_depth(const unsigned char *b, size_t len)
{
    static const unsigned char mapped[12] = {[10] = 0xFF, [11] = 0xFF};
    static const unsigned char nat64[12] = {0x00, 0x64, 0xFF, 0x9B};
    static const unsigned char zero[12] = {0};
    if (len == 4)
        return depth_4(b);
    if (len != 16)
        return SOURCE_LINK_LOCAL;
    if (memcmp(b, mapped, 12) == 0 || memcmp(b, nat64, 12) == 0)
        return depth_4(b + 12);
    if (b[0] == 0x20 && b[1] == 0x02) /* 6to4 carries an IPv4 address */
        return depth_4(b + 2);
    if (b[0] == 0xFE && (b[1] & 0xC0) == 0x80)
        return SOURCE_LINK_LOCAL;
    if (memcmp(b, zero, 12) == 0)
        return SOURCE_THIS_MACHINE;
    return (b[0] & 0xFE) == 0xFC || (b[0] == 0xFE && b[1] >= 0x80) || b[0] == 0xFF ? SOURCE_PRIVATE
                                                                                   : SOURCE_PUBLIC;
}

static enum source_depth socket_depth(const struct sockaddr *address)
{
    struct sockaddr_in v4;
    struct sockaddr_in6 v6;
    if (address->sa_family == AF_INET) {
        memcpy(&v4, address, sizeof v4);
        return source_address_depth((const unsigned char *)&v4.sin_addr, 4);
    }
    if (address->sa_family == AF_INET6) {
        memcpy(&v6, address, sizeof v6);
        return source_address_depth((const unsigned char *)&v6.sin6_addr, 16);
    }
    return SOURCE_LINK_LOCAL;
}

/* One answer --------------------------------------------------------------------- */

struct transfer {
    CURL *handle;
    struct buf bytes;
    const struct geo_source_limits *limits;
    enum source_depth outermost; /* of the addresses so far: none further inside may follow */
    bool led_inside, too_large;
};

/* Checks the address here, after the name was resolved: so the name cannot be resolved
 * differently between the check and the connection. */
static curl_socket_t open_socket(void *arg, curlsocktype purpose, struct curl_sockaddr *address)
{
    struct transfer *transfer = arg;
    enum source_depth depth =
        purpose == CURLSOCKTYPE_IPCXN ? socket_depth(&address->addr) : SOURCE_LINK_LOCAL;
    if (depth > transfer->outermost) {
        transfer->led_inside = true;
        return CURL_SOCKET_BAD;
    }
    transfer->outermost = depth;
    return socket(address->family, address->socktype | SOCK_CLOEXEC, address->protocol);
}

static size_t take(char *bytes, size_t size, size_t n, void *arg)
{
    struct transfer *transfer = arg;
    size_t len = size * n;
    uint64_t most = (uint64_t)transfer->limits->at[GEO_LIMIT_SOURCE_MB] << 20;
    long status = 0;
    curl.curl_easy_getinfo(transfer->handle, CURLINFO_RESPONSE_CODE, &status);
    if (status >= 300)
        return len; /* the page of a redirect or an error */
    transfer->too_large = transfer->bytes.len + len > most;
    if (transfer->too_large)
        return 0;
    buf_put(&transfer->bytes, bytes, len);
    return buf_failed(&transfer->bytes) ? 0 : len;
}

static void prepare(struct transfer *transfer, const char *url)
{
    CURL *handle = transfer->handle;
    curl.curl_easy_setopt(handle, CURLOPT_URL, url);
    curl.curl_easy_setopt(handle, CURLOPT_PROTOCOLS_STR, "http,https");
    curl.curl_easy_setopt(handle, CURLOPT_REDIR_PROTOCOLS_STR, "http,https");
    curl.curl_easy_setopt(handle, CURLOPT_FOLLOWLOCATION, 1L);
    curl.curl_easy_setopt(handle, CURLOPT_MAXREDIRS, (long)MAX_REDIRECTS);
    curl.curl_easy_setopt(handle, CURLOPT_FAILONERROR, 1L);
    curl.curl_easy_setopt(handle, CURLOPT_NOSIGNAL, 1L);
    curl.curl_easy_setopt(handle, CURLOPT_USERAGENT, "sigg");
    curl.curl_easy_setopt(handle, CURLOPT_CONNECTTIMEOUT, (long)CONNECT_S);
    curl.curl_easy_setopt(handle, CURLOPT_LOW_SPEED_TIME, (long)SLOW_S);
    curl.curl_easy_setopt(handle, CURLOPT_LOW_SPEED_LIMIT, (long)SLOW_BYTES_PER_S);
    curl.curl_easy_setopt(handle, CURLOPT_OPENSOCKETFUNCTION, open_socket);
    curl.curl_easy_setopt(handle, CURLOPT_OPENSOCKETDATA, transfer);
    curl.curl_easy_setopt(handle, CURLOPT_WRITEFUNCTION, take);
    curl.curl_easy_setopt(handle, CURLOPT_WRITEDATA, transfer);
}

static bool explain(const struct transfer *transfer, const char *url, CURLcode code,
                    struct err *err)
{
    long status = 0;
    curl.curl_easy_getinfo(transfer->handle, CURLINFO_RESPONSE_CODE, &status);
    if (transfer->too_large)
        return geo_source_beyond(transfer->limits, GEO_LIMIT_SOURCE_MB, err) ||
               err_wrap(err, "«%.*s»", text_cut(url, 300), url);
    if (buf_failed(&transfer->bytes))
        return err_no_memory(err);
    if (transfer->led_inside)
        return err_set(err, ERR_DEPENDENCY,
                       "no se pudo leer «%.*s»: lleva a una dirección de esta máquina o de su red, "
                       "que no se sigue; si es la que quiere, nómbrela",
                       text_cut(url, 300), url);
    if (code == CURLE_OPERATION_TIMEDOUT)
        return err_set(err, ERR_LIMIT, "no se pudo leer «%.*s»: el servidor tarda demasiado (%s)",
                       text_cut(url, 300), url, curl.curl_easy_strerror(code));
    if (status >= 400)
        return err_set(err, ERR_DEPENDENCY, "no se pudo leer «%.*s»: el servidor contesta %ld",
                       text_cut(url, 300), url, status);
    return err_set(err, ERR_DEPENDENCY, "no se pudo leer «%.*s»: %s", text_cut(url, 300), url,
                   curl.curl_easy_strerror(code));
}

bool source_is_url(const char *path)
{
    return strncasecmp(path, "http://", 7) == 0 || strncasecmp(path, "https://", 8) == 0;
}

/* The whole file is downloaded, because an import reads all of it; this also works with
 * servers that do not support ranges. */
bool source_fetch(const char *url, const struct geo_source_limits *limits,
                  struct source_fetched *fetched, struct err *err)
{
    struct transfer transfer = {.limits = limits, .outermost = SOURCE_LINK_LOCAL};
    const char *type = NULL;
    bool ok = false;
    *fetched = (struct source_fetched){0};
    if (!load(err))
        return false;
    buf_init(&transfer.bytes);
    transfer.handle = curl.curl_easy_init();
    if (!transfer.handle)
        return err_no_memory(err);
    prepare(&transfer, url);
    CURLcode code = curl.curl_easy_perform(transfer.handle);
    if (code != CURLE_OK) {
        explain(&transfer, url, code, err);
        goto done;
    }
    curl.curl_easy_getinfo(transfer.handle, CURLINFO_CONTENT_TYPE, &type);
    snprintf(fetched->type, sizeof fetched->type, "%s", type ? type : "");
    fetched->bytes = buf_take(&transfer.bytes, &fetched->len);
    ok = fetched->bytes ||
         err_set(err, ERR_DEPENDENCY, "no se pudo leer «%.*s»: la respuesta está vacía",
                 text_cut(url, 300), url);
done:
    buf_free(&transfer.bytes);
    curl.curl_easy_cleanup(transfer.handle);
    return ok;
}
