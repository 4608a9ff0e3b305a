/* generate.h - makes the embedded data set; a tool, not part of the program.
 *
 *   build/generate data [out]     reads data/generator/source/, writes to out
 *                                 (default: data)
 *
 * Same sources, same bytes: one seeded generator a step, no clock, no locale,
 * no order of hashing or of memory.
 *
 * Owns:    every list lives until the end of the process.
 * Units:   lon/lat degrees (OGC:CRS84); plane kilometres of plane.c; money whole Bs.
 * Errors:  a tool stops at the first one: fail() says what and exits with 1.
 */
#ifndef DATA_GENERATOR_GENERATE_H
#define DATA_GENERATOR_GENERATE_H

#include <geodesic.h>
#include <geos_c.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#define COUNT(array) (sizeof(array) / sizeof *(array))

enum { N_TOWNS = 339, N_UOS = 10, N_YEARS = 5, FIRST_YEAR = 2018 };

void fail(const char *format, ...) __attribute__((format(printf, 1, 2), noreturn));
void *need(size_t count, size_t size); /* zeroed; never NULL */

/* random.c ---------------------------------------------------------------- */

struct rng {
    uint64_t state;
};

struct rng rng_seeded(const char *step); /* each step has its own stream */
double rng_unit(struct rng *rng);        /* [0, 1) */
double rng_range(struct rng *rng, double low, double high);
int rng_below(struct rng *rng, int n); /* 0 … n-1 */
size_t rng_pick(struct rng *rng, const double *weights, size_t n);
void rng_shuffle(struct rng *rng, int *items, size_t n);

/* Whole shares of total, as near to the proportions of weights as low[i] <=
 * out[i] <= high[i] allow; they sum to total exactly (largest remainders). low
 * NULL: 0; high NULL: no bound. */
void apportion(int64_t total, size_t n, const double *weights, const int64_t *low,
               const int64_t *high, int64_t *out);

/* source.c ---------------------------------------------------------------- */

struct town {
    char codigo[7];
    const char *nombre, *provincia, *departamento;
    const char *facts; /* the line from area_km2 on, as it stands in the source */
    int uo;            /* index in uo_names */
    double lon, lat, area_km2, people, rural;
};

/* One row of the plan's tables by operating unit. */
struct uo {
    int64_t fi, fa, approved, rejected, evaluating, plans, financed, certified;
    int64_t agreements, families, amounts[4]; /* committed, requested, transferred, accounted */
};

struct works {
    const char *estado;
    int64_t projects, families, amounts[4]; /* committed, committed_cp, spent, spent_cp */
};

enum { N_RUBROS = 4, N_WORKS = 5 };
enum stage { REQUEST, EVALUATION, PLAN, CERTIFICATE, AGREEMENT, N_STAGES };

/* The kinds of events of the plan's tables, in the order of geo/store/schema.c. */
enum { N_OUTREACH = 5, N_EVENTS = 8, FORMS = 4, PROVIDERS = 5 };

struct events {
    int64_t number[2], people[2]; /* FI, FA; 0 people: not known */
    int64_t by_year[N_YEARS];     /* of FA; 0 in all: not known */
};

/* What the plan's results framework says was achieved. */
enum achieved { A_R1, A_R2, A_R3, A_1_1, A_1_3, A_2_1, A_2_2, A_2_6, A_3_2_1, N_ACHIEVED };

struct source {
    struct town towns[N_TOWNS];
    double outline[256][2]; /* lon/lat, open ring */
    size_t n_outline;
    struct uo uos[N_UOS];
    int64_t rubros[N_RUBROS];
    int64_t by_year[N_STAGES][N_YEARS];
    struct works works[N_WORKS];
    struct events events[N_EVENTS];
    int64_t achieved[N_ACHIEVED];
};

extern const char *const uo_names[N_UOS];       /* the plan's order */
extern const char *const rubro_names[N_RUBROS]; /* the solicitudes' order */
extern const char *const event_names[N_EVENTS];

void source_read(struct source *source, const char *folder);

/* plane.c: a Lambert azimuthal equal-area plane centred on Bolivia, in km. -- */

struct plane;
struct plane *plane_new(void);
void plane_forward(struct plane *plane, double lon, double lat, double xy[2]);
void plane_inverse(struct plane *plane, double x, double y, double lonlat[2]);

/* cells.c, fit.c ----------------------------------------------------------------- */

/* A power diagram in the plane: x belongs to the i of least
 * |x - at[i]|² - weight[i]. */
struct cells {
    size_t n;
    double (*at)[2], *weight;
};

/* Finds generators and weights so that the cell of each town, clipped to the
 * outline, has the area wanted and holds the town with some margin. */
struct cells *cells_solve(const double (*towns)[2], const double *areas, size_t n,
                          const double (*outline)[2], size_t n_outline);
size_t cells_owner(const struct cells *cells, double x, double y);
/* The convex cell inside a square of 2,500 km, as ring and the neighbour
 * across the edge that starts at each corner (-1: the square). */
size_t cells_ring(const struct cells *cells, size_t index, double (*ring)[2], int *across,
                  size_t room);

/* boundaries.c ------------------------------------------------------------ */

struct map {
    GEOSContextHandle_t geos;
    struct geod_geodesic geod;
    struct plane *plane;
    GEOSGeometry *cells[N_TOWNS]; /* lon/lat, whole micro-degrees */
    const GEOSPreparedGeometry *prepared[N_TOWNS];
};

void map_build(struct map *map, const struct source *source);
double map_area_m2(const struct map *map, const GEOSGeometry *geometry);
bool map_holds(const struct map *map, size_t town, double lon, double lat);
/* A rural point of the town's cell: away from the town and from the border. */
double km_per_degree_lon(double lat);
void map_rural_point(const struct map *map, const struct source *source, size_t town,
                     struct rng *rng, double lonlat[2]);

/* portfolio.c and its parts ------------------------------------------------ */

struct alliance {
    char codigo[16];
    int uo, town, rubro, modelo; /* rubro -1: otro */
    bool fi;                     /* financiamiento inicial */
    enum outcome {
        REJECTED,    /* by the evaluation of the opportunity */
        EVALUATING,  /* in it */
        DROPPED,     /* approved, no plan */
        PLAN_FAILED, /* plan, refused by the financial evaluation */
        PLAN_ONLY,   /* plan that passed it, no certificate */
        CERTIFIED,   /* certificate, no agreement */
        SIGNED,      /* agreement */
    } outcome;
    const char *etapa;
    int64_t families, women, amounts[4]; /* committed, requested, transferred, accounted */
    int day[N_STAGES];                   /* days since 1970-01-01; 0: none */
    int concluded;
    double lon, lat;
};

struct portfolio {
    struct alliance *items;
    size_t n;
};

struct portfolio *portfolio_make(const struct source *source, const struct map *map);
void dates_assign(struct portfolio *portfolio, const struct source *source);
int day_of(int year, int month, int day);
void day_text(int day, char text[11]);
const char *town_short_name(const struct town *town, char *room, size_t size);
/* Names of an alliance: what it does, who asks, who buys. */
void names_of(const struct source *source, const struct alliance *alliance, struct rng *rng,
              char name[160], char opp[160], char buyer[160]);

/* Writers: one file of the data set each. */
void json_text(FILE *out, const char *text);
void json_number(FILE *out, double value, int decimals);
void json_polygon(FILE *out, const struct map *map, const GEOSGeometry *polygon, int decimals);
void write_facts(const struct source *source, FILE *out);
void write_boundaries(const struct source *source, const struct map *map, FILE *out);
void write_alliances(const struct source *source, const struct portfolio *portfolio, FILE *out);
void write_irrigation(const struct source *source, const struct map *map,
                      const struct portfolio *portfolio, FILE *out);
void write_works(const struct source *source, const struct map *map,
                 const struct portfolio *portfolio, FILE *out);
void write_events(const struct source *source, FILE *out);
void write_complaints(const struct source *source, FILE *out);
void write_results(const struct source *source, const struct portfolio *portfolio, FILE *out);
void write_visits(const struct source *source, const struct portfolio *portfolio, FILE *out);

#endif
