/* crs.c - coordinate transformations by PROJ. */
#include "geo/place/crs.h"

#include <math.h>
#include <proj.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define TO_DEGREES " +step +proj=unitconvert +xy_in=rad +xy_out=deg"
/* EPSG:1202, PSAD56 to WGS 84 (2), DMA-Bol. */
#define PSAD56_SHIFT                                      \
    " +step +proj=push +v_3 +step +proj=cart +ellps=intl" \
    " +step +proj=helmert +x=-270 +y=188 +z=-388"         \
    " +step +inv +proj=cart +ellps=WGS84 +step +proj=pop +v_3"

enum { OPERATIONS_MAX = 16, NAMED_MAX = 4 };

struct operation {
    int epsg;
    bool geographic;
    PJ *pj; /* forward: to lon/lat degrees */
};

struct geo_crs {
    PJ_CONTEXT *context;
    struct operation operations[OPERATIONS_MAX];
    size_t n;
    char *named[NAMED_MAX]; /* of code -1, -2, … */
    int n_named;
};

struct geo_crs *geo_crs_new(struct err *err)
{
    struct geo_crs *crs = calloc(1, sizeof *crs);
    if (!crs || !(crs->context = proj_context_create())) {
        free(crs);
        err_no_memory(err);
        return NULL;
    }
    proj_context_set_enable_network(crs->context, 0);
    proj_log_level(crs->context, PJ_LOG_NONE);
    return crs;
}

void geo_crs_free(struct geo_crs *crs)
{
    if (!crs)
        return;
    for (size_t i = 0; i < crs->n; i++)
        proj_destroy(crs->operations[i].pj);
    for (int i = 0; i < crs->n_named; i++)
        free(crs->named[i]);
    proj_context_destroy(crs->context);
    free(crs);
}

/* The fixed pipeline of a code; false: there is none. */
static bool pinned(int epsg, char text[512], bool *geographic)
{
    const char *ellipsoid, *shift = "";
    int zone = 0;
    bool south = true;
    if (epsg == 4326 || epsg == 5354 || epsg == 4248)
        ellipsoid = epsg == 4248 ? "intl" : "WGS84";
    else if (epsg > 32600 && epsg <= 32660)
        ellipsoid = "WGS84", zone = epsg - 32600, south = false;
    else if (epsg > 32700 && epsg <= 32760)
        ellipsoid = "WGS84", zone = epsg - 32700;
    else if (epsg >= 24878 && epsg <= 24882)
        ellipsoid = "intl", zone = epsg - 24860;
    else if (epsg == 5355 || epsg == 5356 || epsg == 5357)
        ellipsoid = "GRS80", zone = epsg == 5355 ? 20 : epsg == 5356 ? 19 : 21;
    else
        return false;
    if (epsg == 4248 || (epsg >= 24878 && epsg <= 24882))
        shift = PSAD56_SHIFT;
    *geographic = zone == 0;
    if (zone)
        snprintf(text, 512, "+proj=pipeline +step +inv +proj=utm +zone=%d%s +ellps=%s%s" TO_DEGREES,
                 zone, south ? " +south" : "", ellipsoid, shift);
    else if (*shift)
        snprintf(text, 512,
                 "+proj=pipeline +step +proj=unitconvert +xy_in=deg +xy_out=rad%s" TO_DEGREES,
                 shift);
    else
        snprintf(text, 512, "+proj=noop");
    return true;
}

/* The name of a code, for PROJ and for messages. */
static const char *name_of(const struct geo_crs *crs, int epsg, char text[32])
{
    if (epsg < 0)
        return crs->named[-epsg - 1];
    snprintf(text, 32, "EPSG:%d", epsg);
    return text;
}

static bool unknown(const struct geo_crs *crs, int epsg, struct err *err)
{
    char text[32];
    return err_set(err, ERR_INPUT,
                   "%.60s no es un sistema de referencia de coordenadas planas o geográficas; "
                   "por ejemplo: EPSG:4326, EPSG:32719, EPSG:32720, EPSG:24880",
                   name_of(crs, epsg, text));
}

/* The operation that PROJ chooses for other codes. */
static PJ *chosen(const struct geo_crs *crs, int epsg, bool *geographic)
{
    char text[32];
    const char *name = name_of(crs, epsg, text);
    PJ_CONTEXT *context = crs->context;
    PJ *source = proj_create(context, name), *bound = NULL, *raw = NULL, *normal = NULL;
    if (source && proj_get_type(source) == PJ_TYPE_BOUND_CRS) { /* with +towgs84 */
        bound = source;
        source = proj_get_source_crs(context, bound);
    }
    if (!source)
        goto done;
    PJ_TYPE type = proj_get_type(source);
    *geographic = type == PJ_TYPE_GEOGRAPHIC_2D_CRS || type == PJ_TYPE_GEOGRAPHIC_3D_CRS;
    if (!*geographic && type != PJ_TYPE_PROJECTED_CRS)
        goto done;
    raw = proj_create_crs_to_crs(context, name, "OGC:CRS84", NULL);
    if (raw)
        normal = proj_normalize_for_visualization(context, raw);
done:
    proj_destroy(bound);
    proj_destroy(raw);
    proj_destroy(source);
    return normal;
}

static const struct operation *operation_of(struct geo_crs *crs, int epsg, struct err *err)
{
    for (size_t i = 0; i < crs->n; i++)
        if (crs->operations[i].epsg == epsg)
            return &crs->operations[i];
    struct operation made = {.epsg = epsg};
    char text[512];
    made.pj = pinned(epsg, text, &made.geographic) ? proj_create(crs->context, text)
                                                   : chosen(crs, epsg, &made.geographic);
    if (!made.pj) {
        unknown(crs, epsg, err);
        return NULL;
    }
    if (crs->n == OPERATIONS_MAX) { /* forget the oldest */
        proj_destroy(crs->operations[0].pj);
        memmove(crs->operations, crs->operations + 1,
                (OPERATIONS_MAX - 1) * sizeof *crs->operations);
        crs->n--;
    }
    crs->operations[crs->n] = made;
    return &crs->operations[crs->n++];
}

static bool transform(struct geo_crs *crs, int epsg, PJ_DIRECTION direction, double *xy, size_t n,
                      struct err *err)
{
    const struct operation *operation = operation_of(crs, epsg, err);
    if (!operation)
        return false;
    double small[8], *out = small;
    if (2 * n > sizeof small / sizeof *small && !(out = malloc(2 * n * sizeof *out)))
        return err_no_memory(err);
    bool ok = true;
    for (size_t i = 0; ok && i < n; i++) {
        PJ_COORD from = proj_coord(xy[2 * i], xy[2 * i + 1], 0, HUGE_VAL);
        ok = isfinite(from.xy.x) && isfinite(from.xy.y);
        PJ_COORD to = ok ? proj_trans(operation->pj, direction, from) : from;
        ok = ok && isfinite(to.xy.x) && isfinite(to.xy.y);
        if (ok) {
            out[2 * i] = to.xy.x;
            out[2 * i + 1] = to.xy.y;
        } else {
            proj_errno_reset(operation->pj);
            char text[32];
            err_set(err, ERR_INPUT, "el punto %.10g, %.10g no puede transformarse %s %.60s",
                    xy[2 * i], xy[2 * i + 1], direction == PJ_FWD ? "de" : "a",
                    name_of(crs, epsg, text));
        }
    }
    if (ok && n)
        memcpy(xy, out, 2 * n * sizeof *xy);
    if (out != small)
        free(out);
    return ok;
}

bool geo_crs_to_lonlat(struct geo_crs *crs, int epsg, double *xy, size_t n, struct err *err)
{
    return transform(crs, epsg, PJ_FWD, xy, n, err);
}

bool geo_crs_from_lonlat(struct geo_crs *crs, int epsg, double *xy, size_t n, struct err *err)
{
    return transform(crs, epsg, PJ_INV, xy, n, err);
}

bool geo_crs_named(struct geo_crs *crs, const char *name, int *code, struct err *err)
{
    /* "+proj=…" alone is an operation to PROJ; with "+type=crs" it is a system. */
    const char *more = name[0] == '+' && !strstr(name, "+type=crs") ? " +type=crs" : "";
    if (crs->n_named == NAMED_MAX)
        return err_set(err, ERR_INPUT, "más de %d sistemas de referencia con nombre", NAMED_MAX);
    size_t room = strlen(name) + strlen(more) + 1;
    char *whole = malloc(room);
    if (!whole)
        return err_no_memory(err);
    snprintf(whole, room, "%s%s", name, more);
    crs->named[crs->n_named++] = whole;
    *code = -crs->n_named;
    return true;
}

bool geo_crs_is_geographic(struct geo_crs *crs, int epsg, bool *geographic, struct err *err)
{
    const struct operation *operation = operation_of(crs, epsg, err);
    if (operation)
        *geographic = operation->geographic;
    return operation != NULL;
}
