/* test_source_members.c - tests of geo/source/source_members: what a zip or folder has. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>
#include <minizip/zip.h>

#include "geo/files/gdal_internal.h"
#include "geo/source/source_members.h"
#include "tests/support/scratch.h"

#define SHP "\0\0\x27\x0a"

/* What lies in the source; why NULL: not listed; "": listed and readable; else the reason. */
static const struct {
    const char *name, *bytes;
    size_t len;
    const char *why;
} files[] = {
    {"puntos.csv", "codigo,nombre\n1,a\n", 18, ""},
    {"capas/a.shp", SHP, 4, ""},
    {"capas/a.shx", SHP, 4, NULL},
    {"capas/a.DBF", "\3", 1, NULL},
    {"capas/a.prj", "x", 1, NULL},
    {"capas/a.cpg", "UTF-8", 5, NULL},
    {"capas/a.qml", "<qgis/>", 7, NULL},
    {"capas/resto.dbf", "\3", 1, "tiene su «capas/resto.shp» ausente"},
    {"capas/resto.prj", "x", 1, NULL},
    {"capas/indice.shx", SHP, 4, "tiene su «capas/indice.shp» ausente"},
    {"tabla.dbf", "\3", 1, ""},
    {"base.gdb/a00000001.gdbtable", "x", 1, NULL},
    {"base.gdb/gdb", "x", 1, NULL},
    {"mapa.tab", "!table\n", 7, ""},
    {"mapa.dat", "x", 1, NULL},
    {"lugares.kml", "<kml xmlns=''/>", 15, ""},
    {"__MACOSX/._puntos.csv", "x", 1, NULL},
    {"sub/.DS_Store", "x", 1, NULL},
    {"~$libro.xlsx", "x", 1, NULL},
    {"Thumbs.db", "x", 1, NULL},
    {"foto.jpg", "\xFF\xD8\xFF", 3, "es una imagen"},
    {"plan.docx", "PK\3\4", 4, "es un documento de texto"},
    {"viejo.xls", "\xD0\xCF\x11\xE0", 4, "de antes de 2007"},
    {"otro.zip", "PK\3\4", 4, "es un zip dentro de la fuente"},
    {"vacio.csv", "", 0, "está vacío"},
    {"mal.gpkg", "nada", 4, "parece texto, no GeoPackage"},
    {"LEEME.txt", "Datos de 2021\n", 14, "es un texto"},
    {"cosa.bin", "\1\0\2", 3, "no es de un formato que se lea"},
};
enum { N_FILES = sizeof files / sizeof *files };

static void write_folder(const char *folder)
{
    char command[600], path[600];
    snprintf(command, sizeof command, "cd %s && mkdir -p f/capas f/base.gdb f/__MACOSX f/sub",
             scratch);
    assert_int_equal(system(command), 0);
    for (size_t i = 0; i < N_FILES; i++) {
        snprintf(path, sizeof path, "%s/%s", folder, files[i].name);
        FILE *file = fopen(path, "wb");
        assert_non_null(file);
        fwrite(files[i].bytes, 1, files[i].len, file);
        fclose(file);
    }
}

static void write_zip(const char *path)
{
    zipFile zip = zipOpen64(path, APPEND_STATUS_CREATE);
    assert_non_null(zip);
    for (size_t i = 0; i < N_FILES; i++) {
        assert_int_equal(zipOpenNewFileInZip64(zip, files[i].name, NULL, NULL, 0, NULL, 0, NULL,
                                               Z_DEFLATED, 6, 0),
                         ZIP_OK);
        zipWriteInFileInZip(zip, files[i].bytes, (unsigned)files[i].len);
        zipCloseFileInZip(zip);
    }
    zipClose(zip, NULL);
}

static const struct source_member *find(const struct source_members *members, const char *name)
{
    for (size_t i = 0; i < members->n; i++)
        if (strcmp(members->list[i].name, name) == 0)
            return &members->list[i];
    return NULL;
}

static void check(const char *path)
{
    struct source_members members;
    struct err err = {0};
    if (!source_members_list(path, &geo_source_usual_limits, &members, &err))
        fail_msg("%s: %s", path, err.message);
    size_t listed = 0, readable = 0;
    for (size_t i = 0; i < N_FILES; i++) {
        const struct source_member *member = find(&members, files[i].name);
        if ((member != NULL) != (files[i].why != NULL))
            fail_msg("%s: %s", files[i].name, member ? "is listed" : "is not listed");
        if (!member)
            continue;
        const char *why = member->why_not ? member->why_not : "";
        if (files[i].why[0] ? !strstr(why, files[i].why) : why[0] != '\0')
            fail_msg("%s: %s", files[i].name, why);
        listed++;
        readable += !why[0];
        VSIStatBufL status;
        assert_int_equal(gdal->VSIStatL(member->path, &status), 0);
        assert_true(why[0] || member->format);
    }
    const struct source_member *gdb = find(&members, "base.gdb");
    assert_true(gdb && !gdb->why_not && strcmp(gdb->format->name, "File Geodatabase") == 0);
    assert_int_equal(members.n, listed + 1);
    assert_int_equal(members.readable, readable + 1);
    source_members_free(&members);
}

static void a_folder_and_a_zip_have_the_same_members(void **state)
{
    (void)state;
    write_folder(at("f"));
    write_zip(at("f.zip"));
    check(at("f"));
    check(at("f.zip"));
}

static void links_and_pipes_are_named(void **state)
{
    (void)state;
    struct source_members members;
    struct err err = {0};
    assert_int_equal(mkdir(at("g"), 0700), 0);
    assert_int_equal(symlink("/etc/passwd", at("g/a.csv")), 0);
    assert_int_equal(mkfifo(at("g/b.csv"), 0600), 0);
    assert_true(source_members_list(at("g"), &geo_source_usual_limits, &members, &err));
    assert_int_equal(members.n, 2);
    assert_int_equal(members.readable, 0);
    for (size_t i = 0; i < 2; i++)
        assert_non_null(strstr(members.list[i].why_not, "no es un archivo"));
    source_members_free(&members);
}

static void a_text_alone_is_data(void **state)
{
    (void)state;
    struct source_members members;
    struct err err = {0};
    assert_int_equal(mkdir(at("h"), 0700), 0);
    FILE *file = fopen(at("h/datos.txt"), "w");
    fputs("codigo\tnombre\n", file);
    fclose(file);
    assert_true(source_members_list(at("h"), &geo_source_usual_limits, &members, &err));
    assert_int_equal(members.readable, 1);
    source_members_free(&members);
}

static void limits_hold(void **state)
{
    (void)state;
    struct geo_source_limits few = geo_source_usual_limits;
    struct source_members members;
    struct err err = {0};
    few.at[GEO_LIMIT_ENTRIES] = 3;
    assert_false(source_members_list(at("f"), &few, &members, &err));
    assert_int_equal(err.kind, ERR_LIMIT);
    err = (struct err){0};
    assert_false(source_members_list(at("f.zip"), &few, &members, &err));
    assert_int_equal(err.kind, ERR_LIMIT);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_folder_and_a_zip_have_the_same_members),
        cmocka_unit_test(links_and_pipes_are_named),
        cmocka_unit_test(a_text_alone_is_data),
        cmocka_unit_test(limits_hold),
    };
    struct err err = {0};
    return gdal_load(&err) ? cmocka_run_group_tests(tests, scratch_make, scratch_remove) : 1;
}
