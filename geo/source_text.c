#include "geo/source_text.h"

#include <iconv.h>
#include <stdlib.h>
#include <string.h>

#include "geo/base/text.h"

static bool recode(const char *from, const char *bytes, size_t len, struct buf *out)
{
    iconv_t conversion = iconv_open("UTF-8", from);
    if (conversion == (iconv_t)-1)
        return false;
    char *in = (char *)(uintptr_t)bytes; /* iconv() does not write to its input */
    bool ok = false;
    /* A character of these encodings takes at most 3 bytes of UTF-8, 4 where it took 4. */
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

/* CP1252 is what spreadsheets in Spanish write; it leaves five bytes undefined,
 * ISO-8859-1 none. */
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

static bool add_line(struct source_text *text, size_t *cap, int64_t line, struct err *err)
{
    if (text->n_lines == *cap) {
        size_t grown = *cap ? *cap * 2 : 256;
        int64_t *lines = realloc(text->lines, grown * sizeof *lines);
        if (!lines)
            return err_no_memory(err);
        text->lines = lines;
        *cap = grown;
    }
    text->lines[text->n_lines++] = line;
    return true;
}

/* A line break between quotes belongs to the value. */
static bool find_lines(struct source_text *text, struct err *err)
{
    const char *bytes = text->bytes.data;
    size_t len = text->bytes.len, cap = 0;
    int64_t line = 1, start = 1, quoted_since = 0;
    bool quoted = false, blank = true;
    for (size_t i = 0; i <= len; i++) {
        if (i == len || (bytes[i] == '\n' && !quoted)) {
            if (!blank && !add_line(text, &cap, start, err))
                return false;
            start = ++line;
            blank = true;
        } else if (bytes[i] == '\n')
            line++;
        else if (bytes[i] != '\r')
            blank = false;
        if (i < len && bytes[i] == '"') {
            quoted = !quoted;
            quoted_since = line;
        }
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
    if (to_utf8(bytes, len, text, err) && find_lines(text, err))
        return true;
    source_text_free(text);
    return false;
}

void source_text_free(struct source_text *text)
{
    buf_free(&text->bytes);
    free(text->lines);
    *text = (struct source_text){0};
}
