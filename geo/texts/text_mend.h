/* text_mend.h - mends text that was decoded twice: UTF-8 that some program took for Windows-1252
 * (or DOS 850, Mac Roman) and wrote as UTF-8 again. "Potosí" became "PotosÃ­", once more and
 * "PotosÃƒÂ­".
 *
 * A value is mended only if all of it decodes strictly, and what comes out is text of words:
 * "SÃO" and "MANHÃ" are right as they are. What looks decoded twice and is not mended, what looks
 * decoded once in a wrong encoding ("¥uflo" for "Ñuflo"), and U+FFFD, where a program lost a
 * character, make a value doubtful; it stays as it is.
 *
 *     struct text_mended mended = {0};
 *     for each value
 *         value = text_mend(value, arena, &mended);
 *     text_mended_put(&mended, &note);
 *
 * Owns:    nothing; a mended value lives in the arena.
 * Threads: any; one struct text_mended by one.
 * Errors:  NULL for short memory.
 */
#ifndef GEO_TEXT_MEND_H
#define GEO_TEXT_MEND_H

#include <stdint.h>

#include "geo/base/arena.h"
#include "geo/base/buf.h"

enum text_state { TEXT_RIGHT, TEXT_MENDED, TEXT_DOUBTFUL };

/* What was mended of many values, with the first of each kind. */
struct text_mended {
    int64_t n[TEXT_DOUBTFUL + 1];
    char before[96], after[96], doubtful[96];
};

/* The value mended, or the value itself; UTF-8. Counts it. */
const char *text_mend(const char *value, struct arena *arena, struct text_mended *mended);

/* Appends a Spanish sentence on what was mended and what is doubtful; nothing where all was
 * right. */
void text_mended_put(const struct text_mended *mended, struct buf *out);

#endif
