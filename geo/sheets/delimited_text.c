/* delimited_text.c - finds encoding, line ends and stated separator of a text file. */
#include "geo/sheets/delimited_text.h"

#include <ctype.h>
#include <iconv.h>
#include <string.h>
#include <strings.h>

#include "geo/base/text.h"
#include "geo/texts/charset_lines.h"

static const char utf8_mark[] = "\xEF\xBB\xBF";
enum { UTF8_MARK_LEN = sizeof utf8_mark - 1, CTRL_Z = 0x1A };

/* UTF-16 shows by its byte order mark, or by zeros in every other of its first bytes. */
static const char *utf16_of(const char *bytes, size_t len)
{
    if (len >= 2 && memcmp(bytes, "\xFF\xFE", 2) == 0)
        return "UTF-16LE";
    if (len >= 2 && memcmp(bytes, "\xFE\xFF", 2) == 0)
        return "UTF-16BE";
    bool little = len >= 8 && len % 2 == 0, big = little;
    for (size_t i = 0; (little || big) && i < 8; i++) {
        little = little && !bytes[i] == (i % 2 == 1);
        big = big && !bytes[i] == (i % 2 == 0);
    }
    return little ? "UTF-16LE" : big ? "UTF-16BE" : NULL;
}

static bool recode_utf16(const char *from, const char *bytes, size_t len, struct buf *out,
                         struct err *err)
{
    iconv_t conversion = iconv_open("UTF-8", from);
    if (conversion == (iconv_t)-1)
        return err_no_memory(err);
    char *in = (char *)(uintptr_t)bytes; /* iconv() does not write to its input */
    bool ok = false;
    /* Two bytes of UTF-16 take at most three of UTF-8, and four at most four. */
    if (buf_reserve(out, len / 2 * 3 + 4)) {
        char *at = out->data;
        size_t left = out->cap - 1;
        ok = iconv(conversion, &in, &len, &at, &left) != (size_t)-1 && len == 0;
        out->len = (size_t)(at - out->data);
    }
    iconv_close(conversion);
    if (buf_failed(out))
        return err_no_memory(err);
    return ok || err_set(err, ERR_INPUT, "el archivo dice ser UTF-16 y no lo es");
}

/* The end of its lines, by the first line break outside quotes. */
static char line_end_of(const char *bytes, size_t len)
{
    bool quoted = false;
    for (size_t i = 0; i < len; i++) {
        quoted = quoted != (bytes[i] == '"');
        if (quoted || (bytes[i] != '\n' && bytes[i] != '\r'))
            continue;
        while (i < len && bytes[i] == '\r')
            i++;
        return i < len && bytes[i] != '\n' ? '\r' : '\n';
    }
    return '\n';
}

static void cut_marks(struct delimited_text *text)
{
    while (text->len >= UTF8_MARK_LEN && memcmp(text->rows, utf8_mark, UTF8_MARK_LEN) == 0) {
        text->rows += UTF8_MARK_LEN;
        text->len -= UTF8_MARK_LEN;
    }
    size_t len = text->len;
    while (len && strchr("\x1A\r\n", text->rows[len - 1]))
        len--;
    if (memchr(text->rows + len, CTRL_Z, text->len - len))
        text->len = len;
}

static void decode(struct delimited_text *text)
{
    struct charset_found found;
    size_t high = 0;
    for (size_t i = 0; i < text->len; i++)
        high += (unsigned char)text->rows[i] >= 0x80;
    if (!buf_reserve(&text->converted, text->len + 2 * high))
        return;
    charset_lines(text->rows, text->len, text->line_end, &text->converted, &found);
    text->encoding = charset_name(found.charset);
    buf_append(&text->note, &found.note);
    charset_found_free(&found);
}

/* Takes the first line "sep=;" away, which may be quoted, and be filled up with separators. */
static void take_separator(struct delimited_text *text)
{
    const char *at = text->rows, *end = text->rows + text->len, *stop;
    bool quoted = at < end && *at == '"';
    at += quoted;
    if (end - at < 5 || strncasecmp(at, "sep=", 4) != 0)
        return;
    char separator = at[4];
    at += 5;
    if (separator == '\\' && at < end && *at == 't') {
        separator = '\t';
        at++;
    }
    at += quoted && at < end && *at == '"';
    while (at < end && (*at == separator || *at == ' '))
        at++;
    for (stop = at; stop < end && (*stop == '\r' || *stop == '\n') && stop[0] != text->line_end;)
        stop++;
    if (stop < end && *stop != text->line_end)
        return;
    if (isalnum((unsigned char)separator) || strchr("\"\r\n ", separator) || separator & 0x80)
        return;
    text->separator = separator;
    text->first_line = 2;
    text->rows = stop < end ? stop + 1 : end;
    text->len = (size_t)(end - text->rows);
}

bool delimited_text_read(const char *bytes, size_t len, struct delimited_text *text,
                         struct err *err)
{
    *text = (struct delimited_text){
        .rows = len ? bytes : "", .len = len, .first_line = 1, .encoding = "UTF-8"};
    buf_init(&text->converted);
    buf_init(&text->note);
    const char *utf16 = utf16_of(bytes, len);
    if (utf16) {
        if (!recode_utf16(utf16, bytes, len, &text->converted, err)) {
            delimited_text_free(text);
            return false;
        }
        text->rows = text->converted.data;
        text->len = text->converted.len;
        text->encoding = "UTF-16";
    }
    cut_marks(text);
    bool ok = !memchr(text->rows, '\0', text->len) ||
              err_set(err, ERR_INPUT, "el archivo tiene bytes nulos: no es texto");
    text->line_end = line_end_of(text->rows, text->len);
    if (ok && !text_is_utf8(text->rows, text->len)) {
        decode(text);
        ok = !(buf_failed(&text->converted) || buf_failed(&text->note)) || err_no_memory(err);
        text->rows = text->converted.data;
        text->len = text->converted.len;
    }
    if (ok)
        take_separator(text);
    else
        delimited_text_free(text);
    return ok;
}

void delimited_text_free(struct delimited_text *text)
{
    buf_free(&text->converted);
    buf_free(&text->note);
    *text = (struct delimited_text){0};
}
