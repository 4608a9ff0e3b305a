/* store_check_cells.c - finds values that are not as the schema says, table by table. */
#include <stdio.h>
#include <stdlib.h>

#include "geo/base/buf.h"
#include "geo/store/store_check.h"

/* Tables other than those of records, with the kinds of their columns (store_cells.h). */
static const struct {
    const char *table, *columns, *kinds;
} others[] = {
    {"ediciones", "codigo, titulo, fuente, fecha_datos, esquematica, vigente, orden", "tttdffn"},
    {"capas", "capa, revision, simulada, fuente, fecha_datos, marca", "tnftdm"},
    {"alias_municipio", "alias, codigo", "tt"},
    {"vinculos",
     "registro, capa, edicion, orden, municipio, metodo, estado, distancia_m, parte, zona_urbana",
     "nttnTttRrf"},
    {"vinculos_perdidos", "edicion, capa, municipio", "ttt"},
    {"riego_municipal", "municipio, edicion, areas, bruto_m2, neto_m2, declarado_ha", "ttnrrr"},
    {"conflictos", "id, edicion, registro", "ntn"},
    {"veredictos",
     "id, capa, codigo, veredicto, persona, fecha, nota, declarado, huella, lon, lat, lon_antes,"
     " lat_antes, crs_antes, rescate_antes, coordenada_antes, datum_antes, fin, fin_motivo,"
     " fin_persona, fin_nota",
     "nttttttttRRRRTTTFTTTT"},
    {"importaciones", "id, fecha, capa, fuente, resumen, cambios, deshecha", "nttttBT"},
    {"importaciones_partes", "importacion, parte, cambios", "nnb"},
    {"fuentes_conocidas", "huella, revision, marca, fecha, resumen", "bnntt"},
    {"cambios", "registro, capa, revision", "Ntn"},
    {"contornos", "edicion, datos", "tb"},
    {"marca_archivo", "id, marca", "nb"},
};

/* Words that a column may hold. Columns with a CHECK are not listed: the engine checks them. */
static const struct {
    const char *table, *row, *column, *words;
} domains[] = {
    {"vinculos", "registro", "metodo", "'geometria', 'cercano', 'codigo', 'nombre', 'ninguno'"},
    {"vinculos", "registro", "estado",
     "'coincide', 'vecino', 'conflicto', 'ubicado', 'declarado', 'en_agua', 'fuera',"
     " 'sin_municipio'"},
    {"conflictos", "id", "estado",
     "'coincide', 'vecino', 'conflicto', 'ubicado', 'declarado', 'en_agua', 'fuera',"
     " 'sin_municipio'"},
};

/* Reports a finding about a row; false: the table has had enough. */
static bool tell(struct store_findings *findings, const struct err *what, int *told)
{
    store_found(findings, what->message);
    return ++*told < STORE_TABLE_FINDINGS_MAX;
}

/* Records ------------------------------------------------------------------ */

struct record_check {
    const struct geo_table *table;
    struct db_query *rows, *invalid;
    struct store_findings *findings;
    struct buf wkb;
    int told;
};

static struct db_query *prepare_rows(struct geo_store *store, const struct geo_table *table,
                                     struct err *err)
{
    struct buf sql;
    buf_init(&sql);
    buf_puts(&sql, "SELECT ");
    store_put_columns(store, &sql, table, NULL, true);
    buf_printf(&sql, " FROM \"%s\" ORDER BY id", table->name);
    return store_prepare_buf(store, &sql, (struct db_sql){.doing = table->name}, err);
}

static struct db_query *prepare_invalid(struct geo_store *store, const struct geo_table *table,
                                        struct err *err)
{
    struct buf sql;
    buf_init(&sql);
    buf_printf(&sql,
               "SELECT '%s: geometría no válida, registro ' || id || ': '"
               " || coalesce(ST_IsValidReason(geom), 'no se puede leer')"
               " FROM \"%s\" WHERE id = ?1 AND ",
               table->name, table->name);
    db_put_invalid(store->db, &sql, "geom");
    return store_prepare_buf(store, &sql, (struct db_sql){.doing = table->name}, err);
}

/* The engine is only given geometries of the right form: in others SpatiaLite may read
 * beyond the bytes. */
static bool check_geometry(struct record_check *check, int column, int64_t row, struct err *err)
{
    struct err what = {0};
    if (!store_cell_geometry(check->rows, column, check->table, row, &check->wkb, &what)) {
        if (what.kind == ERR_MEMORY)
            return err_no_memory(err);
        tell(check->findings, &what, &check->told);
        return true;
    }
    if (!check->wkb.len)
        return true;
    db_bind_int(check->invalid, 1, row);
    if (db_next(check->invalid, NULL) == DB_ROW)
        store_found(check->findings, db_word(check->invalid, 0));
    db_reset(check->invalid);
    return true;
}

static bool check_row(struct record_check *check, struct err *err)
{
    const struct geo_table *table = check->table;
    int64_t row = db_int(check->rows, 0);
    int column = 1;
    for (size_t i = 0; i < table->n_fields; i++) {
        struct geo_value value;
        struct err what = {0};
        if (!store_cell(check->rows, column++, table, &table->fields[i], row, &value, &what) &&
            !tell(check->findings, &what, &check->told))
            return true;
    }
    return table->geometry == GEO_NO_GEOMETRY || check_geometry(check, column, row, err);
}

static bool check_records(struct geo_store *store, const struct geo_table *table,
                          struct store_findings *findings, struct err *err)
{
    struct record_check check = {.table = table, .findings = findings};
    struct err what = {0};
    bool ok = false;
    enum db_step step = DB_END;
    buf_init(&check.wkb);
    check.rows = prepare_rows(store, table, err);
    if (!check.rows || (table->geometry != GEO_NO_GEOMETRY &&
                        !(check.invalid = prepare_invalid(store, table, err))))
        goto done;
    while (check.told < STORE_TABLE_FINDINGS_MAX && (step = db_next(check.rows, &what)) == DB_ROW)
        if (!check_row(&check, err))
            goto done;
    if (check.told >= STORE_TABLE_FINDINGS_MAX)
        store_found_more(findings, table->name, "celdas");
    if (step == DB_FAILED)
        store_found(findings, what.message);
    ok = true;
done:
    db_free(check.invalid);
    db_free(check.rows);
    buf_free(&check.wkb);
    return ok;
}

/* Other tables ------------------------------------------------------------- */

static bool check_other(struct geo_store *store, const char *table, const char *columns,
                        const char *kinds, struct store_findings *findings, struct err *err)
{
    char sql[512];
    int told = 0;
    enum db_step step = DB_END;
    struct err failed = {0};
    const struct db_sql text = {.doing = table, .sql = sql};
    snprintf(sql, sizeof sql, "SELECT %s FROM %s", columns, table);
    struct db_query *rows = db_prepare(store->db, &text, err);
    if (!rows)
        return false;
    while (told < STORE_TABLE_FINDINGS_MAX && (step = db_next(rows, &failed)) == DB_ROW) {
        struct err what = {0};
        if (!store_row_is(rows, table, kinds, &what))
            tell(findings, &what, &told);
    }
    if (told >= STORE_TABLE_FINDINGS_MAX)
        store_found_more(findings, table, "celdas");
    if (step == DB_FAILED)
        store_found(findings, failed.message);
    db_free(rows);
    return true;
}

static bool check_domain(struct geo_store *store, size_t i, struct store_findings *findings,
                         struct err *err)
{
    char sql[512];
    snprintf(sql, sizeof sql,
             "SELECT '%s, registro ' || %s || ': la columna «%s» tiene «' || %s ||"
             " '», que no es una de sus opciones' FROM %s WHERE %s NOT IN (%s) LIMIT %d",
             domains[i].table, domains[i].row, domains[i].column, domains[i].column,
             domains[i].table, domains[i].column, domains[i].words, STORE_TABLE_FINDINGS_MAX);
    return store_each_finding(store, sql, "", findings, err);
}

bool store_check_cells(struct geo_store *store, struct store_findings *findings, struct err *err)
{
    bool ok = true;
    for (const struct geo_table *table = geo_tables; table->name && ok; table++)
        ok = check_records(store, table, findings, err);
    ok = ok && check_records(store, &geo_conflicts_table, findings, err);
    for (size_t i = 0; i < sizeof others / sizeof *others && ok; i++)
        ok = check_other(store, others[i].table, others[i].columns, others[i].kinds, findings, err);
    for (size_t i = 0; i < sizeof domains / sizeof *domains && ok; i++)
        ok = check_domain(store, i, findings, err);
    return ok;
}
