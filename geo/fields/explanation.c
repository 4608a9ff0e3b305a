/* explanation.c - writes how an import would understand a source, as text. */
#include "geo/fields/explanation.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "geo/base/number.h"
#include "geo/base/rows.h"
#include "geo/faults/fault_report.h"

enum { PLACES_SHOWN = 20, LOOKS_SHOWN = 15 };

static const char *const reasons[] = {
    [EXPLAINED_BY_NAME] = "su nombre",         [EXPLAINED_BY_TITLE] = "su título",
    [EXPLAINED_BY_ALIAS] = "otro nombre suyo", [EXPLAINED_BY_GROUP] = "su nombre, tras el grupo",
    [EXPLAINED_BY_CUT] = "su nombre, cortado", [EXPLAINED_BY_MAP] = "--map",
    [EXPLAINED_BY_CONTENT] = "su contenido",
};

static void put_count(struct buf *out, int64_t n, const char *one, const char *many)
{
    number_put_short(out, (double)n, 0);
    buf_printf(out, " %s", n == 1 ? one : many);
}

/* "  name: sentence" */
static void put_line(struct buf *out, const char *name, const char *sentence)
{
    if (sentence)
        buf_printf(out, "  %s: %s\n", name, sentence);
}

/* A table, two blanks from the left. */
static void put_table(struct buf *out, struct rows *rows)
{
    struct buf table;
    buf_init(&table);
    if (rows)
        rows_write(rows, ROWS_TABLE, &table);
    out->failed = out->failed || !rows || buf_failed(&table);
    for (const char *line = table.data, *end; line && *line; line = end) {
        end = line;
        while (*end && *end++ != '\n')
            ;
        buf_puts(out, "  ");
        buf_put(out, line, (size_t)(end - line));
    }
    buf_free(&table);
    rows_free(rows);
}

static void put_used(struct buf *out, const struct explained_sheet *sheet)
{
    static const struct rows_column heads[] = {{"columna", 0}, {"encabezado", 0}, {"campo", 0},
                                               {"por", 0},     {"se lee", 0},     {"ejemplo", 0}};
    struct rows *rows = rows_new(heads, sizeof heads / sizeof *heads);
    for (size_t c = 0; rows && c < sheet->n_columns; c++) {
        const struct explained_column *column = &sheet->columns[c];
        char letters[FAULT_LETTERS];
        if (!column->field)
            continue;
        fault_letters(column->index, letters);
        rows_text(rows, letters);
        rows_text(rows, column->heading);
        rows_text(rows, column->field);
        rows_text(rows, reasons[column->why]);
        rows_text(rows, column->read_as);
        rows_text(rows, column->example);
    }
    if (rows && rows_count(rows) == 0) {
        rows_free(rows);
        buf_puts(out, "  ninguna columna llena un campo\n");
    } else
        put_table(out, rows);
}

static void put_unused(struct buf *out, const struct explained_sheet *sheet)
{
    for (size_t c = 0; c < sheet->n_columns; c++) {
        const struct explained_column *column = &sheet->columns[c];
        char letters[FAULT_LETTERS];
        if (column->field)
            continue;
        fault_letters(column->index, letters);
        buf_printf(out, "  sin usar: %s «%s»%s%s\n", letters, column->heading,
                   column->unused ? ": " : "", column->unused ? column->unused : "");
    }
}

static void put_missing(struct buf *out, const struct explained_sheet *sheet)
{
    for (size_t i = 0; i < sheet->n_missing; i++) {
        bool begins = i == 0 || i == sheet->n_required;
        const char *what = i < sheet->n_required ? "FALTAN, y son obligatorios" : "sin columna";
        if (begins)
            buf_printf(out, "%s  %s: ", i ? "\n" : "", what);
        buf_printf(out, "%s%s", begins ? "" : ", ", sheet->missing[i]);
    }
    if (sheet->n_missing)
        buf_putc(out, '\n');
}

static void put_rescues(struct buf *out, const struct explained_sheet *sheet)
{
    int64_t all = 0;
    for (size_t i = 0; i < sheet->n_rescues; i++)
        all += sheet->rescues[i].n;
    if (all == 0)
        return;
    buf_puts(out, "  se corregirían: ");
    put_count(out, all, "coordenada (", "coordenadas (");
    for (size_t i = 0; i < sheet->n_rescues; i++) {
        buf_puts(out, i ? ", " : "");
        fault_place_put_rescue(out, sheet->rescues[i].name);
        buf_printf(out, ": %lld", (long long)sheet->rescues[i].n);
    }
    buf_puts(out, ")\n");
}

static int by_number(const void *a, const void *b)
{
    const struct explained_count *one = *(const struct explained_count *const *)a;
    const struct explained_count *two = *(const struct explained_count *const *)b;
    return (two->n > one->n) - (two->n < one->n);
}

/* The municipalities with most points. */
static void put_places(struct buf *out, const struct explained_sheet *sheet)
{
    static const struct rows_column heads[] = {
        {"departamento", 0}, {"municipio", 0}, {"puntos", 0}};
    const struct explained_count **places = calloc(sheet->n_places + 1, sizeof *places);
    struct rows *rows = rows_new(heads, sizeof heads / sizeof *heads);
    int64_t left = 0;
    out->failed = out->failed || !places;
    for (size_t i = 0; places && i < sheet->n_places; i++)
        places[i] = &sheet->places[i];
    if (places)
        qsort(places, sheet->n_places, sizeof *places, by_number);
    for (size_t i = 0; places && i < sheet->n_places; i++) {
        if (i >= PLACES_SHOWN || !rows) {
            left += places[i]->n;
            continue;
        }
        rows_text(rows, places[i]->of);
        rows_text(rows, places[i]->name);
        rows_int(rows, places[i]->n);
    }
    put_table(out, rows);
    if (left) {
        buf_puts(out, "  y ");
        put_count(out, (int64_t)(sheet->n_places - PLACES_SHOWN), "municipio más, con ",
                  "municipios más, con ");
        put_count(out, left, "punto\n", "puntos\n");
    }
    free(places);
}

static void put_points(struct buf *out, const struct explained_sheet *sheet)
{
    const struct {
        int64_t n;
        const char *words;
    } others[] = {{sheet->conflicts, "en otro municipio que el declarado"},
                  {sheet->outside, "fuera de todo municipio"},
                  {sheet->unreadable, "sin coordenada que se pueda leer"}};
    if (sheet->points == 0 && sheet->unreadable == 0)
        return;
    buf_puts(out, "  dónde caen: ");
    put_count(out, sheet->points, "punto", "puntos");
    for (size_t i = 0; i < sizeof others / sizeof *others; i++)
        if (others[i].n) {
            buf_puts(out, "; ");
            number_put_short(out, (double)others[i].n, 0);
            buf_printf(out, " %s", others[i].words);
        }
    buf_putc(out, '\n');
    if (sheet->n_places)
        put_places(out, sheet);
}

/* Points to look at -------------------------------------------------------------- */

static void put_look(struct rows *rows, const struct fault_place *place)
{
    struct buf what;
    bool rescued = fault_place_is(place, FAULT_PLACE_RESCUED) && place->how;
    buf_init(&what);
    if (!isnan(place->declared_km)) {
        buf_puts(&what, "a ");
        fault_place_put_km(&what, place->declared_km);
        buf_puts(&what, " del declarado");
    }
    if (fault_place_is(place, FAULT_PLACE_MOVED)) {
        buf_puts(&what, what.len ? "; se mueve " : "se mueve ");
        fault_place_put_km(&what, place->moved_km);
    }
    if (rescued) {
        buf_puts(&what, what.len ? "; venía " : "venía ");
        fault_place_put_rescue(&what, place->how);
    }
    rows_int(rows, place->row);
    rows_text(rows, place->codigo);
    rows_text(rows, place->declared);
    rows_text(rows, place->found ? place->found : "ninguno");
    rows_text(rows, what.data);
    buf_free(&what);
}

/* The gravest first. */
static void put_looks(struct buf *out, const struct explained_sheet *sheet)
{
    const struct rows_column heads[] = {
        {sheet->place, 0}, {"código", 0}, {"declara", 0}, {"cae en", 0}, {"qué pasa", 0}};
    size_t shown = 0, all = sheet->n_looks + sheet->looks_left_out;
    if (all == 0)
        return;
    struct rows *rows = rows_new(heads, sizeof heads / sizeof *heads);
    buf_puts(out, "  lugares por revisar:\n");
    for (int kind = 0; rows && kind < FAULT_PLACE_KINDS; kind++)
        for (size_t i = 0; i < sheet->n_looks && shown < LOOKS_SHOWN; i++)
            if ((int)fault_place_kind_of(&sheet->looks[i]) == kind) {
                put_look(rows, &sheet->looks[i]);
                shown++;
            }
    put_table(out, rows);
    if (all > shown) {
        buf_puts(out, "  y ");
        put_count(out, (int64_t)(all - shown), "más (--dry-run --report F.html los muestra)\n",
                  "más (--dry-run --report F.html los muestra)\n");
    }
}

static void put_faults(struct buf *out, const struct explained_sheet *sheet)
{
    if (sheet->rejected) {
        buf_puts(out, "  faltas: ");
        put_count(out, sheet->rejected, "registro se rechazaría", "registros se rechazarían");
        buf_putc(out, '\n');
    }
    if (sheet->warned) {
        buf_puts(out, "  avisos: en ");
        put_count(out, sheet->warned, "registro\n", "registros\n");
    }
}

static void put_head(struct buf *out, const struct explanation *explanation,
                     const struct explained_sheet *sheet)
{
    if (sheet->name[0])
        buf_printf(out, "\nHoja «%s»: ", sheet->name);
    else
        buf_puts(out, "\n");
    if (sheet->skipped) {
        buf_printf(out, "%s\n", sheet->skipped);
        return;
    }
    if (sheet->rows >= 0) {
        put_count(out, sheet->rows, sheet->place, sheet->place);
        buf_printf(out, "%s de datos ", sheet->rows == 1 ? "" : "s");
    }
    buf_printf(out, "para %s (%s)\n", explanation->layer, explanation->layer_title);
}

/* Headings may have characters that move a terminal's cursor or change its colours. */
static void blank_controls(char *text)
{
    for (; text && *text; text++)
        if (((unsigned char)*text < 0x20 && *text != '\n') || *text == 0x7F)
            *text = ' ';
}

void explanation_put_text(const struct explanation *explanation, struct buf *out)
{
    size_t from = out->len;
    buf_printf(out, "%s\n", explanation->source);
    for (size_t s = 0; s < explanation->n_sheets; s++) {
        const struct explained_sheet *sheet = &explanation->sheets[s];
        put_head(out, explanation, sheet);
        if (sheet->skipped)
            continue;
        put_used(out, sheet);
        put_unused(out, sheet);
        put_missing(out, sheet);
        put_line(out, "coordenadas", sheet->crs);
        put_rescues(out, sheet);
        put_points(out, sheet);
        put_looks(out, sheet);
        put_faults(out, sheet);
        for (size_t i = 0; i < sheet->n_notes; i++)
            buf_printf(out, "  %s\n", sheet->notes[i]);
    }
    if (explanation->stopped)
        buf_printf(out, "\nAsí no se cargaría nada: %s\n", explanation->stopped);
    buf_puts(out, "\nNo se escribió nada.\n");
    if (!buf_failed(out))
        blank_controls(out->data + from);
}
