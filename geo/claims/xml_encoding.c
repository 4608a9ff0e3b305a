/* xml_encoding.c - decodes XML that is not in UTF-8, line by line. */
#include "geo/claims/xml_encoding.h"

#include <string.h>
#include <strings.h>

#include "geo/base/text.h"
#include "geo/texts/charset_lines.h"

static const char utf8[] = "UTF-8";

/* The name in <?xml version="1.0" encoding="UTF-8"?>; NULL: there is none. */
static const char *declared(const char *bytes, size_t len, size_t *n)
{
    static const char start[] = "<?xml", word[] = "encoding";
    size_t bom = len > 2 && memcmp(bytes, "\xEF\xBB\xBF", 3) == 0 ? 3 : 0;
    if (len - bom < sizeof start || memcmp(bytes + bom, start, sizeof start - 1) != 0)
        return NULL;
    const char *end = memchr(bytes, '>', len);
    const char *at = end ? memmem(bytes, (size_t)(end - bytes), word, sizeof word - 1) : NULL;
    if (!at)
        return NULL;
    at += sizeof word - 1;
    at += strspn(at, " =");
    const char *close =
        *at == '"' || *at == '\'' ? memchr(at + 1, *at, (size_t)(end - at - 1)) : NULL;
    *n = close ? (size_t)(close - at - 1) : 0;
    return close ? at + 1 : NULL;
}

static bool is_one_of(const char *name, size_t n, const char *const *names)
{
    for (; *names; names++)
        if (strlen(*names) == n && strncasecmp(name, *names, n) == 0)
            return true;
    return false;
}

enum xml_encoding xml_encoding_of(const char *head, size_t len)
{
    static const char *const others[] = {"windows-1252", "cp1252",    "cp-1252",     "ansi",
                                         "latin1",       "ibm850",    "cp850",       "cp-850",
                                         "macintosh",    "mac-roman", "x-mac-roman", NULL};
    size_t n;
    const char *name = declared(head, len, &n);
    if (!name)
        return len && !memchr(head, '\0', len) ? XML_PERHAPS : XML_AS_IT_IS;
    if (is_one_of(name, n, (const char *const[]){utf8, "utf8", NULL}))
        return XML_PERHAPS;
    return is_one_of(name, n, others) ? XML_OTHER : XML_AS_IT_IS;
}

/* Copies the text with "UTF-8" for the name that it declares. */
static void put_declared(const struct buf *text, struct buf *out)
{
    size_t n;
    const char *name = declared(text->data, text->len, &n);
    if (!name) {
        buf_append(out, text);
        return;
    }
    size_t before = (size_t)(name - text->data);
    buf_put(out, text->data, before);
    buf_puts(out, utf8);
    buf_put(out, name + n, text->len - before - n);
}

bool xml_encoding_decode(const char *bytes, size_t len, struct buf *out, struct buf *note)
{
    struct charset_found found;
    struct buf text;
    if (text_is_utf8(bytes, len) && xml_encoding_of(bytes, len) != XML_OTHER)
        return false;
    buf_init(&text);
    charset_lines(bytes, len, '\n', &text, &found);
    if (!buf_failed(&text) && text.len)
        put_declared(&text, out);
    if (buf_failed(&text))
        out->failed = true;
    if (found.note.len)
        buf_printf(note, "%s", found.note.data);
    else if (found.charset != CHARSET_UTF8)
        buf_printf(note, "el XML está en %s: así se leyó", charset_name(found.charset));
    charset_found_free(&found);
    buf_free(&text);
    return true;
}
