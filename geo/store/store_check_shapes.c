/* store_check_shapes.c - finds works whose shapes another program left behind. */
#include <stdio.h>

#include "geo/base/text.h"
#include "geo/store/store_check.h"
#include "geo/store/store_shapes.h"

enum { MOST = 100 }; /* bytes of a code that are shown */

struct store_shapes_check {
    struct store_findings *findings;
    int codigo; /* index of the field */
    int told;
};

static bool report(void *arg, const struct geo_record *work)
{
    struct store_shapes_check *check = arg;
    char text[512];
    const struct geo_value *codigo = &work->values[check->codigo];
    const char *word = codigo->kind == GEO_TEXT_VALUE ? codigo->text : "";
    if (check->told == STORE_TABLE_FINDINGS_MAX) {
        store_found_more(check->findings, "subproyectos", "formas");
        return false;
    }
    snprintf(text, sizeof text,
             "subproyectos: las formas (formas_puntos, formas_lineas, formas_poligonos) de «%.*s»,"
             " registro %lld, no son las de su geometría: «sigg link» las pone al día",
             text_cut(word, MOST), word, (long long)work->id);
    store_found(check->findings, text);
    check->told++;
    return true;
}

bool store_check_shapes(struct geo_store *store, struct store_findings *findings, struct err *err)
{
    struct store_shapes_check check = {
        .findings = findings, .codigo = geo_table_field(geo_table_find("subproyectos"), "codigo")};
    struct err what = {0};
    if (store_shapes_each_stale(store, report, &check, &what) || findings->count > 0)
        return true;
    if (err)
        *err = what;
    return false;
}
