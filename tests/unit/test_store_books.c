/* test_store_books.c - tests of the books of geo/store/results.h and store_conflicts.h.
 * Read in one pass they give and write what they do record by record. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "geo/analysis/random.h"
#include "geo/store/db_sqlite.h"
#include "geo/store/results.h"
#include "geo/store/store_conflicts.h"
#include "geo/store/store_internal.h"

enum { RECORDS = 300, SEEDS = 20 };

struct fixture {
    char folder[64];
    struct geo_store *store;
    struct geo_random random;
};

static int set_up(void **state)
{
    struct fixture *fixture = calloc(1, sizeof *fixture);
    struct err err = {0};
    char path[96];
    strcpy(fixture->folder, "/tmp/sigg-test-XXXXXX");
    if (!mkdtemp(fixture->folder))
        return -1;
    snprintf(path, sizeof path, "%s/a.sqlite", fixture->folder);
    fixture->store = geo_store_open(path, GEO_STORE_CREATE, &err);
    *state = fixture;
    return !fixture->store ||
           !db_script(fixture->store->db,
                      "INSERT INTO ediciones (codigo, orden) VALUES ('uno', 1), ('dos', 2)",
                      "probar", &err);
}

static int tear_down(void **state)
{
    struct fixture *fixture = *state;
    char command[128];
    geo_store_close(fixture->store);
    snprintf(command, sizeof command, "rm -rf %s", fixture->folder);
    free(fixture);
    return system(command);
}

static size_t below(struct fixture *fixture, size_t n)
{
    return (size_t)(geo_random_next(&fixture->random) % n);
}

/* Links ------------------------------------------------------------------------ */

/* The links of each record: their number, and the share of the first. */
struct seen {
    size_t n;
    double parte;
};

static bool see(void *arg, const struct geo_link_row *row)
{
    struct seen *seen = arg;
    if (seen->n++ == 0)
        seen->parte = row->parte;
    return true;
}

static void put(struct geo_link_book *book, struct seen *kept, int64_t record, size_t n,
                double parte)
{
    const struct geo_link_row row = {
        .metodo = "geometria", .estado = "fuera", .distancia_m = NAN, .parte = parte};
    const struct geo_link_row rows[] = {row, row, row};
    struct err err = {0};
    assert_true(geo_link_book_put(book, record, rows, n, &err));
    kept[record] = (struct seen){n, n ? parte : 0};
}

/* Mostly in order, with gaps and steps back; some records are given other links. */
static void links_are_read_in_one_pass_too(void **state)
{
    struct fixture *fixture = *state;
    struct seen kept[RECORDS + 50] = {{0}};
    for (uint64_t seed = 1; seed <= SEEDS; seed++) {
        struct err err = {0};
        geo_random_start(&fixture->random, seed, 0);
        assert_true(geo_store_begin(fixture->store, &err));
        struct geo_link_book *other = geo_link_book_open(fixture->store, "alianzas", "dos", &err);
        struct geo_link_book *book = geo_link_book_open(fixture->store, "alianzas", "uno", &err);
        assert_true(book && other && geo_link_book_in_order(book, &err));
        struct seen unused[RECORDS + 50];
        for (int64_t record = 1; record < RECORDS + (int64_t)seed;
             record += 1 + (int64_t)below(fixture, 3)) {
            int64_t at = below(fixture, 10) == 0 ? 1 + (int64_t)below(fixture, RECORDS) : record;
            struct seen seen = {0};
            assert_true(geo_link_book_read(book, at, see, &seen, &err));
            if (seen.n != kept[at].n || seen.parte != kept[at].parte)
                fail_msg("seed %llu, record %lld: %zu links of %g, not %zu of %g",
                         (unsigned long long)seed, (long long)at, seen.n, seen.parte, kept[at].n,
                         kept[at].parte);
            if (below(fixture, 2))
                put(book, kept, at, below(fixture, 4), (double)below(fixture, 1000) / 1000);
            if (below(fixture, 4) == 0)
                put(other, unused, at, 1, 0.5);
        }
        geo_link_book_close(book);
        geo_link_book_close(other);
        assert_true(geo_store_commit(fixture->store, &err));
    }
}

/* True if a link to an edition that does not exist is written. */
static bool writes_lost_link(struct geo_store *store)
{
    const struct geo_link_row row = {
        .metodo = "geometria", .estado = "fuera", .distancia_m = NAN, .parte = 1};
    struct err err = {0};
    struct geo_link_book *lost = geo_link_book_open(store, "alianzas", "tres", &err);
    assert_non_null(lost);
    bool written = geo_link_book_put(lost, 9000, &row, 1, &err);
    geo_link_book_close(lost);
    return written;
}

/* References are not looked up while a book in order is open; but always while one is open until
 * the commit, because closing it is counted. */
static void references_are_looked_up_again(void **state)
{
    struct fixture *fixture = *state;
    static const char opened[] = "INSERT INTO vinculos (capa, registro, edicion, orden, municipio,"
                                 " metodo, estado, parte) VALUES ('alianzas', 8000, 'uno', 0,"
                                 " '999999', 'codigo', 'declarado', 1)";
    for (int open = 0; open < 2; open++) {
        struct err err = {0};
        assert_true(geo_store_begin(fixture->store, &err));
        assert_true(!open || db_script(fixture->store->db, opened, "probar", &err));
        struct geo_link_book *book = geo_link_book_open(fixture->store, "alianzas", "uno", &err);
        assert_true(book && geo_link_book_in_order(book, &err));
        bool trusted = writes_lost_link(fixture->store);
        if (open)
            assert_true(geo_link_book_put(book, 8000, NULL, 0, &err));
        geo_link_book_close(book);
        assert_int_equal(trusted, !open);
        if (open) {
            assert_true(geo_store_commit(fixture->store, &err));
            continue;
        }
        geo_store_rollback(fixture->store);
        assert_true(geo_store_begin(fixture->store, &err));
        assert_false(writes_lost_link(fixture->store));
        geo_store_rollback(fixture->store);
    }
}

/* Conflicts -------------------------------------------------------------------- */

static const struct geo_conflict conflict = {.codigo = "A-1",
                                             .nombre = "Asociación",
                                             .estado = "conflicto",
                                             .resolucion = "abierto",
                                             .distancia_m = 2500.5,
                                             .ubicado = "010101",
                                             .ubicado_nombre = "Sucre",
                                             .uo = "Chuquisaca",
                                             .line = {-65, -19, -66, -18}};

/* Whether putting it for record 7, with the rows read before or not, changes the table. */
static bool changes(struct fixture *fixture, const struct geo_conflict *given, bool in_order)
{
    struct err err = {0};
    bool changed = false;
    assert_true(geo_store_begin(fixture->store, &err));
    struct geo_conflict_book *book =
        geo_conflict_book_open(fixture->store, "alianzas", "uno", &err);
    assert_true(book && (!in_order || geo_conflict_book_in_order(book, &err)));
    if (!geo_conflict_book_put(book, 7, given, &changed, &err) ||
        !geo_conflict_book_finish(book, &changed, &err))
        fail_msg("%s", err.message);
    geo_conflict_book_close(book);
    assert_true(geo_store_commit(fixture->store, &err));
    return changed;
}

/* Each differs from the one before in one value. */
static void conflicts_are_written_if_they_differ(void **state)
{
    struct geo_conflict given[12];
    size_t n = sizeof given / sizeof *given;
    for (size_t i = 0; i < n; i++)
        given[i] = i ? given[i - 1] : conflict;
    for (size_t i = 1; i < n; i++)
        for (size_t k = i; k < n; k++) {
            struct geo_conflict *each = &given[k];
            const char **const texts[] = {
                &each->codigo,    &each->nombre,           &each->estado,
                &each->veredicto, &each->ubicado,          &each->ubicado_nombre,
                &each->declarado, &each->declarado_nombre, &each->uo};
            if (i <= 9)
                *texts[i - 1] = *texts[i - 1] ? "otro" : "uno";
            else if (i == 10)
                each->distancia_m = NAN;
            else
                each->line[0] = NAN;
        }
    for (int in_order = 0; in_order < 2; in_order++)
        for (size_t i = 0; i < n; i++) {
            if (!changes(*state, &given[i], in_order))
                fail_msg("case %zu, in order %d: not written", i, in_order);
            if (changes(*state, &given[i], in_order))
                fail_msg("case %zu, in order %d: written again", i, in_order);
        }
    assert_true(changes(*state, NULL, true));
    assert_false(changes(*state, NULL, true));
}

/* What somebody else did to a row is mended. */
static void a_damaged_conflict_is_written_anew(void **state)
{
    static const char *const damages[] = {
        "UPDATE conflictos SET uo = 'otra'", "UPDATE conflictos SET nombre = NULL",
        "UPDATE conflictos SET distancia_m = 1", "UPDATE conflictos SET geom = NULL"};
    struct fixture *fixture = *state;
    struct err err = {0};
    assert_true(changes(fixture, &conflict, true));
    for (size_t i = 0; i < sizeof damages / sizeof *damages; i++) {
        assert_true(db_script(fixture->store->db, damages[i], "probar", &err));
        if (!changes(fixture, &conflict, true))
            fail_msg("%s: it was left", damages[i]);
    }
}

/* New rows are inserted some at a time: each is there at the end, in order, with its own texts,
 * whatever became of the texts that were given. */
static void new_conflicts_are_all_written(void **state)
{
    struct fixture *fixture = *state;
    enum { MANY = 75 }; /* two full lots, and some */
    struct err err = {0};
    bool changed = false;
    int64_t wrong = -1;
    assert_true(geo_store_begin(fixture->store, &err));
    struct geo_conflict_book *book =
        geo_conflict_book_open(fixture->store, "subproyectos", "uno", &err);
    assert_true(book && geo_conflict_book_in_order(book, &err));
    for (int64_t record = 1; record <= MANY; record++) {
        char codigo[32];
        struct geo_conflict given = conflict;
        snprintf(codigo, sizeof codigo, "A-%lld", (long long)record);
        given.codigo = codigo;
        assert_true(geo_conflict_book_put(book, record, &given, &changed, &err));
        memset(codigo, '?', sizeof codigo - 1);
    }
    assert_true(geo_conflict_book_finish(book, &changed, &err));
    geo_conflict_book_close(book);
    static const struct db_sql sql = {
        .doing = "probar",
        .sql = "SELECT count(*) FROM conflictos WHERE capa = 'subproyectos'"
               " AND codigo = 'A-' || registro AND nombre = 'Asociación' AND geom IS NOT NULL"
               " AND id - registro = (SELECT min(id) - 1 FROM conflictos WHERE capa ="
               " 'subproyectos')"};
    struct db_query *query = db_prepare(fixture->store->db, &sql, &err);
    if (query && db_next(query, &err) == DB_ROW)
        wrong = MANY - db_int(query, 0);
    db_free(query);
    geo_store_rollback(fixture->store);
    assert_true(changed);
    assert_int_equal(wrong, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(references_are_looked_up_again),
        cmocka_unit_test(new_conflicts_are_all_written),
        cmocka_unit_test(links_are_read_in_one_pass_too),
        cmocka_unit_test(conflicts_are_written_if_they_differ),
        cmocka_unit_test(a_damaged_conflict_is_written_anew),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
