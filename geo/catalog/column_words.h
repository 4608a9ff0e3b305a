/* column_words.h - the title and the meaning of each column of figures and reports, from
 * columns.json: for --help, /api, workbooks.
 *
 * Owns:    its texts until column_words_free().
 * Threads: immutable once loaded.
 * Errors:  ERR_SETUP if the file is not JSON, ERR_MEMORY.
 *
 * A column that means another thing in one figure has a key of its own,
 * "correspondencia.personas": FIGURE.COLUMN.
 */
#ifndef GEO_CATALOG_COLUMN_WORDS_H
#define GEO_CATALOG_COLUMN_WORDS_H

#include "geo/base/err.h"

struct column_words;
struct column_words *column_words_load(struct err *err);
void column_words_free(struct column_words *words); /* NULL is fine */

/* figure: name of the figure (figure.h), or NULL. NULL: the column has none. */
const char *column_title(const struct column_words *words, const char *figure, const char *column);
const char *column_definition(const struct column_words *words, const char *figure,
                              const char *column);

#endif
