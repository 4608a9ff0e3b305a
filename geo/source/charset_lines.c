/* charset_lines.c - decodes a file line by line, and says which lines differ. */
#include "geo/source/charset_lines.h"

#include <string.h>

#include "geo/base/text.h"

enum { SHOWN = 5 }; /* line numbers in a message */

struct tally {
    int64_t n, first[SHOWN];
};

static void count(struct tally *tally, int64_t line)
{
    if (tally->n < SHOWN)
        tally->first[tally->n] = line;
    tally->n++;
}

/* The length of the line at bytes, with its end. */
static size_t line_len(const char *bytes, size_t len, char line_end)
{
    const char *end = memchr(bytes, line_end, len);
    return end ? (size_t)(end - bytes) + 1 : len;
}

static struct charset_votes vote_all(const char *bytes, size_t len, char line_end)
{
    struct charset_votes votes = {0};
    for (size_t at = 0, n; at < len; at += n) {
        n = line_len(bytes + at, len - at, line_end);
        charset_vote(&votes, bytes + at, n);
    }
    return votes;
}

/* The encoding of a line: the usual one, unless another fits and that does not. */
static enum charset charset_of(const char *line, size_t len, enum charset usual)
{
    struct charset_votes votes = {0};
    if (text_is_utf8(line, len))
        return CHARSET_UTF8;
    if (charset_fit(usual, line, len) >= 0)
        return usual;
    charset_vote(&votes, line, len);
    enum charset best = charset_elect(&votes);
    return votes.at[best] > 0 ? best : usual;
}

static bool has_undefined(enum charset charset, const char *line, size_t len)
{
    if (charset != CHARSET_CP1252)
        return false;
    for (size_t i = 0; i < len; i++)
        if (line[i] && strchr("\x81\x8D\x8F\x90\x9D", line[i]))
            return true;
    return false;
}

/* "la línea 3 está", "las líneas 3, 7 y 240 más están" */
static void put_lines(struct buf *out, const struct tally *tally, const char *one, const char *many)
{
    buf_puts(out, tally->n == 1 ? "la línea " : "las líneas ");
    int64_t shown = tally->n < SHOWN ? tally->n : SHOWN;
    for (int64_t i = 0; i < shown; i++) {
        const char *before = i == 0 ? "" : i + 1 == tally->n ? " y " : ", ";
        buf_printf(out, "%s%lld", before, (long long)tally->first[i]);
    }
    if (tally->n > shown)
        buf_printf(out, " y %lld más", (long long)(tally->n - shown));
    buf_printf(out, " %s", tally->n == 1 ? one : many);
}

static void put_note(const struct tally *in, const struct tally *undefined,
                     struct charset_found *found)
{
    struct buf *note = &found->note;
    bool mixed = false;
    for (int charset = 0; charset < CHARSETS; charset++) {
        if (charset == (int)found->charset || !in[charset].n)
            continue;
        buf_puts(note, mixed ? "; " : "");
        put_lines(note, &in[charset], "está en ", "están en ");
        buf_puts(note, charset_name((enum charset)charset));
        mixed = true;
    }
    if (mixed)
        buf_printf(note, "; el resto en %s", charset_name(found->charset));
    else if (found->charset > CHARSET_CP1252)
        buf_printf(note, "el texto está en %s", charset_name(found->charset));
    if (undefined->n) {
        buf_puts(note, note->len ? "; " : "");
        put_lines(note, undefined, "tiene bytes que no son ningún carácter",
                  "tienen bytes que no son ningún carácter");
    }
}

void charset_lines(const char *bytes, size_t len, char line_end, struct buf *out,
                   struct charset_found *found)
{
    struct tally in[CHARSETS] = {{0}}, undefined = {0};
    struct charset_votes votes = vote_all(bytes, len, line_end);
    enum charset usual = charset_elect(&votes);
    int64_t line = 1;
    for (size_t at = 0, n; at < len; at += n, line++) {
        n = line_len(bytes + at, len - at, line_end);
        enum charset charset = charset_of(bytes + at, n, usual);
        charset_decode(charset, bytes + at, n, out);
        if (text_ascii_len(bytes + at, n) < n)
            count(&in[charset], line);
        if (has_undefined(charset, bytes + at, n))
            count(&undefined, line);
    }
    found->charset = CHARSET_UTF8;
    for (int charset = 1; charset < CHARSETS; charset++)
        if (in[charset].n > in[found->charset].n)
            found->charset = (enum charset)charset;
    buf_init(&found->note);
    put_note(in, &undefined, found);
}

void charset_found_free(struct charset_found *found)
{
    buf_free(&found->note);
}
