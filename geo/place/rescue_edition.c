/* rescue_edition.c - chooses one reading of the boundaries of an edition. */
#include "geo/place/rescue_edition.h"

#include <stdlib.h>

#include "geo/place/rescue_internal.h"
#include "geo/place/rescue_read.h"
#include "geo/place/rescue_say.h"
#include "geo/place/rescue_ways.h"

/* Bolivia, to a tenth of a degree. */
static const struct geo_box bolivia = {-69.7, -23.0, -57.4, -9.6};

enum { NAMED_MAX = 5 }; /* units that a message names */

/* How well the units lie when they are read in one way. */
struct way_score {
    size_t outside; /* units outside the country's box and margin */
    size_t agree;   /* units that meet the box of their code in a known edition */
};

struct edition_rescue {
    struct geo_crs *crs;
    const struct geo_edition *const *known;
    size_t n_known;
    const struct geo_source_unit *units;
    size_t n_units;
    int epsg;
    struct geo_box around;
    struct geo_shape **given, **numbers; /* one a unit; numbers: NULL if they are as given */
    struct rescue_ways ways;
    struct way_score scores[WAYS_MAX];
};

/* Where units lie --------------------------------------------------------------------- */

static struct geo_box around_country(const struct edition_rescue *work)
{
    struct geo_box box = bolivia;
    for (size_t e = 0; e < work->n_known; e++)
        for (size_t i = 0; i < geo_edition_count(work->known[e]); i++)
            box = geo_box_join(box, geo_edition_unit(work->known[e], i)->box);
    return (struct geo_box){box.min_x - RESCUE_MARGIN_DEG, box.min_y - RESCUE_MARGIN_DEG,
                            box.max_x + RESCUE_MARGIN_DEG, box.max_y + RESCUE_MARGIN_DEG};
}

static bool agrees(const struct edition_rescue *work, size_t unit, struct geo_box box)
{
    for (size_t e = 0; e < work->n_known; e++) {
        int found = geo_edition_find(work->known[e], work->units[unit].unit.codigo);
        if (found >= 0 && geo_box_meets(box, geo_edition_unit(work->known[e], (size_t)found)->box))
            return true;
    }
    return false;
}

static size_t count_known(const struct edition_rescue *work)
{
    size_t n = 0;
    for (size_t i = 0; i < work->n_units; i++) {
        bool known = false;
        for (size_t e = 0; e < work->n_known; e++)
            known = known || geo_edition_find(work->known[e], work->units[i].unit.codigo) >= 0;
        n += known;
    }
    return n;
}

/* way NULL: as they stand. */
static struct way_score judge(const struct edition_rescue *work, const struct rescue_way *way)
{
    struct way_score score = {0};
    for (size_t i = 0; i < work->n_units; i++) {
        struct geo_box box =
            way ? rescue_way_box(work->crs, way, work->numbers[i]->box) : work->given[i]->box;
        if (geo_box_is_empty(box) || !rescue_box_within(box, work->around))
            score.outside++;
        else
            score.agree += agrees(work, i, box);
    }
    return score;
}

/* Reading ------------------------------------------------------------------------------ */

static bool parse_units(struct edition_rescue *work, struct err *err)
{
    work->given = calloc(work->n_units + 1, sizeof *work->given);
    work->numbers = calloc(work->n_units + 1, sizeof *work->numbers);
    if (!work->given || !work->numbers)
        return err_no_memory(err);
    for (size_t i = 0; i < work->n_units; i++) {
        const struct geo_source_unit *unit = &work->units[i];
        work->given[i] = geo_shape_parse_plane(unit->wkb, unit->wkb_len, err);
        if (!work->given[i])
            return err_wrap(err, "%s", unit->unit.codigo);
    }
    return true;
}

static void free_units(struct edition_rescue *work)
{
    for (size_t i = 0; i < work->n_units; i++) {
        geo_shape_free(work->given ? work->given[i] : NULL);
        geo_shape_free(work->numbers ? work->numbers[i] : NULL);
    }
    free(work->given);
    free(work->numbers);
}

/* Lists the ways of all numbers together, and judges each. */
static bool read_ways(struct edition_rescue *work, struct err *err)
{
    struct geo_box all = geo_box_empty();
    struct err none = {0};
    for (size_t i = 0; i < work->n_units; i++) {
        work->numbers[i] = rescue_numbers(work->crs, work->given[i], work->epsg, &none);
        if (!work->numbers[i]) /* what cannot be transformed back has no other way */
            return none.kind != ERR_MEMORY || err_no_memory(err);
        all = geo_box_join(all, work->numbers[i]->box);
    }
    if (!rescue_list_ways(work->crs, all, work->epsg, &work->ways, err))
        return false;
    for (int i = 0; i < work->ways.n; i++)
        work->scores[i] = judge(work, &work->ways.all[i]);
    return true;
}

/* The way that puts all units in the country; of several the one that agrees with most known
 * codes, and with half of them or more. -1: none. */
static int choose(const struct edition_rescue *work)
{
    int best = -1, n = 0;
    bool equal = false;
    for (int i = 0; i < work->ways.n; i++) {
        if (work->scores[i].outside)
            continue;
        n++;
        if (best < 0 || work->scores[i].agree > work->scores[best].agree) {
            best = i;
            equal = false;
        } else if (work->scores[i].agree == work->scores[best].agree)
            equal = true;
    }
    if (n <= 1)
        return best;
    return equal || 2 * work->scores[best].agree < count_known(work) ? -1 : best;
}

/* Answers ------------------------------------------------------------------------------ */

static void put_way(const struct rescue_way *way, struct buf *out)
{
    rescue_put_kinds(out, way->kinds);
    if (way->epsg)
        buf_printf(out, "%sEPSG:%d", way->kinds ? ", " : "", way->epsg);
}

/* "3 de 339 municipios quedan fuera del país (010101 en x -18, y -65; …)" */
static void put_outside(const struct edition_rescue *work, struct buf *out)
{
    struct way_score stands = judge(work, NULL);
    int named = 0;
    buf_printf(out, "%zu de %zu municipios quedan fuera del país", stands.outside, work->n_units);
    for (size_t i = 0; i < work->n_units && named < NAMED_MAX; i++) {
        const struct geo_shape *shape = work->given[i];
        if (rescue_box_within(shape->box, work->around))
            continue;
        buf_printf(out, "%s%s en x ", named++ ? "; " : " (", work->units[i].unit.codigo);
        buf_put_fixed(out, shape->xy[0], 4);
        buf_puts(out, ", y ");
        buf_put_fixed(out, shape->xy[1], 4);
    }
    buf_puts(out, stands.outside > NAMED_MAX ? "; …)" : ")");
}

static bool refuse(const struct edition_rescue *work, int chosen, struct err *err)
{
    struct buf text;
    const char *part = "; se leen de varias maneras: ";
    int n = 0;
    buf_init(&text);
    put_outside(work, &text);
    if (chosen >= 0) {
        buf_puts(&text, "; así quedarían en él: ");
        put_way(&work->ways.all[chosen], &text);
        return rescue_refuse_with(&text, err);
    }
    for (int i = 0; i < work->ways.n; i++) {
        if (work->scores[i].outside)
            continue;
        buf_puts(&text, n++ ? "; " : part);
        put_way(&work->ways.all[i], &text);
    }
    if (n == 0)
        buf_puts(&text, "; ningún orden, signo ni zona UTM los pone todos en él");
    return rescue_refuse_with(&text, err);
}

static bool refuse_zone(const struct edition_rescue *work, int chosen, struct err *err)
{
    struct buf text;
    buf_init(&text);
    buf_puts(&text, "ningún municipio queda donde otras ediciones tienen su código; así sí: ");
    put_way(&work->ways.all[chosen], &text);
    return rescue_refuse_with(&text, err);
}

static bool accept(const struct edition_rescue *work, const struct rescue_way *way,
                   struct geo_rescued *out, struct buf *wkbs, struct err *err)
{
    struct geo_rescued found = {
        .lon_deg = work->n_units ? work->given[0]->xy[0] : 0,
        .lat_deg = work->n_units ? work->given[0]->xy[1] : 0,
        .changed = way != NULL,
        .datum_uncertain = way && (way->kinds & RESCUE_ZONE) && !work->epsg,
    };
    if (!rescue_describe(&found, way ? way->kinds : 0, way ? way->epsg : work->epsg, err))
        return false;
    for (size_t i = 0; way && i < work->n_units; i++) {
        struct geo_shape *shape = rescue_way_shape(work->crs, way, work->numbers[i], err);
        if (!shape)
            return err_wrap(err, "%s", work->units[i].unit.codigo);
        geo_shape_put_wkb(shape, shape->multi, &wkbs[i]);
        if (i == 0) {
            found.lon_deg = shape->xy[0];
            found.lat_deg = shape->xy[1];
        }
        geo_shape_free(shape);
        if (buf_failed(&wkbs[i]))
            return err_no_memory(err);
    }
    *out = found;
    return true;
}

static bool decide(struct edition_rescue *work, struct geo_rescued *out, struct buf *wkbs,
                   struct err *err)
{
    struct way_score stands = judge(work, NULL);
    size_t known = count_known(work);
    if (!stands.outside && (stands.agree || !known))
        return accept(work, NULL, out, wkbs, err);
    if (!read_ways(work, err))
        return false;
    int chosen = choose(work);
    if (!stands.outside) {
        bool better = chosen >= 0 && 2 * work->scores[chosen].agree >= known;
        return better ? refuse_zone(work, chosen, err) : accept(work, NULL, out, wkbs, err);
    }
    return chosen >= 0 && wkbs ? accept(work, &work->ways.all[chosen], out, wkbs, err)
                               : refuse(work, chosen, err);
}

bool geo_rescue_edition(struct geo_rescue *rescue, const struct geo_edition *const *known,
                        size_t n_known, const struct geo_source_unit *units, size_t n_units,
                        int epsg, struct geo_rescued *out, struct buf *wkbs, struct err *err)
{
    struct edition_rescue work = {
        .crs = rescue->crs,
        .known = known,
        .n_known = n_known,
        .units = units,
        .n_units = n_units,
        .epsg = epsg,
    };
    work.around = around_country(&work);
    bool ok = parse_units(&work, err) && decide(&work, out, wkbs, err);
    free_units(&work);
    return ok;
}
