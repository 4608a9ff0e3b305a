/* cmd_tiles.c - `sigg tiles`: makes a tile archive, with the same tiles as the server's. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "geo/base/folder.h"
#include "geo/base/hash.h"
#include "geo/base/parse.h"
#include "geo/base/version.h"
#include "layers/archive/archive_vector.h"
#include "layers/map/tile.h"
#include "layers/page/provenance.h"
#include "layers/vector/mvt.h"
#include "server/cli/options.h"
#include "server/cli/output.h"
#include "server/cli/print.h"
#include "server/commands/command.h"
#include "server/commands/map_options.h"

enum { TILE_PX = 256 };

static bool parse_zooms(const char *text, struct archive_area *area, struct err *err)
{
    char low[8];
    int64_t from = 0, to = 0;
    size_t len = strcspn(text, "-");
    if (len < sizeof low) {
        memcpy(low, text, len);
        low[len] = '\0';
        if (parse_int(low, 0, ARCHIVE_MAX_ZOOM, &from) &&
            parse_int(text[len] ? text + len + 1 : low, from, ARCHIVE_MAX_ZOOM, &to)) {
            area->zoom_min = (int)from;
            area->zoom_max = (int)to;
            return true;
        }
    }
    return err_set(err, ERR_USAGE, "--zoom: «%.40s» no es a-b con 0 ≤ a ≤ b ≤ %d", text,
                   ARCHIVE_MAX_ZOOM);
}

static bool draw_png(void *arg, struct archive_address tile, struct buf *out, struct err *err)
{
    const struct tile_request request = {tile.z, tile.x, tile.y, TILE_PX, 1};
    return tile_png(arg, &request, out, err);
}

static void print_report(const struct archive_options *options, const struct archive_report *report)
{
    if (report->resumed)
        fprintf(stderr, "continuado: %llu teselas ya estaban\n",
                (unsigned long long)report->resumed);
    printf("%s: %llu teselas, %llu distintas, %.1f MB\n", options->path,
           (unsigned long long)report->counts.tiles, (unsigned long long)report->counts.pictures,
           (double)report->counts.bytes / 1e6);
}

/* style NULL: vector tiles of every layer. */
static bool make(struct archive_options *options, const struct snapshot *snapshot,
                 const struct style *style, struct err *err)
{
    struct archive_report report;
    struct provenance provenance = provenance_of(snapshot, style);
    struct buf description, attribution, layers;
    struct tile_plan *plan = style ? tile_plan_new(style, snapshot, err) : NULL;
    struct archive_vector *vector = style ? NULL : archive_vector_new(snapshot, err);
    bool ok = (plan || vector) && archive_fingerprint(snapshot, &options->content, err);
    buf_init(&description);
    buf_init(&attribution);
    buf_init(&layers);
    provenance_put(&provenance, SIGG_VERSION, &description);
    buf_puts(&attribution, "Programa EMPODERAR");
    if (provenance_warning(&provenance)[0])
        buf_printf(&attribution, " · %s", provenance_warning(&provenance));
    if (!style)
        archive_vector_layers(&options->area, &layers);
    if (ok && (buf_failed(&description) || buf_failed(&attribution) || buf_failed(&layers)))
        ok = err_no_memory(err);
    if (ok) {
        size_t len = 0;
        const char *json = style ? style_json(style, &len) : "";
        options->content = hash_bytes(options->content, json, len);
        options->content = hash_bytes(options->content, description.data, description.len);
        options->name = style ? style_title(style) : "SIGG – Programa EMPODERAR";
        options->description = description.data;
        options->attribution = attribution.data;
        options->vector = !style;
        options->vector_layers = layers.data;
        options->tile = style ? draw_png : archive_vector_tile;
        options->arg = style ? (void *)plan : vector;
        ok = archive_write(options, &report, err);
    }
    if (ok)
        print_report(options, &report);
    tile_plan_free(plan);
    archive_vector_free(vector);
    buf_free(&description);
    buf_free(&attribution);
    buf_free(&layers);
    return ok;
}

/* Checks --kind and --style, which is for pictures only. */
static bool check_kind(const char *kind, const char *style_id, const struct archive_area *area,
                       struct err *err)
{
    if (strcmp(kind, "png") == 0)
        return true;
    if (strcmp(kind, "mvt") != 0)
        return err_set(err, ERR_USAGE, "--kind: «%.40s» no es png ni mvt", kind);
    if (style_id)
        return err_set(err, ERR_USAGE, "--style es de las imágenes: con --kind mvt no va");
    if (area->zoom_max > MVT_MAX_ZOOM)
        return err_set(err, ERR_USAGE,
                       "--zoom: las teselas vectoriales llegan al nivel %d, que basta para los "
                       "siguientes",
                       MVT_MAX_ZOOM);
    return true;
}

static bool run(int argc, char **argv, const char *db_path, struct err *err)
{
    char label[] = "teselas";
    const char *style_id = NULL, *box = NULL, *zooms = NULL, *kind = "png";
    long processors = sysconf(_SC_NPROCESSORS_ONLN);
    struct archive_options options = {
        .version = SIGG_VERSION,
        .threads = processors > 0 ? (unsigned)processors : 1,
        .progress = print_progress,
        .progress_arg = label,
    };
    const struct option_spec specs[] = {
        {.name = "-o", .takes_value = true, .value = &options.path},
        {.name = "--output", .takes_value = true, .value = &options.path},
        {.name = "--zoom", .takes_value = true, .value = &zooms},
        {.name = "--kind", .takes_value = true, .value = &kind},
        {.name = "--style", .takes_value = true, .value = &style_id},
        {.name = "--bbox", .takes_value = true, .value = &box},
    };
    if (!options_parse(argc, argv, specs, sizeof specs / sizeof *specs, NULL, 0, 0, NULL, err))
        return false;
    if (!options.path || !zooms)
        return err_set(err, ERR_USAGE, "falta %s", options.path ? "--zoom A-B" : "-o ARCHIVO");
    if (!archive_path_check(options.path, err) || !parse_zooms(zooms, &options.area, err) ||
        (box && !map_options_box(box, &options.area.box, err)) ||
        !check_kind(kind, style_id, &options.area, err) ||
        !output_takes("-o", options.path, db_path, err))
        return false;
    bool vector = strcmp(kind, "mvt") == 0;
    struct style *style = vector ? NULL : map_options_style(style_id ? style_id : "cobertura", err);
    struct snapshot *snapshot = style || vector ? map_options_snapshot(db_path, err) : NULL;
    bool ok = snapshot && (!style || map_options_classes(&style, snapshot, err)) &&
              (box || map_options_extent(snapshot, &options.area.box, err)) &&
              make(&options, snapshot, style, err);
    snapshot_unref(snapshot);
    style_free(style);
    return ok;
}

const struct command cmd_tiles = {
    .name = "tiles",
    .summary = "escribe un archivo de teselas (MBTiles o PMTiles)",
    .help = "Uso: sigg tiles -o ARCHIVO.mbtiles|ARCHIVO.pmtiles --zoom A-B [--style E]\n"
            "                [--bbox O,S,E,N] [--kind png|mvt]\n"
            "\n"
            "Dibuja con todos los procesadores las teselas de 256 px de los niveles A a B, las\n"
            "mismas que sirve el servidor, y guarda una sola vez las que son iguales.\n"
            "\n"
            "  -o ARCHIVO      .mbtiles (MBTiles 1.3) o .pmtiles (PMTiles 3)\n"
            "  --zoom A-B      niveles, de 0 a 22; o uno solo\n"
            "  --style E       cobertura (por omisión), familias, inversion, riego, subproyectos,\n"
            "                  rubros, cartera, conflictos o base; o un ARCHIVO.json propio\n"
            "  --bbox O,S,E,N  oeste, sur, este y norte en grados (por omisión, los datos)\n"
            "  --kind K        png (por omisión), imágenes; o mvt, teselas vectoriales de todas\n"
            "                  las capas, hasta el nivel 14\n"
            "\n"
            "Mientras trabaja escribe en ARCHIVO.parcial. Si se interrumpe, la misma orden\n"
            "continúa desde ahí, y el resultado es el mismo; si los datos o el pedido cambiaron,\n"
            "empieza de nuevo. ARCHIVO aparece cuando está entero.\n"
            "\n"
            "Ejemplo: sigg tiles -o bolivia.pmtiles --zoom 4-9 --style cobertura\n",
    .run = run,
};
