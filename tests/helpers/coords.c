/* coords < texts: reads a coordinate a line, prints its two numbers with the zone and letter of
 * its hemisphere, or "-". For comparing with other tools. */
#include <stdio.h>
#include <string.h>

#include "geo/place/coords.h"

int main(void)
{
    char line[GEO_COORDS_LINK_MAX + 2];
    while (fgets(line, sizeof line, stdin)) {
        struct geo_coords coords;
        line[strcspn(line, "\n")] = '\0';
        if (geo_coords_parse(line, NULL, &coords, NULL))
            printf("%.10f %.10f %d%s\n", coords.first.value, coords.second.value, coords.zone,
                   coords.zone ? coords.north ? "n" : "s" : "");
        else
            puts("-");
    }
    return 0;
}
