/* geometry_claims_json_topology.c - which records of a TopoJSON have a geometry, and how. */
#include <stdio.h>
#include <string.h>

#include "geo/base/array.h"
#include "geo/claims/geometry_claims_json_internal.h"

/* A record as it is read, before it is known whether GDAL makes one of it. */
struct topology_place {
    struct json_geometry geometry;
    struct value_names names, beside; /* all of record 0 */
};

static bool is_of_format(const char *key)
{
    return strcmp(key, "id") == 0 || strcmp(key, "bbox") == 0;
}

/* Reads a member of a record, after its key. */
static bool read_member(struct json_look *look, struct topology_place *place, struct err *err)
{
    bool ok = true, whole = !look->scan.not_number[0];
    if (KEY_IS(look, "type"))
        json_geometry_type(&look->scan, &place->geometry);
    else if (KEY_IS(look, "properties"))
        ok = json_look_values(look, json_scan_next(&look->scan), &place->names, 0, NULL, err);
    else if (!json_geometry_member(&look->scan, &place->geometry)) {
        ok = is_of_format(look->scan.text) ||
             value_names_add(&place->beside, look->scan.text, look->scan.hash, 0) ||
             err_no_memory(err);
        json_scan_skip(&look->scan, json_scan_next(&look->scan));
    } else if (whole) /* a bad coordinate is the geometry's fault */
        look->scan.not_number[0] = '\0';
    return ok;
}

/* The names of a record become those of the list's next one. */
static bool move_names(const struct value_names *from, struct value_names *to, int64_t record,
                       struct err *err)
{
    bool ok = true;
    for (size_t i = 0; ok && i < from->n; i++)
        ok = value_names_add(to, from->list[i].name, from->list[i].id, record);
    for (size_t i = 0; ok && i < from->n_twice; i++) {
        const struct value_name *name = &from->list[from->twice[i].name];
        ok = value_names_add(to, name->name, name->id, record);
    }
    return ok || err_no_memory(err);
}

static bool use_arcs(struct json_look *look, const struct geometry_claim_list *list,
                     const struct json_geometry *geometry, struct err *err)
{
    if (!geometry->arcs || json_geometry_claim(geometry) != GEOMETRY_THERE)
        return true;
    if (!array_reserve(look->uses, look->cap_uses, look->n_uses + 1))
        return err_no_memory(err);
    look->uses[look->n_uses++] =
        (struct arc_use){(size_t)(list - look->claims->lists), list->n - 1, geometry->last_arc};
    return true;
}

/* Adds the record to the layer, and releases it. */
static bool add_place(struct json_look *look, const char *layer, struct topology_place *place,
                      struct err *err)
{
    const struct json_geometry *geometry = &place->geometry;
    bool is_record = geometry->type[0] && geometry->coordinates, ok = true;
    look->without += !is_record;
    if (is_record) {
        struct geometry_claim_list *list = geometry_claims_named(look->claims, layer, err);
        ok = list && move_names(&place->names, &list->names, (int64_t)list->n, err) &&
             move_names(&place->beside, &list->beside, (int64_t)list->n, err) &&
             json_look_refuse_cut(look, list, err) &&
             json_look_refuse_part(look, NULL, list, err) &&
             geometry_claims_add(list, json_geometry_claim(geometry), geometry->why, err) &&
             use_arcs(look, list, geometry, err);
    }
    value_names_free(&place->names);
    value_names_free(&place->beside);
    return ok;
}

bool json_look_check_arcs(struct json_look *look, struct err *err)
{
    bool ok =
        !look->arcs_why[0] ||
        err_set(err, ERR_INPUT, "los arcos del TopoJSON no se pueden leer: %s", look->arcs_why);
    for (size_t i = 0; ok && i < look->n_uses; i++) {
        const struct arc_use *use = &look->uses[i];
        char why[80];
        if (use->last < look->n_arcs)
            continue;
        snprintf(why, sizeof why, "usa el arco %lld, y el archivo tiene %lld", (long long)use->last,
                 (long long)look->n_arcs);
        ok = geometry_claims_blame(&look->claims->lists[use->list], use->record, why, err);
    }
    return ok;
}

static bool read_place(struct json_look *look, enum json_scan_token token,
                       struct topology_place *place, struct err *err)
{
    bool ok = true;
    json_look_begin(look);
    if (token != JSON_SCAN_OBJECT) {
        json_geometry_read(&look->scan, token, &place->geometry);
        return true;
    }
    place->geometry.is_object = true;
    while (ok && json_scan_next(&look->scan) == JSON_SCAN_KEY)
        ok = read_member(look, place, err);
    json_geometry_judge(&place->geometry);
    return ok;
}

/* The records of a collection, which GDAL makes a layer of that name. */
static bool read_places(struct json_look *look, const char *layer, struct err *err)
{
    bool ok = true;
    enum json_scan_token token = json_scan_next(&look->scan);
    if (token != JSON_SCAN_ARRAY) {
        json_scan_skip(&look->scan, token);
        return true;
    }
    while (ok && (token = json_scan_next(&look->scan)) != JSON_SCAN_ARRAY_END &&
           token != JSON_SCAN_BAD && token != JSON_SCAN_END) {
        struct topology_place place = {0};
        ok = read_place(look, token, &place, err);
        ok = add_place(look, layer, &place, err) && ok;
    }
    return ok;
}

/* An object that is no collection is a record of the layer "TopoJSON". */
static bool read_object(struct json_look *look, const char *layer, struct err *err)
{
    struct topology_place place = {.geometry.is_object = true};
    bool collection = false, ok = true;
    json_look_begin(look);
    while (ok && json_scan_next(&look->scan) == JSON_SCAN_KEY) {
        if (KEY_IS(look, "geometries")) {
            collection = true;
            ok = read_places(look, layer, err);
        } else
            ok = read_member(look, &place, err);
    }
    if (ok && !collection) {
        json_geometry_judge(&place.geometry);
        return add_place(look, "TopoJSON", &place, err);
    }
    value_names_free(&place.names);
    value_names_free(&place.beside);
    return ok;
}

bool json_look_objects(struct json_look *look, struct err *err)
{
    enum json_scan_token token = json_scan_next(&look->scan);
    bool ok = true;
    if (token != JSON_SCAN_OBJECT) {
        json_scan_skip(&look->scan, token);
        return true;
    }
    while (ok && json_scan_next(&look->scan) == JSON_SCAN_KEY) {
        char layer[JSON_SCAN_TEXT];
        memcpy(layer, look->scan.text, sizeof layer);
        token = json_scan_next(&look->scan);
        if (token == JSON_SCAN_OBJECT)
            ok = read_object(look, layer, err);
        else
            json_scan_skip(&look->scan, token);
    }
    return ok;
}
