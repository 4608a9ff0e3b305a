/* geometry_claims_json_page.c - what a service says of the records that it did not send. */
#include <stdlib.h>
#include <string.h>

#include "geo/claims/geometry_claims_json_internal.h"

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

bool json_look_page(struct json_look *look)
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
