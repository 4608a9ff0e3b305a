/* geometry_claims_json_record.c - the values of a record of a GeoJSON or TopoJSON. */
#include <string.h>

#include "geo/claims/geometry_claims_json_internal.h"

bool json_look_values(struct json_look *look, enum json_scan_token token, struct value_names *names,
                      int64_t record, struct err *err)
{
    bool ok = true;
    if (token != JSON_SCAN_OBJECT) {
        json_scan_skip(&look->scan, token);
        return true;
    }
    while (ok && json_scan_next(&look->scan) == JSON_SCAN_KEY) {
        bool limit = KEY_IS(look, "exceededTransferLimit");
        ok = value_names_add(names, look->scan.text, look->scan.hash, record);
        token = json_scan_next(&look->scan);
        look->more = look->more || (limit && KEY_IS(look, "true"));
        json_scan_skip(&look->scan, token);
    }
    return ok || err_no_memory(err);
}

bool json_look_refuse_cut(const struct json_look *look, struct geometry_claim_list *list,
                          struct err *err)
{
    return !look->scan.nul ||
           geometry_claims_refuse(
               list, "tiene un carácter nulo (\\u0000) en un texto, que se cortaría ahí: bórrelo",
               err);
}
