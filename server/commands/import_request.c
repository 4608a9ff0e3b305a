/* import_request.c - reads the command line of `sigg import`. */
#include "server/commands/import_request.h"

#include <string.h>
#include <strings.h>

#include "geo/base/parse.h"
#include "server/cli/options.h"
#include "server/cli/output.h"
#include "server/commands/import_reports.h"

/* "EPSG:32719", "epsg:32719" or "32719". */
static bool parse_crs(const char *word, int *epsg, struct err *err)
{
    const char *digits = strncasecmp(word, "EPSG:", 5) == 0 ? word + 5 : word;
    int64_t code;
    if (!parse_int(digits, 1024, 32767, &code))
        return err_set(err, ERR_USAGE, "--crs: «%s» no es EPSG:n (por ejemplo EPSG:32719)", word);
    *epsg = (int)code;
    return true;
}

static bool parse_decimal(const char *word, enum decimal_mark *mark, struct err *err)
{
    if (strcmp(word, "coma") == 0)
        *mark = MARK_COMMA;
    else if (strcmp(word, "punto") == 0)
        *mark = MARK_POINT;
    else
        return err_set(err, ERR_USAGE, "--decimal: «%s» no es coma ni punto", word);
    return true;
}

enum { HEADER_ROW_MAX = 1048576 }; /* the last row of a sheet */

static bool parse_header_row(const char *word, int64_t *line, struct err *err)
{
    return parse_int(word, 1, HEADER_ROW_MAX, line) ||
           err_set(err, ERR_USAGE, "--header-row: «%s» no es un entero de 1 a %d", word,
                   HEADER_ROW_MAX);
}

static bool read_limits(const char *const *words, struct geo_source_limits *limits, struct err *err)
{
    *limits = geo_source_usual_limits;
    for (int i = 0; i < GEO_LIMITS; i++) {
        const struct geo_limit_words *limit = &geo_source_limit_words[i];
        if (words[i] && !parse_int(words[i], 1, limit->most, &limits->at[i]))
            return err_set(err, ERR_USAGE, "%s: «%s» no es un entero de 1 a %lld", limit->option,
                           words[i], (long long)limit->most);
    }
    return true;
}

/* With --explain the layer may be left out. */
static bool take_positional(const char *const *positional, size_t n, struct import_request *request,
                            struct err *err)
{
    struct geo_import_options *options = &request->options;
    if (n == 1 && !request->explain)
        return err_set(err, ERR_USAGE, "falta FUENTE: sigg import CAPA FUENTE");
    options->layer = n == 2 ? positional[0] : NULL;
    options->source = positional[n - 1];
    return true;
}

/* Options that make no sense together. */
static bool check_together(const struct import_request *request, struct err *err)
{
    const struct geo_import_options *options = &request->options;
    if (options->rejects_path && !options->skip_invalid)
        return err_set(err, ERR_USAGE, "--rejects solo vale con --skip-invalid");
    if (request->map_path && !request->explain)
        return err_set(err, ERR_USAGE, "-o solo vale con --explain");
    if (request->explain && (options->rejects_path || request->reports[0]))
        return err_set(err, ERR_USAGE, "--explain no va con --report ni con --rejects");
    return true;
}

/* Places are checked before the work. */
static bool takes(const char *option, const char *path, const struct import_request *request,
                  const char *db_path, struct err *err)
{
    return !path || (output_takes(option, path, db_path, err) &&
                     output_spares_source(option, path, request->options.source, err));
}

static bool check_places(const struct import_request *request, const char *db_path, struct err *err)
{
    return takes("--rejects", request->options.rejects_path, request, db_path, err) &&
           takes("-o", request->map_path, request, db_path, err) &&
           import_reports_check(request->reports, db_path, request->options.source, err);
}

enum { OTHER_OPTIONS = 24 };

bool import_request_read(int argc, char **argv, const char *db_path, struct import_request *request,
                         struct err *err)
{
    struct geo_import_options *options = &request->options;
    const char *positional[2] = {NULL, NULL}, *crs = NULL, *decimal = NULL, *header = NULL;
    const char *limit_words[GEO_LIMITS] = {NULL};
    size_t n;
    struct option_spec specs[OTHER_OPTIONS + GEO_LIMITS] = {
        {.name = "--solo-capa", .takes_value = true, .value = &options->source_layer},
        {.name = "--source-layer", .takes_value = true, .value = &options->source_layer},
        {.name = "--header-row", .takes_value = true, .value = &header},
        {.name = "--edition", .takes_value = true, .value = &options->edition},
        {.name = "--title", .takes_value = true, .value = &options->edition_title},
        {.name = "--source-title", .takes_value = true, .value = &options->source_title},
        {.name = "--date", .takes_value = true, .value = &options->data_date},
        {.name = "--crs", .takes_value = true, .value = &crs},
        {.name = "--map", .takes_value = true, .list = request->maps, .list_size = IMPORT_MAPS_MAX},
        {.name = "--ignore",
         .takes_value = true,
         .list = request->ignored,
         .list_size = IMPORT_MAPS_MAX},
        {.name = "--ignore-unused", .flag = &options->ignore_unused},
        {.name = "--decimal", .takes_value = true, .value = &decimal},
        {.name = "--rejects", .takes_value = true, .value = &options->rejects_path},
        {.name = "--report",
         .takes_value = true,
         .list = request->reports,
         .list_size = IMPORT_REPORTS_MAX},
        {.name = "--explain", .flag = &request->explain},
        {.name = "-o", .takes_value = true, .value = &request->map_path},
        {.name = "--output", .takes_value = true, .value = &request->map_path},
        {.name = "--clear-geometry", .flag = &options->clear_geometry},
        {.name = "--replace", .flag = &options->replace},
        {.name = "--dry-run", .flag = &options->dry_run},
        {.name = "--skip-invalid", .flag = &options->skip_invalid},
        {.name = "--keep-current", .flag = &options->keep_current},
        {.name = "--simulated", .flag = &options->simulated},
        {.name = "--schematic", .flag = &options->schematic},
    };
    for (int i = 0; i < GEO_LIMITS; i++)
        specs[OTHER_OPTIONS + i] = (struct option_spec){.name = geo_source_limit_words[i].option,
                                                        .takes_value = true,
                                                        .value = &limit_words[i]};
    if (!options_parse(argc, argv, specs, sizeof specs / sizeof *specs, positional, 1, 2, &n,
                       err) ||
        (crs && !parse_crs(crs, &options->epsg, err)) ||
        (decimal && !parse_decimal(decimal, &options->decimal, err)) ||
        (header && !parse_header_row(header, &options->header_line, err)) ||
        !read_limits(limit_words, &request->limits, err) ||
        !take_positional(positional, n, request, err))
        return false;
    options->map = request->maps;
    options->ignore = request->ignored;
    options->limits = &request->limits;
    options->dry_run = options->dry_run || request->explain;
    return check_together(request, err) && check_places(request, db_path, err);
}
