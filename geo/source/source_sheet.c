/* source_sheet.c - reads the rows of a text file or of a sheet of a workbook. */
#include <string.h>

#include "geo/base/cell.h"
#include "geo/base/text.h"
#include "geo/files/gdal_internal.h"
#include "geo/place/trace_text.h"
#include "geo/source/geometry_text_internal.h"
#include "geo/source/source_internal.h"
#include "geo/source/source_sheet_internal.h"
#include "geo/texts/place_text.h"

static bool is_empty(const struct source_cell *cell)
{
    return !cell->text || text_is_blank(cell->text);
}

/* A value that covers several rows holds for this one too. */
static bool spread(struct source_sheet *sheet, const struct geo_workbook_row *row, struct err *err)
{
    for (size_t m = 0; m < row->n_merges; m++) {
        const struct geo_workbook_merge *merge = &row->merges[m];
        size_t c = merge->first_column;
        if (merge->first_line == merge->last_line || c >= sheet->header.n_columns ||
            merge->value.kind == SOURCE_CELL_EMPTY)
            continue;
        if (merge->value.kind != SOURCE_CELL_TEXT)
            return err_set(err, ERR_INPUT,
                           "«%s» de la columna «%s» está en una celda combinada, de las filas %lld "
                           "a %lld, y no se sabe de cuál es: sepárela",
                           merge->value.text, sheet->header.columns[c].name,
                           (long long)merge->first_line, (long long)merge->last_line);
        if (is_empty(&sheet->cells[c]))
            sheet->cells[c] = merge->value;
    }
    return true;
}

static bool take_cells(struct source_sheet *sheet, const struct source_cells *row, struct err *err)
{
    bool fit = true;
    for (size_t c = 0; c < sheet->header.n_columns; c++) {
        struct source_cell *cell = &sheet->cells[c];
        *cell = (struct source_cell){SOURCE_CELL_EMPTY, NULL};
        if (c >= row->n || !row->cells[c].text || !row->cells[c].text[0])
            continue;
        int64_t kilobytes = (int64_t)(strlen(row->cells[c].text) >> 10);
        if (!fit ||
            (kilobytes && !geo_source_within(sheet->limits, GEO_LIMIT_VALUE_KB, kilobytes, err))) {
            if (fit)
                err_wrap(err, "%s", sheet->header.columns[c].name);
            fit = false;
            continue;
        }
        *cell = row->cells[c];
        if (cell->kind == SOURCE_CELL_TEXT)
            cell->text = cell_unguard(cell->text);
    }
    return fit;
}

/* A place that stands behind a text that is none, as behind «Ver mapa», is what the cell means. */
static void take_links(struct source_sheet *sheet, const struct geo_workbook_row *row)
{
    for (size_t c = 0; c < row->n_links && c < sheet->header.n_columns; c++) {
        struct source_cell *cell = &sheet->cells[c];
        bool words = cell->kind == SOURCE_CELL_EMPTY || cell->kind == SOURCE_CELL_NO_VALUE ||
                     (cell->kind == SOURCE_CELL_TEXT && !place_text_is(cell->text));
        if (!row->links[c] || !words)
            continue;
        if (!sheet->fills[c])
            *cell = (struct source_cell){SOURCE_CELL_TEXT, row->links[c]};
        else if (sheet->n_links++ == 0)
            sheet->first_link = row->cells.line;
    }
}

/* A GPS that errs by more than this moves the hectares of a plot; people should walk it again. */
static const double accuracy_most_m = 30;

static bool note_trace(struct source_sheet *sheet, const struct geo_trace *what, const char **note,
                       struct err *err)
{
    buf_clear(&sheet->note);
    if (what->polygon && what->gap_m > 0)
        buf_printf(&sheet->note, "trazo sin cerrar: sus extremos, a %.0f m, se unieron",
                   what->gap_m);
    if (what->accuracy_m > accuracy_most_m)
        buf_printf(&sheet->note, "%sel GPS erraba hasta %.0f m", sheet->note.len ? "; " : "",
                   what->accuracy_m);
    *note = sheet->note.len ? sheet->note.data : NULL;
    return !buf_failed(&sheet->note) || err_no_memory(err);
}

static bool read_trace(struct source_sheet *sheet, const char *text, struct source_raw *raw,
                       struct err *err)
{
    struct geo_trace what;
    buf_clear(&sheet->trace);
    if (!geo_trace_read(text, sheet->wanted == GEO_MULTIPOLYGON ? GEO_TRACE_SHAPE : GEO_TRACE_LINE,
                        &sheet->trace, &what, err) ||
        !note_trace(sheet, &what, &raw->note, err))
        return false;
    return gdal->OGR_G_CreateFromWkb(sheet->trace.data, NULL, &raw->geometry,
                                     (int)sheet->trace.len) == OGRERR_NONE ||
           err_no_memory(err);
}

/* The system that a text states ("SRID=32720;POINT(…)") is used, record by record. */
static bool to_lon_lat(struct source_sheet *sheet, int epsg, OGRGeometryH geometry, struct err *err)
{
    if (sheet->epsg && sheet->epsg != epsg)
        return err_set(err, ERR_INPUT,
                       "la geometría dice ser EPSG:%d, pero se indicó EPSG:%d (--crs)", epsg,
                       sheet->epsg);
    if (sheet->epsg || epsg == 4326) /* the whole table is, or it is there already */
        return true;
    if (!sheet->crs && !(sheet->crs = geo_crs_new(err)))
        return false;
    return source_geometry_transform(sheet->crs, epsg, geometry, err) ||
           err_wrap(err, "la geometría dice ser EPSG:%d", epsg);
}

static bool read_geometry(struct source_sheet *sheet, struct source_raw *raw, struct err *err)
{
    const struct source_cell *cell = sheet->geometry < 0 ? NULL : &sheet->cells[sheet->geometry];
    int epsg = 0;
    if (!cell || is_empty(cell))
        return true;
    bool known = geometry_text_kind(cell->text) != GEOMETRY_TEXT_NONE;
    if (!known && geo_trace_is(cell->text))
        return read_trace(sheet, cell->text, raw, err);
    if (!known && sheet->wanted == GEO_MULTIPOLYGON && geo_trace_is_point(cell->text))
        return err_set(err, ERR_INPUT, "«%.*s» es un solo punto, y se espera un polígono",
                       text_cut(cell->text, 60), cell->text);
    if (!geometry_text_read(cell->text, &raw->geometry, &epsg, err))
        return false;
    raw->empty = !raw->geometry;
    return (epsg == 0 || !raw->geometry || to_lon_lat(sheet, epsg, raw->geometry, err));
}

static const char *text_at(const struct source_cells *row, size_t c)
{
    const char *text = c < row->n ? row->cells[c].text : NULL;
    return text ? text : "";
}

static bool same_cells(const struct source_cells *a, const struct source_cells *b)
{
    size_t n = a->n > b->n ? a->n : b->n, filled = 0;
    for (size_t c = 0; c < n; c++) {
        if (strcmp(text_at(a, c), text_at(b, c)) != 0)
            return false;
        filled += text_at(a, c)[0] != '\0';
    }
    return filled > 1;
}

static bool repeats_header(struct source_sheet *sheet, const struct source_cells *row)
{
    for (size_t r = 0; r < sheet->n_head; r++)
        if (same_cells(&sheet->head[r], row)) {
            if (sheet->n_repeated++ == 0)
                sheet->first_repeated = row->line;
            return true;
        }
    return false;
}

/* The next row of a text. The first short one makes the whole text be looked at. */
static bool next_line(struct source_sheet *sheet, struct source_cells *row, bool *more,
                      struct err *err)
{
    struct delimited *text = sheet->of.text;
    struct delimited_place place = delimited_place(text);
    bool ok = delimited_next(text, row, more, err);
    if (!ok || !*more || sheet->looked || row->n >= sheet->width ||
        row->line <= sheet->header.last_line)
        return ok;
    sheet->looked = true;
    if (!broken_lines_find(text, sheet->header.last_line, sheet->width, &sheet->broken, err)) {
        *more = false;
        return false;
    }
    delimited_go(text, &place);
    return delimited_next(text, row, more, err);
}

static bool is_whole(const struct source_sheet *sheet, const struct source_cells *row,
                     struct err *err)
{
    if (row->line == sheet->broken.cut)
        return err_set(
            err, ERR_INPUT,
            "tiene %zu valores y el encabezado %zu columnas, y el archivo acaba ahí, sin "
            "fin de línea: parece cortado; vuelva a bajarlo o a copiarlo, y si está entero "
            "póngale el fin de línea",
            row->n, sheet->width);
    return !broken_lines_have(&sheet->broken, row->line) ||
           err_set(
               err, ERR_INPUT,
               "tiene %zu valores y el encabezado %zu columnas, y con la línea de al lado los "
               "completa: parece un salto de línea dentro de un texto sin comillas; una las dos "
               "líneas",
               row->n, sheet->width);
}

/* What a formula gives that refers to empty cells: 0, "", #N/A, day 0, "0-0". */
static bool is_nothing(const struct source_cell *cell)
{
    static const char *const days[] = {"1900-01-00", "1899-12-30"};
    if (is_empty(cell) || cell->kind == SOURCE_CELL_ERROR)
        return true;
    if (cell->kind == SOURCE_CELL_DATE)
        return strncmp(cell->text, days[0], 10) == 0 || strncmp(cell->text, days[1], 10) == 0;
    return cell->kind != SOURCE_CELL_NO_VALUE && !cell->text[strspn(cell->text, " 0.,-/_%")];
}

/* Formulas that were drawn down below the data. */
static bool is_drawn_down(const struct geo_workbook_row *row)
{
    for (size_t c = 0; c < row->cells.n; c++)
        if (!is_nothing(&row->cells.cells[c]))
            return false;
    return !row->typed;
}

static void count(int n, int64_t line, int64_t *total, int64_t *first_line)
{
    if (n && !*total)
        *first_line = line;
    *total += n;
}

static void count_marks(struct source_sheet *sheet, const struct geo_workbook_row *row)
{
    struct source_passed *marks = &sheet->marks;
    count(row->raised, row->cells.line, &marks->raised, &marks->raised_line);
    count(row->struck_parts, row->cells.line, &marks->struck_parts, &marks->part_line);
    count(row->yearless, row->cells.line, &marks->yearless, &marks->yearless_line);
    count(row->struck, row->cells.line, &marks->struck, &marks->struck_line);
}

/* The next row below the header, of either kind. */
static bool next_row(struct source_sheet *sheet, struct source_cells *row,
                     struct geo_workbook_row *book_row, bool *more, struct err *err)
{
    *book_row = (struct geo_workbook_row){0};
    for (;;) {
        bool ok;
        if (sheet->of.text) {
            ok = next_line(sheet, row, more, err);
        } else {
            ok = geo_workbook_rows_next(sheet->rows, book_row, more, err);
            *row = book_row->cells;
            if (!ok)
                *more = false; /* nothing more can be read */
        }
        if (!*more)
            return ok;
        if (row->line <= sheet->header.last_line)
            continue;
        if (sheet->of.text || !header_is_blank(row)) {
            bool drawn = ok && !sheet->of.text && is_drawn_down(book_row);
            if (!sheet->of.text)
                sheet->blank += row->line - sheet->last_line - 1 + drawn;
            sheet->last_line = row->line;
            if (drawn)
                continue;
            if (ok && repeats_header(sheet, row))
                continue;
            count_marks(sheet, book_row);
            if (book_row->hidden && sheet->n_hidden++ == 0)
                sheet->first_hidden = row->line;
            return ok;
        }
    }
}

bool source_sheet_next(struct source_sheet *sheet, struct source_raw *raw, bool *more,
                       struct err *err)
{
    struct source_cells row;
    struct geo_workbook_row book_row;
    *raw = (struct source_raw){0};
    *more = false;
    if (sheet->header.n_columns == 0)
        return true;
    struct err bad = {0};
    bool ok = next_row(sheet, &row, &book_row, more, &bad);
    if (!*more) {
        if (!ok)
            *err = bad;
        return ok;
    }
    raw->line = row.line;
    raw->cells = sheet->cells;
    raw->ascii = sheet->of.text && delimited_row_is_ascii(sheet->of.text);
    if (!take_cells(sheet, &row, err))
        return false;
    take_links(sheet, &book_row);
    if (!ok) {
        *err = bad;
        return false;
    }
    return header_fits(&sheet->header, &row, err) && is_whole(sheet, &row, err) &&
           spread(sheet, &book_row, err) && read_geometry(sheet, raw, err);
}
