/* bench_link BOUNDARIES POINTS N: N random points (fixed seed) in the box of
 * the boundaries go to the file POINTS as "n,lon,lat" for PostGIS; then
 * they are linked, best of five, and printed: seconds on stderr, counts
 * "codigo,points" on stdout. */
#include <float.h>
#include <math.h>
#include <time.h>

#include "tests/support/boundaries.h"

static double now_s(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec + (double)now.tv_nsec * 1e-9;
}

static bool make_points(const struct geo_edition *edition, const char *path, double *xy, size_t n)
{
    struct geo_box box = geo_box_empty();
    unsigned short seed[3] = {2023, 11, 22};
    for (size_t i = 0; i < geo_edition_count(edition); i++)
        box = geo_box_join(box, geo_edition_unit(edition, i)->box);
    FILE *file = fopen(path, "w");
    if (!file)
        return false;
    for (size_t i = 0; i < n; i++) {
        xy[2 * i] = box.min_x + erand48(seed) * (box.max_x - box.min_x);
        xy[2 * i + 1] = box.min_y + erand48(seed) * (box.max_y - box.min_y);
        fprintf(file, "%zu,%.17g,%.17g\n", i, xy[2 * i], xy[2 * i + 1]);
    }
    return fclose(file) == 0;
}

int main(int argc, char **argv)
{
    struct boundaries all = {0};
    struct err err = {0};
    size_t n = argc == 4 ? strtoul(argv[3], NULL, 10) : 0;
    if (n == 0 || !boundaries_read(argv[1], &all)) {
        fprintf(stderr, "usage: bench_link BOUNDARIES POINTS N\n");
        boundaries_free(&all);
        return 2;
    }
    double started = now_s();
    struct geo_edition *edition = geo_edition_build("bench", all.units, all.n, NULL, 0, &err);
    double built = now_s() - started, best = DBL_MAX;
    double *xy = malloc(2 * n * sizeof *xy);
    int *units = malloc(n * sizeof *units);
    if (!edition || !xy || !units || !make_points(edition, argv[2], xy, n)) {
        fprintf(stderr, "%s\n", err.message);
        free(units);
        free(xy);
        return 1;
    }
    for (int round = 0; round < 5; round++) {
        started = now_s();
        geo_edition_locate_all(edition, xy, n, units);
        best = fmin(best, now_s() - started);
    }
    fprintf(stderr, "%.6f %.6f\n", best, built);
    size_t *counts = calloc(geo_edition_count(edition) + 1, sizeof *counts);
    for (size_t i = 0; counts && i < n; i++)
        counts[units[i] < 0 ? geo_edition_count(edition) : (size_t)units[i]]++;
    for (size_t i = 0; counts && i < geo_edition_count(edition); i++)
        if (counts[i])
            printf("%s,%zu\n", geo_edition_unit(edition, i)->codigo, counts[i]);
    free(counts);
    free(units);
    free(xy);
    geo_edition_free(edition);
    boundaries_free(&all);
    return 0;
}
