/* test_golden.c - compares pictures with those in tests/golden/.
 * Those were looked at by a person: the embedded data set and, if present, the official data.
 * SIGG_GOLDEN=update draws them anew (`make golden`). A picture that differs is left in
 * BUILD/golden/, with the difference. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <sys/stat.h>

#include <cmocka.h>

#include "layers/page/legend.h"
#include "layers/page/page.h"
#include "tests/support/mosaic.h"
#include "tests/support/world.h"

enum kind { TILES, PAGE, PRINT, LEGEND };

static const struct golden {
    const char *name, *style;
    bool official;
    enum kind kind;
    int columns, rows; /* of tiles; the size of a page in CSS px */
    int z;
    double lon, lat; /* in the tile in the left upper corner */
    int size_px, scale;
} pictures[] = {
    {"pais-z5", "cobertura", false, TILES, 2, 3, 5, -70, -9, 256, 1},
    {"cochabamba-z8", "cobertura", false, TILES, 2, 2, 8, -67, -16.5, 256, 1},
    {"la-paz-z10", "rubros", false, TILES, 2, 2, 10, -68.3, -16.4, 256, 1},
    {"chaco-z10", "cobertura", false, TILES, 2, 2, 10, -63.9, -21.7, 256, 1},
    {"chaco-z9-retina", "cobertura", false, TILES, 1, 1, 9, -63.5, -21.3, 256, 2},
    {"punata-z10", "riego", false, TILES, 1, 1, 10, -65.85, -17.5, 512, 1},
    {"potosi-z9", "subproyectos", false, TILES, 2, 2, 9, -66.1, -19.4, 256, 1},
    {"leyenda-cobertura", "cobertura", false, LEGEND, 0, 0, 0, 0, 0, 0, 2},
    {"leyenda-subproyectos", "subproyectos", false, LEGEND, 0, 0, 0, 0, 0, 0, 2},
    /* The country with every part that a page can have; A3 on paper. */
    {"pagina-pais-utm20", "cobertura", false, PAGE, 794, 900, 0, 0, 0, 0, 1},
    {"impreso-a3", "cobertura-impresion", false, PRINT, 1123, 1587, 0, 0, 0, 0, 1},
    {"pais-oficial-z5", "cobertura", true, TILES, 2, 3, 5, -70, -9, 256, 1},
    {"la-paz-oficial-z10", "rubros", true, TILES, 2, 2, 10, -68.3, -16.4, 256, 1},
    {"chaco-oficial-z10", "cartera", true, TILES, 2, 2, 10, -63.9, -21.7, 256, 1},
    {"titicaca-z9", "cobertura", true, TILES, 2, 2, 9, -69.4, -15.6, 256, 1},
    {"salares-z8", "cobertura", true, TILES, 2, 2, 8, -68.6, -19.2, 256, 1},
};

struct drawn_world {
    struct world world;
    struct snapshot *snapshot;
};

static bool open_world(struct drawn_world *of, bool official)
{
    struct err err = {0};
    char boundaries[512], waters[512];
    if (!world_open(&of->world, official ? world_official(boundaries, sizeof boundaries) : NULL))
        return false;
    if (official) {
        const char *shared = getenv("SIGG_SHARED");
        snprintf(waters, sizeof waters, "%s/data/cuerpos_agua.geojson",
                 shared ? shared : "../shared");
        if (!geo_store_begin(of->world.store, &err) ||
            !load_source(of->world.store, "cuerpos_agua", waters, NULL, &err) ||
            !geo_store_commit(of->world.store, &err))
            print_error("%s\n", err.message);
    }
    of->snapshot = snapshot_build(of->world.store, NULL, &err);
    if (!of->snapshot)
        print_error("%s\n", err.message);
    return of->snapshot != NULL;
}

static void close_world(struct drawn_world *of)
{
    snapshot_unref(of->snapshot);
    world_close(&of->world);
}

static bool draw_page(const struct golden *golden, const struct style *style,
                      struct snapshot *snapshot, struct buf *out, struct err *err)
{
    const struct page_request request = {.box = {-69.7, -23, -57.4, -9.6},
                                         .width_px = golden->columns,
                                         .height_px = golden->rows,
                                         .scale = golden->scale,
                                         .format = golden->kind == PRINT ? PAGE_PDF : PAGE_PNG,
                                         .epsg = 32720,
                                         .title = "Cobertura por municipio",
                                         .legend = true,
                                         .scale_bar = true,
                                         .north = true,
                                         .graticule = true,
                                         .provenance = true,
                                         /* Not SIGG_VERSION: it is in the picture. */
                                         .version = "0.1.0"};
    return page_draw(style, snapshot, &request, out, err);
}

/* A PDF's first page as a PNG of 72 dpi, in place. */
static bool print(struct buf *bytes, struct err *err)
{
    char folder[] = "/tmp/sigg-golden-XXXXXX", command[512];
    unsigned char block[4096];
    if (!mkdtemp(folder))
        return err_set(err, ERR_SETUP, "no folder");
    snprintf(command, sizeof command, "cat >%s/a.pdf", folder);
    FILE *pipe = popen(command, "w");
    bool ok = pipe && fwrite(bytes->data, 1, bytes->len, pipe) == bytes->len;
    ok = pipe && pclose(pipe) == 0 && ok;
    snprintf(command, sizeof command,
             "cd %s && pdftoppm -r 72 -png -singlefile a.pdf a && cat a.png; rm -r %s", folder,
             folder);
    buf_clear(bytes);
    pipe = popen(command, "r");
    for (size_t n; pipe && (n = fread(block, 1, sizeof block, pipe)) > 0;)
        buf_put(bytes, block, n);
    ok = pipe && pclose(pipe) == 0 && ok && bytes->len > 0;
    return ok || err_set(err, ERR_DEPENDENCY, "pdftoppm");
}

static bool draw_tiles(const struct golden *golden, const struct style *style,
                       struct snapshot *snapshot, struct picture *out, struct err *err)
{
    double n = ldexp(1, golden->z);
    const struct tile_request first = {
        golden->z, (int64_t)((golden->lon + 180) / 360 * n),
        (int64_t)((1 - asinh(tan(golden->lat * M_PI / 180)) / M_PI) / 2 * n), golden->size_px,
        golden->scale};
    struct tile_plan *plan = tile_plan_new(style, snapshot, err);
    bool ok = plan && mosaic_draw(plan, &first, golden->columns, golden->rows, out, err);
    tile_plan_free(plan);
    return ok;
}

static struct picture draw(const struct golden *golden, struct snapshot *snapshot)
{
    const char *json;
    size_t len;
    struct err err = {0};
    struct picture picture = {0};
    struct buf bytes;
    buf_init(&bytes);
    assert_true(styles_document(golden->style, &json, &len));
    struct style *style = style_parse(json, len, &err);
    bool ok = style != NULL;
    if (ok && golden->kind == TILES)
        ok = draw_tiles(golden, style, snapshot, &picture, &err);
    else if (ok) {
        ok = golden->kind == LEGEND ? legend_draw(style, LEGEND_PNG, golden->scale, &bytes, &err)
                                    : draw_page(golden, style, snapshot, &bytes, &err);
        ok = ok && (golden->kind != PRINT || print(&bytes, &err)) &&
             picture_of_bytes(&bytes, &picture);
        if (ok)
            picture_flatten(&picture);
    }
    if (!ok)
        fail_msg("%s: %s", golden->name, err.message);
    buf_free(&bytes);
    style_free(style);
    return picture;
}

static void put(const char *folder, const char *name, const char *suffix,
                const struct picture *picture)
{
    char path[512];
    struct err err = {0};
    snprintf(path, sizeof path, "%s/%s%s.png", folder, name, suffix);
    if (!picture_write(picture, path, &err))
        fail_msg("%s", err.message);
    print_message("wrote %s\n", path);
}

/* Pixels of which a channel differs by more than 24 levels, marked in red. */
static size_t compare(const struct picture *a, const struct picture *b, struct picture *marked)
{
    size_t differ = 0, n = (size_t)a->width * (size_t)a->height;
    *marked = (struct picture){a->width, a->height, malloc(n * 4)};
    for (size_t i = 0; i < n; i++) {
        int worst = 0;
        for (int shift = 0; shift < 24; shift += 8) {
            int d = abs((int)(a->pixels[i] >> shift & 255) - (int)(b->pixels[i] >> shift & 255));
            worst = d > worst ? d : worst;
        }
        differ += worst > 24;
        marked->pixels[i] = worst > 24 ? 0xFFFF0000 : 0xFFE0E0E0;
    }
    return differ;
}

/* One pixel in a thousand: another version of cairo, not another map. */
static bool is_as_it_was(const struct golden *golden, struct snapshot *snapshot)
{
    const char *update = getenv("SIGG_GOLDEN"), *build = getenv("BUILD");
    char folder[256], path[512];
    struct picture drawn = draw(golden, snapshot), wanted = {0}, marked = {0};
    png_image image = {.version = PNG_IMAGE_VERSION};
    snprintf(folder, sizeof folder, "%s/golden", build ? build : "build");
    snprintf(path, sizeof path, "tests/golden/%s.png", golden->name);
    if (update && strcmp(update, "update") == 0)
        put("tests/golden", golden->name, "", &drawn);
    if (!picture_read(&image, png_image_begin_read_from_file(&image, path), &wanted))
        fail_msg("%s: %s", path, image.message);
    bool alike = wanted.width == drawn.width && wanted.height == drawn.height;
    size_t differ = 0;
    if (alike) {
        differ = compare(&drawn, &wanted, &marked);
        alike = differ * 1000 <= (size_t)drawn.width * (size_t)drawn.height;
    }
    if (!alike) {
        mkdir(folder, 0777);
        put(folder, golden->name, "", &drawn);
        if (marked.pixels)
            put(folder, golden->name, "-difference", &marked);
        print_error("%s: %dx%d instead of %dx%d, %zu pixels differ\n", golden->name, drawn.width,
                    drawn.height, wanted.width, wanted.height, differ);
    }
    picture_free(&drawn);
    picture_free(&wanted);
    picture_free(&marked);
    return alike;
}

static void look(bool official, bool print)
{
    struct drawn_world of = {0};
    int failed = 0;
    assert_true(open_world(&of, official));
    for (size_t i = 0; i < sizeof pictures / sizeof *pictures; i++)
        if (pictures[i].official == official && (pictures[i].kind == PRINT) == print)
            failed += !is_as_it_was(&pictures[i], of.snapshot);
    close_world(&of);
    assert_int_equal(failed, 0);
}

static void embedded_data_look_as_they_did(void **state)
{
    (void)state;
    look(false, false);
}

static void print_looks_as_it_did(void **state)
{
    if (*state)
        look(false, true);
}

static void official_data_look_as_they_did(void **state)
{
    if (*state)
        look(true, false);
}

int main(void)
{
    char path[512];
    bool there = world_official(path, sizeof path),
         pdf = system("command -v pdftoppm >/dev/null") == 0;
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(embedded_data_look_as_they_did),
        {pdf ? "print_looks_as_it_did" : "print_looks_as_it_did # SKIP no pdftoppm",
         print_looks_as_it_did, NULL, NULL, pdf ? &pdf : NULL},
        {there ? "official_data_look_as_they_did"
               : "official_data_look_as_they_did # SKIP no official data",
         official_data_look_as_they_did, NULL, NULL, there ? &there : NULL},
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
