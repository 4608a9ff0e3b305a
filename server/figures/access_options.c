/* access_options.c - checks the parameters of /access and `sigg access`. */
#include "server/figures/access_options.h"

#include <string.h>

#include "geo/base/parse.h"

static bool read_of(const char *word, unsigned *of)
{
    static const struct {
        const char *word;
        unsigned of;
    } words[] = {{"alianzas", GEO_REACH_ALIANZAS},
                 {"subproyectos", GEO_REACH_SUBPROYECTOS},
                 {"ambos", GEO_REACH_ALIANZAS | GEO_REACH_SUBPROYECTOS}};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (strcmp(word, words[i].word) == 0) {
            *of = words[i].of;
            return true;
        }
    return false;
}

bool access_options_read(struct access_options *options, const char *km, const char *of,
                         const char *by, const char *k, const char *exact, struct err *err)
{
    options->group = GEO_BY_MUNICIPIO;
    options->sites = 10;
    options->exact_s = 0;
    if (!geo_reach_km(km ? km : "10", &options->distance_m))
        return err_field(err, "km", "«%s»: se espera más de 0 y hasta 1000 kilómetros", km);
    if (!read_of(of ? of : "ambos", &options->query.of))
        return err_field(err, "of", "«%s» no es alianzas, subproyectos ni ambos", of);
    if (by && !geo_group_of(by, &options->group))
        return err_field(err, "by", "«%s» no es municipio, departamento, uo ni nacional", by);
    if (k && !parse_int(k, 1, ACCESS_SITES_MAX, &options->sites))
        return err_field(err, "k", "«%s»: se espera un entero de 1 a %d", k, ACCESS_SITES_MAX);
    if (exact && (!parse_real(exact, 0, 3600, &options->exact_s) || !(options->exact_s > 0)))
        return err_field(err, "exact", "«%s»: se espera más de 0 y hasta 3600 segundos", exact);
    if (options->query.as_of && !parse_date(options->query.as_of))
        return err_field(err, "as-of", "«%s» no es una fecha: se espera AAAA-MM-DD",
                         options->query.as_of);
    return true;
}
