/* cmd_render.c - `sigg render`: draws a map as a picture or a page. */
#include <string.h>

#include "geo/base/folder.h"
#include "geo/base/parse.h"
#include "geo/base/version.h"
#include "layers/page/page.h"
#include "layers/page/projection.h"
#include "server/cli/options.h"
#include "server/cli/output.h"
#include "server/commands/command.h"
#include "server/commands/map_options.h"

static bool parse_size(const char *text, struct page_request *request, struct err *err)
{
    char width[8];
    int64_t across = 0, down = 0;
    size_t len = strcspn(text, "x");
    if (len < sizeof width && text[len]) {
        memcpy(width, text, len);
        width[len] = '\0';
        if (parse_int(width, 1, PAGE_MAX_PX, &across) &&
            parse_int(text + len + 1, 1, PAGE_MAX_PX, &down)) {
            request->width_px = (int)across;
            request->height_px = (int)down;
            return true;
        }
    }
    return err_set(err, ERR_USAGE, "--size: «%.40s» no es ANCHOxALTO en píxeles, de 1 a %d", text,
                   PAGE_MAX_PX);
}

static bool parse_format(const char *path, enum page_format *format, struct err *err)
{
    static const char *const endings[] = {".png", ".svg", ".pdf"};
    const char *dot = strrchr(path, '.');
    for (int i = 0; dot && i < 3; i++)
        if (strcmp(dot, endings[i]) == 0) {
            *format = (enum page_format)i;
            return true;
        }
    return err_set(err, ERR_USAGE, "«%s»: la extensión tiene que ser .png, .svg o .pdf", path);
}

/* EPSG codes by number, because some have fixed pipelines; other names are PROJ's. */
static bool parse_crs(const char *text, struct page_request *request, struct err *err)
{
    int64_t code = 0;
    if (strncasecmp(text, "EPSG:", 5) == 0 && parse_int(text + 5, 1, 999999, &code)) {
        request->epsg = (int)code;
        return true;
    }
    if (strncasecmp(text, "EPSG:", 5) == 0 || (!strchr(text, ':') && text[0] != '+'))
        return err_set(err, ERR_USAGE,
                       "--crs: «%.40s» no es EPSG:número, AUTORIDAD:código ni +proj=…", text);
    request->crs = text;
    return true;
}

static bool run(int argc, char **argv, const char *db_path, struct err *err)
{
    const char *style_id = NULL, *box = NULL, *size = NULL, *crs = NULL, *path = NULL,
               *scale = NULL;
    int64_t ratio = 1;
    struct page_request request = {.epsg = PROJECTION_MERCATOR, .version = SIGG_VERSION};
    const struct option_spec specs[] = {
        {.name = "--style", .takes_value = true, .value = &style_id},
        {.name = "--bbox", .takes_value = true, .value = &box},
        {.name = "--size", .takes_value = true, .value = &size},
        {.name = "--scale", .takes_value = true, .value = &scale},
        {.name = "--crs", .takes_value = true, .value = &crs},
        {.name = "--title", .takes_value = true, .value = &request.title},
        {.name = "--legend", .flag = &request.legend},
        {.name = "--scale-bar", .flag = &request.scale_bar},
        {.name = "--north", .flag = &request.north},
        {.name = "--graticule", .flag = &request.graticule},
        {.name = "--provenance", .flag = &request.provenance},
        {.name = "-o", .takes_value = true, .value = &path},
        {.name = "--output", .takes_value = true, .value = &path},
    };
    if (!options_parse(argc, argv, specs, sizeof specs / sizeof *specs, NULL, 0, 0, NULL, err))
        return false;
    if (!style_id || !size || !path)
        return err_set(err, ERR_USAGE, "falta %s",
                       !style_id ? "--style E"
                       : !size   ? "--size ANCHOxALTO"
                                 : "-o ARCHIVO");
    if (!parse_format(path, &request.format, err) || !parse_size(size, &request, err) ||
        (box && !map_options_box(box, &request.box, err)) ||
        (crs && !parse_crs(crs, &request, err)))
        return false;
    if (scale && !parse_int(scale, 1, 4, &ratio))
        return err_set(err, ERR_USAGE, "--scale: «%.40s» no es un entero de 1 a 4", scale);
    request.scale = (int)ratio;
    if (!output_takes("-o", path, db_path, err))
        return false;
    struct buf out;
    buf_init(&out);
    struct style *style = map_options_style(style_id, err);
    struct snapshot *snapshot = style ? map_options_snapshot(db_path, err) : NULL;
    bool ok = snapshot && map_options_classes(&style, snapshot, err) &&
              (box || map_options_extent(snapshot, &request.box, err)) &&
              page_draw(style, snapshot, &request, &out, err) &&
              folder_write(path, out.data, out.len, err);
    snapshot_unref(snapshot);
    style_free(style);
    buf_free(&out);
    return ok;
}

const struct command cmd_render = {
    .name = "render",
    .summary = "dibuja un mapa en un archivo PNG, SVG o PDF",
    .help =
        "Uso: sigg render --style E --size ANCHOxALTO -o ARCHIVO.png|svg|pdf\n"
        "                 [--bbox O,S,E,N] [--crs EPSG:N] [--scale N] [--title T] [--legend]\n"
        "                 [--scale-bar] [--north] [--graticule] [--provenance]\n"
        "\n"
        "Dibuja lo mismo que las teselas, a cualquier tamaño. Si los datos son simulados o los\n"
        "límites esquemáticos, el mapa siempre lo dice.\n"
        "\n"
        "  --style E       cobertura, familias, inversion, riego, subproyectos, rubros,\n"
        "                  cartera, conflictos o base; con «-impresion» detrás, la variante para "
        "papel; o\n"
        "                  un estilo MapLibre propio, ARCHIVO.json\n"
        "  --bbox O,S,E,N  oeste, sur, este y norte en grados: se muestra entero, con lo que\n"
        "                  haga falta alrededor (por omisión, los datos)\n"
        "  --size AxB      en píxeles de 1/96 de pulgada, hasta 20000: A4 es 794x1123,\n"
        "                  A3 1123x1587\n"
        "  --scale N       píxeles del PNG por cada uno de esos, de 1 a 4: 3 para imprimir\n"
        "  --crs EPSG:N    sistema de coordenadas (por omisión EPSG:3857, el de las teselas);\n"
        "                  o cualquiera que PROJ conozca: ESRI:102033 (Albers, de áreas\n"
        "                  verdaderas), \"+proj=laea +lat_0=-17 +lon_0=-65\"\n"
        "  --title T       título\n"
        "  --legend        leyenda\n"
        "  --scale-bar     escala gráfica, exacta en el centro del mapa\n"
        "  --north         norte geográfico en el centro del mapa\n"
        "  --graticule     meridianos y paralelos\n"
        "  --provenance    fecha de los datos, edición de los límites y versión\n"
        "\n"
        "Ejemplo: sigg render --style cobertura-impresion --size 1123x1587 --legend --scale-bar "
        "--north\n"
        "           --graticule --provenance --title \"Cobertura por municipio\" -o mapa.pdf\n",
    .run = run,
};
