/* broken_lines.c - finds records that a line break in a cell has put on several lines. */
#include "geo/sheets/broken_lines.h"

#include <stdlib.h>

#include "geo/base/array.h"

enum { PARTS_MAX = 16 };

/* Short lines that stand one below the other. */
struct short_lines {
    int64_t lines[PARTS_MAX];
    size_t n, cells; /* cells: of the record that they would make */
};

static void give_up(struct short_lines *run, struct broken_lines *broken)
{
    if (run->n && !broken->n_short)
        broken->first_short = run->lines[0];
    broken->n_short += (int64_t)run->n;
    run->n = 0;
}

static bool take(const struct short_lines *run, struct broken_lines *broken, struct err *err)
{
    for (size_t i = 0; i < run->n; i++) {
        if (!array_reserve(broken->lines, broken->cap, broken->n + 1))
            return err_no_memory(err);
        broken->lines[broken->n++] = run->lines[i];
    }
    return true;
}

static bool add(struct short_lines *run, const struct source_cells *row, size_t columns,
                struct broken_lines *broken, struct err *err)
{
    if (row->n >= columns) {
        give_up(run, broken);
        return true;
    }
    if (run->n && (run->n == PARTS_MAX || run->cells + row->n - 1 > columns))
        give_up(run, broken);
    run->cells = run->n ? run->cells + row->n - 1 : row->n;
    run->lines[run->n++] = row->line;
    if (run->cells < columns || run->n < 2)
        return true;
    bool ok = take(run, broken, err);
    run->n = 0;
    return ok;
}

bool broken_lines_find(struct delimited *text, int64_t header_line, size_t columns,
                       struct broken_lines *broken, struct err *err)
{
    struct delimited_place place = delimited_place(text);
    struct short_lines run = {.n = 0};
    bool more = true, ok = true;
    int64_t last = 0;
    delimited_rewind(text);
    while (ok && more) {
        struct source_cells row;
        struct err why = {0};
        bool sound = delimited_next(text, &row, &more, &why);
        if (!more)
            ok = sound || err_set(err, why.kind, "%s", why.message);
        else if (sound && row.line > header_line)
            ok = add(&run, &row, columns, broken, err);
        last = more && sound ? row.line : last;
    }
    give_up(&run, broken);
    if (broken->n_short >= (int64_t)broken->n && broken->n) {
        broken->n_short += (int64_t)broken->n;
        broken->n = 0;
    }
    if (broken->n_short == 1 && broken->first_short == last && !delimited_ends_whole(text)) {
        broken->cut = last;
        broken->n_short = 0;
    }
    delimited_go(text, &place);
    return ok;
}

void broken_lines_free(struct broken_lines *broken)
{
    free(broken->lines);
    *broken = (struct broken_lines){0};
}

bool broken_lines_have(const struct broken_lines *broken, int64_t line)
{
    return broken->n &&
           bsearch(&line, broken->lines, broken->n, sizeof *broken->lines, array_by_int64);
}
