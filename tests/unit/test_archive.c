/* test_archive.c - tests of layers/archive.
 * Numbers of tiles, areas, what is stored, and archives that are interrupted and continued. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "layers/archive/archive.h"
#include "tests/support/scratch.h"

/* The other way: the number of a tile, as the specification's reference code counts it. */
static uint64_t id_of(struct archive_address tile)
{
    uint64_t id = ((UINT64_C(1) << 2 * tile.z) - 1) / 3; /* of all zooms before */
    uint32_t x = tile.x, y = tile.y;
    for (uint32_t half = tile.z ? UINT32_C(1) << (tile.z - 1) : 0; half; half /= 2) {
        uint32_t right = x & half ? 1 : 0, below = y & half ? 1 : 0;
        id += (uint64_t)half * half * ((3 * right) ^ below);
        x &= half - 1;
        y &= half - 1;
        if (below)
            continue;
        uint32_t swapped = right ? half - 1 - x : x;
        x = right ? half - 1 - y : y;
        y = swapped;
    }
    return id;
}

/* From the PMTiles specification and its reference reader. */
static void ids_are_those_of_the_specification(void **state)
{
    static const struct {
        struct archive_address tile;
        uint64_t id;
    } cases[] = {
        {{0, 0, 0}, 0}, {{1, 0, 0}, 1}, {{1, 0, 1}, 2}, {{1, 1, 1}, 3},
        {{1, 1, 0}, 4}, {{2, 0, 0}, 5}, {{2, 1, 1}, 7}, {{12, 3423, 1763}, 19078479},
    };
    (void)state;
    for (size_t c = 0; c < sizeof cases / sizeof *cases; c++) {
        struct archive_address back = archive_tile_of(cases[c].id);
        assert_int_equal(id_of(cases[c].tile), cases[c].id);
        assert_memory_equal(&back, &cases[c].tile, sizeof back);
    }
    struct archive_address before = archive_tile_of(0);
    for (uint64_t id = 1; id < 20000; id++) { /* there and back; neighbours within a zoom */
        struct archive_address tile = archive_tile_of(id);
        assert_int_equal(id_of(tile), id);
        if (tile.z == before.z)
            assert_int_equal(abs((int)tile.x - (int)before.x) + abs((int)tile.y - (int)before.y),
                             1);
        before = tile;
    }
}

static void areas_are_walked_whole_and_in_order(void **state)
{
    static const struct {
        const char *name;
        struct archive_area area;
        uint64_t count;
    } cases[] = {
        {"the world to z4", {0, 4, {-180, -85.1, 180, 85.1}}, 341},
        {"poles and date line", {1, 1, {-180, -90, 180, 90}}, 4},
        {"one tile exactly", {1, 1, {-180, 0, 0, 85.051128779806}}, 1},
        {"a point of a place", {10, 12, {-68.15, -16.5, -68.1499, -16.4999}}, 3},
        {"Bolivia", {4, 9, {-69.65, -22.9, -57.45, -9.66}}, 0},
    };
    (void)state;
    for (size_t c = 0; c < sizeof cases / sizeof *cases; c++) {
        uint64_t id = 0, found = 0, all = archive_count(&cases[c].area);
        struct archive_area area = cases[c].area;
        for (uint64_t before = 0; archive_next(&area, &id); before = id++, found++)
            assert_true(found == 0 || id > before);
        if (found != all || (cases[c].count && found != cases[c].count))
            fail_msg("%s: %llu of %llu", cases[c].name, (unsigned long long)found,
                     (unsigned long long)all);
    }
}

/* Tiles of a chequered map: two different pictures, and no tile where x is 5. */
struct sheet {
    uint64_t fail_at; /* the tile that cannot be drawn; 0: none */
};

static bool draw_square(void *arg, struct archive_address tile, struct buf *out, struct err *err)
{
    const struct sheet *sheet = arg;
    if (sheet->fail_at && id_of(tile) == sheet->fail_at)
        return err_set(err, ERR_DEPENDENCY, "la tesela no se pudo dibujar");
    if (tile.x != 5)
        buf_printf(out, "square %u", (tile.x + tile.y) % 2);
    return true;
}

static bool write_sheet(const char *path, uint64_t fail_at, const char *name,
                        struct archive_report *report, struct err *err)
{
    struct sheet sheet = {fail_at};
    const struct archive_options options = {
        .path = path,
        .area = {0, 6, {-180, -85, 180, 85}},
        .name = name,
        .description = "d",
        .attribution = "a",
        .version = "1",
        .threads = 2,
        .tile = draw_square,
        .arg = &sheet,
    };
    return archive_write(&options, report, err);
}

static bool same_file(const char *a, const char *b)
{
    char command[300];
    snprintf(command, sizeof command, "cmp -s %s %s", a, b);
    return system(command) == 0;
}

static void equal_tiles_are_stored_once(void **state)
{
    struct archive_report report;
    struct err err = {0};
    (void)state;
    if (!write_sheet(at("a.mbtiles"), 0, "n", &report, &err))
        fail_msg("%s", err.message);
    /* 5461 tiles less the columns x = 5 of z3 to z6 (8 + 16 + 32 + 64). */
    assert_int_equal(report.counts.tiles, 5461 - 120);
    assert_int_equal(report.counts.pictures, 2);
    assert_int_equal(report.resumed, 0);
    assert_int_equal(access(at("a.mbtiles.parcial"), F_OK), -1);
}

static void an_interrupted_archive_is_continued(void **state)
{
    static const char *const names[] = {"b.mbtiles", "b.pmtiles"};
    static const char *const whole[] = {"w.mbtiles", "w.pmtiles"};
    (void)state;
    for (int i = 0; i < 2; i++) {
        struct archive_report report;
        struct err err = {0};
        char partial[160];
        snprintf(partial, sizeof partial, "%s.parcial", at(names[i]));
        assert_true(write_sheet(at(whole[i]), 0, "n", &report, &err));
        assert_false(write_sheet(at(names[i]), 3000, "n", &report, &err));
        assert_non_null(strstr(err.message, "no se pudo dibujar"));
        assert_int_equal(access(at(names[i]), F_OK), -1);
        assert_int_equal(access(partial, F_OK), 0);
        assert_true(write_sheet(at(names[i]), 0, "n", &report, &err));
        assert_true(same_file(at(names[i]), at(whole[i])));
        assert_int_equal(access(partial, F_OK), -1);
    }
}

static void another_request_starts_anew(void **state)
{
    struct archive_report report;
    struct err err = {0};
    (void)state;
    assert_false(write_sheet(at("c.mbtiles"), 5000, "one", &report, &err));
    assert_true(write_sheet(at("c.mbtiles"), 0, "other", &report, &err));
    assert_int_equal(report.resumed, 0);
    assert_true(write_sheet(at("d.mbtiles"), 0, "other", &report, &err));
    assert_true(same_file(at("c.mbtiles"), at("d.mbtiles")));
}

static void a_file_of_another_kind_is_left_alone(void **state)
{
    struct archive_report report;
    struct err err = {0};
    char text[8] = "";
    (void)state;
    FILE *file = fopen(at("e.mbtiles.parcial"), "w");
    assert_non_null(file);
    fputs("my text", file);
    fclose(file);
    assert_false(write_sheet(at("e.mbtiles"), 0, "n", &report, &err));
    assert_true(err.message[0]);
    file = fopen(at("e.mbtiles.parcial"), "r");
    assert_non_null(file);
    assert_non_null(fgets(text, sizeof text, file));
    fclose(file);
    assert_string_equal(text, "my text");
    err = (struct err){0};
    assert_false(write_sheet(at("no/f.mbtiles"), 0, "n", &report, &err));
    assert_true(err.message[0]);
    assert_false(write_sheet(at("f.zip"), 0, "n", &report, &err));
    assert_int_equal(err.kind, ERR_USAGE);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(ids_are_those_of_the_specification),
        cmocka_unit_test(areas_are_walked_whole_and_in_order),
        cmocka_unit_test(equal_tiles_are_stored_once),
        cmocka_unit_test(an_interrupted_archive_is_continued),
        cmocka_unit_test(another_request_starts_anew),
        cmocka_unit_test(a_file_of_another_kind_is_left_alone),
    };
    return cmocka_run_group_tests(tests, scratch_make, scratch_remove);
}
