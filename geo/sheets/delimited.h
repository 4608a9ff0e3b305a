/* delimited.h - splits delimited text (CSV) into rows of cells.
 *
 * Text is UTF-8, UTF-16, or in older encodings line by line (charset_lines.h). Values are parted by
 * ; , | or a tab, whichever makes the best table of the first rows, or by what a first line
 * "sep=…" says. A value may be quoted, then with separators, line breaks and "" for a quote in it;
 * a quote inside a value that does not begin with one is a character. Where the first row has
 * apostrophes around each value, they are the quotes. Lines end with LF, CR LF or
 * CR. A Ctrl-Z at the end of the file does not count.
 *
 *     delimited_head(text, HEADER_ROWS, arena, &rows, &n_rows, err);
 *     header_find(...);
 *     while (delimited_next(text, &row, &more, err), more)
 *         if (row.line > header.last_line)
 *             ...
 *
 * The bytes are only read, and a row is copied before it is split: a mapped file will do.
 *
 * Owns:    its copy of the row; of the whole text only where that is not UTF-8.
 * Threads: one owner.
 * Errors:  ERR_INPUT: the bytes are no text (then there is no table); a quote that is not closed,
 *          or closed within the value, a value beyond the limit (of a row). ERR_LIMIT: too many
 *          columns.
 */
#ifndef GEO_DELIMITED_H
#define GEO_DELIMITED_H

#include "geo/base/arena.h"
#include "geo/base/buf.h"
#include "geo/base/err.h"
#include "geo/files/source_limits.h"
#include "geo/texts/source_cell.h"

struct delimited; /* opaque */

struct delimited_options {
    const struct geo_source_limits *limits;
    char separator; /* '\0': to be found */
    /* True if a field of the layer goes by this name; NULL: none is known. The separator that
     * gives most of such names is the one. */
    bool (*known)(void *arg, const char *name);
    void *arg;
};

/* The bytes are borrowed until the result is freed. Caller owns the result. */
struct delimited *delimited_new(const char *bytes, size_t len,
                                const struct delimited_options *options, struct err *err);
void delimited_free(struct delimited *text); /* NULL is fine */

/* '\0': no separator makes two columns; then a row has one cell. */
char delimited_separator(const struct delimited *text);
const char *delimited_encoding(const struct delimited *text); /* "UTF-8", "Windows-1252"… */
/* What must be said about the encoding, in Spanish; NULL: nothing. */
const char *delimited_note(const struct delimited *text);

/* The next row that is not blank, borrowed until the next call; its cells are SOURCE_CELL_TEXT or
 * _EMPTY. *more false at the end. False with *more true: this row is faulty; reading can go on.
 * Its cells are those of its line, as they stand there. */
bool delimited_next(struct delimited *text, struct source_cells *row, bool *more, struct err *err);
/* True if that row is ASCII. */
bool delimited_row_is_ascii(const struct delimited *text);
void delimited_rewind(struct delimited *text);

/* Where reading stands, to go back to it: the row after it is the next one again. */
struct delimited_place {
    size_t at;
    int64_t line, blank;
};
struct delimited_place delimited_place(const struct delimited *text);
void delimited_go(struct delimited *text, const struct delimited_place *place);

/* False: the file ends within a line, as one does that was cut; or whose program writes it so. */
bool delimited_ends_whole(const struct delimited *text);

int64_t delimited_blank_rows(const struct delimited *text); /* passed over since the rewind */

/* Rows after that line, faulty ones too; reads all of the text once. Rewinds. */
int64_t delimited_count(struct delimited *text, int64_t line);

/* The first rows, at most n, copied to the arena; faulty ones are left out. Rewinds. */
bool delimited_head(struct delimited *text, size_t n, struct arena *arena,
                    const struct source_cells **rows, size_t *n_rows, struct err *err);

#endif
