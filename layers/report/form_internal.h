/* form_internal.h - the parts of a form_book while it is written. Only for layers/report/form_*.c.
 *
 * Owns:    the arena has all texts and arrays; form_book_write() releases it.
 * Threads: one.
 */
#ifndef LAYERS_REPORT_FORM_INTERNAL_H
#define LAYERS_REPORT_FORM_INTERNAL_H

#include "geo/base/arena.h"
#include "geo/base/array.h"
#include "geo/fields/form_sheets.h"
#include "geo/store/store.h"
#include "layers/report/xlsx_internal.h"

enum form_place { FORM_NO_PLACE, FORM_LON, FORM_LAT, FORM_EAST, FORM_NORTH };

/* A column of «Datos». */
struct form_column {
    const char *name;              /* as in ejemplos.json: the field, or lon, lat, x, y */
    const struct geo_field *field; /* NULL: a coordinate */
    enum form_place place;
    char *heading; /* "Código *" */
    char *accepts; /* what it takes, one or two sentences, with an example */
    char *list;    /* formula of its drop-down, "=lista_rubro"; NULL: none */
};

/* The choices of one drop-down: a column of «Listas» under its name. */
struct form_list {
    const char *name; /* defined name in the workbook, "lista_rubro" */
    const char **items;
    size_t n, cap;
};

/* A municipality of the current edition. */
struct form_unit {
    const char *departamento, *nombre, *codigo, *provincia;
};

enum { FORM_COLUMNS_MAX = 64 };
enum form_style { FORM_REQUIRED, FORM_OPTIONAL, FORM_CODE, FORM_COUNT, FORM_STYLES };

struct json_t;

struct form_book {
    struct xlsx file;
    struct geo_store *store;
    const struct geo_table *table;
    struct arena *arena;
    struct json_t *examples; /* array of objects */
    struct form_column columns[FORM_COLUMNS_MAX];
    size_t n_columns;
    struct form_list lists[FORM_COLUMNS_MAX];
    size_t n_lists;
    struct form_unit *units; /* by department, then name; n_units 0: the layer needs none */
    size_t n_units, units_cap;
    const char **alliances; /* codes */
    size_t n_alliances, alliances_cap;
    lxw_format *styles[FORM_STYLES];
};

/* form_data.c: reads the municipalities and alliances that the layer refers to. */
bool form_read_units(struct form_book *book, struct err *err);
bool form_read_alliances(struct form_book *book, struct err *err);

/* form_examples.c: the three rows of ejemplos.json. */
bool form_examples_load(struct form_book *book, struct err *err);
void form_examples_free(struct form_book *book);
/* The value as people write it: "Riego tecnificado", "14/05/2018", "Sí"; NULL: none. */
const char *form_example(struct form_book *book, size_t row, const struct form_column *column);
bool form_put_examples(struct form_book *book);

/* form_columns.c: the columns, in their order, and the lists that they choose from. */
bool form_make_columns(struct form_book *book, struct err *err);

/* form_sheet.c: the sheets. */
lxw_worksheet *form_add_data(struct form_book *book, const char *name);
bool form_put_data(struct form_book *book);
lxw_format *form_format(const struct form_book *book, const struct form_column *column);

/* form_lists.c: «Municipios» and «Listas», and the names by which formulas know them. */
bool form_put_units(struct form_book *book);
bool form_put_lists(struct form_book *book);

/* form_help.c */
bool form_put_help(struct form_book *book);

#endif
