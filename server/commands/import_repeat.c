/* import_repeat.c - writes the options of an import as a shell reads them. */
#include "server/commands/import_repeat.h"

#include <string.h>

#include "geo/faults/fault_report.h"

static void put_option(struct buf *out, const char *name, const char *value)
{
    if (!value)
        return;
    buf_printf(out, " %s ", name);
    fault_put_word(out, value);
}

static void put_list(struct buf *out, const char *name, const char *const *values)
{
    for (; values && *values; values++)
        put_option(out, name, *values);
}

static void put_flag(struct buf *out, const char *name, bool flag)
{
    if (flag)
        buf_printf(out, " %s", name);
}

void import_repeat_put(const struct geo_import_options *options, bool whole, bool lonlat,
                       struct buf *out)
{
    static const char *const marks[] = {
        [MARK_OPEN] = NULL, [MARK_COMMA] = "coma", [MARK_POINT] = "punto"};
    put_option(out, "--edition", options->edition);
    put_option(out, "--title", options->edition_title);
    put_flag(out, "--keep-current", options->keep_current);
    put_flag(out, "--schematic", options->schematic);
    if (whole)
        put_option(out, "--solo-capa", options->source_layer);
    if (whole && options->header_line)
        buf_printf(out, " --header-row %lld", (long long)options->header_line);
    if (options->epsg && (whole || !lonlat))
        buf_printf(out, " --crs EPSG:%d", options->epsg);
    put_list(out, "--map", options->map);
    put_list(out, "--ignore", options->ignore);
    put_flag(out, "--ignore-unused", options->ignore_unused);
    put_option(out, "--decimal", marks[options->decimal]);
    put_flag(out, "--clear-geometry", options->clear_geometry);
    put_flag(out, "--replace", options->replace);
    put_option(out, "--source-title", options->source_title);
    put_option(out, "--date", options->data_date);
    put_flag(out, "--simulated", options->simulated);
}
