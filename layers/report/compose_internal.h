/* compose_internal.h - the state of composing a report; only for layers/report/compose*.c. */
#ifndef LAYERS_REPORT_COMPOSE_INTERNAL_H
#define LAYERS_REPORT_COMPOSE_INTERNAL_H

#include <jansson.h>

#include "layers/report/compose.h"
#include "layers/report/table.h"

struct compose {
    struct report_data *data;
    const struct report_scope *scope;
    struct paper *paper;
    struct arena *arena;
    const struct paper_heading *headings; /* of the previous pass */
    size_t n_headings;
    int tables, charts, maps; /* numbers used so far */
    bool numbered;            /* "Cuadro 3. ..." */
    struct err *err;
};

/* Draws a block of a template, which was checked to be an object. */
typedef bool block_fn(struct compose *c, const json_t *block);
block_fn block_text, block_note, block_list, block_figures, block_table, block_chart, block_map,
    block_locator, block_compare, block_cover, block_contents, block_heading, block_badge;

/* ---- compose_cells.c ---- */

/* The column of a table; -1 with c->err if it is missing. */
int compose_column(struct compose *c, const struct rows *rows, const char *name);
/* The printed text of a cell: numbers with their places, dates short, flags sí/no. */
const char *compose_cell(struct compose *c, const struct rows *rows, size_t row, int column,
                         int decimals);

/* ---- compose_text.c: placeholders ---- */

/* {pais.alianzas}, {departamento.familias}, {municipio.nombre}, {fuente.columna}
 * (of its first row), {fecha}, {edicion}, ...; "a.b/c.d" is a ratio; after '|':
 * a number of places, "mill" (millions, one place) or "pct" (per hundred, one
 * place). markup: values are escaped for Pango. NULL with c->err. */
char *compose_expand(struct compose *c, const char *text, bool markup);
/* Reads block[key], a text, and expands it; "" if there is none. */
char *compose_string(struct compose *c, const json_t *block, const char *key, bool markup);

/* ---- compose_rows.c: what a block takes of a table ---- */

struct picked {
    const struct rows *rows;
    size_t *at; /* rows, in order */
    size_t n;
};

/* "fuente", "donde" {column: value}: rows that have all of these; "sin": but not
 * those that have all of these; "orden" "-columna"; "primeros" n. In the arena. */
bool compose_pick(struct compose *c, const json_t *block, struct picked *picked);

/* ---- compose_captions.c ---- */

/* Writes "Cuadro 1. ..." above the next block, and the unit under it; kind as "Cuadro". */
void compose_caption(struct compose *c, const char *kind, int *number, const char *title,
                     const char *unit);
double compose_caption_height(struct compose *c, const char *title, const char *unit);
void compose_source(struct compose *c, const json_t *block); /* under it */

#endif
