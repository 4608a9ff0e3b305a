/* cmd_legend.c - `sigg legend`: the legend of a style as a picture or as JSON. */
#include <string.h>

#include "geo/base/folder.h"
#include "geo/base/parse.h"
#include "layers/page/legend.h"
#include "layers/page/legend_json.h"
#include "layers/page/provenance.h"
#include "server/cli/options.h"
#include "server/cli/output.h"
#include "server/commands/command.h"
#include "server/commands/map_options.h"

enum { AS_PNG, AS_SVG, AS_JSON, N_FORMATS };

static bool parse_format(const char *path, int *format, struct err *err)
{
    static const char *const endings[N_FORMATS] = {".png", ".svg", ".json"};
    const char *dot = strrchr(path, '.');
    for (*format = 0; dot && *format < N_FORMATS; ++*format)
        if (strcmp(dot, endings[*format]) == 0)
            return true;
    return err_set(err, ERR_USAGE, "«%s»: la extensión tiene que ser .png, .svg o .json", path);
}

static bool put(const struct style *style, const struct snapshot *snapshot, int format, int scale,
                struct buf *out, struct err *err)
{
    if (format != AS_JSON)
        return legend_draw(style, format == AS_SVG ? LEGEND_SVG : LEGEND_PNG, scale, out, err);
    struct provenance from = provenance_of(snapshot, NULL);
    legend_put_json(style, from.simulated, from.schematic, out);
    return !buf_failed(out) || err_no_memory(err);
}

static bool run(int argc, char **argv, const char *db_path, struct err *err)
{
    const char *style_id = NULL, *path = NULL, *scale = NULL;
    int64_t ratio = 2;
    int format = 0;
    const struct option_spec specs[] = {
        {.name = "--style", .takes_value = true, .value = &style_id},
        {.name = "--scale", .takes_value = true, .value = &scale},
        {.name = "-o", .takes_value = true, .value = &path},
        {.name = "--output", .takes_value = true, .value = &path},
    };
    if (!options_parse(argc, argv, specs, sizeof specs / sizeof *specs, NULL, 0, 0, NULL, err))
        return false;
    if (!style_id || !path)
        return err_set(err, ERR_USAGE, "falta %s", !style_id ? "--style E" : "-o ARCHIVO");
    if (!parse_format(path, &format, err))
        return false;
    if (scale && !parse_int(scale, 1, 4, &ratio))
        return err_set(err, ERR_USAGE, "--scale: «%.40s» no es un entero de 1 a 4", scale);
    if (!output_takes("-o", path, db_path, err))
        return false;
    struct buf out;
    buf_init(&out);
    struct style *style = map_options_style(style_id, err);
    struct snapshot *snapshot = style ? map_options_snapshot(db_path, err) : NULL;
    bool ok = snapshot && map_options_classes(&style, snapshot, err) &&
              put(style, snapshot, format, (int)ratio, &out, err) &&
              folder_write(path, out.data, out.len, err);
    snapshot_unref(snapshot);
    style_free(style);
    buf_free(&out);
    return ok;
}

const struct command cmd_legend = {
    .name = "legend",
    .summary = "escribe la leyenda de un mapa: PNG, SVG o JSON",
    .help = "Uso: sigg legend --style E -o ARCHIVO.png|svg|json [--scale N]\n"
            "\n"
            "La leyenda que está en el estilo, con las clases que dan los datos de hoy: la misma\n"
            "del servidor en /styles/E/legend, y de «sigg render --legend».\n"
            "\n"
            "  --style E   cobertura, familias, inversion, riego, subproyectos, rubros, cartera,\n"
            "              conflictos o base, también con «-impresion» detrás; o un ARCHIVO.json\n"
            "  --scale N   píxeles del PNG por cada uno de 1/96 de pulgada, de 1 a 4 (por\n"
            "              omisión, 2)\n"
            "\n"
            "Ejemplo: sigg legend --style familias -o leyenda.svg\n",
    .run = run,
};
