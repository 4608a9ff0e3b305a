/* http_head.c - checks the head of a request strictly (RFC 9112, RFC 9110). */
#include "server/http/http_head.h"

#include <ctype.h>
#include <string.h>
#include <strings.h>

/* Bytes that libmicrohttpd's pool uses for each header, parameter and cookie. */
enum { ENTRY_BYTES = 64, VERSION_LEN = 8, HOST_MAX = 255 };

struct http_head_line {
    const char *text;
    size_t len; /* without CRLF */
};

struct scan {
    const char *at, *end;
    const struct http_head_limits *limits;
    struct http_head *head;
    unsigned fields, hosts, lengths, codings;
    uint64_t length; /* of the body */
    size_t pool;     /* bytes of the pool that the head will use */
    bool old;        /* HTTP/1.0 */
};

static int refuse(struct scan *scan, int status, const char *detail)
{
    scan->head->detail = detail;
    return status;
}

/* True for bytes allowed in a line: visible ASCII, blanks, tabs and bytes above 127. */
static bool is_text(unsigned char c)
{
    return c >= 0x20 ? c != 0x7F : c == '\t';
}

static bool is_token(const char *text, size_t len)
{
    for (size_t i = 0; i < len; i++)
        if (!isalnum((unsigned char)text[i]) && (!text[i] || !strchr("!#$%&'*+-.^_`|~", text[i])))
            return false;
    return len > 0;
}

static bool is_named(const char *text, size_t len, const char *name)
{
    return strlen(name) == len && strncasecmp(text, name, len) == 0;
}

/* Takes the next line, which must end with CRLF. */
static int take_line(struct scan *scan, struct http_head_line *line)
{
    const char *at = scan->at;
    while (at < scan->end && is_text((unsigned char)*at))
        at++;
    if (at == scan->end || (*at == '\r' && at + 1 == scan->end))
        return HTTP_HEAD_MORE;
    if (*at != '\r' || at[1] != '\n')
        return refuse(scan, 400,
                      "Las líneas de una petición terminan en CR LF y no llevan otros caracteres "
                      "de control.");
    *line = (struct http_head_line){scan->at, (size_t)(at - scan->at)};
    scan->at = at + 2;
    return HTTP_HEAD_OK;
}

static int check_version(struct scan *scan, const char *text, size_t len)
{
    if (len != VERSION_LEN || strncmp(text, "HTTP/", 5) != 0 || !isdigit((unsigned char)text[5]) ||
        text[6] != '.' || !isdigit((unsigned char)text[7]))
        return refuse(scan, 400, "La primera línea es «MÉTODO DIRECCIÓN HTTP/1.1».");
    scan->old = text[7] == '0';
    if (text[5] != '1' || text[7] > '1')
        return refuse(scan, 505, "Se aceptan HTTP/1.1 y HTTP/1.0.");
    return HTTP_HEAD_OK;
}

static int check_target(struct scan *scan, const char *target, size_t len)
{
    const char *query = memchr(target, '?', len);
    size_t params = 0;
    if (len == 0 || memchr(target, '\t', len))
        return refuse(scan, 400, "La primera línea es «MÉTODO DIRECCIÓN HTTP/1.1».");
    if (len > scan->limits->target_max)
        return refuse(scan, 414, "La dirección es más larga de lo que se acepta (8192 bytes).");
    for (; query; query = memchr(query + 1, '&', (size_t)(target + len - query - 1)))
        params++;
    if (params > HTTP_HEAD_PARAMS_MAX)
        return refuse(scan, 400, "La dirección tiene más parámetros de los que se aceptan (64).");
    scan->pool += params * ENTRY_BYTES;
    return HTTP_HEAD_OK;
}

/* Checks the length of an incomplete line. */
static int check_first_part(struct scan *scan)
{
    size_t len = (size_t)(scan->end - scan->at);
    size_t method = len > HTTP_HEAD_METHOD_MAX + 1 ? HTTP_HEAD_METHOD_MAX + 1 : len;
    const char *blank = memchr(scan->at, ' ', method);
    if (!is_token(scan->at, blank ? (size_t)(blank - scan->at) : method))
        return refuse(scan, 400, "El método no es una palabra.");
    if (!blank && len > HTTP_HEAD_METHOD_MAX)
        return refuse(scan, 501, "Ese método no se conoce.");
    if (len > scan->limits->target_max + HTTP_HEAD_METHOD_MAX + VERSION_LEN + 3)
        return refuse(scan, 414, "La dirección es más larga de lo que se acepta (8192 bytes).");
    return HTTP_HEAD_MORE;
}

static int check_first(struct scan *scan)
{
    struct http_head_line line;
    int code = take_line(scan, &line);
    if (code == HTTP_HEAD_MORE)
        return scan->at < scan->end && *scan->at != '\r' ? check_first_part(scan) : code;
    if (code)
        return code;
    const char *blank = memchr(line.text, ' ', line.len);
    const char *last = memrchr(line.text, ' ', line.len);
    size_t method_len = blank ? (size_t)(blank - line.text) : line.len;
    if (!is_token(line.text,
                  method_len <= HTTP_HEAD_METHOD_MAX ? method_len : HTTP_HEAD_METHOD_MAX + 1))
        return refuse(scan, 400, "El método no es una palabra.");
    if (method_len > HTTP_HEAD_METHOD_MAX)
        return refuse(scan, 501, "Ese método no se conoce.");
    if (last == blank || memchr(blank + 1, ' ', (size_t)(last - blank - 1)))
        return refuse(scan, 400, "La primera línea es «MÉTODO DIRECCIÓN HTTP/1.1».");
    scan->head->method = line.text;
    scan->head->method_len = method_len;
    scan->head->target = blank + 1;
    scan->head->target_len = (size_t)(last - blank - 1);
    code = check_target(scan, blank + 1, scan->head->target_len);
    return code ? code : check_version(scan, last + 1, line.len - (size_t)(last + 1 - line.text));
}

static int take_length(struct scan *scan, struct http_head_line value)
{
    if (scan->lengths++)
        return refuse(scan, 400, "Hay más de una cabecera «Content-Length».");
    if (value.len == 0)
        return refuse(scan, 400, "Cabecera «Content-Length»: se espera un número de bytes.");
    for (size_t i = 0; i < value.len; i++) {
        if (!isdigit((unsigned char)value.text[i]))
            return refuse(scan, 400, "Cabecera «Content-Length»: se espera un número de bytes.");
        if (scan->length <= UINT64_MAX / 10 - 10) /* a larger number stays too large */
            scan->length = scan->length * 10 + (uint64_t)(value.text[i] - '0');
    }
    if (scan->length > scan->limits->body_max)
        return refuse(scan, 413, "El cuerpo de la petición es mayor de lo que se acepta (1 MiB).");
    return HTTP_HEAD_OK;
}

bool http_head_host_ok(const char *host)
{
    size_t len = host ? strlen(host) : 0;
    size_t name = strcspn(host ? host : "", ":");
    if (len == 0 || len > 255)
        return false;
    if (host[0] == '[') { /* an IPv6 address */
        name = 1 + strspn(host + 1, "0123456789abcdefABCDEF:.");
        if (host[name] != ']')
            return false;
        name++;
    } else {
        for (size_t i = 0; i < name; i++)
            if (!isalnum((unsigned char)host[i]) && !strchr("-._", host[i]))
                return false;
    }
    if (name == 0 || (host[name] && host[name] != ':'))
        return false;
    const char *port = host + name + (host[name] == ':');
    return strspn(port, "0123456789") == strlen(port) && strlen(port) <= 5 &&
           (host[name] != ':' || *port);
}

static int take_host(struct scan *scan, struct http_head_line value)
{
    char host[HOST_MAX + 1];
    if (scan->hosts++)
        return refuse(scan, 400, "Hay más de una cabecera «Host».");
    if (value.len <= HOST_MAX) {
        memcpy(host, value.text, value.len);
        host[value.len] = '\0';
        if (http_head_host_ok(host))
            return HTTP_HEAD_OK;
    }
    return refuse(scan, 400,
                  "Cabecera «Host»: no es un nombre o dirección con un puerto opcional.");
}

static int take_coding(struct scan *scan, struct http_head_line value)
{
    if (scan->codings++)
        return refuse(scan, 400, "Hay más de una cabecera «Transfer-Encoding».");
    if (scan->old)
        return refuse(scan, 400, "HTTP/1.0 no tiene «Transfer-Encoding».");
    if (!is_named(value.text, value.len, "chunked"))
        return refuse(scan, 501, "Cabecera «Transfer-Encoding»: se acepta solo «chunked».");
    return HTTP_HEAD_OK;
}

static void count_cookies(struct scan *scan, struct http_head_line value)
{
    scan->pool += value.len + ENTRY_BYTES; /* it works on a copy */
    for (size_t i = 0; i < value.len; i++)
        if (strchr(";, \t", value.text[i]))
            scan->pool += ENTRY_BYTES;
}

static int take_field(struct scan *scan, struct http_head_line line)
{
    const char *colon = memchr(line.text, ':', line.len);
    size_t name_len = colon ? (size_t)(colon - line.text) : line.len;
    if (!colon || !is_token(line.text, name_len))
        return refuse(scan, 400,
                      "Una cabecera es «Nombre: valor», en una línea y sin blanco antes de los dos "
                      "puntos.");
    if (++scan->fields > HTTP_HEAD_FIELDS_MAX)
        return refuse(scan, 431, "Hay más cabeceras de las que se aceptan (100).");
    scan->pool += ENTRY_BYTES;
    struct http_head_line value = {colon + 1, line.len - name_len - 1};
    while (value.len && (*value.text == ' ' || *value.text == '\t')) {
        value.text++;
        value.len--;
    }
    while (value.len && (value.text[value.len - 1] == ' ' || value.text[value.len - 1] == '\t'))
        value.len--;
    if (is_named(line.text, name_len, "Host"))
        return take_host(scan, value);
    if (is_named(line.text, name_len, "Content-Length"))
        return take_length(scan, value);
    if (is_named(line.text, name_len, "Transfer-Encoding"))
        return take_coding(scan, value);
    if (is_named(line.text, name_len, "Expect") && !is_named(value.text, value.len, "100-continue"))
        return refuse(scan, 417, "Cabecera «Expect»: se acepta solo «100-continue».");
    if (is_named(line.text, name_len, "Cookie"))
        count_cookies(scan, value);
    return HTTP_HEAD_OK;
}

/* Checks that need the whole head. */
static int check_whole(struct scan *scan)
{
    struct http_head *head = scan->head;
    if (!scan->old && !scan->hosts)
        return refuse(scan, 400, "Falta la cabecera «Host».");
    if (scan->lengths && scan->codings)
        return refuse(scan, 400, "«Content-Length» y «Transfer-Encoding» no van juntas.");
    head->has_body = scan->length > 0 || scan->codings;
    if (head->has_body && (is_named(head->method, head->method_len, "GET") ||
                           is_named(head->method, head->method_len, "HEAD")))
        return refuse(scan, 400, "Una petición GET o HEAD no lleva cuerpo.");
    if (scan->pool + head->len > scan->limits->pool_max)
        return refuse(scan, 431, "Las cabeceras tienen más partes de las que se aceptan.");
    return HTTP_HEAD_OK;
}

static int check_fields(struct scan *scan, const char *bytes)
{
    struct http_head_line line;
    for (;;) {
        int code = take_line(scan, &line);
        if (code)
            return code;
        if (line.len == 0)
            break;
        code = take_field(scan, line);
        if (code)
            return code;
    }
    scan->head->len = (size_t)(scan->at - bytes);
    return check_whole(scan);
}

int http_head_check(const char *bytes, size_t len, const struct http_head_limits *limits,
                    struct http_head *head)
{
    bool cut = len > limits->head_max;
    struct scan scan = {
        .at = bytes, .end = bytes + (cut ? limits->head_max : len), .limits = limits, .head = head};
    *head = (struct http_head){0};
    int code = check_first(&scan);
    if (code == HTTP_HEAD_OK)
        code = check_fields(&scan, bytes);
    if (code == HTTP_HEAD_MORE && (cut || len == limits->head_max))
        return refuse(&scan, 431,
                      "Las cabeceras son mayores de lo que se acepta (12 KiB con la dirección).");
    return code;
}

bool http_head_restore(const char *parsed, size_t len, const char *target, size_t target_at,
                       char *out)
{
    size_t method_len = strnlen(parsed, len), target_len = strlen(target);
    size_t at = target_at + target_len + 1 + VERSION_LEN;
    if (target_at != method_len + 1 || at + 2 > len)
        return false;
    memcpy(out, parsed, len);
    out[method_len] = ' ';
    memcpy(out + target_at, target, target_len);
    if (out[target_at + target_len])
        return false;
    out[target_at + target_len] = ' ';
    for (;;) { /* two NULs at the end of a line, instead of CR LF */
        if (at + 2 > len || out[at] || out[at + 1])
            return false;
        out[at++] = '\r';
        out[at++] = '\n';
        if (at + 2 == len && !out[at] && !out[at + 1]) {
            memcpy(out + at, "\r\n", 2);
            return true;
        }
        size_t name = strnlen(out + at, len - at);
        if (name == 0 || at + name + 1 >= len)
            return false;
        out[at + name] = ':';
        at += name + 1;
        at += strnlen(out + at, len - at);
    }
}
