/* charset_tally.c - counts lines or records by encoding, and names those that differ. */
#include "geo/texts/charset_tally.h"

#include <string.h>

#include "geo/base/text.h"

void charset_places_count(struct charset_places *places, int64_t place)
{
    if (places->n && places->last == place)
        return;
    if (places->n < CHARSET_PLACES_SHOWN)
        places->first[places->n] = place;
    places->n++;
    places->last = place;
}

/* Windows-1252 has no character for these bytes. */
static bool has_undefined(enum charset charset, const char *bytes, size_t len)
{
    if (charset != CHARSET_CP1252)
        return false;
    for (size_t i = 0; i < len; i++)
        if (bytes[i] && strchr("\x81\x8D\x8F\x90\x9D", bytes[i]))
            return true;
    return false;
}

void charset_tally_count(struct charset_tally *tally, enum charset charset, const char *bytes,
                         size_t len, int64_t place)
{
    if (text_ascii_len(bytes, len) < len)
        charset_places_count(&tally->in[charset], place);
    if (has_undefined(charset, bytes, len))
        charset_places_count(&tally->undefined, place);
}

void charset_places_put(const struct charset_places *places, bool lines, const char *one,
                        const char *many, struct buf *out)
{
    bool alone = places->n == 1;
    buf_puts(out, lines ? (alone ? "la línea " : "las líneas ")
                        : (alone ? "el registro " : "los registros "));
    int64_t shown = places->n < CHARSET_PLACES_SHOWN ? places->n : CHARSET_PLACES_SHOWN;
    for (int64_t i = 0; i < shown; i++) {
        const char *before = i == 0 ? "" : i + 1 == places->n ? " y " : ", ";
        buf_printf(out, "%s%lld", before, (long long)places->first[i]);
    }
    if (places->n > shown)
        buf_printf(out, " y %lld más", (long long)(places->n - shown));
    buf_printf(out, " %s", alone ? one : many);
}

enum charset charset_tally_usual(const struct charset_tally *tally)
{
    enum charset usual = CHARSET_UTF8;
    for (int charset = 1; charset < CHARSETS; charset++)
        if (tally->in[charset].n > tally->in[usual].n)
            usual = (enum charset)charset;
    return usual;
}

bool charset_tally_put_others(const struct charset_tally *tally, bool lines, struct buf *out)
{
    enum charset usual = charset_tally_usual(tally);
    bool mixed = false;
    for (int charset = 0; charset < CHARSETS; charset++) {
        if (charset == (int)usual || !tally->in[charset].n)
            continue;
        buf_puts(out, mixed ? "; " : "");
        charset_places_put(&tally->in[charset], lines, "está en ", "están en ", out);
        buf_puts(out, charset_name((enum charset)charset));
        mixed = true;
    }
    if (mixed)
        buf_printf(out, "; el resto en %s", charset_name(usual));
    return mixed;
}

void charset_tally_put_undefined(const struct charset_tally *tally, bool lines, struct buf *out)
{
    if (!tally->undefined.n)
        return;
    buf_puts(out, out->len ? "; " : "");
    charset_places_put(&tally->undefined, lines, "tiene bytes que no son ningún carácter",
                       "tienen bytes que no son ningún carácter", out);
}
