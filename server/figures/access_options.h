/* access_options.h - the parameters of /access and `sigg access`, checked.
 *
 * Errors: ERR_INPUT; the parameter is the error's field.
 */
#ifndef SERVER_ACCESS_OPTIONS_H
#define SERVER_ACCESS_OPTIONS_H

#include "geo/analysis/reach.h"

enum { ACCESS_SITES_MAX = 1000 };

struct access_options {
    struct geo_reach_query query;
    double distance_m;
    enum geo_group group;
    bool want_sites;
    int64_t sites;
    double exact_s; /* 0: greedy alone */
};

/* NULL words are the defaults: 10 km, both, by municipality, 10 sites. */
bool access_options_read(struct access_options *options, const char *km, const char *of,
                         const char *by, const char *k, const char *exact, struct err *err);

#endif
