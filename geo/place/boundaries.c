/* boundaries.c - checks a set of boundaries for bad codes, overlaps, gaps and islands. */
#include "geo/place/boundaries.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "geo/base/array.h"
#include "geo/place/geos.h"
#include "geo/place/measure.h"
#include "geo/place/rtree.h"

/* Thinner or smaller overlaps come from digitising a border twice; they are no dispute
 * about land. In the official 339 boundaries the largest compact overlap has 11 ha and the
 * widest long one a mean width of 11 m. */
static const double SLIVER_WIDTH_M = 20;
static const double SLIVER_M2 = 150000;
/* Gaps are not fatal, so all are listed but those that rounding makes. */
static const double DUST_WIDTH_M = 1;
static const double DUST_M2 = 100;

struct check {
    const struct geo_source_unit *units;
    size_t n;
    struct geo_geos *geos;
    struct geo_shape **shapes;
    struct geo_geom **geoms;
    struct geo_boundaries_report *report;
    size_t room; /* for findings */
};

/* A piece of land that belongs to two units or to none. */
struct piece {
    double area_m2, width_m, lon_deg, lat_deg;
};

static bool add_finding(struct check *check, enum geo_boundaries_kind kind, const char *first,
                        const char *second, const struct piece *piece, struct err *err)
{
    struct geo_boundaries_report *report = check->report;
    if (!array_reserve(report->findings, check->room, report->n + 1))
        return err_no_memory(err);
    struct geo_boundaries_finding *finding = &report->findings[report->n++];
    *finding = (struct geo_boundaries_finding){.kind = kind, .lon_deg = NAN, .lat_deg = NAN};
    if (strcmp(first, second) > 0 && *second) {
        const char *swap = first;
        first = second;
        second = swap;
    }
    memcpy(finding->codigo[0], first, strnlen(first, 6));
    memcpy(finding->codigo[1], second, strnlen(second, 6));
    if (piece) {
        finding->area_m2 = piece->area_m2;
        finding->width_m = piece->width_m;
        finding->lon_deg = piece->lon_deg;
        finding->lat_deg = piece->lat_deg;
    }
    if (kind != GEO_BOUNDARIES_GAP && kind != GEO_BOUNDARIES_ISLAND)
        report->fit = false;
    return true;
}

/* Codes ------------------------------------------------------------------------ */

static int by_text(const void *a, const void *b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

static bool check_codes(struct check *check, struct err *err)
{
    const char **codes = malloc((check->n + 1) * sizeof *codes);
    bool good = true;
    if (!codes)
        return err_no_memory(err);
    for (size_t i = 0; good && i < check->n; i++) {
        codes[i] = check->units[i].unit.codigo;
        if (!geo_edition_is_code(codes[i]))
            good = add_finding(check, GEO_BOUNDARIES_CODE, codes[i], "", NULL, err);
    }
    if (good)
        qsort(codes, check->n, sizeof *codes, by_text);
    for (size_t i = 0, next; good && i < check->n; i = next) {
        for (next = i + 1; next < check->n && strcmp(codes[next], codes[i]) == 0;)
            next++;
        if (next > i + 1)
            good = add_finding(check, GEO_BOUNDARIES_DUPLICATE, codes[i], "", NULL, err);
    }
    free(codes);
    return good;
}

/* Land ------------------------------------------------------------------------- */

static void count_sliver(struct check *check, double area_m2)
{
    check->report->n_slivers++;
    check->report->slivers_m2 += area_m2;
}

/* One polygon of a shape as a shape; it borrows the arrays. */
static struct geo_shape polygon_of(const struct geo_shape *shape, size_t part, uint32_t parts[2])
{
    struct geo_shape one = *shape;
    parts[0] = 0;
    parts[1] = shape->parts[part + 1] - shape->parts[part];
    one.parts = parts;
    one.n_parts = 1;
    one.rings = shape->rings + shape->parts[part];
    one.n_rings = parts[1];
    one.multi = false;
    return one;
}

typedef bool piece_fn(struct check *check, void *arg, const struct piece *piece, struct err *err);

/* Calls for each polygon of an overlay's result that is wide and large enough. */
static bool each_piece(struct check *check, const struct geo_geom *geom, double least_width_m,
                       double least_m2, piece_fn *fn, void *arg, struct err *err)
{
    struct err inner = {0};
    struct geo_shape *shape = geo_geos_to_shape(check->geos, geom, GEO_SHAPE_POLYGON, &inner);
    bool good = shape != NULL || inner.kind == ERR_NONE;
    if (!good && err)
        *err = inner;
    for (size_t p = 0; shape && good && p < shape->n_parts; p++) {
        uint32_t parts[2];
        struct geo_shape one = polygon_of(shape, p, parts);
        struct piece piece = {.area_m2 = geo_measure_area(&one)};
        double outline_m = geo_measure_length(&one);
        piece.width_m = outline_m > 0 ? 2 * piece.area_m2 / outline_m : 0;
        if (piece.width_m < least_width_m || piece.area_m2 < least_m2) {
            count_sliver(check, piece.area_m2);
            continue;
        }
        struct geo_geom *polygon = geo_geos_from_shape(check->geos, &one, err);
        good =
            polygon && geo_geos_inside(check->geos, polygon, &piece.lon_deg, &piece.lat_deg, err);
        geo_geos_free_geom(check->geos, polygon);
        good = good && fn(check, arg, &piece, err);
    }
    geo_shape_free(shape);
    return good;
}

/* All pieces that two units share: total area, and the place of the largest. */
struct shared {
    struct piece sum;
    double largest_m2;
};

static bool add_shared(struct check *check, void *arg, const struct piece *piece, struct err *err)
{
    struct shared *shared = arg;
    (void)check, (void)err;
    double area_m2 = shared->sum.area_m2 + piece->area_m2;
    if (piece->area_m2 > shared->largest_m2) {
        shared->sum = *piece;
        shared->largest_m2 = piece->area_m2;
    }
    shared->sum.area_m2 = area_m2;
    return true;
}

struct pairs {
    struct check *check;
    size_t unit;
    struct err *err;
    bool good;
};

static bool check_pair(void *arg, size_t other)
{
    struct pairs *pairs = arg;
    struct check *check = pairs->check;
    struct shared shared = {.largest_m2 = 0};
    if (other <= pairs->unit)
        return true;
    struct geo_geom *common = geo_geos_intersection(
        check->geos, check->geoms[pairs->unit], check->geoms[other], GEO_SHAPE_POLYGON, pairs->err);
    pairs->good = common && each_piece(check, common, SLIVER_WIDTH_M, SLIVER_M2, add_shared,
                                       &shared, pairs->err);
    geo_geos_free_geom(check->geos, common);
    if (pairs->good && shared.sum.area_m2 > 0) {
        check->report->n_overlaps++;
        check->report->overlaps_m2 += shared.sum.area_m2;
        pairs->good =
            add_finding(check, GEO_BOUNDARIES_OVERLAP, check->units[pairs->unit].unit.codigo,
                        check->units[other].unit.codigo, &shared.sum, pairs->err);
    }
    return pairs->good;
}

static bool check_overlaps(struct check *check, struct err *err)
{
    struct geo_box *boxes = malloc((check->n + 1) * sizeof *boxes);
    struct geo_rtree *tree = NULL;
    struct pairs pairs = {.check = check, .err = err, .good = false};
    if (!boxes)
        return err_no_memory(err);
    for (size_t i = 0; i < check->n; i++)
        boxes[i] = check->shapes[i]->box;
    tree = geo_rtree_build(boxes, check->n, err);
    pairs.good = tree != NULL;
    for (pairs.unit = 0; pairs.good && pairs.unit < check->n; pairs.unit++)
        geo_rtree_search(tree, boxes[pairs.unit], check_pair, &pairs);
    geo_rtree_free(tree);
    free(boxes);
    return pairs.good;
}

static bool add_gap(struct check *check, void *arg, const struct piece *piece, struct err *err)
{
    (void)arg;
    check->report->n_gaps++;
    check->report->gaps_m2 += piece->area_m2;
    return add_finding(check, GEO_BOUNDARIES_GAP, "", "", piece, err);
}

static bool add_island(struct check *check, void *arg, const struct piece *piece, struct err *err)
{
    (void)arg;
    check->report->n_islands++;
    return add_finding(check, GEO_BOUNDARIES_ISLAND, "", "", piece, err);
}

/* Calls for each piece of `land` outside `taken` that is wide enough. */
static bool each_left(struct check *check, const struct geo_geom *land,
                      const struct geo_geom *taken, double least_width_m, piece_fn *fn,
                      struct err *err)
{
    struct geo_geom *left = geo_geos_difference(check->geos, land, taken, GEO_SHAPE_POLYGON, err);
    bool good = left && each_piece(check, left, least_width_m, DUST_M2, fn, NULL, err);
    geo_geos_free_geom(check->geos, left);
    return good;
}

/* Finds land that no unit covers: in the holes of water bodies, and in those of the country
 * (units on an island of a lake lie in such a hole) outside the water and its holes. */
static bool check_land(struct check *check, struct geo_geom *const *water, size_t n_water,
                       struct err *err)
{
    enum { COUNTRY, WATER, ISLANDS, N };
    struct geo_geom *known[N] = {NULL}, *all = NULL, *holes = NULL;
    known[COUNTRY] = geo_geos_union(check->geos, check->geoms, check->n, err);
    if (known[COUNTRY])
        known[WATER] = geo_geos_union(check->geos, water, n_water, err);
    if (known[WATER])
        known[ISLANDS] = geo_geos_holes(check->geos, known[WATER], err);
    if (known[ISLANDS])
        holes = geo_geos_holes(check->geos, known[COUNTRY], err);
    if (holes)
        all = geo_geos_union(check->geos, known, N, err);
    bool good = all &&
                each_left(check, known[ISLANDS], known[COUNTRY], SLIVER_WIDTH_M, add_island, err) &&
                each_left(check, holes, all, DUST_WIDTH_M, add_gap, err);
    geo_geos_free_geom(check->geos, all);
    geo_geos_free_geom(check->geos, holes);
    for (size_t i = 0; i < N; i++)
        geo_geos_free_geom(check->geos, known[i]);
    return good;
}

/* The whole --------------------------------------------------------------------- */

static int by_kind_and_area(const void *a, const void *b)
{
    const struct geo_boundaries_finding *left = a, *right = b;
    if (left->kind != right->kind)
        return left->kind < right->kind ? -1 : 1;
    if (left->area_m2 != right->area_m2)
        return left->area_m2 > right->area_m2 ? -1 : 1;
    return memcmp(left->codigo, right->codigo, sizeof left->codigo);
}

/* Reads polygons; *valid is false if one needs repair. */
static bool read_polygons(struct geo_geos *geos, const struct geo_source_unit *units, size_t n,
                          struct geo_shape **shapes, struct geo_geom **geoms, bool *valid,
                          struct err *err)
{
    for (size_t i = 0; i < n; i++) {
        struct geo_shape *fixed = NULL;
        struct geo_repair repair = {.changed = false};
        shapes[i] = geo_shape_parse(units[i].wkb, units[i].wkb_len, err);
        if (shapes[i] && shapes[i]->kind != GEO_SHAPE_POLYGON)
            return err_set(err, ERR_INPUT, "%s: se espera un polígono", units[i].unit.codigo);
        bool good = shapes[i] && geo_geos_repair(geos, shapes[i], &fixed, &repair, err);
        if (good)
            geoms[i] = geo_geos_from_shape(geos, fixed, err);
        geo_shape_free(fixed);
        if (!good || !geoms[i])
            return err_wrap(err, "%s", units[i].unit.codigo);
        valid[i] = !repair.changed;
    }
    return true;
}

bool geo_boundaries_check(const struct geo_source_unit *units, size_t n_units,
                          const struct geo_source_unit *water, size_t n_water,
                          struct geo_boundaries_report *report, struct err *err)
{
    size_t n = n_units + n_water;
    struct check check = {.units = units, .n = n_units, .report = report};
    bool *valid = calloc(n + 1, sizeof *valid);
    bool done = false;
    *report = (struct geo_boundaries_report){.fit = true};
    check.shapes = calloc(n + 1, sizeof(struct geo_shape *));
    check.geoms = calloc(n + 1, sizeof(struct geo_geom *));
    if (!check.shapes || !check.geoms || !valid) {
        err_no_memory(err);
        goto done;
    }
    check.geos = geo_geos_new(err);
    if (!check.geos ||
        !read_polygons(check.geos, units, n_units, check.shapes, check.geoms, valid, err) ||
        !read_polygons(check.geos, water, n_water, check.shapes + n_units, check.geoms + n_units,
                       valid + n_units, err))
        goto done;
    for (size_t i = 0; i < n_units; i++)
        if (!valid[i] &&
            !add_finding(&check, GEO_BOUNDARIES_INVALID, units[i].unit.codigo, "", NULL, err))
            goto done;
    done = check_codes(&check, err) && check_overlaps(&check, err) &&
           check_land(&check, check.geoms + n_units, n_water, err);
    if (done && report->n)
        qsort(report->findings, report->n, sizeof *report->findings, by_kind_and_area);
done:
    for (size_t i = 0; i < n; i++) {
        if (check.geos && check.geoms)
            geo_geos_free_geom(check.geos, check.geoms[i]);
        if (check.shapes)
            geo_shape_free(check.shapes[i]);
    }
    geo_geos_free(check.geos);
    free(check.shapes);
    free(check.geoms);
    free(valid);
    if (!done) {
        geo_boundaries_report_free(report);
        err_wrap(err, "comprobar límites");
    }
    return done;
}

void geo_boundaries_report_free(struct geo_boundaries_report *report)
{
    free(report->findings);
    *report = (struct geo_boundaries_report){.fit = false};
}

static void put_land(const struct geo_boundaries_finding *finding, struct buf *out)
{
    buf_put_fixed(out, finding->area_m2 / 10000, 1);
    buf_puts(out, " ha (ancho medio ");
    buf_put_fixed(out, finding->width_m, 0);
    buf_puts(out, " m), cerca de ");
    buf_put_fixed(out, finding->lon_deg, 5);
    buf_puts(out, ", ");
    buf_put_fixed(out, finding->lat_deg, 5);
}

void geo_boundaries_describe(const struct geo_boundaries_finding *finding, struct buf *out)
{
    switch (finding->kind) {
    case GEO_BOUNDARIES_CODE:
        buf_printf(out, "el código «%s» no tiene seis dígitos", finding->codigo[0]);
        break;
    case GEO_BOUNDARIES_DUPLICATE:
        buf_printf(out, "el código %s está repetido", finding->codigo[0]);
        break;
    case GEO_BOUNDARIES_INVALID:
        buf_printf(out, "el polígono de %s no es válido", finding->codigo[0]);
        break;
    case GEO_BOUNDARIES_OVERLAP:
        buf_printf(out, "%s y %s se superponen en ", finding->codigo[0], finding->codigo[1]);
        put_land(finding, out);
        break;
    case GEO_BOUNDARIES_ISLAND:
        buf_puts(out, "isla sin municipio de ");
        put_land(finding, out);
        buf_puts(out, ": lo que está en ella se cuenta como en su lago, en el municipio más "
                      "cercano");
        break;
    case GEO_BOUNDARIES_GAP:
        buf_puts(out, "hueco sin municipio de ");
        put_land(finding, out);
        break;
    }
}
