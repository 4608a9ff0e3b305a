/* store_coverage.c - reads and writes the table `cobertura`. */
#include <stdlib.h>
#include <string.h>

#include "geo/base/buf.h"
#include "geo/store/results_internal.h"

/* How a column is stored. A FACT may be unknown: NULL is NaN. A DETAIL was added by schema
 * 7: it is NULL in a row that was not recomputed since. */
enum kept { COUNT, AREA, FACT, DETAIL };

static const struct store_coverage_column {
    const char *name;
    enum kept kept;
    size_t offset; /* offset in struct geo_coverage_row */
} stored[] = {
#define STORED(kept, name, member)                            \
    {                                                         \
        name, kept, offsetof(struct geo_coverage_row, member) \
    }
#define FIGURE(kept, name) STORED(kept, #name, name)
    FIGURE(COUNT, alianzas),
    FIGURE(COUNT, familias),
    FIGURE(COUNT, mujeres),
    FIGURE(COUNT, comprometido_cts),
    FIGURE(COUNT, solicitado_cts),
    FIGURE(COUNT, transferido_cts),
    FIGURE(COUNT, descargado_cts),
    FIGURE(COUNT, areas_riego),
    FIGURE(AREA, riego_bruto_m2),
    FIGURE(AREA, riego_neto_m2),
    FIGURE(AREA, riego_declarado_ha),
    FIGURE(COUNT, subproyectos),
    FIGURE(COUNT, subproyectos_familias),
    FIGURE(COUNT, subproyectos_comprometido_cts),
    FIGURE(COUNT, subproyectos_ejecutado_cts),
    FIGURE(FACT, poblacion_rural),
    FIGURE(FACT, viviendas_rurales),
    FIGURE(FACT, cobertura_familias_pct),
#define KIND(name, member) STORED(DETAIL, name, member),
    GEO_COVERAGE_KINDS(KIND)
#undef KIND
#undef FIGURE
#undef STORED
};

enum { N_STORED = sizeof stored / sizeof *stored };

/* Every count of the struct has a column. */
_Static_assert(N_STORED == 18 + GEO_MODELOS + GEO_RUBROS + GEO_ETAPAS + GEO_ESTADOS,
               "a column of `cobertura` for every figure");

static bool is_count(const struct store_coverage_column *column)
{
    return column->kept == COUNT || column->kept == DETAIL;
}

static int64_t count_of(const struct geo_coverage_row *row,
                        const struct store_coverage_column *column)
{
    int64_t count;
    memcpy(&count, (const char *)row + column->offset, sizeof count);
    return count;
}

static double real_of(const struct geo_coverage_row *row,
                      const struct store_coverage_column *column)
{
    double real;
    memcpy(&real, (const char *)row + column->offset, sizeof real);
    return real;
}

static void put_names(struct buf *sql)
{
    for (size_t i = 0; i < N_STORED; i++)
        buf_printf(sql, "%s%s", i ? ", " : "", stored[i].name);
}

static sqlite3_stmt *prepare_taken(struct geo_store *store, struct buf *sql, struct err *err)
{
    char *text = buf_take(sql, NULL);
    sqlite3_stmt *statement = NULL;
    if (text)
        statement = store_prepare(store, text, err);
    else
        err_no_memory(err);
    free(text);
    return statement;
}

/* The statement compares, so that an unchanged row is not written. */
static sqlite3_stmt *prepare_put(struct geo_store *store, struct err *err)
{
    struct buf sql, values;
    buf_init(&sql);
    buf_init(&values);
    for (size_t i = 0; i < N_STORED; i++)
        buf_printf(&values, "%s?%zu", i ? "," : "", i + 3);
    buf_puts(&sql, "INSERT INTO cobertura (edicion, codigo, ");
    put_names(&sql);
    buf_puts(&sql, ") VALUES (?1, ?2, ");
    buf_append(&sql, &values);
    buf_puts(&sql, ") ON CONFLICT (edicion, codigo) DO UPDATE SET (");
    put_names(&sql);
    buf_puts(&sql, ") = (");
    buf_append(&sql, &values);
    buf_puts(&sql, ") WHERE (");
    put_names(&sql);
    buf_puts(&sql, ") IS NOT (");
    buf_append(&sql, &values);
    buf_puts(&sql, ")");
    bool ok = !buf_failed(&values);
    buf_free(&values);
    if (ok)
        return prepare_taken(store, &sql, err);
    buf_free(&sql);
    err_no_memory(err);
    return NULL;
}

static void bind_row(sqlite3_stmt *statement, const struct geo_coverage_row *row)
{
    bind_text(statement, 2, row->unlinked ? "" : row->codigo);
    for (int i = 0; i < N_STORED; i++)
        if (is_count(&stored[i]))
            sqlite3_bind_int64(statement, i + 3, count_of(row, &stored[i]));
        else
            bind_real(statement, i + 3, real_of(row, &stored[i]));
}

bool geo_store_coverage_put(struct geo_store *store, const char *edition,
                            const struct geo_coverage_row *rows, size_t n, const bool *wanted,
                            bool *changed, struct err *err)
{
    sqlite3_stmt *statement = prepare_put(store, err);
    if (!statement)
        return false;
    bind_text(statement, 1, edition);
    bool ok = true;
    for (size_t i = 0; i < n && ok; i++) {
        if (wanted && !wanted[i])
            continue;
        bind_row(statement, &rows[i]);
        ok = store_run(store, statement, "guardar los resultados", err);
        *changed = *changed || (ok && sqlite3_changes(store->db) > 0);
    }
    sqlite3_finalize(statement);
    return ok;
}

static bool same_real(double a, double b)
{
    return a == b || (isnan(a) && isnan(b));
}

bool geo_coverage_row_same(const struct geo_coverage_row *a, const struct geo_coverage_row *b)
{
    for (int i = 0; i < N_STORED; i++)
        if (is_count(&stored[i]) ? count_of(a, &stored[i]) != count_of(b, &stored[i])
                                 : !same_real(real_of(a, &stored[i]), real_of(b, &stored[i])))
            return false;
    return true;
}

struct coverage_reader {
    geo_coverage_fn *fn;
    void *arg;
};

static bool read_coverage(void *arg, sqlite3_stmt *statement)
{
    struct coverage_reader *reader = arg;
    struct geo_coverage_row row = {0};
    const char *codigo = store_text(statement, 0);
    bool whole = true;
    store_copy(row.codigo, sizeof row.codigo, codigo);
    row.unlinked = !codigo[0];
    for (int i = 0; i < N_STORED; i++) {
        char *at = (char *)&row + stored[i].offset;
        if (is_count(&stored[i])) {
            const int64_t count = sqlite3_column_int64(statement, i + 1);
            memcpy(at, &count, sizeof count);
        } else {
            const double real = real_or_nan(statement, i + 1);
            memcpy(at, &real, sizeof real);
        }
        if (stored[i].kept == DETAIL && sqlite3_column_type(statement, i + 1) == SQLITE_NULL)
            whole = false;
    }
    return reader->fn(reader->arg, &row, whole);
}

/* The kinds of the columns, for store_row_is(). */
static void put_kinds(char kinds[N_STORED + 1])
{
    static const char letters[] = {[COUNT] = 'n', [AREA] = 'r', [FACT] = 'R', [DETAIL] = 'N'};
    for (int i = 0; i < N_STORED; i++)
        kinds[i] = letters[stored[i].kept];
    kinds[N_STORED] = '\0';
}

bool geo_store_coverage(struct geo_store *store, const char *edition, geo_coverage_fn *fn,
                        void *arg, struct err *err)
{
    struct buf sql;
    buf_init(&sql);
    buf_puts(&sql, "SELECT codigo, ");
    put_names(&sql);
    buf_puts(&sql, " FROM cobertura WHERE edicion = ?1 ORDER BY codigo");
    sqlite3_stmt *statement = prepare_taken(store, &sql, err);
    if (!statement)
        return false;
    bind_text(statement, 1, edition);
    struct coverage_reader reader = {fn, arg};
    char kinds[N_STORED + 2] = "t";
    put_kinds(kinds + 1);
    const struct row_kinds rows = {"cobertura", kinds};
    return each_row(store, statement, rows, read_coverage, &reader, err);
}
