/* figures_options.c - parses --by, --as-of, --edition and --format. */
#include "server/cli/figures_options.h"

#include "geo/base/parse.h"
#include "server/cli/options.h"
#include "server/cli/print.h"

enum { SHARED = 4, MOST = 16 };

bool figures_options(int argc, char **argv, struct geo_coverage_query *query,
                     enum rows_format *format, struct err *err)
{
    return figures_options_and(argc, argv, NULL, 0, query, format, err);
}

bool figures_options_and(int argc, char **argv, const struct option_spec *own, size_t n_own,
                         struct geo_coverage_query *query, enum rows_format *format,
                         struct err *err)
{
    const char *by = NULL, *format_word = NULL;
    *query = (struct geo_coverage_query){.group = GEO_BY_MUNICIPIO};
    struct option_spec specs[MOST] = {
        {.name = "--by", .takes_value = true, .value = &by},
        {.name = "--as-of", .takes_value = true, .value = &query->as_of},
        {.name = "--edition", .takes_value = true, .value = &query->edition},
        {.name = "--format", .takes_value = true, .value = &format_word},
    };
    size_t n_positional;
    for (size_t i = 0; i < n_own && SHARED + i < MOST; i++)
        specs[SHARED + i] = own[i];
    if (!options_parse(argc, argv, specs, SHARED + n_own, NULL, 0, 0, &n_positional, err) ||
        !print_format(format_word, format, err))
        return false;
    if (by && !geo_group_of(by, &query->group))
        return err_set(err, ERR_USAGE, "--by: «%s» no es municipio, departamento, uo ni nacional",
                       by);
    if (query->as_of && !parse_date(query->as_of))
        return err_set(err, ERR_USAGE, "--as-of: «%s» no es una fecha: se espera AAAA-MM-DD",
                       query->as_of);
    return true;
}
