/* source_beside.c - reads values that GDAL leaves out of records of GeoJSON and KML. */
#include "geo/source/source_beside.h"

#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "geo/base/buf.h"
#include "geo/base/text.h"
#include "geo/claims/json_scan.h"
#include "geo/sheets/workbook_value.h"

/* A key as it is meant: "c\u00f3digo" is «código». */
static const char *decoded(const char *key, struct arena *arena)
{
    char quoted[JSON_SCAN_TEXT + 2];
    snprintf(quoted, sizeof quoted, "\"%s\"", key);
    json_t *name = json_loads(quoted, JSON_DECODE_ANY, NULL);
    const char *copy = arena_strdup(arena, name ? json_string_value(name) : key);
    json_decref(name);
    return copy;
}

/* Of other formats than GeoJSON GDAL does not give the text of a record. */
static bool refuse(const struct value_names *found, const char *format, struct arena *arena,
                   struct err *err)
{
    struct buf names;
    buf_init(&names);
    bool ok = true;
    for (size_t i = 0; ok && i < found->n && i < 5; i++) {
        const char *name = decoded(found->list[i].name, arena);
        ok = name != NULL;
        buf_printf(&names, "%s«%.*s»", i ? ", " : "", ok ? text_cut(name, 60) : 0, ok ? name : "");
    }
    ok = !ok || buf_failed(&names)
             ? err_no_memory(err)
             : err_set(err, ERR_INPUT,
                       "los registros tienen valores al lado de «properties» (%s), que de un "
                       "%s no se leen: páselos dentro de «properties»",
                       names.data, format);
    buf_free(&names);
    return ok;
}

bool source_beside_find(const char *driver, const struct geometry_claims *claims,
                        struct arena *arena, struct source_beside *beside, struct err *err)
{
    const struct value_names *names = claims->n ? &claims->lists[0].beside : NULL;
    *beside = (struct source_beside){0};
    if (strcmp(driver, "TopoJSON") == 0)
        for (size_t i = 0; i < claims->n; i++)
            if (claims->lists[i].beside.n)
                return refuse(&claims->lists[i].beside, "TopoJSON", arena, err);
    if (names && names->n && strcmp(driver, "GeoJSONSeq") == 0)
        return refuse(names, "GeoJSON por líneas", arena, err);
    if (!names || !names->n || strcmp(driver, "GeoJSON") != 0)
        return true;
    beside->names = arena_array(arena, names->n, sizeof *beside->names);
    if (!beside->names)
        return err_no_memory(err);
    for (; beside->n < names->n; beside->n++)
        if (!(beside->names[beside->n] = decoded(names->list[beside->n].name, arena)))
            return err_no_memory(err);
    return true;
}

/* Lists and objects are texts of JSON, as GDAL gives those among «properties». */
static bool put(const json_t *value, struct arena *arena, struct source_cell *cell)
{
    enum source_cell_kind kind = SOURCE_CELL_TEXT;
    *cell = (struct source_cell){SOURCE_CELL_EMPTY, NULL};
    if (!value || json_is_null(value))
        return true;
    if (json_is_integer(value) || json_is_real(value)) {
        char number[40];
        if (json_is_integer(value))
            snprintf(number, sizeof number, "%lld", (long long)json_integer_value(value));
        else
            snprintf(number, sizeof number, "%.15g", json_real_value(value));
        return workbook_number(arena, number, cell);
    }
    char *whole = NULL;
    const char *text = json_string_value(value);
    if (json_is_boolean(value)) {
        kind = SOURCE_CELL_FLAG;
        text = json_is_true(value) ? "1" : "0";
    } else if (!text)
        text = whole = json_dumps(value, JSON_COMPACT | JSON_ENCODE_ANY);
    if (text && text[0])
        *cell = (struct source_cell){kind, arena_strdup(arena, text)};
    bool ok = text && (!text[0] || cell->text);
    free(whole);
    return ok;
}

bool source_beside_read(const struct source_beside *beside, const char *record, struct arena *arena,
                        struct source_cell *cells, struct err *err)
{
    json_error_t why;
    json_t *feature = record ? json_loads(record, 0, &why) : NULL;
    if (!json_is_object(feature)) {
        json_decref(feature);
        return err_set(err, ERR_INPUT,
                       "los valores al lado de «properties» no se pueden leer: páselos dentro de "
                       "«properties»");
    }
    bool ok = true;
    for (size_t i = 0; ok && i < beside->n; i++)
        ok = put(json_object_get(feature, beside->names[i]), arena, &cells[i]);
    json_decref(feature);
    return ok || err_no_memory(err);
}

bool source_beside_find_kml(const struct geometry_claim_list *list, struct arena *arena,
                            struct source_beside *beside, struct err *err)
{
    *beside = (struct source_beside){.names = arena_array(arena, list->beside.n, sizeof(char *))};
    for (; beside->names && beside->n < list->beside.n; beside->n++)
        beside->names[beside->n] = list->beside.list[beside->n].name;
    return beside->names || err_no_memory(err);
}

bool source_beside_read_kml(const struct geometry_claim_list *list, int64_t record,
                            struct arena *arena, struct source_cell *cells, struct err *err)
{
    size_t n;
    const struct beside_value *values = geometry_claims_beside(list, record, &n);
    for (size_t i = 0; i < n; i++) {
        char *copy = arena_strdup(arena, values[i].text);
        if (!copy)
            return err_no_memory(err);
        if (values[i].name < list->beside.n)
            cells[values[i].name] = (struct source_cell){SOURCE_CELL_TEXT, copy};
    }
    return true;
}
