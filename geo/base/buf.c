/* buf.c - growable byte buffer; writes numbers, JSON, CSV and HTML text. */
#include "geo/base/buf.h"

#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <utf8proc.h>

void buf_init(struct buf *buf)
{
    *buf = (struct buf){0};
}

void buf_free(struct buf *buf)
{
    free(buf->data);
    buf_init(buf);
}

void buf_clear(struct buf *buf)
{
    buf->len = 0;
    buf->failed = false;
    if (buf->data)
        buf->data[0] = '\0';
}

bool buf_failed(const struct buf *buf)
{
    return buf->failed;
}

char *buf_take(struct buf *buf, size_t *len)
{
    if (!buf_reserve(buf, 0)) {
        buf_free(buf);
        return NULL;
    }
    buf->data[buf->len] = '\0';
    char *data = buf->data;
    /* Taken bytes are often kept for long. If the buffer is much larger than its content,
     * copy to a block that fits: realloc() to a smaller size would leave a hole that is
     * hard to reuse. */
    if (buf->cap / 2 > buf->len + 1) {
        char *exact = malloc(buf->len + 1);
        if (exact) {
            memcpy(exact, data, buf->len + 1);
            free(data);
            data = exact;
        }
    }
    if (len)
        *len = buf->len;
    buf_init(buf);
    return data;
}

bool buf_reserve(struct buf *buf, size_t more)
{
    if (buf->failed)
        return false;
    if (more < SIZE_MAX / 4 && buf->len < SIZE_MAX / 4) {
        size_t need = buf->len + more + 1; /* the NUL */
        if (need <= buf->cap)
            return true;
        size_t cap = buf->cap ? buf->cap : 256;
        while (cap < need)
            cap += cap / 2;
        char *data = realloc(buf->data, cap);
        if (data) {
            buf->data = data;
            buf->cap = cap;
            return true;
        }
    }
    buf->failed = true;
    return false;
}

void buf_put(struct buf *buf, const void *bytes, size_t len)
{
    if (!buf_reserve(buf, len))
        return;
    if (len)
        memcpy(buf->data + buf->len, bytes, len);
    buf->len += len;
    buf->data[buf->len] = '\0';
}

void buf_append(struct buf *buf, const struct buf *part)
{
    if (part->len)
        buf_put(buf, part->data, part->len);
    buf->failed = buf->failed || part->failed;
}

void buf_puts(struct buf *buf, const char *text)
{
    buf_put(buf, text, strlen(text));
}

void buf_putc(struct buf *buf, char c)
{
    buf_put(buf, &c, 1);
}

void buf_printf(struct buf *buf, const char *format, ...)
{
    va_list args, again;
    va_start(args, format);
    va_copy(again, args);
    int len = vsnprintf(NULL, 0, format, args);
    va_end(args);
    if (len < 0)
        buf->failed = true;
    else if (buf_reserve(buf, (size_t)len)) {
        vsnprintf(buf->data + buf->len, (size_t)len + 1, format, again);
        buf->len += (size_t)len;
    }
    va_end(again);
}

void buf_put_int(struct buf *buf, int64_t value)
{
    char digits[24], *at = digits + sizeof digits;
    uint64_t rest = value < 0 ? 0 - (uint64_t)value : (uint64_t)value;
    do
        *--at = (char)('0' + rest % 10);
    while (rest /= 10);
    if (value < 0)
        *--at = '-';
    buf_put(buf, at, (size_t)(digits + sizeof digits - at));
}

void buf_put_real(struct buf *buf, double value)
{
    if (!isfinite(value)) {
        buf_puts(buf, "null");
        return;
    }
    if (value == trunc(value) && fabs(value) < 1e15) {
        buf_put_int(buf, (int64_t)value);
        return;
    }
    char text[40];
    for (int digits = 15; digits <= 17; digits++) {
        snprintf(text, sizeof text, "%.*g", digits, value);
        if (strtod(text, NULL) == value)
            break;
    }
    buf_puts(buf, text);
}

void buf_put_fixed(struct buf *buf, double value, int decimals)
{
    if (!isfinite(value)) {
        buf_puts(buf, "null");
        return;
    }
    char text[352]; /* DBL_MAX has 309 digits before the point */
    int len = snprintf(text, sizeof text, "%.*f", decimals, value);
    if (decimals > 0) {
        while (text[len - 1] == '0')
            len--;
        if (text[len - 1] == '.')
            len--;
    }
    if (len == 2 && text[0] == '-' && text[1] == '0')
        buf_putc(buf, '0');
    else
        buf_put(buf, text, (size_t)len);
}

/* Length of the UTF-8 character at text; 0: the bytes are not valid. */
static size_t utf8_len(const char *text, size_t left)
{
    utf8proc_int32_t code;
    utf8proc_ssize_t len =
        utf8proc_iterate((const utf8proc_uint8_t *)text, (utf8proc_ssize_t)left, &code);
    return len > 0 && code >= 0 ? (size_t)len : 0;
}

void buf_put_json(struct buf *buf, const char *text)
{
    size_t len = strlen(text);
    buf_reserve(buf, len + 2);
    buf_putc(buf, '"');
    for (size_t i = 0; i < len;) {
        unsigned char c = (unsigned char)text[i];
        if (c >= 0x80) {
            size_t n = utf8_len(text + i, len - i);
            buf_put(buf, n ? text + i : "\xEF\xBF\xBD", n ? n : 3);
            i += n ? n : 1;
            continue;
        }
        if (c == '"' || c == '\\') {
            buf_putc(buf, '\\');
            buf_putc(buf, (char)c);
        } else if (c < 0x20 || c == '<' || c == '>' || c == '&' || c == 0x7F)
            buf_printf(buf, "\\u%04x", c);
        else
            buf_putc(buf, (char)c);
        i++;
    }
    buf_putc(buf, '"');
}

void buf_put_csv(struct buf *buf, const char *text)
{
    if (!text[strcspn(text, ",;\"\r\n")] && text[0] != ' ') {
        buf_puts(buf, text);
        return;
    }
    buf_putc(buf, '"');
    for (; *text; text++) {
        if (*text == '"')
            buf_putc(buf, '"');
        buf_putc(buf, *text);
    }
    buf_putc(buf, '"');
}

void buf_put_html(struct buf *buf, const char *text)
{
    for (; *text; text++) {
        switch (*text) {
        case '<':
            buf_puts(buf, "&lt;");
            break;
        case '>':
            buf_puts(buf, "&gt;");
            break;
        case '&':
            buf_puts(buf, "&amp;");
            break;
        case '"':
            buf_puts(buf, "&quot;");
            break;
        case '\'':
            buf_puts(buf, "&#39;");
            break;
        default:
            buf_putc(buf, *text);
        }
    }
}
