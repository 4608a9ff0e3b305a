/* verdicts_file.c - reads verdicts from a sheet that a department filled in. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "geo/analysis/verdicts_internal.h"
#include "geo/base/array.h"
#include "geo/base/text.h"
#include "geo/source/source.h"

enum { CAPA, CODIGO, VEREDICTO, COORDENADAS, PERSONA, NOTA };
_Static_assert(NOTA + 1 == VERDICT_COLUMNS, "a place for each column");

bool verdict_sheet_columns(struct verdict_sheet *sheet, const char *const *there, size_t n,
                           struct err *err)
{
    static const char *const names[] = {"capa",        "codigo",  "veredicto",
                                        "coordenadas", "persona", "nota"};
    for (int i = 0; i < VERDICT_COLUMNS; i++) {
        sheet->columns[i] = -1;
        for (size_t c = 0; c < n; c++) {
            const char *folded = text_fold_column(sheet->arena, there[c]);
            if (folded && strcmp(folded, names[i]) == 0)
                sheet->columns[i] = (int)c;
        }
        if (i <= VEREDICTO && sheet->columns[i] < 0)
            return err_set(err, ERR_INPUT, "falta la columna «%s»", names[i]);
    }
    return true;
}

/* NULL: empty. */
static const char *value_of(struct verdict_sheet *sheet, const char *const *values, int column)
{
    const char *text = sheet->columns[column] < 0 ? NULL : values[sheet->columns[column]];
    text = text ? text_clean(sheet->arena, text) : NULL;
    return text && text[0] ? text : NULL;
}

bool verdict_sheet_row(struct verdict_sheet *sheet, const char *const *values, int64_t line,
                       struct err *err)
{
    const char *word = value_of(sheet, values, VEREDICTO), *layer = value_of(sheet, values, CAPA);
    const char *codigo = value_of(sheet, values, CODIGO),
               *person = value_of(sheet, values, PERSONA);
    enum geo_verdict_kind kind;
    if (!word) {
        sheet->skipped++;
        return true;
    }
    if (!geo_verdict_of(word, &kind))
        return err_set(err, ERR_INPUT,
                       "veredicto: «%s» no es aceptar_ubicacion, aceptar_declaracion ni "
                       "corregir_coordenadas",
                       word);
    if (!layer || !codigo)
        return err_set(err, ERR_INPUT, "%s: falta", layer ? "codigo" : "capa");
    if (!array_reserve(sheet->requests, sheet->cap, sheet->n + 1))
        return err_no_memory(err);
    sheet->requests[sheet->n++] = (struct geo_verdict_request){
        .layer = layer,
        .codigo = codigo,
        .kind = kind,
        .person = person ? person : sheet->person,
        .note = value_of(sheet, values, NOTA),
        .coords = value_of(sheet, values, COORDENADAS),
        .line = line,
    };
    return true;
}

/* Reads the rows of a table whose columns are known. */
static bool read_rows(struct geo_source *source, size_t index, struct verdict_sheet *sheet,
                      struct err *err)
{
    const struct geo_source_table *table = geo_source_table(source, index);
    const char **values = arena_array(sheet->arena, table->n_columns, sizeof *values);
    struct geo_source_row row;
    bool more;
    if (!values)
        return err_no_memory(err);
    if (!geo_source_read(source, index, err))
        return false;
    while (geo_source_next(source, &row, &more, err) && more) {
        for (size_t c = 0; c < table->n_columns; c++)
            values[c] = row.cells[c].text;
        if (!verdict_sheet_row(sheet, values, row.line, err))
            return err_wrap(err, "%s %lld", table->place, (long long)row.line);
    }
    return !more;
}

/* Reads every table that people see and that has the columns. */
static bool read_sheets(struct geo_source *source, struct verdict_sheet *sheet, struct err *err)
{
    struct err first = {0};
    bool any = false;
    for (size_t i = 0; i < geo_source_tables(source); i++) {
        const struct geo_source_table *table = geo_source_table(source, i);
        struct err why = {0};
        if (table->hidden)
            continue;
        if (verdict_sheet_columns(sheet, table->columns, table->n_columns, &why)) {
            any = true;
            if (!read_rows(source, i, sheet, err))
                return false;
        } else if (first.kind == ERR_NONE)
            first = why;
    }
    if (!any)
        *err = first;
    return any ||
           (err->kind == ERR_NONE && err_set(err, ERR_INPUT, "todas sus hojas están ocultas"));
}

bool geo_verdicts_from_file(struct geo_store *store, const char *path, const char *person,
                            bool dry_run, struct geo_verdicts_summary *summary, struct err *err)
{
    const struct geo_source_options options = {.path = path, .geometry = GEO_NO_GEOMETRY};
    struct verdict_sheet sheet = {.person = person, .arena = arena_new()};
    struct geo_source *source = NULL;
    struct buf name;
    buf_init(&name);
    bool ok = sheet.arena || err_no_memory(err);
    ok = ok && (source = geo_source_open(&options, err)) && read_sheets(source, &sheet, err);
    if (ok) {
        buf_printf(&name, "veredictos de %s", path);
        *summary = (struct geo_verdicts_summary){.skipped = sheet.skipped};
        ok = buf_failed(&name) ? err_no_memory(err)
                               : geo_verdicts_give(store, sheet.requests, sheet.n, name.data,
                                                   dry_run, summary, err);
    }
    buf_free(&name);
    geo_source_close(source);
    free(sheet.requests);
    arena_free(sheet.arena);
    return ok || err_wrap(err, "%s", path);
}
