/* works.c - municipal subprojects: bridges, roads, irrigation, stores. */
#include "data/generator/generate.h"

#include <math.h>
#include <stdlib.h>

#define KM_LAT 110.57

enum shape { POINT, LINE, POLYGON };

static const struct kind {
    const char *tipo, *name;
    enum shape shape;
    double often, cost; /* cost: relative */
} kinds[] = {
    {"puente vehicular", "Construcción de puente vehicular", POINT, 4, 1.4},
    {"camino vecinal", "Mejoramiento de camino vecinal", LINE, 4, 1.2},
    {"sistema de riego", "Construcción de sistema de riego", POLYGON, 3, 1.1},
    {"centro de acopio", "Construcción de centro de acopio", POINT, 3, 0.8},
    {"presa", "Construcción de presa de tierra", POINT, 2, 1.3},
    {"mercado de productores", "Construcción de mercado de productores", POINT, 2, 0.9},
    {"puente peatonal", "Construcción de puente peatonal", POINT, 1, 0.5},
};

struct work {
    const struct kind *kind;
    size_t row, town;
    int64_t families, amounts[4];
    int start, received;
};

/* Share of a total over the works of one row, at most `high` each. */
static void deal(struct work *works, size_t n, int64_t total, const double *weights,
                 const int64_t *low, const int64_t *high, int field)
{
    int64_t *out = need(n, sizeof *out);
    apportion(total, n, weights, low, high, out);
    for (size_t i = 0; i < n; i++)
        if (field < 0)
            works[i].families = out[i];
        else
            works[i].amounts[field] = out[i];
    free(out);
}

static void deal_row(struct work *works, size_t n, const struct works *row, struct rng *rng)
{
    double *weight = need(n, sizeof *weight);
    int64_t *low = need(n, sizeof *low), *high = need(n, sizeof *high);
    for (size_t i = 0; i < n; i++) {
        weight[i] = rng_range(rng, 0.4, 1.8);
        low[i] = 35;
    }
    deal(works, n, row->families, weight, low, NULL, -1);
    /* Committed, then the counterpart's share of it, then what is spent of either. */
    for (int field = 0; field < 4; field++) {
        for (size_t i = 0; i < n; i++) {
            double base = field == 0   ? works[i].kind->cost
                          : field == 1 ? (double)works[i].amounts[0]
                                       : (double)works[i].amounts[field - 2];
            weight[i] = base * rng_range(rng, 0.6, 1.5);
            low[i] = field == 0 ? 150000 : 0;
            high[i] = field < 2 ? 10000000 : works[i].amounts[field - 2];
        }
        deal(works, n, row->amounts[field], weight, low, high, field);
    }
    free(weight);
    free(low);
    free(high);
}

static void set_days(struct work *work, struct rng *rng)
{
    switch (work->row) {
    case 0: /* received for good */
        work->start = day_of(2018, 9, 1) + rng_below(rng, 600);
        work->received = work->start + 240 + rng_below(rng, 420);
        break;
    case 1: /* received provisionally */
        work->start = day_of(2020, 10, 1) + rng_below(rng, 200);
        work->received = day_of(2022, 2, 1) + rng_below(rng, 140);
        break;
    case 2: /* being built */
        work->start = day_of(2021, 2, 1) + rng_below(rng, 450);
        break;
    default: /* tendered, or still under evaluation: not begun */
        break;
    }
}

static size_t pick_town(const struct source *source, const struct portfolio *portfolio, bool *taken,
                        struct rng *rng)
{
    double weight[N_TOWNS] = {0};
    for (size_t i = 0; i < portfolio->n; i++)
        if (portfolio->items[i].outcome == SIGNED)
            weight[portfolio->items[i].town] = source->towns[portfolio->items[i].town].rural;
    for (size_t t = 0; t < N_TOWNS; t++) {
        weight[t] += 0.1 * source->towns[t].rural;
        if (taken[t])
            weight[t] *= 0.05;
    }
    size_t town = rng_pick(rng, weight, N_TOWNS);
    taken[town] = true;
    return town;
}

static void put_point(FILE *out, double lon, double lat)
{
    fputc('[', out);
    json_number(out, lon, 5);
    fputc(',', out);
    json_number(out, lat, 5);
    fputc(']', out);
}

/* A road from the point outwards, in bends; it stops at the country's border. */
static void write_road(const struct map *map, const double from[2], struct rng *rng, FILE *out)
{
    double at[2] = {from[0], from[1]}, x = rng_range(rng, -1, 1), y = rng_range(rng, -1, 1);
    int n = 8 + rng_below(rng, 12);
    fputs("{\"type\":\"LineString\",\"coordinates\":[", out);
    put_point(out, at[0], at[1]);
    for (int k = 0, written = 1; k < 4 * n && written < n; k++) {
        x += rng_range(rng, -0.6, 0.6);
        y += rng_range(rng, -0.6, 0.6);
        double length = sqrt(x * x + y * y), km = rng_range(rng, 0.4, 0.9);
        x /= length;
        y /= length;
        double lon = at[0] + km * x / km_per_degree_lon(at[1]), lat = at[1] + km * y / KM_LAT;
        bool held = false;
        for (size_t t = 0; t < N_TOWNS && !held; t++)
            held = map_holds(map, t, lon, lat);
        if (!held) { /* turn around */
            x = -x;
            y = -y;
            continue;
        }
        at[0] = lon;
        at[1] = lat;
        fputc(',', out);
        put_point(out, at[0], at[1]);
        written++;
    }
    fputs("]}", out);
}

static void write_field(const double centre[2], struct rng *rng, FILE *out)
{
    double wide = rng_range(rng, 0.1, 0.25), high = rng_range(rng, 0.1, 0.25);
    const double corners[5][2] = {{-1, -0.8}, {0.9, -1}, {1, 0.9}, {-0.8, 1}, {-1, -0.8}};
    fputs("{\"type\":\"Polygon\",\"coordinates\":[[", out);
    for (int c = 0; c < 5; c++) {
        if (c)
            fputc(',', out);
        put_point(out, centre[0] + wide * corners[c][0] / km_per_degree_lon(centre[1]),
                  centre[1] + high * corners[c][1] / KM_LAT);
    }
    fputs("]]}", out);
}

static void write_day(FILE *out, const char *field, int day)
{
    char text[11];
    if (!day)
        return;
    day_text(day, text);
    fprintf(out, ",\"%s\":\"%s\"", field, text);
}

static void write_work(const struct source *source, const struct map *map, const struct work *work,
                       int number, struct rng *rng, FILE *out)
{
    const struct town *town = &source->towns[work->town];
    static const char *const fields[] = {"comprometido_empoderar_bs", "comprometido_cp_bs",
                                         "ejecutado_empoderar_bs", "ejecutado_cp_bs"};
    double at[2];
    char room[80], name[200];
    snprintf(name, sizeof name, "%s, %s", work->kind->name,
             town_short_name(town, room, sizeof room));
    fprintf(out,
            "{\"type\":\"Feature\",\"properties\":{\"codigo\":\"SP-%03d\",\"nombre\":", number);
    json_text(out, name);
    fprintf(out, ",\"tipo\":\"%s\",\"estado\":\"%s\",\"familias\":%lld", work->kind->tipo,
            source->works[work->row].estado, (long long)work->families);
    for (int i = 0; i < 4; i++)
        fprintf(out, ",\"%s\":%lld", fields[i], (long long)work->amounts[i]);
    write_day(out, "fecha_inicio", work->start);
    write_day(out, "fecha_recepcion", work->received);
    fprintf(out, ",\"municipio_codigo\":\"%s\",\"municipio_nombre\":", town->codigo);
    json_text(out, town->nombre);
    fputs("},\"geometry\":", out);
    map_rural_point(map, source, work->town, rng, at);
    if (work->kind->shape == LINE)
        write_road(map, at, rng, out);
    else if (work->kind->shape == POLYGON)
        write_field(at, rng, out);
    else {
        fputs("{\"type\":\"Point\",\"coordinates\":", out);
        put_point(out, at[0], at[1]);
        fputc('}', out);
    }
    fputc('}', out);
}

void write_works(const struct source *source, const struct map *map,
                 const struct portfolio *portfolio, FILE *out)
{
    struct rng rng = rng_seeded("works");
    bool taken[N_TOWNS] = {false};
    double often[COUNT(kinds)];
    int number = 0;
    for (size_t k = 0; k < COUNT(kinds); k++)
        often[k] = kinds[k].often;
    fputs("{\"type\":\"FeatureCollection\",\"name\":\"subproyectos\",\n\"features\":[\n", out);
    for (size_t row = 0; row < N_WORKS; row++) {
        size_t n = (size_t)source->works[row].projects;
        struct work *works = need(n, sizeof *works);
        for (size_t i = 0; i < n; i++) {
            works[i].row = row;
            works[i].kind = &kinds[rng_pick(&rng, often, COUNT(kinds))];
            works[i].town = pick_town(source, portfolio, taken, &rng);
            set_days(&works[i], &rng);
        }
        deal_row(works, n, &source->works[row], &rng);
        for (size_t i = 0; i < n; i++) {
            fputs(number ? ",\n" : "", out);
            write_work(source, map, &works[i], ++number, &rng, out);
        }
        free(works);
    }
    fputs("\n]}\n", out);
}
