/* official.h - the official boundaries, read once a program. Include it in one place a
 * program, after cmocka.h. */
#ifndef TESTS_SUPPORT_OFFICIAL_H
#define TESTS_SUPPORT_OFFICIAL_H

#include <unistd.h>

#include "tests/support/boundaries.h"

static struct boundaries official, official_water;

static bool have_official(void)
{
    const char *shared = getenv("SIGG_SHARED");
    char path[4096];
    if (official.n)
        return true;
    snprintf(path, sizeof path, "%s/data/municipios_339.geojson", shared ? shared : "../shared");
    if (access(path, R_OK) != 0)
        return false;
    assert_true(boundaries_read(path, &official));
    snprintf(path, sizeof path, "%s/data/cuerpos_agua.geojson", shared ? shared : "../shared");
    assert_true(boundaries_read(path, &official_water));
    return true;
}

static int forget_official(void **state)
{
    (void)state;
    boundaries_free(&official);
    boundaries_free(&official_water);
    return 0;
}

#endif
