/* areas BOUNDARIES: prints "codigo,m2", the geodesic area of each unit. */
#include "geo/place/measure.h"
#include "tests/support/boundaries.h"

int main(int argc, char **argv)
{
    struct boundaries all = {0};
    struct err err = {0};
    if (argc != 2 || !boundaries_read(argv[1], &all)) {
        fprintf(stderr, "usage: areas BOUNDARIES\n");
        boundaries_free(&all);
        return 2;
    }
    for (size_t i = 0; i < all.n; i++) {
        struct geo_shape *shape = geo_shape_parse(all.units[i].wkb, all.units[i].wkb_len, &err);
        if (!shape) {
            fprintf(stderr, "%s\n", err.message);
            return 1;
        }
        printf("%s,%.17g\n", all.units[i].unit.codigo, geo_measure_area(shape));
        geo_shape_free(shape);
    }
    boundaries_free(&all);
    return 0;
}
