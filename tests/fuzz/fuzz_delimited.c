/* fuzz_delimited.c - any bytes as a delimited text.
 * Its rows are UTF-8 in the order of their lines, twice the same; its header has names. */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "geo/base/text.h"
#include "geo/sheets/delimited.h"
#include "geo/sheets/header.h"
#include "tests/support/known_names.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void must_be_text(const char *text)
{
    if (text && !text_is_utf8(text, strlen(text)))
        abort();
}

/* The bytes of all values. */
static size_t read_rows(struct delimited *text, const struct header *header)
{
    struct source_cells row;
    int64_t last = 0;
    size_t total = 0;
    delimited_rewind(text);
    for (bool more = true; more;) {
        struct err err = {0};
        bool ok = delimited_next(text, &row, &more, &err);
        if (!more)
            break;
        if (row.line <= last || ok != (err.kind == ERR_NONE) || !row.n)
            abort();
        last = row.line;
        must_be_text(err.message);
        for (size_t c = 0; c < row.n; c++) {
            if ((row.cells[c].kind == SOURCE_CELL_EMPTY) != !row.cells[c].text)
                abort();
            must_be_text(row.cells[c].text);
            total += row.cells[c].text ? strlen(row.cells[c].text) : 0;
        }
        if (header->n_columns)
            header_fits(header, &row, &err);
    }
    return total;
}

static void find_header(struct delimited *text, struct arena *arena, bool is_text,
                        struct header *header)
{
    struct err err = {0};
    struct header_merge merges[] = {{1, 1, 0, 1}, {1, 2, 2, 2}, {2, 2, 3, 9}};
    struct header_input input = {.is_text = is_text, .known = known_name};
    if (!is_text) {
        input.merges = merges;
        input.n_merges = sizeof merges / sizeof *merges;
    }
    if (!delimited_head(text, HEADER_ROWS, arena, &input.rows, &input.n_rows, &err) ||
        !header_find(&input, arena, header, &err))
        return;
    if (header->first_line > header->last_line)
        abort();
    must_be_text(header->note);
    for (size_t c = 0; c < header->n_columns; c++) {
        if (!header->columns[c].name || !header->columns[c].name[0] || !header->columns[c].match)
            abort();
        must_be_text(header->columns[c].name);
        must_be_text(header->columns[c].match);
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct err err = {0};
    struct delimited_options options = {.limits = &geo_source_usual_limits, .known = known_name};
    struct delimited *text = delimited_new((const char *)data, size, &options, &err);
    struct arena *arena = arena_new();
    struct header header = {0};
    if (text && arena) {
        must_be_text(delimited_note(text));
        find_header(text, arena, false, &header);
        find_header(text, arena, true, &header);
        if (read_rows(text, &header) != read_rows(text, &header))
            abort();
    }
    arena_free(arena);
    delimited_free(text);
    return 0;
}
