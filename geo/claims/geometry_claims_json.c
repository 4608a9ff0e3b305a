/* geometry_claims_json.c - which records of a JSON have a geometry, and how. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "geo/claims/geometry_claims_json_internal.h"

static bool add(struct json_look *look, const struct json_geometry *geometry, struct err *err)
{
    return geometry_claims_add(&look->claims->lists[0], json_geometry_claim(geometry),
                               geometry->why, err);
}

/* Of a feature. */
static bool read_values(struct json_look *look, enum json_scan_token token, struct err *err)
{
    struct geometry_claim_list *list = &look->claims->lists[0];
    return json_look_values(look, token, &list->names, (int64_t)list->n, err);
}

/* Members of a feature that are no data of its own. */
static bool is_of_format(const char *key)
{
    static const char *const keys[] = {"type",          "id",  "bbox",      "links",
                                       "geometry_name", "crs", "attributes"};
    for (size_t i = 0; i < sizeof keys / sizeof *keys; i++)
        if (strcmp(key, keys[i]) == 0)
            return true;
    return false;
}

/* Notes the key of a member of a feature that is neither its geometry nor its values. */
static bool note_beside(struct json_look *look, struct value_names *names, struct err *err)
{
    return is_of_format(look->scan.text) ||
           value_names_add(names, look->scan.text, look->scan.hash,
                           (int64_t)look->claims->lists[0].n) ||
           err_no_memory(err);
}

/* The document was a record: its members are those of one. */
static bool take_top(struct json_look *look, struct err *err)
{
    struct geometry_claim_list *list = &look->claims->lists[0];
    for (size_t i = 0; i < look->top.n; i++)
        if (!value_names_add(&list->beside, look->top.list[i].name, look->top.list[i].id,
                             (int64_t)list->n))
            return err_no_memory(err);
    return true;
}

static bool refuse_cut(struct json_look *look, struct err *err)
{
    return json_look_refuse_cut(look, &look->claims->lists[0], err);
}

/* What stands among the features and is none: GDAL takes it for a record without values. */
static bool is_feature(const struct json_look *look, bool collection, bool bare, struct err *err)
{
    long long n = (long long)look->claims->lists[0].n + 1;
    if (collection)
        return err_set(err, ERR_INPUT,
                       "el elemento %lld de «features» es otra FeatureCollection, cuyos registros "
                       "no se leen: páselos a la lista de afuera",
                       n);
    return !bare || err_set(err, ERR_INPUT,
                            "el elemento %lld de «features» es una geometría suelta, que no es un "
                            "registro: póngala en la «geometry» de un Feature",
                            n);
}

static bool read_feature(struct json_look *look, enum json_scan_token token, struct err *err)
{
    struct json_geometry geometry = {0};
    bool ok = true, collection = false, bare = false, has_geometry = false;
    look->scan.nul = false;
    if (token != JSON_SCAN_OBJECT) {
        look->odd++;
        json_scan_skip(&look->scan, token);
        return true;
    }
    while (ok && json_scan_next(&look->scan) == JSON_SCAN_KEY) {
        bool here = KEY_IS(look, "geometry"), values = KEY_IS(look, "properties");
        collection = collection || KEY_IS(look, "features");
        bare = bare || KEY_IS(look, "coordinates") || KEY_IS(look, "geometries");
        has_geometry = has_geometry || here;
        look->values = look->values || values;
        ok = here || values || collection || bare ||
             note_beside(look, &look->claims->lists[0].beside, err);
        token = json_scan_next(&look->scan);
        if (here)
            json_geometry_read(&look->scan, token, &geometry);
        else if (values && ok)
            ok = read_values(look, token, err);
        else
            json_scan_skip(&look->scan, token);
    }
    return ok && is_feature(look, collection, bare && !has_geometry, err) &&
           refuse_cut(look, err) && add(look, &geometry, err);
}

static bool read_features(struct json_look *look, enum json_scan_token token, struct err *err)
{
    bool ok = true;
    if (token != JSON_SCAN_ARRAY) {
        json_scan_skip(&look->scan, token);
        return true;
    }
    while (ok && (token = json_scan_next(&look->scan)) != JSON_SCAN_ARRAY_END &&
           token != JSON_SCAN_BAD && token != JSON_SCAN_END)
        ok = read_feature(look, token, err);
    return ok;
}

/* The links of a page, of which one may lead to the next. */
static void read_links(struct json_look *look, enum json_scan_token token)
{
    if (token != JSON_SCAN_ARRAY) {
        json_scan_skip(&look->scan, token);
        return;
    }
    int outside = look->scan.depth - 1;
    bool rel = false;
    while (look->scan.depth > outside) {
        token = json_scan_next(&look->scan);
        if (token == JSON_SCAN_BAD || token == JSON_SCAN_END)
            return;
        if (rel && token == JSON_SCAN_STRING && KEY_IS(look, "next"))
            look->claims->page.next = true;
        rel = token == JSON_SCAN_KEY && KEY_IS(look, "rel");
    }
}

/* After the key of a member that says how many records a service has; false: it is none. */
static bool read_page(struct json_look *look)
{
    struct geometry_claims_page *page = &look->claims->page;
    bool returned = KEY_IS(look, "numberReturned");
    bool matched = KEY_IS(look, "numberMatched") || KEY_IS(look, "totalFeatures");
    if (KEY_IS(look, "links")) {
        read_links(look, json_scan_next(&look->scan));
        return true;
    }
    if (!matched && !returned)
        return false;
    enum json_scan_token token = json_scan_next(&look->scan);
    int64_t n = token == JSON_SCAN_NUMBER ? strtoll(look->scan.text, NULL, 10) : 0;
    if (returned)
        page->returned = n;
    else if (n > page->matched)
        page->matched = n;
    json_scan_skip(&look->scan, token);
    return true;
}

/* Any other member of a document, after its key. */
static bool read_other(struct json_look *look, struct json_geometry *bare, struct err *err)
{
    if (KEY_IS(look, "exceededTransferLimit")) {
        enum json_scan_token token = json_scan_next(&look->scan);
        look->more = look->more || KEY_IS(look, "true");
        json_scan_skip(&look->scan, token);
        return true;
    }
    if (read_page(look) || json_geometry_member(&look->scan, bare))
        return true;
    bool ok = note_beside(look, &look->top, err);
    json_scan_skip(&look->scan, json_scan_next(&look->scan));
    return ok;
}

/* A collection, a feature or a geometry: the members tell which. */
static bool read_document(struct json_look *look, struct err *err)
{
    struct json_geometry geometry = {0}, bare = {.is_object = true};
    bool collection = false, feature = false, values = false, ok = true;
    value_names_free(&look->top);
    look->scan.nul = false;
    while (ok && json_scan_next(&look->scan) == JSON_SCAN_KEY) {
        if (KEY_IS(look, "features")) {
            collection = true;
            ok = read_features(look, json_scan_next(&look->scan), err);
        } else if (KEY_IS(look, "objects"))
            ok = json_look_objects(look, err);
        else if (KEY_IS(look, "geometry")) {
            feature = true;
            json_geometry_read(&look->scan, json_scan_next(&look->scan), &geometry);
        } else if (KEY_IS(look, "type"))
            json_geometry_type(&look->scan, &bare);
        else if (KEY_IS(look, "properties")) {
            values = true;
            ok = read_values(look, json_scan_next(&look->scan), err);
        } else if (KEY_IS(look, "arcs"))
            json_geometry_arcs(&look->scan, &look->n_arcs, look->arcs_why);
        else
            ok = read_other(look, &bare, err);
    }
    if (!ok || collection)
        return ok;
    if (feature || strcasecmp(bare.type, "Feature") == 0) {
        look->values = look->values || values;
        return take_top(look, err) && refuse_cut(look, err) && add(look, &geometry, err);
    }
    json_geometry_judge(&bare);
    return !bare.coordinates || add(look, &bare, err);
}

static void put_notes(const struct json_look *look, struct buf *note)
{
    if (look->more)
        buf_puts(note, "el servicio no envió todos los registros (exceededTransferLimit): pida los "
                       "que faltan por páginas (resultOffset)");
    if (look->without)
        buf_printf(note, "registros del TopoJSON sin geometría, que no se leen: %lld",
                   (long long)look->without);
    if (look->odd)
        buf_printf(note,
                   "%selementos de «features» que son null, o no son objetos, y no se leen: %lld",
                   note->len ? "; " : "", (long long)look->odd);
}

bool geometry_claims_json(json_scan_read_fn *read, void *arg, struct geometry_claims *claims,
                          struct err *err)
{
    struct json_look *look = calloc(1, sizeof *look);
    if (!look)
        return err_no_memory(err);
    look->claims = claims;
    json_scan_init(&look->scan, read, arg);
    bool ok = geometry_claims_list(claims, NULL, 0, err) != NULL;
    enum json_scan_token token = JSON_SCAN_WORD;
    while (ok && token != JSON_SCAN_END && token != JSON_SCAN_BAD) {
        token = json_scan_next(&look->scan);
        if (token == JSON_SCAN_OBJECT)
            ok = read_document(look, err);
        else if (token == JSON_SCAN_ARRAY)
            ok = read_features(look, token, err);
        else if (token == JSON_SCAN_NULL)
            look->odd++;
    }
    if (ok && look->scan.broken)
        ok = err_set(err, ERR_INPUT,
                     "el JSON está cortado o mal formado: vuelva a copiarlo o a exportarlo");
    ok = ok && json_look_check_arcs(look, err);
    put_notes(look, &claims->note);
    if (ok && !look->values) /* then GDAL reads all members */
        value_names_free(&claims->lists[0].beside);
    value_names_free(&look->top);
    free(look->uses);
    free(look);
    return ok;
}
