/* json_look_topology.c - which records of a TopoJSON have a geometry, and how. */
#include <stdio.h>
#include <string.h>

#include "geo/base/array.h"
#include "geo/base/text.h"
#include "geo/claims/json_look_internal.h"

#define KEY_IS(look, name) (strcmp((look)->scan.text, name) == 0)

bool json_look_add(struct geometry_claim_list *list, const struct json_geometry *geometry,
                   struct err *err)
{
    return geometry_claims_add(list, json_geometry_claim(geometry), geometry->why, err);
}

static bool add_place(struct json_look *look, const char *layer,
                      const struct json_geometry *geometry, struct err *err)
{
    if (!geometry->type[0] || !geometry->coordinates) {
        look->without++;
        return true;
    }
    struct geometry_claim_list *list = geometry_claims_named(look->claims, layer, err);
    if (!list || !json_look_add(list, geometry, err))
        return false;
    if (!geometry->arcs || json_geometry_claim(geometry) != GEOMETRY_THERE)
        return true;
    if (!array_reserve(look->uses, look->cap_uses, look->n_uses + 1))
        return err_no_memory(err);
    look->uses[look->n_uses++] =
        (struct arc_use){(size_t)(list - look->claims->lists), list->n - 1, geometry->last_arc};
    return true;
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
        struct json_geometry geometry = {0};
        look->scan.not_number[0] = '\0';
        json_geometry_read(&look->scan, token, &geometry);
        if (look->scan.not_number[0] && !geometry.why[0])
            snprintf(geometry.why, sizeof geometry.why,
                     "un valor del registro es %.*s, que no es un número de JSON",
                     text_cut(look->scan.not_number, 60), look->scan.not_number);
        ok = add_place(look, layer, &geometry, err);
    }
    return ok;
}

/* An object that is no collection is a record of the layer "TopoJSON". */
static bool read_object(struct json_look *look, const char *layer, struct err *err)
{
    struct json_geometry geometry = {.is_object = true};
    bool collection = false, ok = true;
    while (ok && json_scan_next(&look->scan) == JSON_SCAN_KEY) {
        if (KEY_IS(look, "geometries")) {
            collection = true;
            ok = read_places(look, layer, err);
        } else if (KEY_IS(look, "type"))
            json_geometry_type(&look->scan, &geometry);
        else if (!json_geometry_member(&look->scan, &geometry))
            json_scan_skip(&look->scan, json_scan_next(&look->scan));
    }
    if (!ok || collection)
        return ok;
    json_geometry_judge(&geometry);
    return add_place(look, "TopoJSON", &geometry, err);
}

bool json_look_topology(struct json_look *look, struct err *err)
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
