/* map_options.c - options that `sigg render` and `sigg tiles` share: box, style, snapshot. */
#include "server/commands/map_options.h"

#include <errno.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "geo/base/file.h"
#include "geo/base/parse.h"
#include "layers/map/classes.h"
#include "layers/shapes/merc.h"

bool map_options_box(const char *text, struct geo_box *box, struct err *err)
{
    static const double most[4] = {180, 90, 180, 90};
    double numbers[4];
    const char *at = text;
    for (int i = 0; i < 4; i++) {
        char word[32];
        size_t len = strcspn(at, ",");
        if (len >= sizeof word || (at[len] == ',') != (i < 3))
            goto wrong;
        memcpy(word, at, len);
        word[len] = '\0';
        if (!parse_real(word, -most[i], most[i], &numbers[i]))
            goto wrong;
        at += len + 1;
    }
    if (numbers[0] >= numbers[2] || numbers[1] >= numbers[3])
        return err_set(err, ERR_USAGE,
                       "--bbox: «%.80s» está al revés o no tiene extensión: oeste < este y sur < "
                       "norte",
                       text);
    *box = (struct geo_box){numbers[0], numbers[1], numbers[2], numbers[3]};
    return true;
wrong:
    return err_set(err, ERR_USAGE,
                   "--bbox: «%.80s» no es oeste,sur,este,norte en grados (longitud de -180 a 180, "
                   "latitud de -90 a 90)",
                   text);
}

enum { MAX_STYLE_BYTES = 16 * 1024 * 1024 };

bool map_options_read(const char *path, struct buf *out, struct err *err)
{
    char part[65536];
    size_t n;
    if (strcmp(path, "-") != 0)
        return file_read(path, MAX_STYLE_BYTES, out, err);
    while (out->len <= MAX_STYLE_BYTES && (n = fread(part, 1, sizeof part, stdin)) > 0)
        buf_put(out, part, n);
    if (ferror(stdin))
        return err_set(err, ERR_INPUT, "no se puede leer «-»: %s", err_reason(errno));
    if (out->len > MAX_STYLE_BYTES)
        return err_set(err, ERR_LIMIT, "«-» pasa de %d MB", MAX_STYLE_BYTES >> 20);
    return !buf_failed(out) || err_no_memory(err);
}

static bool ends_in_json(const char *name)
{
    size_t len = strlen(name);
    return len > 5 && strcmp(name + len - 5, ".json") == 0;
}

static struct style *style_of_file(const char *path, struct err *err)
{
    struct buf json;
    struct style *style = NULL;
    buf_init(&json);
    if (map_options_read(path, &json, err) &&
        !(style = style_parse(json.data ? json.data : "", json.len, err)))
        err_wrap(err, "%s", path);
    buf_free(&json);
    return style;
}

struct style *map_options_style(const char *id, struct err *err)
{
    const char *json;
    size_t len;
    if (styles_document(id, &json, &len))
        return style_parse(json, len, err);
    if (ends_in_json(id))
        return style_of_file(id, err);
    struct buf known;
    buf_init(&known);
    for (size_t i = 0; i < styles_count(); i++)
        buf_printf(&known, "%s%s", i ? ", " : "", styles_id(i));
    err_set(err, ERR_USAGE, "--style: no hay un estilo «%.60s»; hay: %s (o un archivo .json)", id,
            known.data ? known.data : "ninguno");
    buf_free(&known);
    return NULL;
}

bool map_options_classes(struct style **style, const struct snapshot *snapshot, struct err *err)
{
    if (!style_breaks_computed(*style))
        return true;
    struct style *classed = classes_style(*style, snapshot, err);
    if (!classed)
        return false;
    style_free(*style);
    *style = classed;
    return true;
}

struct snapshot *map_options_snapshot(const char *db_path, struct err *err)
{
    struct geo_store *store = geo_store_open(db_path, GEO_STORE_READ, err);
    struct snapshot *snapshot = store ? snapshot_build(store, NULL, err) : NULL;
    geo_store_close(store);
    return snapshot;
}

bool map_options_extent(const struct snapshot *snapshot, struct geo_box *box, struct err *err)
{
    struct geo_box all = geo_box_empty();
    for (size_t i = 0; i < layers_count(); i++)
        all = geo_box_join(all, snapshot_extent(snapshot, layers_at(i)));
    if (geo_box_is_empty(all) || all.min_x == all.max_x || all.min_y == all.max_y)
        return err_set(err, ERR_INPUT, "no hay datos de los que tomar la extensión: dé --bbox");
    all.min_y = fmax(all.min_y, -MERC_MAX_LAT);
    all.max_y = fmin(all.max_y, MERC_MAX_LAT);
    *box = all;
    return true;
}
