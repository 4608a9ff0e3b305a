/* draw DATABASE < jobs: pictures of a style that is in a file, for comparing
 * with what others draw of it. A job a line, words apart by a space:
 *   tiles STYLE z x y COLUMNS ROWS SIZE_PX SCALE OUT.png
 *   page STYLE west south east north WIDTH_PX HEIGHT_PX SCALE OUT.png
 */
#include "geo/store/store.h"
#include "layers/page/page.h"
#include "layers/page/projection.h"
#include "tests/support/mosaic.h"

static struct style *read_style(const char *path, struct err *err)
{
    char json[65536];
    FILE *file = fopen(path, "rb");
    size_t len = file ? fread(json, 1, sizeof json, file) : 0;
    if (file)
        fclose(file);
    if (len == 0 || len == sizeof json) {
        err_set(err, ERR_INPUT, "%s: no style of less than %zu bytes", path, sizeof json);
        return NULL;
    }
    return style_parse(json, len, err);
}

static bool tiles(const char *words, const struct style *style, struct snapshot *snapshot,
                  struct err *err)
{
    struct tile_request first;
    struct picture picture = {0};
    long long x, y;
    int columns, rows;
    char out[512];
    if (sscanf(words, "%d %lld %lld %d %d %d %d %511s", &first.z, &x, &y, &columns, &rows,
               &first.size_px, &first.scale, out) != 8)
        return err_set(err, ERR_USAGE, "tiles: %s", words);
    first.x = x;
    first.y = y;
    struct tile_plan *plan = tile_plan_new(style, snapshot, err);
    bool ok = plan && mosaic_draw(plan, &first, columns, rows, &picture, err) &&
              picture_write(&picture, out, err);
    picture_free(&picture);
    tile_plan_free(plan);
    return ok;
}

static bool page(const char *words, const struct style *style, struct snapshot *snapshot,
                 struct err *err)
{
    struct page_request request = {.epsg = PROJECTION_MERCATOR, .version = "test"};
    struct buf png;
    char path[512];
    if (sscanf(words, "%lf %lf %lf %lf %d %d %d %511s", &request.box.min_x, &request.box.min_y,
               &request.box.max_x, &request.box.max_y, &request.width_px, &request.height_px,
               &request.scale, path) != 8)
        return err_set(err, ERR_USAGE, "page: %s", words);
    buf_init(&png);
    bool ok = page_draw(style, snapshot, &request, &png, err);
    FILE *file = ok ? fopen(path, "wb") : NULL;
    ok = ok && file && fwrite(png.data, 1, png.len, file) == png.len;
    if (file && fclose(file) != 0)
        ok = false;
    buf_free(&png);
    return ok || err_set(err, ERR_INPUT, "%s: %s", path, err->message);
}

int main(int argc, char **argv)
{
    struct err err = {0};
    char line[2048], kind[16], path[512];
    int at;
    struct geo_store *store = argc == 2 ? geo_store_open(argv[1], GEO_STORE_READ, &err) : NULL;
    struct snapshot *snapshot = store ? snapshot_build(store, NULL, &err) : NULL;
    bool ok = snapshot != NULL;
    while (ok && fgets(line, sizeof line, stdin)) {
        if (sscanf(line, "%15s %511s %n", kind, path, &at) != 2)
            ok = err_set(&err, ERR_USAGE, "no job: %s", line);
        struct style *style = ok ? read_style(path, &err) : NULL;
        ok = style && (strcmp(kind, "tiles") == 0 ? tiles : page)(line + at, style, snapshot, &err);
        style_free(style);
    }
    if (!ok)
        fprintf(stderr, "%s\n", argc == 2 ? err.message : "usage: draw DATABASE < jobs");
    snapshot_unref(snapshot);
    geo_store_close(store);
    return ok ? 0 : 1;
}
