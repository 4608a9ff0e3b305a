/* geometry_claims_json_record.c - the values of a record of a GeoJSON or TopoJSON. */
#include <stdio.h>
#include <string.h>

#include "geo/base/text.h"
#include "geo/claims/geometry_claims_json_internal.h"

void json_look_begin(struct json_look *look)
{
    look->scan.nul = false;
    look->scan.not_number[0] = '\0';
}

bool json_look_refuse_part(struct json_look *look, const char *name,
                           struct geometry_claim_list *list, struct err *err)
{
    char why[300], *word = look->scan.not_number;
    if (!word[0])
        return true;
    snprintf(why, sizeof why,
             "%s%.*s%s %.*s, que no es un número de JSON, y se leería en parte: escríbalo bien, o "
             "entre comillas si es un texto",
             name ? "«" : "un valor", name ? text_cut(name, 60) : 0, name ? name : "",
             name ? "» es" : " es", text_cut(word, 60), word);
    word[0] = '\0';
    return geometry_claims_refuse(list, why, err);
}

/* Passes over a value, whose key was read. */
static bool read_value(struct json_look *look, struct geometry_claim_list *list, struct err *err)
{
    char name[JSON_SCAN_TEXT];
    memcpy(name, look->scan.text, sizeof name);
    bool limit = strcmp(name, "exceededTransferLimit") == 0;
    enum json_scan_token token = json_scan_next(&look->scan);
    look->more = look->more || (limit && KEY_IS(look, "true"));
    look->nameless += !name[0] && token != JSON_SCAN_NULL;
    json_scan_skip(&look->scan, token);
    return !list || json_look_refuse_part(look, name, list, err);
}

bool json_look_values(struct json_look *look, enum json_scan_token token, struct value_names *names,
                      int64_t record, struct geometry_claim_list *list, struct err *err)
{
    bool ok = true;
    if (token != JSON_SCAN_OBJECT) {
        json_scan_skip(&look->scan, token);
        return true;
    }
    while (ok && json_scan_next(&look->scan) == JSON_SCAN_KEY)
        ok = value_names_add(names, look->scan.text, look->scan.hash, record)
                 ? read_value(look, list, err)
                 : err_no_memory(err);
    return ok;
}

bool json_look_refuse_cut(const struct json_look *look, struct geometry_claim_list *list,
                          struct err *err)
{
    return !look->scan.nul ||
           geometry_claims_refuse(
               list, "tiene un carácter nulo (\\u0000) en un texto, que se cortaría ahí: bórrelo",
               err);
}
