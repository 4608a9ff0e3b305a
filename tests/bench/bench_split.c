/* bench_split BOUNDARIES CIRCLES N: N circles of about a kilometre (32 corners,
 * fixed seed, centres in a municipality) go to the file CIRCLES as "n,wkb" for PostGIS; then they
 * are split, best of five: seconds on stderr, parts "n,codigo,m2" on stdout. */
#include <float.h>
#include <math.h>
#include <time.h>

#include "tests/support/boundaries.h"

enum { CORNERS = 32, WKB_BYTES = 13 + 16 * (CORNERS + 1) };

static double now_s(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec + (double)now.tv_nsec * 1e-9;
}

/* Little-endian machines only, as the bench's figures are. */
static void put_circle(unsigned char *wkb, double lon, double lat)
{
    const unsigned char head[13] = {1, 3, 0, 0, 0, 1, 0, 0, 0, CORNERS + 1, 0, 0, 0};
    memcpy(wkb, head, sizeof head);
    for (int i = 0; i <= CORNERS; i++) {
        double angle = 2 * M_PI * (i % CORNERS) / CORNERS;
        double corner[2] = {lon + 0.01 * cos(angle), lat + 0.01 * sin(angle)};
        memcpy(wkb + sizeof head + 16 * (size_t)i, corner, sizeof corner);
    }
}

static bool make_circles(const struct geo_edition *edition, const char *path, unsigned char *wkb,
                         size_t n)
{
    unsigned short seed[3] = {2023, 11, 23};
    FILE *file = fopen(path, "w");
    for (size_t i = 0; file && i < n;) {
        double lon = -70 + 13 * erand48(seed), lat = -23 + 14 * erand48(seed);
        if (geo_edition_locate(edition, lon, lat) < 0)
            continue;
        put_circle(wkb + WKB_BYTES * i, lon, lat);
        fprintf(file, "%zu,", i);
        for (size_t k = 0; k < WKB_BYTES; k++)
            fprintf(file, "%02x", wkb[WKB_BYTES * i + k]);
        fputc('\n', file);
        i++;
    }
    return file && fclose(file) == 0;
}

static bool split_all(const struct geo_edition *edition, const unsigned char *wkb, size_t n,
                      FILE *out, struct err *err)
{
    for (size_t i = 0; i < n; i++) {
        struct geo_part *parts;
        size_t n_parts;
        if (!geo_edition_split(edition, wkb + WKB_BYTES * i, WKB_BYTES, &parts, &n_parts, err))
            return false;
        for (size_t k = 0; out && k < n_parts; k++)
            if (parts[k].unit >= 0)
                fprintf(out, "%zu,%s,%.17g\n", i,
                        geo_edition_unit(edition, (size_t)parts[k].unit)->codigo, parts[k].measure);
        free(parts);
    }
    return true;
}

int main(int argc, char **argv)
{
    struct boundaries all = {0};
    struct err err = {0};
    size_t n = argc == 4 ? strtoul(argv[3], NULL, 10) : 0;
    if (n == 0 || !boundaries_read(argv[1], &all)) {
        fprintf(stderr, "usage: bench_split BOUNDARIES CIRCLES N\n");
        boundaries_free(&all);
        return 2;
    }
    struct geo_edition *edition = geo_edition_build("bench", all.units, all.n, NULL, 0, &err);
    unsigned char *wkb = malloc(n * WKB_BYTES);
    double best = DBL_MAX;
    bool good = edition && wkb && make_circles(edition, argv[2], wkb, n);
    for (int round = 0; good && round < 5; round++) {
        double started = now_s();
        good = split_all(edition, wkb, n, NULL, &err);
        best = fmin(best, now_s() - started);
    }
    good = good && split_all(edition, wkb, n, stdout, &err);
    if (good)
        fprintf(stderr, "%.6f\n", best);
    else
        fprintf(stderr, "%s\n", err.message);
    free(wkb);
    geo_edition_free(edition);
    boundaries_free(&all);
    return good ? 0 : 1;
}
