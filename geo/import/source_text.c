/* source_text.c - converts delimited text to UTF-8 and finds the lines of its records. */
#include "geo/import/source_text.h"

#include <iconv.h>
#include <stdlib.h>
#include <string.h>

#include "geo/base/array.h"
#include "geo/base/text.h"

static bool recode(const char *from, const char *bytes, size_t len, struct buf *out)
{
    iconv_t conversion = iconv_open("UTF-8", from);
    if (conversion == (iconv_t)-1)
        return false;
    char *in = (char *)(uintptr_t)bytes; /* iconv() does not write to its input */
    bool ok = false;
    /* A character of these encodings takes at most 3 bytes of UTF-8, or 4 if it had 4. */
    if (buf_reserve(out, len * 3 + 4)) {
        char *at = out->data + out->len;
        size_t left = out->cap - out->len - 1;
        ok = iconv(conversion, &in, &len, &at, &left) != (size_t)-1 && len == 0;
        if (ok) {
            out->len = (size_t)(at - out->data);
            *at = '\0';
        }
    }
    iconv_close(conversion);
    return ok;
}

/* CP1252 is what Spanish spreadsheets write. Five of its bytes are undefined; ISO-8859-1
 * defines all. */
static const char *recode_old(const char *bytes, size_t len, struct buf *out)
{
    if (recode("CP1252", bytes, len, out))
        return "CP1252";
    return recode("ISO-8859-1", bytes, len, out) ? "ISO-8859-1" : NULL;
}

bool source_text_recode(const char *value, struct buf *out)
{
    return recode_old(value, strlen(value), out) != NULL;
}

static bool to_utf8(const char *bytes, size_t len, struct source_text *text, struct err *err)
{
    bool little = len >= 2 && memcmp(bytes, "\xFF\xFE", 2) == 0;
    bool big = len >= 2 && memcmp(bytes, "\xFE\xFF", 2) == 0;
    if (little || big) {
        text->encoding = "UTF-16";
        if (!recode(little ? "UTF-16LE" : "UTF-16BE", bytes + 2, len - 2, &text->bytes))
            return err_set(err, ERR_INPUT, "el archivo dice ser UTF-16 y no lo es");
    } else {
        if (len >= 3 && memcmp(bytes, "\xEF\xBB\xBF", 3) == 0) {
            bytes += 3;
            len -= 3;
        }
        text->encoding = "UTF-8";
        if (text_is_utf8(bytes, len))
            buf_put(&text->bytes, bytes, len);
        else
            text->encoding = recode_old(bytes, len, &text->bytes);
    }
    if (!text->encoding || buf_failed(&text->bytes))
        return err_no_memory(err);
    if (text->bytes.len && memchr(text->bytes.data, '\0', text->bytes.len))
        return err_set(err, ERR_INPUT, "el archivo tiene bytes nulos: no es texto");
    return true;
}

/* The separator in the header; '\0' if there is none, or several. GDAL knows these but for
 * '|'. */
static char separator_of(const struct buf *text)
{
    bool quoted = false;
    char found = '\0';
    for (size_t i = 0; i < text->len && (quoted || text->data[i] != '\n'); i++) {
        quoted = quoted != (text->data[i] == '"');
        if (quoted || !strchr(",;\t|", text->data[i]) || text->data[i] == found)
            continue;
        if (found)
            return '\0';
        found = text->data[i];
    }
    return found;
}

static bool bars_to_tabs(struct buf *text, struct err *err)
{
    bool quoted = false;
    if (memchr(text->data, '\t', text->len))
        return err_set(err, ERR_INPUT,
                       "las columnas se separan con «|» y hay tabuladores: guárdelo con «;» o «,»");
    for (size_t i = 0; i < text->len; i++) {
        quoted = quoted != (text->data[i] == '"');
        if (!quoted && text->data[i] == '|')
            text->data[i] = '\t';
    }
    return true;
}

static bool add_line(struct source_text *text, size_t *cap, struct source_line line,
                     struct err *err)
{
    if (!array_reserve(text->lines, *cap, text->n_lines + 1))
        return err_no_memory(err);
    text->lines[text->n_lines++] = line;
    return true;
}

/* Finds the lines of records; a line break within quotes belongs to the value. */
static bool find_lines(struct source_text *text, char separator, struct err *err)
{
    const char *bytes = text->bytes.data;
    size_t len = text->bytes.len, cap = 0;
    int64_t line = 1, start = 1, quoted_since = 0;
    int32_t values = 1, filled = 1;
    bool quoted = false, blank = true;
    for (size_t i = 0; i <= len; i++) {
        if (i == len || (bytes[i] == '\n' && !quoted)) {
            struct source_line one = {start, text->n_lines ? filled : values};
            if (!separator)
                one.values = 0;
            if (!blank && !add_line(text, &cap, one, err))
                return false;
            start = ++line;
            values = filled = 1;
            blank = true;
        } else if (bytes[i] == '\n')
            line++;
        else if (bytes[i] != '\r')
            blank = false;
        if (i < len && bytes[i] == '"') {
            quoted = !quoted;
            quoted_since = line;
        }
        if (i == len || quoted)
            continue;
        if (separator && bytes[i] == separator && values < INT32_MAX)
            values++;
        else if (!strchr(" \t\r\n\"", bytes[i]))
            filled = values;
    }
    if (quoted)
        return err_set(err, ERR_INPUT, "línea %lld: hay una comilla que no se cierra",
                       (long long)quoted_since);
    return true;
}

bool source_text_read(const char *bytes, size_t len, struct source_text *text, struct err *err)
{
    *text = (struct source_text){0};
    buf_init(&text->bytes);
    if (to_utf8(bytes, len, text, err)) {
        char separator = separator_of(&text->bytes);
        bool bars = separator == '|';
        if ((!bars || bars_to_tabs(&text->bytes, err)) &&
            find_lines(text, bars ? '\t' : separator, err))
            return true;
    }
    source_text_free(text);
    return false;
}

void source_text_free(struct source_text *text)
{
    buf_free(&text->bytes);
    free(text->lines);
    *text = (struct source_text){0};
}
