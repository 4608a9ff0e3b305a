/* json_system.c - reads the system of coordinates that a JSON states. */
#include "geo/claims/json_system.h"

#include <stdlib.h>
#include <string.h>

static const int epsg_last = 32767; /* ArcGIS has codes of its own above */

/* The first number of four digits or more in a text that speaks of EPSG. */
static int code_of(const char *text)
{
    if (strcasestr(text, "CRS84"))
        return JSON_SYSTEM_LON_LAT;
    const char *at = strcasestr(text, "epsg");
    while (at && *at) {
        size_t digits = strspn(at, "0123456789");
        if (digits >= 4 && digits <= 6)
            return atoi(at) <= epsg_last ? atoi(at) : JSON_SYSTEM_OTHER;
        at += digits ? digits : 1;
    }
    return JSON_SYSTEM_OTHER;
}

/* A text or number of the member; name: of the value, "" in a list or alone. */
static int value_code(const struct json_scan *scan, enum json_scan_token token, const char *name)
{
    static const char *const codes[] = {"code", "wkid", "latestWkid"};
    for (size_t i = 0; i < sizeof codes / sizeof *codes; i++)
        if (strcmp(name, codes[i]) == 0 && atoi(scan->text) > 0)
            return atoi(scan->text) <= epsg_last ? atoi(scan->text) : JSON_SYSTEM_OTHER;
    if (token != JSON_SCAN_STRING || strcmp(name, "type") == 0)
        return JSON_SYSTEM_NONE;
    int code = code_of(scan->text);
    return code == JSON_SYSTEM_OTHER && strcmp(name, "href") == 0 ? JSON_SYSTEM_UNREAD : code;
}

bool json_system_is_key(const char *key)
{
    return strcmp(key, "crs") == 0 || strcmp(key, "spatialReference") == 0 ||
           strcmp(key, "coordRefSys") == 0;
}

int json_system_read(struct json_scan *scan)
{
    char name[JSON_SCAN_TEXT] = "";
    int system = JSON_SYSTEM_NONE, outside = scan->depth;
    do {
        enum json_scan_token token = json_scan_next(scan);
        if (token == JSON_SCAN_BAD || token == JSON_SCAN_END)
            break;
        if (token == JSON_SCAN_KEY) {
            memcpy(name, scan->text, sizeof name);
            continue;
        }
        if (token != JSON_SCAN_STRING && token != JSON_SCAN_NUMBER)
            continue;
        int code = value_code(scan, token, name);
        bool latest = strcmp(name, "latestWkid") == 0;
        if (code && (system <= 0 || latest))
            system = code;
    } while (scan->depth > outside);
    return system;
}

void json_systems_add(struct json_systems *systems, int system, bool metres)
{
    systems->silent = systems->silent || !system;
    systems->metres = systems->metres || (!system && metres);
    if (!system)
        return;
    if (!systems->of_records)
        systems->of_records = system;
    systems->several = systems->several || system != systems->of_records;
}

struct stated_system json_systems_stated(const struct json_systems *systems)
{
    int file = systems->of_file, own = systems->of_records;
    if (!file && systems->metres && systems->reference)
        file = systems->reference > 0 ? systems->reference : JSON_SYSTEM_UNREAD;
    int whole = file ? file : JSON_SYSTEM_LON_LAT;
    bool same = !own || own == whole;
    int taken = same ? file : own;
    return (struct stated_system){
        .several = systems->several || (!same && systems->silent),
        .unread = taken == JSON_SYSTEM_UNREAD || (!same && taken < 0),
        .epsg = taken > 0 ? taken : 0,
    };
}
