/* charset_tally.h - which lines, or records, of a file are in which encoding, and what to say of
 * it.
 *
 * Owns:    nothing: plain data.
 * Threads: any; one tally by one.
 * Errors:  of memory only: by the buffer.
 */
#ifndef GEO_CHARSET_TALLY_H
#define GEO_CHARSET_TALLY_H

#include "geo/texts/charset.h"

enum { CHARSET_PLACES_SHOWN = 5 };

struct charset_places {
    int64_t n, first[CHARSET_PLACES_SHOWN]; /* each counts once, however often in a row it comes */
    int64_t last;
};

struct charset_tally {
    struct charset_places in[CHARSETS];
    struct charset_places undefined; /* with bytes that are no character in their encoding */
};

/* A text that is ASCII is in no encoding, and not counted. place: its line or record, from 1. */
void charset_tally_count(struct charset_tally *tally, enum charset charset, const char *bytes,
                         size_t len, int64_t place);

void charset_places_count(struct charset_places *places, int64_t place);
/* "la línea 3 está en DOS 850", "los registros 3, 7 y 240 más están en DOS 850"; what comes after
 * the places is `one` or `many`. */
void charset_places_put(const struct charset_places *places, bool lines, const char *one,
                        const char *many, struct buf *out);

/* Of most places; CHARSET_UTF8 if none was counted. */
enum charset charset_tally_usual(const struct charset_tally *tally);
/* Which places are in other encodings than the usual one; false: none is. */
bool charset_tally_put_others(const struct charset_tally *tally, bool lines, struct buf *out);
/* Which places have bytes without a character, if any. */
void charset_tally_put_undefined(const struct charset_tally *tally, bool lines, struct buf *out);

#endif
