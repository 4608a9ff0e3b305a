/* verdict.c - verdicts on conflicts: validity, effect on a record's link. */
#include "geo/figures/verdict.h"

#include <stdio.h>
#include <string.h>

#include "geo/base/hash.h"

void geo_verdict_print(const struct geo_record *record, char print[GEO_VERDICT_PRINT_SIZE])
{
    print[0] = '\0';
    if (record->wkb_len)
        snprintf(print, GEO_VERDICT_PRINT_SIZE, "%016llx",
                 (unsigned long long)hash_bytes(HASH_START, record->wkb, record->wkb_len));
}

const char *geo_verdict_declared(const struct geo_table *table, const struct geo_record *record,
                                 struct arena *arena)
{
    static const char *const fields[] = {"municipio_codigo", "municipio_nombre",
                                         "municipio_departamento"};
    const char *texts[3];
    for (int i = 0; i < 3; i++) {
        int field = geo_table_field(table, fields[i]);
        const char *text = field < 0 ? NULL : geo_record_text(record, field);
        texts[i] = text ? text : "";
    }
    return arena_printf(arena, "%s|%s|%s", texts[0], texts[1], texts[2]);
}

bool geo_verdict_holds(const struct geo_verdict *verdict, const struct geo_table *table,
                       const struct geo_record *record, struct arena *arena, bool *holds,
                       struct err *err)
{
    char print[GEO_VERDICT_PRINT_SIZE];
    geo_verdict_print(record, print);
    *holds = strcmp(print, verdict->print) == 0;
    if (!*holds || verdict->kind == GEO_VERDICT_FIX)
        return true;
    const char *declared = geo_verdict_declared(table, record, arena);
    if (!declared)
        return err_no_memory(err);
    *holds = strcmp(declared, verdict->declared) == 0;
    return true;
}

bool geo_link_disagrees(enum geo_link_state state)
{
    return state == GEO_STATE_NEXT || state == GEO_STATE_CONFLICT || state == GEO_STATE_WATER ||
           state == GEO_STATE_OUTSIDE;
}

void geo_verdict_apply(const struct geo_verdict *verdict, const struct geo_table *table,
                       const struct geo_record *record, int declared,
                       enum geo_link_method declared_how, struct geo_link *links, size_t *n)
{
    bool point = record->wkb_len == 21;
    if (!geo_link_disagrees(links[0].state))
        return;
    switch (verdict->kind) {
    case GEO_VERDICT_LOCATION:
        if (links[0].state == GEO_STATE_OUTSIDE) {
            links[0].unit = -1;
            links[0].method = GEO_METHOD_NONE;
        } else if (links[0].state != GEO_STATE_WATER || point)
            for (size_t i = 0; i < *n; i++)
                if (links[i].unit >= 0)
                    links[i].state = GEO_STATE_LOCATED;
        break;
    case GEO_VERDICT_DECLARATION:
        if (declared < 0 || strcmp(table->name, "areas_riego") == 0)
            break;
        links[0].unit = declared;
        links[0].method = declared_how;
        links[0].state = GEO_STATE_DECLARED;
        links[0].share = 1;
        links[0].urban = false;
        *n = 1;
        break;
    case GEO_VERDICT_FIX:
        break;
    }
}
