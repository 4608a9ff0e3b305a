/* plane.c - Lambert azimuthal equal-area on WGS84, centred on Bolivia. */
#include "data/generator/generate.h"

#include <proj.h>
#include <stdlib.h>

struct plane {
    PJ_CONTEXT *context;
    PJ *projection;
};

struct plane *plane_new(void)
{
    struct plane *plane = need(1, sizeof *plane);
    plane->context = proj_context_create();
    plane->projection =
        proj_create(plane->context, "+proj=pipeline +step +proj=unitconvert +xy_in=deg +xy_out=rad "
                                    "+step +proj=laea +lat_0=-16.5 +lon_0=-64.5 +ellps=WGS84 "
                                    "+step +proj=unitconvert +xy_in=m +xy_out=km");
    if (!plane->projection)
        fail("PROJ no da la proyección equivalente");
    return plane;
}

void plane_forward(struct plane *plane, double lon, double lat, double xy[2])
{
    PJ_COORD to = proj_trans(plane->projection, PJ_FWD, proj_coord(lon, lat, 0, 0));
    xy[0] = to.xy.x;
    xy[1] = to.xy.y;
}

void plane_inverse(struct plane *plane, double x, double y, double lonlat[2])
{
    PJ_COORD to = proj_trans(plane->projection, PJ_INV, proj_coord(x, y, 0, 0));
    lonlat[0] = to.xy.x;
    lonlat[1] = to.xy.y;
}
