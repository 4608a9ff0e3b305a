/* locate BOUNDARIES < points: reads "lon lat" a line, prints the code of the
 * municipality that holds it, or "-". For comparing with other tools. */
#include "tests/support/boundaries.h"

int main(int argc, char **argv)
{
    struct boundaries all = {0};
    struct err err = {0};
    double lon, lat;
    if (argc != 2 || !boundaries_read(argv[1], &all)) {
        fprintf(stderr, "usage: locate BOUNDARIES < points\n");
        boundaries_free(&all);
        return 2;
    }
    struct geo_edition *edition = geo_edition_build("test", all.units, all.n, NULL, 0, &err);
    if (!edition) {
        fprintf(stderr, "%s\n", err.message);
        return 1;
    }
    while (scanf("%lf %lf", &lon, &lat) == 2) {
        int unit = geo_edition_locate(edition, lon, lat);
        puts(unit < 0 ? "-" : geo_edition_unit(edition, (size_t)unit)->codigo);
    }
    geo_edition_free(edition);
    boundaries_free(&all);
    return 0;
}
