/* verdicts_file.c - verdicts from a sheet that a department filled. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "geo/analysis/verdicts.h"
#include "geo/base/text.h"
#include "geo/import/source.h"

enum { CAPA, CODIGO, VEREDICTO, COORDENADAS, PERSONA, NOTA, COLUMNS };

struct sheet {
    struct geo_source *source;
    struct arena *arena;
    int columns[COLUMNS]; /* -1: not there */
    const char *person;
    struct geo_verdict_request *requests;
    size_t n, cap;
    int64_t skipped;
};

static bool find_columns(struct sheet *sheet, struct err *err)
{
    static const char *const names[] = {"capa",        "codigo",  "veredicto",
                                        "coordenadas", "persona", "nota"};
    const char *const *there = geo_source_column_names(sheet->source);
    for (int i = 0; i < COLUMNS; i++) {
        sheet->columns[i] = -1;
        for (size_t c = 0; c < geo_source_columns(sheet->source); c++) {
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
static const char *value_of(struct sheet *sheet, const struct geo_source_row *row, int column)
{
    const char *text = sheet->columns[column] < 0 ? NULL : row->values[sheet->columns[column]];
    text = text ? text_clean(sheet->arena, text) : NULL;
    return text && text[0] ? text : NULL;
}

static bool take_row(struct sheet *sheet, const struct geo_source_row *row, struct err *err)
{
    const char *word = value_of(sheet, row, VEREDICTO), *layer = value_of(sheet, row, CAPA);
    const char *codigo = value_of(sheet, row, CODIGO), *person = value_of(sheet, row, PERSONA);
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
    if (sheet->n == sheet->cap) {
        size_t cap = sheet->cap ? 2 * sheet->cap : 64;
        struct geo_verdict_request *grown = realloc(sheet->requests, cap * sizeof *grown);
        if (!grown)
            return err_no_memory(err);
        sheet->requests = grown;
        sheet->cap = cap;
    }
    sheet->requests[sheet->n++] = (struct geo_verdict_request){
        .layer = layer,
        .codigo = codigo,
        .kind = kind,
        .person = person ? person : sheet->person,
        .note = value_of(sheet, row, NOTA),
        .coords = value_of(sheet, row, COORDENADAS),
        .line = row->line,
    };
    return true;
}

static bool read_sheet(struct sheet *sheet, struct err *err)
{
    struct geo_source_row row;
    bool more;
    if (!find_columns(sheet, err))
        return false;
    while (geo_source_next(sheet->source, &row, &more, err) && more)
        if (!take_row(sheet, &row, err))
            return err_wrap(err, "%s %lld", geo_source_place(sheet->source), (long long)row.line);
    return !more;
}

bool geo_verdicts_from_file(struct geo_store *store, const char *path, const char *person,
                            bool dry_run, struct geo_verdicts_summary *summary, struct err *err)
{
    const struct geo_source_options options = {.path = path, .geometry = GEO_NO_GEOMETRY};
    struct sheet sheet = {.person = person, .arena = arena_new()};
    struct buf name;
    buf_init(&name);
    bool ok = sheet.arena || err_no_memory(err);
    ok = ok && (sheet.source = geo_source_open(&options, err)) && read_sheet(&sheet, err);
    if (ok) {
        buf_printf(&name, "veredictos de %s", path);
        *summary = (struct geo_verdicts_summary){.skipped = sheet.skipped};
        ok = buf_failed(&name) ? err_no_memory(err)
                               : geo_verdicts_give(store, sheet.requests, sheet.n, name.data,
                                                   dry_run, summary, err);
    }
    buf_free(&name);
    geo_source_close(sheet.source);
    free(sheet.requests);
    arena_free(sheet.arena);
    return ok || err_wrap(err, "%s", path);
}
