/* source_sheet_open.c - opens a text file or a sheet: its header, its column of geometries. */
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "geo/base/array.h"
#include "geo/place/crs.h"
#include "geo/place/trace_text.h"
#include "geo/source/geometry_text_internal.h"
#include "geo/source/source_sheet_internal.h"
#include "geo/texts/place_text.h"

/* The first rows of a sheet, copied; their merged cells as the header finder takes them. */
struct sheet_head {
    struct source_cells *rows;
    size_t n_rows, cap_rows;
    struct header_merge *merges;
    size_t n_merges, cap_merges;
    bool *hidden; /* by column: a person does not see it; NULL: of a text */
    size_t n_hidden;
};

static bool copy_row(const struct source_cells *row, struct arena *arena, struct source_cells *copy)
{
    struct source_cell *cells = arena_array(arena, row->n, sizeof *cells);
    for (size_t c = 0; cells && c < row->n; c++) {
        cells[c] = row->cells[c];
        if (cells[c].text && !(cells[c].text = arena_strdup(arena, row->cells[c].text)))
            return false;
    }
    *copy = (struct source_cells){row->line, row->n, cells};
    return cells != NULL;
}

static bool add_merges(struct sheet_head *head, const struct geo_workbook_row *row)
{
    for (size_t m = 0; m < row->n_merges; m++) {
        const struct geo_workbook_merge *merge = &row->merges[m];
        if (merge->first_line != row->cells.line)
            continue; /* it was there in the row above */
        if (!array_reserve(head->merges, head->cap_merges, head->n_merges + 1))
            return false;
        head->merges[head->n_merges++] = (struct header_merge){
            merge->first_line, merge->last_line, merge->first_column, merge->last_column};
    }
    return true;
}

/* Of the columns that the rows have. */
static bool find_hidden(const struct geo_workbook_rows *rows, struct arena *arena,
                        struct sheet_head *head)
{
    for (size_t r = 0; r < head->n_rows; r++)
        head->n_hidden = head->rows[r].n > head->n_hidden ? head->rows[r].n : head->n_hidden;
    head->hidden = arena_array(arena, head->n_hidden, sizeof *head->hidden);
    for (size_t c = 0; head->hidden && c < head->n_hidden; c++)
        head->hidden[c] = geo_workbook_rows_hide(rows, c);
    return head->hidden;
}

static bool read_head_of_book(struct source_sheet *sheet, struct arena *arena,
                              struct sheet_head *head, struct err *err)
{
    struct geo_workbook_rows *rows =
        geo_workbook_rows_open(sheet->of.workbook, sheet->of.sheet, err);
    bool ok = rows != NULL, more = true;
    while (ok && more && head->n_rows < HEADER_ROWS) {
        struct geo_workbook_row row;
        ok = geo_workbook_rows_next(rows, &row, &more, err);
        if (!ok || !more || header_is_blank(&row.cells))
            continue;
        if (!array_reserve(head->rows, head->cap_rows, head->n_rows + 1) ||
            !copy_row(&row.cells, arena, &head->rows[head->n_rows++]) || !add_merges(head, &row))
            ok = err_no_memory(err);
    }
    if (ok && !find_hidden(rows, arena, head))
        ok = err_no_memory(err);
    geo_workbook_rows_close(rows);
    return ok;
}

/* Tells of hidden columns, which are read: after a copy they are often forgotten. */
static bool note_hidden(struct source_sheet *sheet, struct arena *arena,
                        const struct sheet_head *head, struct err *err)
{
    enum { NAMED_MOST = 8 };
    const char *names = "", *before = sheet->header.note;
    size_t n = 0;
    for (size_t c = 0; names && c < sheet->header.n_columns && c < head->n_hidden; c++)
        if (head->hidden[c] && n++ < NAMED_MOST)
            names = arena_printf(arena, "%s%s«%s»", names, n > 1 ? ", " : "",
                                 sheet->header.columns[c].name);
    if (names && n == 0)
        return true;
    if (names)
        sheet->header.note = arena_printf(
            arena, "%s%sla hoja tiene %zu %s, que se %s: %s%s; si no son datos, quítelas",
            before ? before : "", before ? "; " : "", n,
            n == 1 ? "columna oculta" : "columnas ocultas", n == 1 ? "lee" : "leen", names,
            n > NAMED_MOST ? "…" : "");
    return (names && sheet->header.note) || err_no_memory(err);
}

/* Finds the header; a sheet without rows has none. */
static bool find_header(struct source_sheet *sheet, const struct geo_source_options *options,
                        struct arena *arena, const struct sheet_head *head, struct err *err)
{
    if (head->n_rows == 0)
        return true;
    const struct header_input input = {.rows = head->rows,
                                       .n_rows = head->n_rows,
                                       .merges = head->merges,
                                       .n_merges = head->n_merges,
                                       .is_text = sheet->of.text != NULL,
                                       .line = options->header_line,
                                       .known = options->known,
                                       .arg = options->known_arg};
    bool ok = header_find(&input, arena, &sheet->header, err);
    return ok;
}

/* Keeps the rows of the header: a file joined from several has it again further down. */
static bool keep_head(struct source_sheet *sheet, struct arena *arena,
                      const struct sheet_head *head, struct err *err)
{
    struct source_cells *rows = arena_array(arena, head->n_rows, sizeof *rows);
    if (!rows)
        return err_no_memory(err);
    for (size_t r = 0; r < head->n_rows; r++)
        if (head->rows[r].line >= sheet->header.first_line &&
            head->rows[r].line <= sheet->header.last_line)
            rows[sheet->n_head++] = head->rows[r];
    sheet->head = rows;
    return true;
}

static bool is_geometry_text(const char *text, enum geo_geometry wanted)
{
    bool shapes = wanted == GEO_MULTIPOLYGON || wanted == GEO_ANY_GEOMETRY;
    return geometry_text_kind(text) != GEOMETRY_TEXT_NONE || (shapes && geo_trace_is(text));
}

/* What the first rows have in a column. One point where a form asks for a plot is of neither kind:
 * its row is refused, and not the column. */
static void count_texts(const struct source_sheet *sheet, const struct sheet_head *head, size_t c,
                        size_t *geometries, size_t *others)
{
    *geometries = *others = 0;
    for (size_t r = 0; r < head->n_rows; r++) {
        const struct source_cells *row = &head->rows[r];
        const char *text = c < row->n ? row->cells[c].text : NULL;
        if (!text || row->line <= sheet->header.last_line)
            continue;
        bool is = is_geometry_text(text, sheet->wanted);
        *geometries += is;
        *others += !is && !(sheet->wanted == GEO_MULTIPOLYGON && geo_trace_is_point(text));
    }
}

/* How surely a column is the geometry; of points, a column of coordinates may have a WKT among
 * other ways to write them. */
enum geometry_rank {
    GEOMETRY_COLUMN_NO,
    GEOMETRY_COLUMN_EMPTY,
    GEOMETRY_COLUMN_CELLS,
    GEOMETRY_COLUMN_NAMED
};

static enum geometry_rank rank_of(const struct source_sheet *sheet, const struct sheet_head *head,
                                  size_t c)
{
    size_t geometries, others;
    bool named = place_text_names_geometry(sheet->header.columns[c].name);
    count_texts(sheet, head, c, &geometries, &others);
    if (geometries && named)
        return GEOMETRY_COLUMN_NAMED;
    if (geometries && (!others || (sheet->wanted == GEO_MULTIPOLYGON && geometries > others)))
        return GEOMETRY_COLUMN_CELLS;
    return named && !others ? GEOMETRY_COLUMN_EMPTY : GEOMETRY_COLUMN_NO;
}

static bool is_ignored(const char *const *ignore, const char *name)
{
    for (; ignore && *ignore; ignore++)
        if (strcasecmp(*ignore, name) == 0)
            return true;
    return false;
}

/* Finds the column of geometries: the one that is stated, else the one that is it most surely.
 * sheet->rival is another that is it as surely. */
static void find_geometry(struct source_sheet *sheet, const struct geo_source_options *options,
                          const struct sheet_head *head)
{
    enum geometry_rank best = GEOMETRY_COLUMN_NO;
    for (size_t c = 0; sheet->wanted != GEO_NO_GEOMETRY && c < sheet->header.n_columns; c++) {
        const char *name = sheet->header.columns[c].name;
        if (options->geometry_column && strcasecmp(options->geometry_column, name) == 0) {
            sheet->geometry = (int)c;
            sheet->rival = -1;
            return;
        }
        enum geometry_rank rank =
            is_ignored(options->ignore, name) ? GEOMETRY_COLUMN_NO : rank_of(sheet, head, c);
        if (rank > best) {
            best = rank;
            sheet->geometry = (int)c;
            sheet->rival = -1;
        } else if (rank == best && rank >= GEOMETRY_COLUMN_CELLS && sheet->rival < 0)
            sheet->rival = (int)c;
    }
}

/* Which columns fill a field: links behind their texts are no values of theirs. */
static bool find_filling(struct source_sheet *sheet, const struct geo_source_options *options,
                         struct arena *arena, struct err *err)
{
    bool *fills = arena_array(arena, sheet->header.n_columns, sizeof *fills);
    if (!fills)
        return err_no_memory(err);
    for (size_t c = 0; options->fills && c < sheet->header.n_columns; c++)
        fills[c] = options->fills(options->known_arg, sheet->header.columns[c].match);
    sheet->fills = fills;
    return true;
}

static bool describe(struct source_sheet *sheet, struct arena *arena,
                     struct geo_source_table *table, struct err *err)
{
    size_t n = sheet->header.n_columns;
    const char **names = arena_array(arena, n, sizeof *names);
    const char **matches = arena_array(arena, n, sizeof *matches);
    sheet->cells = arena_array(arena, n, sizeof *sheet->cells);
    if (!names || !matches || !sheet->cells)
        return err_no_memory(err);
    if (!geo_source_within(sheet->limits, GEO_LIMIT_COLUMNS, (int64_t)n, err))
        return false;
    for (size_t c = 0; c < n; c++) {
        names[c] = sheet->header.columns[c].name;
        matches[c] = sheet->header.columns[c].match;
        if (sheet->header.columns[c].named)
            sheet->width = c + 1;
    }
    bool geometry = sheet->geometry >= 0;
    int64_t count = n == 0           ? 0
                    : sheet->of.text ? delimited_count(sheet->of.text, sheet->header.last_line)
                                     : -1;
    *table = (struct geo_source_table){.name = sheet->of.name,
                                       .hidden = sheet->of.hidden ? "está oculta" : NULL,
                                       .columns = names,
                                       .matches = matches,
                                       .n_columns = n,
                                       .suits = geometry ? 2 : 1,
                                       .has_geometry = geometry,
                                       .geometry_column = sheet->geometry,
                                       .geometry_rival = sheet->rival,
                                       .crs = "",
                                       .place = sheet->of.text ? "línea" : "fila",
                                       .count = count,
                                       .note = sheet->header.note};
    for (int g = 0; g <= GEO_ANY_GEOMETRY; g++)
        table->suits_for[g] = table->suits;
    return true;
}

struct source_sheet *source_sheet_open(const struct source_sheet_of *of,
                                       const struct geo_source_options *options,
                                       const struct geo_source_limits *limits, struct arena *arena,
                                       struct geo_source_table *table, struct err *err)
{
    struct source_sheet *sheet = calloc(1, sizeof *sheet);
    struct sheet_head head = {0};
    if (!sheet) {
        err_no_memory(err);
        return NULL;
    }
    *sheet = (struct source_sheet){.of = *of,
                                   .limits = limits,
                                   .wanted = options->geometry,
                                   .epsg = options->epsg,
                                   .geometry = -1,
                                   .rival = -1};
    buf_init(&sheet->trace);
    buf_init(&sheet->note);
    bool ok = true;
    if (of->text) {
        const struct source_cells *rows;
        ok = delimited_head(of->text, HEADER_ROWS, arena, &rows, &head.n_rows, err);
        head.rows = (struct source_cells *)(uintptr_t)rows; /* only read */
    } else
        ok = read_head_of_book(sheet, arena, &head, err);
    ok =
        ok && find_header(sheet, options, arena, &head, err) && keep_head(sheet, arena, &head, err);
    if (ok)
        find_geometry(sheet, options, &head);
    ok = ok && note_hidden(sheet, arena, &head, err);
    ok = ok && find_filling(sheet, options, arena, err) && describe(sheet, arena, table, err);
    if (!of->text)
        free(head.rows);
    free(head.merges);
    if (ok)
        return sheet;
    source_sheet_free(sheet);
    return NULL;
}

void source_sheet_free(struct source_sheet *sheet)
{
    if (!sheet)
        return;
    geo_workbook_rows_close(sheet->rows);
    broken_lines_free(&sheet->broken);
    geo_crs_free(sheet->crs);
    buf_free(&sheet->trace);
    buf_free(&sheet->note);
    free(sheet);
}

bool source_sheet_rewind(struct source_sheet *sheet, struct err *err)
{
    sheet->last_line = sheet->header.last_line;
    sheet->blank = 0;
    sheet->n_repeated = 0;
    sheet->n_hidden = 0;
    sheet->n_links = 0;
    sheet->marks = (struct source_passed){0};
    if (sheet->of.text) {
        delimited_rewind(sheet->of.text);
        return true;
    }
    geo_workbook_rows_close(sheet->rows);
    sheet->rows = geo_workbook_rows_open(sheet->of.workbook, sheet->of.sheet, err);
    return sheet->rows != NULL;
}

struct source_passed source_sheet_passed(const struct source_sheet *sheet)
{
    struct geo_workbook_remarks remarks =
        sheet->rows ? geo_workbook_rows_remarks(sheet->rows) : (struct geo_workbook_remarks){0};
    return (struct source_passed){.blank = sheet->of.text ? delimited_blank_rows(sheet->of.text)
                                                          : sheet->blank,
                                  .comments = remarks.comments,
                                  .comment_line = remarks.comment_line,
                                  .boxes = remarks.boxes,
                                  .raised = sheet->marks.raised,
                                  .raised_line = sheet->marks.raised_line,
                                  .struck_parts = sheet->marks.struck_parts,
                                  .part_line = sheet->marks.part_line,
                                  .yearless = sheet->marks.yearless,
                                  .yearless_line = sheet->marks.yearless_line,
                                  .struck = sheet->marks.struck,
                                  .struck_line = sheet->marks.struck_line,
                                  .repeated = sheet->n_repeated,
                                  .repeated_line = sheet->first_repeated,
                                  .cut = sheet->broken.n_short,
                                  .cut_line = sheet->broken.first_short,
                                  .hidden = sheet->n_hidden,
                                  .hidden_line = sheet->first_hidden,
                                  .links = sheet->n_links,
                                  .link_line = sheet->first_link};
}
