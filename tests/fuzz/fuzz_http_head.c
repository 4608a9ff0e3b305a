/* fuzz_http_head.c - any bytes as the head of a request.
 * Checked whole and in two parts, and, if accepted, put together again from what
 * libmicrohttpd leaves. Then as headers that name the client of a proxy, and as If-None-
 * Match. */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "server/http/http_head.h"
#include "server/http/http_proxies.h"
#include "server/request/request.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static const struct http_head_limits limits = {
    .target_max = 8192, .head_max = 12288, .body_max = 1048576, .pool_max = 14336};

/* Replaces the ends of words and lines by NUL, as libmicrohttpd does. */
static void end_words(char *bytes, const struct http_head *head)
{
    size_t at = head->method_len;
    bytes[at++] = '\0';
    for (size_t i = 0; i < head->target_len; i++)
        if (strchr("?&=", bytes[at + i]))
            bytes[at + i] = '\0';
    at += head->target_len;
    bytes[at] = '\0';
    at += 1 + strlen("HTTP/1.1");
    while (at < head->len) {
        bytes[at++] = '\0';
        bytes[at++] = '\0';
        char *colon = at + 2 < head->len ? memchr(bytes + at, ':', head->len - at) : NULL;
        if (colon)
            *colon = '\0';
        char *end = colon ? memchr(colon, '\r', (size_t)(bytes + head->len - colon)) : NULL;
        at = end ? (size_t)(end - bytes) : at;
    }
}

static void check_restored(const uint8_t *data, const struct http_head *head)
{
    char *parsed = malloc(head->len + 1), *raw = malloc(head->len);
    char *target = strndup(head->target, head->target_len);
    if (!parsed || !raw || !target)
        abort();
    memcpy(parsed, data, head->len);
    parsed[head->len] = '\0';
    end_words(parsed, head);
    if (!http_head_restore(parsed, head->len, target, head->method_len + 1, raw) ||
        memcmp(raw, data, head->len) != 0)
        abort();
    free(parsed);
    free(raw);
    free(target);
}

static void check_head(const uint8_t *data, size_t size)
{
    struct http_head head, part;
    int code = http_head_check((const char *)data, size, &limits, &head);
    size_t half = size / 2;
    int first = http_head_check((const char *)data, half, &limits, &part);
    if (code == HTTP_HEAD_OK) {
        const char *bytes = (const char *)data;
        if (head.len > size || head.len > limits.head_max || !head.target || !head.method ||
            memcmp(bytes + head.len - 4, "\r\n\r\n", 4) != 0)
            abort();
        for (size_t i = 0; i < head.len; i++)
            if ((unsigned char)bytes[i] < ' ' && !strchr("\r\n\t", bytes[i] ? bytes[i] : 'x'))
                abort();
        check_restored(data, &head);
    } else if (code != HTTP_HEAD_MORE && (code < 400 || code > 599 || !head.detail)) {
        abort();
    }
    /* A verdict on a part does not change when more bytes arrive. */
    if (first == HTTP_HEAD_OK ? code != HTTP_HEAD_OK : first != HTTP_HEAD_MORE && code < 400)
        abort();
}

/* The library's buffer is never read beyond its end. */
static void check_any_restored(const uint8_t *data, size_t size)
{
    char *raw = size ? malloc(size) : NULL;
    char *target = raw ? malloc(size + 1) : NULL;
    if (target) {
        size_t at = strnlen((const char *)data, size) + 1;
        size_t len = at < size ? strnlen((const char *)data + at, size - at) : 0;
        memcpy(target, data + (at < size ? at : 0), len);
        target[len] = '\0';
        http_head_restore((const char *)data, size, target, at, raw);
    }
    free(target);
    free(raw);
}

static void check_client(const char *text)
{
    static struct http_proxies *ours;
    struct err err = {0};
    char client[INET6_ADDRSTRLEN];
    if (!ours)
        ours = http_proxies_new("127.0.0.1,10.0.0.0/8,fd00::/8", &err);
    for (int pairs = 0; pairs < 2; pairs++)
        if (http_proxies_client(ours, pairs ? NULL : text, pairs ? text : NULL, client) &&
            strspn(client, "0123456789abcdef.:") != strlen(client))
            abort();
    http_proxies_free(http_proxies_new(text, &err));
}

static void check_tag(const char *text)
{
    static const char tag[] = "\"a,b-1\"";
    bool listed = request_tag_listed(text, tag);
    if (listed && strcmp(text, "*") != 0 && !strstr(text, tag))
        abort();
    if (!listed && strcmp(text, tag) == 0)
        abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    char *text = strndup(size ? (const char *)data : "", size);
    if (!text)
        abort();
    check_head(data, size);
    check_any_restored(data, size);
    check_client(text);
    check_tag(text);
    free(text);
    return 0;
}
