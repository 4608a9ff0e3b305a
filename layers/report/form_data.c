/* form_data.c - reads what the drop-downs of a form choose from: municipalities, alliances. */
#include <stdlib.h>
#include <string.h>

#include "layers/report/form_internal.h"

enum { ALLIANCES_MAX = 20000 };

struct form_reading {
    struct form_book *book;
    bool failed; /* memory */
};

static const char *keep_text(struct form_book *book, const struct geo_record *record,
                             const char *table, const char *field)
{
    const char *text = geo_record_text(record, geo_table_field(geo_table_find(table), field));
    return arena_strdup(book->arena, text ? text : "");
}

static bool take_unit(void *arg, const struct geo_record *record)
{
    struct form_reading *reading = arg;
    struct form_book *book = reading->book;
    struct form_unit unit = {.departamento = keep_text(book, record, "municipios", "departamento"),
                             .nombre = keep_text(book, record, "municipios", "nombre"),
                             .codigo = keep_text(book, record, "municipios", "codigo"),
                             .provincia = keep_text(book, record, "municipios", "provincia")};
    reading->failed = !unit.departamento || !unit.nombre || !unit.codigo || !unit.provincia ||
                      !array_reserve(book->units, book->units_cap, book->n_units + 1);
    if (!reading->failed)
        book->units[book->n_units++] = unit;
    return !reading->failed;
}

static int by_department(const void *a, const void *b)
{
    const struct form_unit *one = a, *two = b;
    int order = strcmp(one->departamento, two->departamento);
    if (order == 0)
        order = strcmp(one->nombre, two->nombre);
    return order ? order : strcmp(one->codigo, two->codigo);
}

bool form_read_units(struct form_book *book, struct err *err)
{
    const struct geo_table *table = geo_table_find("municipios");
    struct geo_edition_info edition;
    struct form_reading reading = {.book = book};
    bool facts = strcmp(book->table->name, "hechos_municipio") == 0;
    if (!book->table->linked && !facts)
        return true;
    if (!geo_store_edition(book->store, NULL, &edition, err))
        return false;
    struct geo_query query = {.field = "edicion", .equals = edition.codigo, .no_geometry = true};
    if (!geo_store_each(book->store, table, &query, take_unit, &reading, err))
        return false;
    if (reading.failed)
        return err_no_memory(err);
    if (book->n_units == 0)
        return err_set(err, ERR_NOT_FOUND, "la edición «%s» no tiene municipios", edition.codigo);
    qsort(book->units, book->n_units, sizeof *book->units, by_department);
    return true;
}

static bool take_alliance(void *arg, const struct geo_record *record)
{
    struct form_reading *reading = arg;
    struct form_book *book = reading->book;
    const char *codigo = keep_text(book, record, "alianzas", "codigo");
    reading->failed =
        !codigo || !array_reserve(book->alliances, book->alliances_cap, book->n_alliances + 1);
    if (!reading->failed)
        book->alliances[book->n_alliances++] = codigo;
    return !reading->failed;
}

static int by_text(const void *a, const void *b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

bool form_read_alliances(struct form_book *book, struct err *err)
{
    const struct geo_table *table = geo_table_find("alianzas");
    struct geo_query query = {.no_geometry = true, .limit = ALLIANCES_MAX};
    struct form_reading reading = {.book = book};
    if (geo_table_field(book->table, "alianza_codigo") < 0)
        return true;
    if (!geo_store_each(book->store, table, &query, take_alliance, &reading, err))
        return false;
    if (reading.failed)
        return err_no_memory(err);
    if (book->n_alliances)
        qsort(book->alliances, book->n_alliances, sizeof *book->alliances, by_text);
    return true;
}
