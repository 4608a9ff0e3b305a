/* import_explained.c - explains how a source would be imported. */
#include "server/commands/import_explained.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "geo/base/folder.h"
#include "geo/base/rows.h"
#include "geo/base/version.h"
#include "geo/import/import_fit.h"
#include "layers/report/points_map.h"
#include "server/cli/print.h"
#include "server/commands/import_bar.h"
#include "server/commands/import_stop.h"
#include "server/commands/map_options.h"

/* What the import gave. */
struct explained {
    struct buf text;
    struct points_map_point *points;
    size_t n;
    bool any; /* there are tables to tell about */
};

/* An import_explained_fn: the last call holds. */
static bool take(void *arg, const struct explanation *explanation, struct err *err)
{
    static const enum points_state states[] = {
        [EXPLAINED_PLACED] = POINTS_OK,
        [EXPLAINED_CORRECTED] = POINTS_RESCUED,
        [EXPLAINED_CONFLICT] = POINTS_CONFLICT,
        [EXPLAINED_OUTSIDE] = POINTS_OUTSIDE,
    };
    struct explained *explained = arg;
    buf_clear(&explained->text);
    free(explained->points);
    explained->n = explanation->n_points;
    explained->any = explanation->n_sheets > 0;
    explained->points = calloc(explained->n + 1, sizeof *explained->points);
    if (!explained->points)
        return err_no_memory(err);
    for (size_t i = 0; i < explained->n; i++) {
        const struct explained_point *point = &explanation->points[i];
        explained->points[i] =
            (struct points_map_point){point->lon_deg, point->lat_deg, states[point->state]};
    }
    explanation_put_text(explanation, &explained->text);
    return !buf_failed(&explained->text) || err_no_memory(err);
}

/* The map ---------------------------------------------------------------------------- */

static bool draw(const struct import_request *request, const struct explained *explained,
                 const char *db_path, struct err *err)
{
    const char *source = request->options.source, *slash = strrchr(source, '/');
    struct buf title, out;
    if (!request->map_path)
        return true;
    buf_init(&title);
    buf_init(&out);
    buf_printf(&title, "Puntos de «%s»", slash && slash[1] ? slash + 1 : source);
    struct snapshot *snapshot = buf_failed(&title) ? NULL : map_options_snapshot(db_path, err);
    const struct points_map map = {.points = explained->points,
                                   .n = explained->n,
                                   .title = title.data,
                                   .version = SIGG_VERSION};
    bool ok = snapshot && points_map_png(snapshot, &map, &out, err) &&
              folder_write(request->map_path, out.data, out.len, err);
    snapshot_unref(snapshot);
    buf_free(&title);
    buf_free(&out);
    return ok;
}

/* One layer -------------------------------------------------------------------------- */

static bool run_trial(struct import_request *request, const char *db_path,
                      struct explained *explained, struct err *err)
{
    struct geo_import_summary summary;
    struct geo_import_options *options = &request->options;
    options->explained = take;
    options->explained_arg = explained;
    options->places = true;
    struct print_steps steps;
    import_bar_draw(&steps, options);
    struct geo_store *store = geo_store_open(db_path, GEO_STORE_WRITE, err);
    if (!store)
        return false;
    import_stop_begin(store);
    bool ok = geo_import_run(store, options, &summary, err);
    print_steps_end(&steps);
    geo_store_close(store);
    import_stop_end();
    return ok;
}

static bool explain_layer(struct import_request *request, const char *db_path, struct err *err)
{
    struct explained explained = {0};
    struct err why = {0};
    buf_init(&explained.text);
    bool ok = run_trial(request, db_path, &explained, &why);
    bool stopped = !ok && import_stop_came(&why);
    /* What stops the import is told, and where. */
    if (!ok && (stopped || !explained.any || why.kind == ERR_MEMORY))
        *err = why;
    else {
        fputs(explained.text.data, stdout);
        ok = draw(request, &explained, db_path, err);
    }
    buf_free(&explained.text);
    free(explained.points);
    return ok;
}

/* All layers ------------------------------------------------------------------------- */

static bool print_fits(const struct import_fit *fits, size_t n, struct err *err)
{
    static const struct rows_column heads[] = {
        {"capa", 0}, {"tabla", 0}, {"campos", 0}, {"le falta", 0}};
    struct rows *rows = rows_new(heads, sizeof heads / sizeof *heads);
    for (size_t i = 0; rows && i < n; i++) {
        rows_text(rows, fits[i].layer->name);
        rows_text(rows, fits[i].table);
        rows_int(rows, (int64_t)fits[i].filled);
        rows_text(rows, fits[i].complete ? "nada" : fits[i].lacks);
    }
    return print_rows(rows, ROWS_TABLE, err);
}

/* Why no layer is explained. With -o that is an error: there is no map. */
static bool without_best(const struct import_request *request, const struct import_fit *best,
                         struct err *err)
{
    const char *source = request->options.source;
    char why[ERR_MESSAGE_MAX];
    if (best->complete)
        snprintf(why, sizeof why,
                 "los límites necesitan su edición: sigg import --explain municipios %.800s "
                 "--edition E",
                 source);
    else
        snprintf(why, sizeof why,
                 "a toda capa le falta algo; para ver una: sigg import --explain CAPA %.800s",
                 source);
    if (request->map_path)
        return err_set(err, ERR_INPUT, "no hay un mapa que escribir: %s", why);
    printf("\n%s\n", why);
    return true;
}

/* Municipalities need --edition, which is the user's to say. */
static bool explain_best(struct import_request *request, const struct import_fit *best,
                         const char *db_path, struct err *err)
{
    bool needs_edition = strcmp(best->layer->name, "municipios") == 0 && !request->options.edition;
    if (!best->complete || needs_edition)
        return without_best(request, best, err);
    putchar('\n');
    request->options.layer = best->layer->name;
    return explain_layer(request, db_path, err);
}

static bool explain_any(struct import_request *request, const char *db_path, struct err *err)
{
    struct import_fit fits[GEO_TABLES_MAX] = {0};
    size_t n;
    if (!import_fits(&request->options, fits, &n, err))
        return false;
    if (n == 0)
        return err_set(err, ERR_INPUT,
                       "%s: ninguna de sus columnas es de alguna capa: «sigg template CAPA -o "
                       "F.xlsx» hace una planilla",
                       request->options.source);
    return print_fits(fits, n, err) && explain_best(request, &fits[0], db_path, err);
}

static bool explain(struct import_request *request, const char *db_path, struct err *err)
{
    return request->options.layer ? explain_layer(request, db_path, err)
                                  : explain_any(request, db_path, err);
}

/* The database ------------------------------------------------------------------------ */

/* A copy in a folder of its own. */
static bool explain_in_copy(struct import_request *request, const char *db_path, struct err *err)
{
    const char *base = getenv("TMPDIR");
    base = base && base[0] ? base : "/tmp";
    char folder[512], copy[600];
    snprintf(folder, sizeof folder, "%.480s/sigg-XXXXXX", base);
    if (!mkdtemp(folder))
        return err_set(err, ERR_SETUP,
                       "«%s» solo se puede leer, y en «%s» no se puede hacer una copia; diga otra "
                       "carpeta en TMPDIR",
                       db_path, base);
    snprintf(copy, sizeof copy, "%s/copia.sqlite", folder);
    struct geo_store *store = geo_store_open(db_path, GEO_STORE_READ, err);
    bool ok = store && geo_store_backup(store, copy, NULL, NULL, err);
    geo_store_close(store);
    ok = ok && explain(request, copy, err);
    folder_remove(copy);
    rmdir(folder);
    return ok;
}

bool import_explained(struct import_request *request, const char *db_path, struct err *err)
{
    bool only_read = access(db_path, F_OK) == 0 && access(db_path, W_OK) != 0;
    return only_read ? explain_in_copy(request, db_path, err) : explain(request, db_path, err);
}
