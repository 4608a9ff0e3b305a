/* geometry_claims_json.c - which records of a JSON have a geometry, and how. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "geo/base/text.h"
#include "geo/claims/geometry_claims_json_internal.h"

/* After the key "geometry". A bad number is the geometry's fault. */
static void read_geometry(struct json_look *look, struct json_geometry *geometry)
{
    *geometry = (struct json_geometry){0};
    json_geometry_read(&look->scan, json_scan_next(&look->scan), geometry);
    look->scan.not_number[0] = '\0';
}

/* reference: whether the key is that of JSON-FG. */
static void read_system(struct json_look *look, int *system, int *reference)
{
    bool fg = KEY_IS(look, "coordRefSys");
    *(fg ? reference : system) = json_system_read(&look->scan);
}

/* system: what the record states beside its geometry. */
static bool add(struct json_look *look, const struct json_geometry *geometry, int system,
                struct err *err)
{
    if (json_geometry_claim(geometry) == GEOMETRY_THERE)
        json_systems_add(&look->systems, geometry->system ? geometry->system : system,
                         geometry->metres);
    return geometry_claims_add(&look->claims->lists[0], json_geometry_claim(geometry),
                               geometry->why, err);
}

static bool refuse_record(struct json_look *look, const char *why, struct err *err)
{
    return geometry_claims_refuse(&look->claims->lists[0], why, err);
}

static bool refuse_part(struct json_look *look, const char *name, struct err *err)
{
    return json_look_refuse_part(look, name, &look->claims->lists[0], err);
}

/* Of a feature. */
static bool read_values(struct json_look *look, enum json_scan_token token, struct err *err)
{
    struct geometry_claim_list *list = &look->claims->lists[0];
    return json_look_values(look, token, &list->names, (int64_t)list->n, list, err);
}

/* Members of a feature that are no data of its own. */
static bool is_of_format(const char *key)
{
    static const char *const keys[] = {"type",          "id",        "bbox", "links",
                                       "geometry_name", "attributes"};
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

/* A geometry or the values of a record came before: GDAL would take one of both. */
static bool refuse_twice(struct json_look *look, bool again, struct err *err)
{
    char why[160];
    snprintf(why, sizeof why, "tiene dos veces «%s», y se leería una de ellas: deje una",
             look->scan.text);
    return !again || refuse_record(look, why, err);
}

/* A member of a feature that is neither its geometry nor its values, after its key. */
static bool read_beside(struct json_look *look, struct value_names *names, struct err *err)
{
    char name[JSON_SCAN_TEXT];
    memcpy(name, look->scan.text, sizeof name);
    bool ok = note_beside(look, names, err);
    json_scan_skip(&look->scan, json_scan_next(&look->scan));
    return ok && refuse_part(look, name, err);
}

static bool read_feature(struct json_look *look, enum json_scan_token token, struct err *err)
{
    struct json_geometry geometry = {0};
    bool ok = true, collection = false, bare = false, has_geometry = false, has_values = false;
    int system = JSON_SYSTEM_NONE, reference = JSON_SYSTEM_NONE;
    json_look_begin(look);
    if (token != JSON_SCAN_OBJECT) {
        look->odd++;
        json_scan_skip(&look->scan, token);
        return true;
    }
    while (ok && json_scan_next(&look->scan) == JSON_SCAN_KEY) {
        bool here = KEY_IS(look, "geometry"), values = KEY_IS(look, "properties");
        collection = collection || KEY_IS(look, "features");
        bare = bare || KEY_IS(look, "coordinates") || KEY_IS(look, "geometries");
        ok = refuse_twice(look, (here && has_geometry) || (values && has_values), err);
        has_geometry = has_geometry || here;
        has_values = has_values || values;
        if (here)
            read_geometry(look, &geometry);
        else if (values && ok)
            ok = read_values(look, json_scan_next(&look->scan), err);
        else if (json_system_is_key(look->scan.text))
            read_system(look, &system, &reference);
        else if (collection || bare)
            json_scan_skip(&look->scan, json_scan_next(&look->scan));
        else if (ok)
            ok = read_beside(look, &look->claims->lists[0].beside, err);
    }
    look->values = look->values || has_values;
    if (ok && look->scan.broken) /* which is told of the whole */
        return true;
    return ok && is_feature(look, collection, bare && !has_geometry, err) &&
           refuse_cut(look, err) &&
           add(look, &geometry, !system && geometry.metres ? reference : system, err);
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

/* Passes over the value that the token begins; true if there are records in it. */
static bool skip_records(struct json_look *look, enum json_scan_token token)
{
    bool places = false, values = false, features = false;
    int outside = look->scan.depth - (token == JSON_SCAN_OBJECT || token == JSON_SCAN_ARRAY);
    while (look->scan.depth > outside) {
        token = json_scan_next(&look->scan);
        if (token == JSON_SCAN_BAD || token == JSON_SCAN_END)
            return false;
        if (token != JSON_SCAN_KEY)
            continue;
        features = features || KEY_IS(look, "features");
        places = places || KEY_IS(look, "geometry");
        values = values || KEY_IS(look, "properties") || KEY_IS(look, "attributes");
    }
    return features || (places && values);
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
    if (json_system_is_key(look->scan.text)) {
        read_system(look, &look->systems.of_file, &look->systems.reference);
        return true;
    }
    if (json_look_page(look) || json_geometry_member(&look->scan, bare))
        return true;
    char name[JSON_SCAN_TEXT];
    memcpy(name, look->scan.text, sizeof name);
    bool ok = note_beside(look, &look->top, err);
    if (skip_records(look, json_scan_next(&look->scan)))
        buf_printf(&look->unread, "%s«%.*s»", look->unread.len ? ", " : "", text_cut(name, 60),
                   name);
    return ok && refuse_part(look, name, err);
}

/* A collection, a feature or a geometry: the members tell which. */
static bool read_document(struct json_look *look, struct err *err)
{
    struct json_geometry geometry = {0}, bare = {.is_object = true};
    bool collection = false, feature = false, values = false, ok = true;
    look->documents++;
    value_names_free(&look->top);
    json_look_begin(look);
    while (ok && json_scan_next(&look->scan) == JSON_SCAN_KEY) {
        if (KEY_IS(look, "features")) {
            collection = look->collections = true;
            ok = read_features(look, json_scan_next(&look->scan), err);
        } else if (KEY_IS(look, "objects"))
            ok = json_look_objects(look, err);
        else if (KEY_IS(look, "geometry")) {
            ok = refuse_twice(look, feature, err);
            feature = true;
            read_geometry(look, &geometry);
        } else if (KEY_IS(look, "type"))
            json_geometry_type(&look->scan, &bare);
        else if (KEY_IS(look, "properties")) {
            ok = refuse_twice(look, values, err);
            values = true;
            ok = ok && read_values(look, json_scan_next(&look->scan), err);
        } else if (KEY_IS(look, "arcs"))
            json_geometry_arcs(&look->scan, &look->n_arcs, look->arcs_why);
        else
            ok = read_other(look, &bare, err);
    }
    if (!ok || collection)
        return ok;
    if (feature || strcasecmp(bare.type, "Feature") == 0) {
        look->values = look->values || values;
        return take_top(look, err) && refuse_cut(look, err) && add(look, &geometry, 0, err);
    }
    json_geometry_judge(&bare);
    return !bare.coordinates || add(look, &bare, 0, err);
}

static const char *parted(const struct buf *note)
{
    return note->len ? "; " : "";
}

static void put_notes(const struct json_look *look, struct buf *note)
{
    if (look->more)
        buf_puts(note, "el servicio no envió todos los registros (exceededTransferLimit): pida los "
                       "que faltan por páginas (resultOffset)");
    if (look->without)
        buf_printf(note, "%sregistros del TopoJSON sin geometría, que no se leen: %lld",
                   parted(note), (long long)look->without);
    if (look->odd)
        buf_printf(note,
                   "%selementos de «features» que son null, o no son objetos, y no se leen: %lld",
                   parted(note), (long long)look->odd);
    if (look->nameless)
        buf_printf(note, "%svalores sin nombre (de «\"\"»), que no se leen: %lld", parted(note),
                   (long long)look->nameless);
    if (look->unread.len)
        buf_printf(note, "%shay registros también en %.*s, que no se leen: páselos a «features»",
                   parted(note), text_cut(look->unread.data, 400), look->unread.data);
}

bool geometry_claims_json(json_scan_read_fn *read, void *arg, struct geometry_claims *claims,
                          struct err *err)
{
    struct json_look *look = calloc(1, sizeof *look);
    if (!look)
        return err_no_memory(err);
    look->claims = claims;
    buf_init(&look->unread);
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
    if (ok && look->documents > 1 && look->collections)
        ok = err_set(
            err, ERR_INPUT,
            "son %lld GeoJSON, uno tras otro, y se leería el primero: guarde cada uno en su "
            "archivo, o reúna sus registros en una lista «features»",
            (long long)look->documents);
    ok = ok && json_look_check_arcs(look, err);
    claims->system = json_systems_stated(&look->systems);
    put_notes(look, &claims->note);
    ok = ok && (!buf_failed(&look->unread) || err_no_memory(err));
    buf_free(&look->unread);
    if (ok && !look->values) /* then GDAL reads all members */
        value_names_free(&claims->lists[0].beside);
    value_names_free(&look->top);
    free(look->uses);
    free(look);
    return ok;
}
