/* link_table.c - links the records of one table on one edition, stores the changes. */
#include "geo/figures/link_table.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "geo/base/array.h"
#include "geo/figures/link_conflicts.h"
#include "geo/store/results.h"

/* So many records are looked up one by one; more in lists of LISTED; one in SCANNED of the
 * table or more by a scan. */
enum { SINGLY = 64, LISTED = 200, SCANNED = 8 };

enum { FEW = 8 }; /* links of most records */

struct link_table_work {
    const struct geo_link_pass *pass;
    const struct geo_table *table;
    struct geo_link_book *book;
    struct link_conflicts *conflicts;
    bool *found;         /* beside the ids */
    bool scans;          /* the table is read from end to end */
    bool changed;        /* a link differs from the stored one */
    int64_t done, total; /* records, for the progress */
    struct err *err;
    bool failed;
};

/* Marks the slots in which a link counts the record or has a part of it. */
static void mark(struct link_table_work *work, const struct geo_link_row *row)
{
    work->pass->touched[geo_units_slot(work->pass->units, row->municipio)] = true;
    if (geo_link_row_elsewhere(row))
        work->pass->touched[work->pass->units->n] = true;
}

struct link_table_comparison {
    struct link_table_work *work;
    const struct geo_link_row *rows;
    size_t n_rows, at;
    bool same;
};

static bool same_text(const char *a, const char *b)
{
    return a == b || (a && b && strcmp(a, b) == 0);
}

static bool same_row(const struct geo_link_row *a, const struct geo_link_row *b)
{
    return same_text(a->municipio, b->municipio) && same_text(a->metodo, b->metodo) &&
           same_text(a->estado, b->estado) && a->parte == b->parte && a->urbana == b->urbana &&
           (a->distancia_m == b->distancia_m || (isnan(a->distancia_m) && isnan(b->distancia_m)));
}

static bool compare_row(void *arg, const struct geo_link_row *stored)
{
    struct link_table_comparison *comparison = arg;
    mark(comparison->work, stored);
    if (comparison->at >= comparison->n_rows ||
        !same_row(stored, &comparison->rows[comparison->at]))
        comparison->same = false;
    comparison->at++;
    return true;
}

static struct geo_link_row row_of(const struct link_table_work *work, const struct geo_link *link)
{
    const struct geo_edition *edition = work->pass->edition;
    return (struct geo_link_row){
        .municipio = link->unit < 0 ? NULL : geo_edition_unit(edition, (size_t)link->unit)->codigo,
        .metodo = geo_link_method_name(link->method),
        .estado = geo_link_state_name(link->state),
        .distancia_m = link->distance_m,
        .parte = link->share,
        .urbana = link->urban,
    };
}

/* Stores the links of a record; removes those of a record that no longer exists. */
static bool put_links(struct link_table_work *work, int64_t record, const struct geo_link *links,
                      size_t n)
{
    struct geo_link_row few[FEW], *rows = n > FEW ? calloc(n, sizeof *rows) : few;
    if (!rows)
        return err_no_memory(work->err);
    for (size_t i = 0; i < n; i++) {
        rows[i] = row_of(work, &links[i]);
        mark(work, &rows[i]);
    }
    struct link_table_comparison comparison = {
        .work = work, .rows = rows, .n_rows = n, .same = true};
    bool ok = geo_link_book_read(work->book, record, compare_row, &comparison, work->err);
    if (ok && (!comparison.same || comparison.at != n)) {
        work->changed = true;
        ok = geo_link_book_put(work->book, record, rows, n, work->err);
    }
    if (rows != few)
        free(rows);
    return ok;
}

static bool link_one(void *arg, const struct geo_record *record)
{
    struct link_table_work *work = arg;
    struct geo_link *links = NULL;
    size_t n = 0;
    if (!geo_link_record(work->pass->edition, work->pass->names, work->pass->urban, work->table,
                         record, &links, &n, work->err)) {
        int codigo = geo_table_field(work->table, "codigo");
        const char *name = codigo < 0 ? NULL : geo_record_text(record, codigo);
        err_wrap(work->err, "vincular %s %s", work->table->name, name ? name : "");
        work->failed = true;
        return false;
    }
    if (!link_conflicts_settle(work->conflicts, record, links, &n, work->err)) {
        free(links);
        work->failed = true;
        return false;
    }
    if (work->pass->counts) {
        work->pass->counts->records++;
        work->pass->counts->by_state[links[0].state]++;
    }
    work->failed = !put_links(work, record->id, links, n);
    free(links);
    if (work->pass->progress && work->total && ++work->done % 256 == 0)
        work->pass->progress(work->pass->progress_arg,
                             work->pass->from + (work->pass->to - work->pass->from) *
                                                    (double)work->done / (double)work->total);
    return !work->failed;
}

/* Links the wanted records of a scan. */
static bool link_wanted(void *arg, const struct geo_record *record)
{
    struct link_table_work *work = arg;
    const struct geo_link_pass *pass = work->pass;
    const int64_t *at = pass->n_ids ? bsearch(&record->id, pass->ids, pass->n_ids,
                                              sizeof *pass->ids, array_by_int64)
                                    : NULL;
    if (!at)
        return true;
    work->found[at - work->pass->ids] = true;
    return link_one(work, record);
}

struct look_up {
    struct link_table_work *work;
    bool found;
};

static bool link_found(void *arg, const struct geo_record *record)
{
    struct look_up *look_up = arg;
    look_up->found = true;
    return link_one(look_up->work, record);
}

static bool link_singly(struct link_table_work *work)
{
    for (size_t i = 0; i < work->pass->n_ids; i++) {
        struct geo_query query = {.id = work->pass->ids[i]};
        struct look_up look_up = {.work = work};
        if (!geo_store_each(work->pass->store, work->table, &query, link_found, &look_up,
                            work->err) ||
            work->failed)
            return false;
        work->found[i] = look_up.found;
    }
    return true;
}

static bool link_by_lists(struct link_table_work *work)
{
    bool ok = true;
    for (size_t i = 0; i < work->pass->n_ids && ok; i += LISTED) {
        size_t left = work->pass->n_ids - i;
        const struct geo_ids ids = {work->pass->ids + i, left < LISTED ? left : LISTED};
        const struct geo_query query = {.ids = &ids};
        ok = geo_store_each(work->pass->store, work->table, &query, link_wanted, work, work->err) &&
             !work->failed;
    }
    return ok;
}

static bool link_listed(struct link_table_work *work)
{
    bool ok = work->scans ? geo_store_each(work->pass->store, work->table, NULL, link_wanted, work,
                                           work->err) &&
                                !work->failed
              : work->pass->n_ids > SINGLY ? link_by_lists(work)
                                           : link_singly(work);
    for (size_t i = 0; i < work->pass->n_ids && ok; i++)
        ok = work->found[i] || put_links(work, work->pass->ids[i], NULL, 0);
    return ok;
}

/* Whether all of the table is read: for all its records, or for many of them. */
static bool choose_scan(struct link_table_work *work)
{
    const struct geo_link_pass *pass = work->pass;
    int64_t all;
    work->total = (int64_t)pass->n_ids;
    if (pass->ids && pass->n_ids <= SINGLY)
        return true;
    if (!geo_store_count(pass->store, work->table, NULL, &all, work->err))
        return false;
    work->scans = !pass->ids || (int64_t)pass->n_ids >= all / SCANNED;
    if (!pass->ids)
        work->total = all;
    return true;
}

bool geo_link_table(const struct geo_link_pass *pass, const struct geo_table *table,
                    struct err *err)
{
    struct link_table_work work = {.pass = pass, .table = table, .err = err};
    bool ok = false;
    if (!choose_scan(&work))
        return false;
    work.book =
        geo_link_book_open(pass->store, table->name, geo_edition_codigo(pass->edition), err);
    if (work.book && (!work.scans || geo_link_book_in_order(work.book, err)))
        work.conflicts =
            link_conflicts_open(pass->store, table, pass->edition, pass->names, work.scans, err);
    if (!work.conflicts) {
        geo_link_book_close(work.book);
        return false;
    }
    if (pass->ids) {
        work.found = calloc(pass->n_ids + 1, sizeof *work.found);
        ok = work.found ? link_listed(&work) : err_no_memory(err);
        free(work.found);
    } else
        ok = geo_store_each(pass->store, table, NULL, link_one, &work, err) && !work.failed;
    ok = ok && link_conflicts_finish(work.conflicts, err);
    geo_link_book_close(work.book);
    bool conflicts_changed = link_conflicts_changed(work.conflicts);
    link_conflicts_close(work.conflicts);
    if (ok && work.changed)
        ok = geo_store_touch(pass->store, table->name, NULL, false, NULL, err);
    if (ok && conflicts_changed)
        ok = geo_store_touch(pass->store, "conflictos", NULL, false, NULL, err);
    return ok;
}
