/* store_coverage.c - reads and writes the table `cobertura`. */
#include <math.h>
#include <string.h>

#include "geo/base/buf.h"
#include "geo/store/results.h"
#include "geo/store/store_internal.h"

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

/* "before.alianzas, before.familias, …" */
static void put_names(struct buf *sql, const char *before)
{
    for (size_t i = 0; i < N_STORED; i++)
        buf_printf(sql, "%s%s%s", i ? ", " : "", before, stored[i].name);
}

/* The statement compares, so that an unchanged row is not written. */
static struct db_query *prepare_put(struct geo_store *store, struct err *err)
{
    struct buf sql;
    buf_init(&sql);
    buf_puts(&sql, "INSERT INTO cobertura (edicion, codigo, ");
    put_names(&sql, "");
    buf_puts(&sql, ") VALUES (?1, ?2");
    for (int i = 0; i < N_STORED; i++)
        buf_printf(&sql, ", ?%d", i + 3);
    buf_puts(&sql, ") ON CONFLICT (edicion, codigo) DO UPDATE SET (");
    put_names(&sql, "");
    buf_puts(&sql, ") = (");
    put_names(&sql, "excluded.");
    buf_puts(&sql, ") WHERE (");
    put_names(&sql, "cobertura.");
    buf_puts(&sql, ") IS DISTINCT FROM (");
    put_names(&sql, "excluded.");
    buf_putc(&sql, ')');
    return store_prepare_buf(store, &sql, (struct db_sql){.doing = STORE_KEEPING}, err);
}

static void bind_row(struct db_query *query, const struct geo_coverage_row *row)
{
    db_bind_text(query, 2, row->unlinked ? "" : row->codigo);
    for (int i = 0; i < N_STORED; i++)
        if (is_count(&stored[i]))
            db_bind_int(query, i + 3, count_of(row, &stored[i]));
        else
            db_bind_real(query, i + 3, real_of(row, &stored[i]));
}

bool geo_store_coverage_put(struct geo_store *store, const char *edition,
                            const struct geo_coverage_row *rows, size_t n, const bool *wanted,
                            bool *changed, struct err *err)
{
    struct db_query *query = prepare_put(store, err);
    if (!query)
        return false;
    db_bind_text(query, 1, edition);
    bool ok = true;
    for (size_t i = 0; i < n && ok; i++) {
        if (wanted && !wanted[i])
            continue;
        bind_row(query, &rows[i]);
        ok = db_run(query, err);
        *changed = *changed || (ok && db_changes(store->db) > 0);
    }
    db_free(query);
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

static bool read_coverage(void *arg, const struct db_query *query)
{
    struct coverage_reader *reader = arg;
    struct geo_coverage_row row = {0};
    const char *codigo = db_word(query, 0);
    bool whole = true;
    store_copy(row.codigo, sizeof row.codigo, codigo);
    row.unlinked = !codigo[0];
    for (int i = 0; i < N_STORED; i++) {
        char *at = (char *)&row + stored[i].offset;
        if (is_count(&stored[i])) {
            const int64_t count = db_int(query, i + 1);
            memcpy(at, &count, sizeof count);
        } else {
            const double real = db_real(query, i + 1);
            memcpy(at, &real, sizeof real);
        }
        if (stored[i].kept == DETAIL && db_is_null(query, i + 1))
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
    char kinds[N_STORED + 2] = "t";
    put_kinds(kinds + 1);
    buf_init(&sql);
    buf_puts(&sql, "SELECT codigo, ");
    put_names(&sql, "");
    buf_puts(&sql, " FROM cobertura WHERE edicion = ?1 ORDER BY codigo");
    struct db_query *query = store_prepare_buf(
        store, &sql, (struct db_sql){.doing = STORE_READING, .table = "cobertura", .kinds = kinds},
        err);
    if (!query)
        return false;
    db_bind_text(query, 1, edition);
    struct coverage_reader reader = {fn, arg};
    return store_each_row(query, read_coverage, &reader, err);
}
