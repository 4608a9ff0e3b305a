/* sql_texts.c - calls every function of the store, and notes the SQL that it sends:
 *   sql_texts DATABASE FILE
 * makes a new database, and writes a line for each call of db_prepare(): where it stands in
 * the program, a tab, the text. What the engine writes in its own way is marked in the
 * text: a comment that says what it is before it, an empty comment after it.
 *
 * The Makefile builds it with the store's sources, unoptimized and linked with --wrap.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "geo/store/results.h"
#include "geo/store/store_conflicts.h"
#include "geo/store/store_internal.h"
#include "geo/store/store_known.h"
#include "geo/store/store_undo.h"
#include "geo/store/store_verdicts.h"

/* What is noted ------------------------------------------------------------ */

static FILE *notes;
extern const char __executable_start; /* of the linker */

static void note(const void *from, const char *text)
{
    fprintf(notes, "%#tx\t", (const char *)from - &__executable_start - 1);
    for (; *text; text++)
        fputc(*text == '\n' ? ' ' : *text, notes);
    fputc('\n', notes);
}

struct db_query *__real_db_prepare(struct db *db, const struct db_sql *sql, struct err *err);
struct db_query *__wrap_db_prepare(struct db *db, const struct db_sql *sql, struct err *err)
{
    note(__builtin_return_address(0), sql->sql);
    return __real_db_prepare(db, sql, err);
}

/* They call db_prepare(): only who called them is noted. */
struct db_query *__real_store_prepare_buf(struct geo_store *store, struct buf *text,
                                          struct db_sql sql, struct err *err);
struct db_query *__wrap_store_prepare_buf(struct geo_store *store, struct buf *text,
                                          struct db_sql sql, struct err *err)
{
    note(__builtin_return_address(0), "");
    return __real_store_prepare_buf(store, text, sql, err);
}

bool __real_store_run_with(struct geo_store *store, const struct db_sql *sql,
                           const char *const *texts, int n, struct err *err);
bool __wrap_store_run_with(struct geo_store *store, const struct db_sql *sql,
                           const char *const *texts, int n, struct err *err)
{
    note(__builtin_return_address(0), "");
    return __real_store_run_with(store, sql, texts, n, err);
}

void __real_db_put_geometry_in(const struct db *db, struct buf *sql, int at);
void __wrap_db_put_geometry_in(const struct db *db, struct buf *sql, int at)
{
    buf_printf(sql, "/*in %d*/", at);
    __real_db_put_geometry_in(db, sql, at);
    buf_puts(sql, "/**/");
}

void __real_db_put_returning(const struct db *db, struct buf *sql);
void __wrap_db_put_returning(const struct db *db, struct buf *sql)
{
    buf_puts(sql, "/*returning id*/");
    __real_db_put_returning(db, sql);
    buf_puts(sql, "/**/");
}

void __real_db_put_geometry_out(const struct db *db, struct buf *sql, const char *column);
void __wrap_db_put_geometry_out(const struct db *db, struct buf *sql, const char *column)
{
    buf_printf(sql, "/*out %s*/", column);
    __real_db_put_geometry_out(db, sql, column);
    buf_puts(sql, "/**/");
}

void __real_db_put_box(const struct db *db, struct buf *sql, const struct geo_table *table, int at);
void __wrap_db_put_box(const struct db *db, struct buf *sql, const struct geo_table *table, int at)
{
    buf_printf(sql, "/*box %d %d %d %d*/", at, at + 1, at + 2, at + 3);
    __real_db_put_box(db, sql, table, at);
    buf_puts(sql, "/**/");
}

void __real_db_put_invalid(const struct db *db, struct buf *sql, const char *column);
void __wrap_db_put_invalid(const struct db *db, struct buf *sql, const char *column)
{
    buf_printf(sql, "/*invalid %s*/", column);
    __real_db_put_invalid(db, sql, column);
    buf_puts(sql, "/**/");
}

/* Every function ----------------------------------------------------------- */

static struct err err;

static void must(bool ok, const char *what)
{
    if (ok)
        return;
    fprintf(stderr, "%s: %s\n", what, err.message);
    exit(1);
}
#define MUST(call) must((call), #call)

static const unsigned char point[21] = {1, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0x40, 0x50, 0xC0};

/* POLYGON ((0 0, 1 0, 1 1, 0 0)) */
static size_t make_polygon(unsigned char wkb[128])
{
    static const unsigned char head[] = {1, 3, 0, 0, 0, 1, 0, 0, 0, 4, 0, 0, 0};
    static const double ring[] = {0, 0, 1, 0, 1, 1, 0, 0};
    memcpy(wkb, head, sizeof head);
    memcpy(wkb + sizeof head, ring, sizeof ring);
    return sizeof head + sizeof ring;
}

static void fill(const struct geo_table *table, struct geo_value *values, bool again)
{
    for (size_t i = 0; i < table->n_fields; i++) {
        const struct geo_field *field = &table->fields[i];
        values[i] = (struct geo_value){.kind = GEO_TEXT_VALUE, .text = again ? "otro" : "uno"};
        if (strstr(field->name, "codigo"))
            values[i].text = "010101";
        else if (strcmp(field->name, "edicion") == 0)
            values[i].text = "uno";
        else if (field->type == GEO_DATE)
            values[i].text = "2024-01-01";
        else if (field->type == GEO_CHOICE)
            values[i].text = field->choices[0].value;
        else if (field->type == GEO_REAL)
            values[i] = (struct geo_value){.kind = GEO_REAL_VALUE, .real = again ? 2 : 1};
        else if (field->type != GEO_TEXT)
            values[i] = (struct geo_value){.kind = GEO_INT_VALUE,
                                           .integer = field->min > 1 ? (int64_t)field->min : 1};
    }
}

static bool see(void *arg, const struct geo_record *record)
{
    (void)record;
    ++*(int *)arg;
    return true;
}

static void ask_table(struct geo_store *store, const struct geo_table *table, int64_t id)
{
    const struct geo_box box = {-180, -90, 180, 90};
    const struct geo_ids ids = {&id, 1};
    const char *field = table->fields[0].name;
    const struct geo_query queries[] = {
        {0},
        {.box = &box},
        {.field = field, .equals = "010101"},
        {.present = field},
        {.id = id},
        {.ids = &ids},
        {.after_id = 1, .limit = 5},
        {.no_geometry = true},
        {.box = &box, .field = field, .equals = "x", .after_id = 1, .limit = 2, .id = id},
    };
    int seen = 0;
    int64_t count;
    for (size_t i = 0; i < sizeof queries / sizeof *queries; i++) {
        MUST(geo_store_each(store, table, &queries[i], see, &seen, &err));
        MUST(geo_store_count(store, table, &queries[i], &count, &err));
    }
    if (table->geometry != GEO_NO_GEOMETRY)
        MUST(geo_store_at(store, table, -65, -18, see, &seen, &err));
}

/* Each kind of shape, so that each statement about shapes is sent. */
static void put_shapes(struct geo_store *store, const struct geo_table *table,
                       struct geo_record record)
{
    unsigned char line[41] = {1, 2, 0, 0, 0, 2};
    enum geo_put what;
    int64_t id;
    const double end[] = {1, 1};
    memcpy(line + 25, end, sizeof end);
    record.wkb = line;
    record.wkb_len = sizeof line;
    MUST(geo_store_put(store, table, &record, &what, &id, &err));
    record.wkb = point;
    record.wkb_len = sizeof point;
    MUST(geo_store_put(store, table, &record, &what, &id, &err));
}

static int64_t put_table(struct geo_store *store, const struct geo_table *table)
{
    struct geo_value values[64];
    unsigned char polygon[128];
    struct geo_record record = {.values = values};
    enum geo_put what;
    int64_t id = 0;
    int seen = 0;
    if (table->geometry == GEO_POINT) {
        record.wkb = point;
        record.wkb_len = sizeof point;
    } else if (table->geometry != GEO_NO_GEOMETRY) {
        record.wkb = polygon;
        record.wkb_len = make_polygon(polygon);
    }
    fill(table, values, false);
    MUST(geo_store_put(store, table, &record, &what, &id, &err));
    if (table->geometry == GEO_ANY_GEOMETRY)
        put_shapes(store, table, record);
    fill(table, values, true);
    MUST(geo_store_put(store, table, &record, &what, &id, &err));
    MUST(geo_store_find(store, table, &record, see, &seen, &err));
    ask_table(store, table, id);
    return id;
}

static bool see_text(void *arg, const char *a, const char *b)
{
    return arg || a || b;
}

static bool see_edition(void *arg, const struct geo_edition_info *edition)
{
    return arg || edition;
}

static bool see_changed(void *arg, int64_t record)
{
    return arg || record;
}

static void call_layers(struct geo_store *store)
{
    struct geo_edition_info edition = {.codigo = "uno", .current = true}, other = {.codigo = "dos"};
    struct geo_layer_info info;
    struct buf bytes;
    int64_t revision;
    bool all;
    MUST(geo_store_edition_put(store, &edition, &err));
    MUST(geo_store_edition_put(store, &other, &err));
    MUST(geo_store_editions(store, see_edition, NULL, &err));
    MUST(geo_store_edition(store, NULL, &edition, &err));
    MUST(geo_store_alias_put(store, "a", "010101", &err));
    MUST(geo_store_aliases(store, see_text, NULL, &err));
    MUST(geo_store_touch(store, "alianzas", "fuente", true, "2024-01-01", &err));
    MUST(geo_store_layer(store, "alianzas", &info, &err));
    MUST(geo_store_revision(store, &revision, &err));
    MUST(geo_store_changed(store, "alianzas", 0, see_changed, NULL, &all, &err));
    buf_init(&bytes);
    buf_puts(&bytes, "x");
    MUST(geo_store_outlines_put(store, "uno", &bytes, &err));
    MUST(geo_store_outlines(store, "uno", &bytes, &err));
    buf_free(&bytes);
}

static bool see_link(void *arg, const struct geo_link_row *row)
{
    return arg || row;
}

static bool see_unit(void *arg, int64_t record, const char *municipio)
{
    return arg || record || municipio;
}

static void call_links(struct geo_store *store, int64_t record)
{
    const struct geo_link_row row = {.metodo = "geometria", .estado = "fuera", .parte = 1};
    const struct geo_ids ids = {&record, 1};
    int64_t *members = NULL;
    size_t n;
    struct geo_link_book *book = geo_link_book_open(store, "alianzas", "uno", &err);
    must(book != NULL, "geo_link_book_open");
    MUST(geo_link_book_put(book, record, &row, 1, &err));
    MUST(geo_link_book_in_order(book, &err));
    MUST(geo_link_book_read(book, record, see_link, NULL, &err));
    geo_link_book_close(book);
    MUST(geo_store_links(store, NULL, "uno", see_link, NULL, &err));
    MUST(geo_store_links_main(store, "alianzas", "uno", &ids, see_link, NULL, &err));
    MUST(geo_store_links_units(store, "alianzas", "uno", see_unit, NULL, &err));
    for (int i = 0; i < 2; i++) {
        MUST(geo_store_links_members(store, "alianzas", "uno", i ? "010101" : NULL, true, &members,
                                     &n, &err));
        free(members);
    }
}

static bool see_irrigated(void *arg, const char *municipio, const struct geo_irrigated *row)
{
    return arg || municipio || row;
}

static bool see_coverage(void *arg, const struct geo_coverage_row *row, bool whole)
{
    return arg || row || whole;
}

static bool see_conflict(void *arg, const struct geo_conflict *conflict)
{
    return arg || conflict;
}

static bool see_verdict(void *arg, const struct geo_verdict *verdict)
{
    return arg || verdict;
}

static void call_results(struct geo_store *store)
{
    const struct geo_irrigated irrigated[] = {{.areas = 1}, {0}};
    const struct geo_coverage_row coverage = {.codigo = "010101"};
    const struct geo_conflict conflict = {
        .codigo = "010101", .estado = "vecino", .resolucion = "abierto", .line = {0, 0, 1, 1}};
    const struct geo_verdict verdict = {
        .layer = "alianzas", .codigo = "010101", .person = "p", .declared = "d", .print = "h"};
    bool changed = false;
    for (int i = 0; i < 2; i++)
        MUST(geo_store_irrigation_put(store, "uno", "010101", &irrigated[i], &changed, &err));
    MUST(geo_store_irrigation(store, "uno", see_irrigated, NULL, &err));
    MUST(geo_store_coverage_put(store, "uno", &coverage, 1, NULL, &changed, &err));
    MUST(geo_store_coverage(store, "uno", see_coverage, NULL, &err));
    struct geo_conflict_book *book = geo_conflict_book_open(store, "alianzas", "uno", &err);
    must(book != NULL, "geo_conflict_book_open");
    MUST(geo_conflict_book_put(book, 1, &conflict, &changed, &err));
    geo_conflict_book_close(book);
    book = geo_conflict_book_open(store, "alianzas", "uno", &err);
    MUST(book && geo_conflict_book_in_order(book, &err));
    geo_conflict_book_close(book);
    MUST(geo_store_conflicts(store, NULL, "uno", see_conflict, NULL, &err));
    MUST(geo_store_verdict_put(store, &verdict, &err));
    MUST(geo_store_verdicts(store, NULL, NULL, true, see_verdict, NULL, &err));
}

static bool see_lost(void *arg, const char *layer, const char *municipio)
{
    return arg || layer || municipio;
}

static bool see_import(void *arg, const struct geo_import_row *row)
{
    return arg || row;
}

static void see_finding(void *arg, const char *finding)
{
    (void)arg;
    (void)finding;
}

static void call_known(struct geo_store *store)
{
    const struct store_known_key key = {"0123456789abcde"};
    struct store_known known;
    bool found;
    MUST(store_known_keep(store, &key, "s", &err));
    MUST(store_known_read(store, &key, &known, &found, &err));
    must(found, "store_known_read");
}

static void call_all(struct geo_store *store)
{
    int64_t ids[GEO_TABLES_MAX] = {0}, import = 0, findings;
    call_layers(store);
    struct store_undo *undo = geo_undo_begin(store, &err);
    must(undo != NULL, "geo_undo_begin");
    for (int i = 0; geo_tables[i].name; i++)
        ids[i] = put_table(store, &geo_tables[i]);
    MUST(geo_undo_finish(undo, "alianzas", "f", "{}", &import, &err));
    geo_undo_free(undo);
    call_links(store, ids[geo_table_find("alianzas") - geo_tables]);
    call_results(store);
    MUST(geo_undo_each(store, see_import, NULL, &err));
    call_known(store);
    MUST(geo_store_check(store, see_finding, NULL, &findings, &err));
    MUST(geo_store_mend(store, &err));
    for (int i = 0; geo_tables[i].name; i++)
        if (strcmp(geo_tables[i].name, "alianzas") != 0)
            MUST(geo_store_remove(store, &geo_tables[i], ids[i], &err));
    const struct geo_table *alianzas = geo_table_find("alianzas");
    MUST(geo_store_remove(store, alianzas, ids[alianzas - geo_tables], &err));
    MUST(geo_store_lost(store, "uno", see_lost, NULL, &err));
    MUST(geo_store_lost_forget(store, "uno", &err));
    MUST(geo_store_edition_remove(store, "uno", &err));
}

/* What an import changed and nobody touched since: it is undone. */
static void call_undo(struct geo_store *store)
{
    int64_t import = 0;
    MUST(geo_store_begin(store, &err));
    struct store_undo *undo = geo_undo_begin(store, &err);
    must(undo != NULL, "geo_undo_begin");
    (void)put_table(store, geo_table_find("subproyectos"));
    MUST(geo_undo_finish(undo, "subproyectos", "f", "{}", &import, &err));
    geo_undo_free(undo);
    MUST(geo_undo_apply(store, import, NULL, NULL, &err));
    MUST(geo_store_commit(store, &err));
}

int main(int argc, char **argv)
{
    if (argc != 3 || !(notes = fopen(argv[2], "w")))
        return 2;
    struct geo_store *store = geo_store_open(argv[1], GEO_STORE_CREATE, &err);
    must(store != NULL, "geo_store_open");
    MUST(geo_store_begin(store, &err));
    call_all(store);
    geo_store_note(store, "alianzas", GEO_STORE_ALL);
    MUST(geo_store_commit(store, &err));
    call_undo(store); /* a new record */
    (void)put_table(store, geo_table_find("subproyectos"));
    /* An old value of 18 MB is a part of its own. */
    MUST(db_script(store->db, "UPDATE subproyectos SET nombre = hex(zeroblob(9000000))", "", &err));
    call_undo(store);
    geo_store_close(store);
    return fclose(notes) == 0 ? 0 : 1;
}
