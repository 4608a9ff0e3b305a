/* json.c - helpers to write JSON members and links. */
#include "geo/base/json.h"

#include <ctype.h>
#include <string.h>

void json_next(struct buf *out)
{
    char last = out->len ? out->data[out->len - 1] : '{';
    if (last != '{' && last != '[' && last != ',' && last != ':')
        buf_putc(out, ',');
}

void json_double(struct buf *out, const char *key, double value)
{
    json_key(out, key);
    buf_put_real(out, value);
}

void json_key(struct buf *out, const char *key)
{
    json_next(out);
    buf_putc(out, '"');
    buf_puts(out, key);
    buf_puts(out, "\":");
}

void json_text(struct buf *out, const char *key, const char *text)
{
    json_key(out, key);
    if (text)
        buf_put_json(out, text);
    else
        buf_puts(out, "null");
}

void json_words(struct buf *out, const char *key, const struct buf *words)
{
    json_text(out, key, words->data ? words->data : "");
    out->failed = out->failed || words->failed;
}

void json_int(struct buf *out, const char *key, int64_t value)
{
    json_key(out, key);
    buf_put_int(out, value);
}

void json_bool(struct buf *out, const char *key, bool value)
{
    json_key(out, key);
    buf_puts(out, value ? "true" : "false");
}

void json_link(struct buf *out, const char *base, const char *path, const char *rel,
               const char *type, const char *title)
{
    struct buf href;
    buf_init(&href);
    buf_puts(&href, base);
    buf_puts(&href, path);
    json_next(out);
    buf_putc(out, '{');
    json_text(out, "href", href.data);
    json_text(out, "rel", rel);
    json_text(out, "type", type);
    if (title)
        json_text(out, "title", title);
    buf_putc(out, '}');
    out->failed |= buf_failed(&href);
    buf_free(&href);
}

void json_put_encoded(struct buf *out, const char *text)
{
    for (; *text; text++) {
        unsigned char c = (unsigned char)*text;
        if (isalnum(c) || strchr("-._~,:", c))
            buf_putc(out, (char)c);
        else
            buf_printf(out, "%%%02X", c);
    }
}
