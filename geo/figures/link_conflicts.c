/* link_conflicts.c - applies verdicts to new links; updates the table `conflictos`. */
#include "geo/figures/link_conflicts.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "geo/figures/verdict.h"
#include "geo/store/store_conflicts.h"

struct link_conflicts {
    const struct geo_edition *edition;
    const struct geo_names *names;
    const struct geo_table *table;
    struct geo_conflict_book *book;
    struct geo_verdicts verdicts;
    struct arena *arena; /* for one record */
    int codigo, nombre;
    bool changed;
};

struct link_conflicts *link_conflicts_open(struct geo_store *store, const struct geo_table *table,
                                           const struct geo_edition *edition,
                                           const struct geo_names *names, bool in_order,
                                           struct err *err)
{
    struct link_conflicts *conflicts = calloc(1, sizeof *conflicts);
    if (!conflicts) {
        err_no_memory(err);
        return NULL;
    }
    conflicts->edition = edition;
    conflicts->names = names;
    conflicts->table = table;
    conflicts->codigo = geo_table_field(table, "codigo");
    conflicts->nombre = geo_table_field(table, "nombre");
    conflicts->arena = arena_new();
    bool ok = conflicts->arena || err_no_memory(err);
    ok = ok && geo_verdicts_load(store, table->name, &conflicts->verdicts, err);
    if (ok)
        conflicts->book =
            geo_conflict_book_open(store, table->name, geo_edition_codigo(edition), err);
    if (conflicts->book && (!in_order || geo_conflict_book_in_order(conflicts->book, err)))
        return conflicts;
    link_conflicts_close(conflicts);
    return NULL;
}

void link_conflicts_close(struct link_conflicts *conflicts)
{
    if (!conflicts)
        return;
    geo_conflict_book_close(conflicts->book);
    geo_verdicts_free(&conflicts->verdicts);
    arena_free(conflicts->arena);
    free(conflicts);
}

bool link_conflicts_finish(struct link_conflicts *conflicts, struct err *err)
{
    return geo_conflict_book_finish(conflicts->book, &conflicts->changed, err);
}

bool link_conflicts_changed(const struct link_conflicts *conflicts)
{
    return conflicts->changed;
}

/* From where the record lies to the municipality it should be in. */
static void set_line(const struct link_conflicts *conflicts, const struct geo_record *record,
                     int to, struct geo_conflict *conflict)
{
    double lon, lat;
    if (to < 0 || record->wkb_len != 21)
        return;
    memcpy(&lon, record->wkb + 5, sizeof lon);
    memcpy(&lat, record->wkb + 13, sizeof lat);
    conflict->line[0] = lon;
    conflict->line[1] = lat;
    geo_edition_nearest(conflicts->edition, to, lon, lat, &conflict->line[2]);
}

static void set_unit(const struct link_conflicts *conflicts, int unit, const char **codigo,
                     const char **nombre, const char **uo)
{
    if (unit < 0)
        return;
    const struct geo_unit *found = geo_edition_unit(conflicts->edition, (size_t)unit);
    *codigo = found->codigo;
    *nombre = found->nombre;
    if (!*uo && found->uo[0])
        *uo = found->uo;
}

/* The row for a record; link: its main link without a verdict. */
static struct geo_conflict describe(const struct link_conflicts *conflicts,
                                    const struct geo_record *record, const struct geo_link *link,
                                    int declared, const struct geo_verdict *verdict, bool holds)
{
    bool disagrees = geo_link_disagrees(link->state);
    bool located = link->method == GEO_METHOD_GEOMETRY || link->method == GEO_METHOD_NEAREST;
    struct geo_conflict conflict = {
        .layer = conflicts->table->name,
        .record = record->id,
        .codigo = geo_record_text(record, conflicts->codigo),
        .nombre = geo_record_text(record, conflicts->nombre),
        .estado = geo_link_state_name(link->state),
        .resolucion = "abierto",
        .veredicto = verdict ? geo_verdict_name(verdict->kind) : NULL,
        .distancia_m = link->distance_m,
        .line = {NAN, NAN, NAN, NAN},
    };
    if (verdict && !holds)
        conflict.resolucion = "caduco";
    else if (verdict && (verdict->kind != GEO_VERDICT_FIX || !disagrees))
        conflict.resolucion = "decidido";
    set_unit(conflicts, located ? link->unit : -1, &conflict.ubicado, &conflict.ubicado_nombre,
             &conflict.uo);
    set_unit(conflicts, declared, &conflict.declarado, &conflict.declarado_nombre, &conflict.uo);
    if (strcmp(conflict.resolucion, "decidido") != 0 && disagrees)
        set_line(conflicts, record, link->state == GEO_STATE_WATER ? link->unit : declared,
                 &conflict);
    return conflict;
}

bool link_conflicts_settle(struct link_conflicts *conflicts, const struct geo_record *record,
                           struct geo_link *links, size_t *n_links, struct err *err)
{
    const struct geo_verdict *verdict =
        geo_verdicts_find(&conflicts->verdicts, geo_record_text(record, conflicts->codigo));
    enum geo_link_method how = GEO_METHOD_NONE;
    bool holds = false;
    if (!verdict && !geo_link_disagrees(links[0].state))
        return geo_conflict_book_put(conflicts->book, record->id, NULL, &conflicts->changed, err);
    arena_reset(conflicts->arena);
    if (verdict &&
        !geo_verdict_holds(verdict, conflicts->table, record, conflicts->arena, &holds, err))
        return false;
    int declared =
        geo_link_declared(conflicts->edition, conflicts->names, conflicts->table, record, &how);
    const struct geo_conflict conflict =
        describe(conflicts, record, &links[0], declared, verdict, holds);
    if (verdict && holds)
        geo_verdict_apply(verdict, conflicts->table, record, declared, how, links, n_links);
    return geo_conflict_book_put(conflicts->book, record->id, &conflict, &conflicts->changed, err);
}
