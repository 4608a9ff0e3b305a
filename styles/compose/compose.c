/* compose.c - the program that composes the style documents while SIGG is built.
 *
 *   compose FOLDER OUT
 *
 * Reads FOLDER/map.json, FOLDER/print.json and FOLDER/themes/ID.json; writes
 * OUT/ID.json and OUT/ID-impresion.json for each theme (docs/styles.md,
 * "Themes"). Exits with 1 where something is wrong: every message names file
 * and key. */
#include <errno.h>
#include <glob.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "styles/compose/resolve_internal.h"

#define SUFFIX "-impresion"

/* What all documents share. */
struct common {
    const char *out;
    struct values map, print;
    json_t *document; /* borrowed from the file of the map */
    json_t *map_file;
};

/* Takes the object over, which stands `within` the file ("" = all of it). */
static bool values_open(struct values *values, const char *file, const char *within, json_t *object)
{
    *values = (struct values){file, within, object, json_object()};
    return object && values->used;
}

static void values_close(struct values *values)
{
    json_decref(values->object);
    json_decref(values->used);
}

/* An object of a file; new, NULL with a message. */
static json_t *read_object(const char *path)
{
    json_error_t error;
    json_t *json = json_load_file(path, JSON_REJECT_DUPLICATES, &error);
    if (!json && error.line < 0)
        fprintf(stderr, "%s\n", error.text);
    else if (!json)
        fprintf(stderr, "%s: línea %d, columna %d: %s\n", path, error.line, error.column,
                error.text);
    else if (!json_is_object(json)) {
        fprintf(stderr, "%s: debe ser un objeto\n", path);
        json_decref(json);
        return NULL;
    }
    return json;
}

/* False, with a message for each, where a value has not been used. */
static bool each_used(const struct values *values)
{
    bool all = true;
    const char *name;
    json_t *value;
    json_object_foreach(values->object, name, value)
    {
        if (json_object_get(values->used, name))
            continue;
        fprintf(stderr, "%s: %s%s%s: nada usa este valor\n", values->file, values->within,
                *values->within ? "." : "", name);
        all = false;
    }
    return all;
}

static bool all_used(const struct values *one, const struct values *other)
{
    bool all = each_used(one);
    return each_used(other) && all;
}

/* The values that no file has: the id, and on paper other words for the name. */
static json_t *names(const char *id, bool print, const json_t *theme)
{
    const char *name = json_string_value(json_object_get(theme, "nombre"));
    if (!print || !name)
        return json_pack("{s:s++}", "id", id, print ? SUFFIX : "", "");
    return json_pack("{s:s+, s:s+, s:s}", "id", id, SUFFIX, "nombre", name, " (impresión)",
                     "encabezado", name);
}

static bool write_document(const char *out, const char *id, const char *suffix, json_t *json)
{
    char path[4096];
    snprintf(path, sizeof path, "%s/%s%s.json", out, id, suffix);
    FILE *file = fopen(path, "w");
    bool ok = file && json_dumpf(json, file, JSON_COMPACT | JSON_REAL_PRECISION(15)) == 0 &&
              fputc('\n', file) != EOF;
    if (file && fclose(file) != 0)
        ok = false;
    if (!ok)
        fprintf(stderr, "%s: %s\n", path, strerror(errno));
    return ok;
}

/* One document; paper NULL for the screen's. */
static bool compose(struct common *common, const char *id, struct values *theme,
                    struct values *paper)
{
    struct values own;
    bool ok = values_open(&own, theme->file, "", names(id, paper != NULL, theme->object));
    struct scopes scopes = {.theme = theme->file};
    scopes.list[scopes.n++] = &own;
    if (paper) {
        scopes.list[scopes.n++] = paper;
        scopes.list[scopes.n++] = &common->print;
    }
    scopes.list[scopes.n++] = theme;
    scopes.list[scopes.n++] = &common->map;
    json_t *json = ok ? resolve(&scopes, common->document, common->map.file, "documento") : NULL;
    ok = json && write_document(common->out, id, paper ? SUFFIX : "", json);
    json_decref(json);
    values_close(&own);
    return ok;
}

/* Takes "impresion" out of the theme: its values on paper, perhaps none. */
static json_t *take_paper(json_t *theme, const char *path)
{
    json_t *paper = json_incref(json_object_get(theme, "impresion"));
    if (!paper)
        return json_object();
    json_object_del(theme, "impresion");
    if (json_is_object(paper))
        return paper;
    fprintf(stderr, "%s: impresion: debe ser un objeto\n", path);
    json_decref(paper);
    return NULL;
}

static bool compose_theme(struct common *common, const char *path)
{
    char id[64];
    const char *base = strrchr(path, '/') + 1;
    snprintf(id, sizeof id, "%.*s", (int)(strlen(base) - strlen(".json")), base);
    json_t *json = read_object(path);
    struct values theme = {0}, paper = {0};
    bool ok = json && values_open(&paper, path, "impresion", take_paper(json, path));
    ok = values_open(&theme, path, "", json) && ok;
    ok = ok && compose(common, id, &theme, NULL) && compose(common, id, &theme, &paper);
    ok = ok && all_used(&theme, &paper);
    values_close(&theme);
    values_close(&paper);
    return ok;
}

static bool compose_themes(struct common *common, const char *folder)
{
    char pattern[4096];
    glob_t found = {0};
    snprintf(pattern, sizeof pattern, "%s/themes/*.json", folder);
    bool ok = glob(pattern, 0, NULL, &found) == 0;
    if (!ok)
        fprintf(stderr, "%s: no hay temas\n", pattern);
    for (size_t i = 0; i < found.gl_pathc; i++)
        ok = compose_theme(common, found.gl_pathv[i]) && ok;
    globfree(&found);
    return ok && all_used(&common->map, &common->print);
}

static bool common_open(struct common *common, const char *map, const char *print)
{
    common->map_file = read_object(map);
    common->document = json_object_get(common->map_file, "documento");
    json_t *values = json_object_get(common->map_file, "valores");
    if (common->map_file && (!json_is_object(values) || !json_is_object(common->document))) {
        fprintf(stderr, "%s: debe tener «valores» y «documento»\n", map);
        values = NULL;
    }
    bool ok = values_open(&common->map, map, "valores", json_incref(values));
    ok = values_open(&common->print, print, "", read_object(print)) && ok;
    return ok;
}

int main(int argc, char **argv)
{
    char map[4096], print[4096];
    if (argc != 3) {
        fprintf(stderr, "uso: %s CARPETA SALIDA\n", argv[0]);
        return 2;
    }
    snprintf(map, sizeof map, "%s/map.json", argv[1]);
    snprintf(print, sizeof print, "%s/print.json", argv[1]);
    struct common common = {.out = argv[2]};
    bool ok = common_open(&common, map, print) && compose_themes(&common, argv[1]);
    values_close(&common.map);
    values_close(&common.print);
    json_decref(common.map_file);
    return ok ? 0 : 1;
}
