/* coverage_tally.c - counts alliances, works and facts of each municipality. */
#include "geo/figures/coverage_tally.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "geo/base/array.h"
#include "geo/base/parse.h"
#include "geo/figures/irrigation.h"
#include "geo/store/results.h"

/* The rows being filled, by slot, and what the callbacks need. */
struct coverage_tally {
    struct geo_store *store;
    const struct geo_units *units;
    const char *as_of;
    struct geo_coverage_row *slots;         /* units->n + 1 */
    struct coverage_tally_main_link *links; /* main links of the table being read, by record */
    size_t n_links, cap_links;
    size_t slot; /* slot of all records read, if links is NULL */
    struct err *err;
    bool failed;
    /* The latest year of each fact seen so far, by slot: 0 without a year. */
    int *poblacion_year, *viviendas_year;
    int fact_codigo, fact_hecho, fact_valor;
    /* Fields of alianzas and subproyectos. */
    int convenio, modelo, rubro, etapa, familias, mujeres, money[4];
    int inicio, estado, sub_familias, comprometido[2], ejecutado[2];
    bool counted[2][64]; /* the fields that are read: of alianzas, of subproyectos */
};

struct coverage_tally_main_link {
    int64_t record;
    size_t slot;
};

static void resolve_fields(struct coverage_tally *tally)
{
    static const char *const money[] = {"comprometido_cts", "solicitado_cts", "transferido_cts",
                                        "descargado_cts"};
    const struct geo_table *alianzas = geo_table_find("alianzas");
    tally->convenio = geo_table_field(alianzas, "fecha_convenio");
    tally->modelo = geo_table_field(alianzas, "modelo");
    tally->rubro = geo_table_field(alianzas, "rubro");
    tally->etapa = geo_table_field(alianzas, "etapa");
    tally->familias = geo_table_field(alianzas, "familias");
    tally->mujeres = geo_table_field(alianzas, "mujeres");
    for (int i = 0; i < 4; i++)
        tally->money[i] = geo_table_field(alianzas, money[i]);
    const struct geo_table *subproyectos = geo_table_find("subproyectos");
    tally->inicio = geo_table_field(subproyectos, "fecha_inicio");
    tally->estado = geo_table_field(subproyectos, "estado");
    tally->sub_familias = geo_table_field(subproyectos, "familias");
    tally->comprometido[0] = geo_table_field(subproyectos, "comprometido_empoderar_cts");
    tally->comprometido[1] = geo_table_field(subproyectos, "comprometido_cp_cts");
    tally->ejecutado[0] = geo_table_field(subproyectos, "ejecutado_empoderar_cts");
    tally->ejecutado[1] = geo_table_field(subproyectos, "ejecutado_cp_cts");
    const int of_alianzas[] = {tally->convenio, tally->modelo,  tally->rubro,    tally->etapa,
                               tally->familias, tally->mujeres, tally->money[0], tally->money[1],
                               tally->money[2], tally->money[3]};
    const int of_subproyectos[] = {
        tally->inicio,          tally->estado,       tally->sub_familias, tally->comprometido[0],
        tally->comprometido[1], tally->ejecutado[0], tally->ejecutado[1]};
    for (size_t i = 0; i < sizeof of_alianzas / sizeof *of_alianzas; i++)
        tally->counted[0][of_alianzas[i]] = true;
    for (size_t i = 0; i < sizeof of_subproyectos / sizeof *of_subproyectos; i++)
        tally->counted[1][of_subproyectos[i]] = true;
    const struct geo_table *facts = geo_table_find("hechos_municipio");
    tally->fact_codigo = geo_table_field(facts, "codigo");
    tally->fact_hecho = geo_table_field(facts, "hecho");
    tally->fact_valor = geo_table_field(facts, "valor");
}

/* Records ----------------------------------------------------------------- */

static int by_record(const void *a, const void *b)
{
    int64_t x = ((const struct coverage_tally_main_link *)a)->record,
            y = ((const struct coverage_tally_main_link *)b)->record;
    return (x > y) - (x < y);
}

static struct geo_coverage_row *row_of(const struct coverage_tally *tally, int64_t record)
{
    if (!tally->links)
        return &tally->slots[tally->slot];
    const struct coverage_tally_main_link key = {.record = record};
    const struct coverage_tally_main_link *found =
        tally->n_links ? bsearch(&key, tally->links, tally->n_links, sizeof key, by_record) : NULL;
    return &tally->slots[found ? found->slot : tally->units->n];
}

static void count_choice(int64_t *counts, size_t room, const struct geo_table *table, int field,
                         const char *value)
{
    const struct geo_choice *choice = table->fields[field].choices;
    for (size_t i = 0; value && i < room && choice[i].value; i++)
        if (strcmp(choice[i].value, value) == 0)
            counts[i]++;
}

static bool add_alianza(void *arg, const struct geo_record *record)
{
    struct coverage_tally *tally = arg;
    const char *convenio = geo_record_text(record, tally->convenio);
    if (!convenio || (tally->as_of && strcmp(convenio, tally->as_of) > 0))
        return true;
    const struct geo_table *table = geo_table_find("alianzas");
    struct geo_coverage_row *row = row_of(tally, record->id);
    row->alianzas++;
    row->familias += geo_record_int(record, tally->familias);
    row->mujeres += geo_record_int(record, tally->mujeres);
    row->comprometido_cts += geo_record_int(record, tally->money[0]);
    row->solicitado_cts += geo_record_int(record, tally->money[1]);
    row->transferido_cts += geo_record_int(record, tally->money[2]);
    row->descargado_cts += geo_record_int(record, tally->money[3]);
    int64_t modelo = geo_record_int(record, tally->modelo);
    if (modelo >= 1 && modelo <= GEO_MODELOS)
        row->por_modelo[modelo - 1]++;
    count_choice(row->por_rubro, GEO_RUBROS, table, tally->rubro,
                 geo_record_text(record, tally->rubro));
    count_choice(row->por_etapa, GEO_ETAPAS, table, tally->etapa,
                 geo_record_text(record, tally->etapa));
    return true;
}

static bool add_subproyecto(void *arg, const struct geo_record *record)
{
    struct coverage_tally *tally = arg;
    const char *inicio = geo_record_text(record, tally->inicio);
    if (inicio && tally->as_of && strcmp(inicio, tally->as_of) > 0)
        return true;
    struct geo_coverage_row *row = row_of(tally, record->id);
    row->subproyectos++;
    row->subproyectos_familias += geo_record_int(record, tally->sub_familias);
    for (int i = 0; i < 2; i++) {
        row->subproyectos_comprometido_cts += geo_record_int(record, tally->comprometido[i]);
        row->subproyectos_ejecutado_cts += geo_record_int(record, tally->ejecutado[i]);
    }
    count_choice(row->por_estado, GEO_ESTADOS, geo_table_find("subproyectos"), tally->estado,
                 geo_record_text(record, tally->estado));
    return true;
}

static bool add_link(void *arg, int64_t record, const char *municipio)
{
    struct coverage_tally *tally = arg;
    if (!array_reserve(tally->links, tally->cap_links, tally->n_links + 1)) {
        tally->failed = true;
        return false;
    }
    tally->links[tally->n_links++] =
        (struct coverage_tally_main_link){record, geo_units_slot(tally->units, municipio)};
    return true;
}

/* Counts every record of a layer in its slot; records without a link count in the last
 * slot, as those without a municipality. */
static bool add_all(struct coverage_tally *tally, const char *layer, geo_record_fn *add)
{
    /* Skip unsigned alliances in SQL; they are most of the table. */
    const struct geo_query query = {.no_geometry = true,
                                    .present = add == add_alianza ? "fecha_convenio" : NULL,
                                    .fields = tally->counted[add == add_alianza ? 0 : 1]};
    tally->n_links = 0;
    if (!tally->links && !(tally->links = calloc(1, sizeof *tally->links)))
        return err_no_memory(tally->err);
    tally->cap_links = tally->cap_links ? tally->cap_links : 1;
    if (!geo_store_links_units(tally->store, layer, tally->units->edition, add_link, tally,
                               tally->err))
        return false;
    if (tally->failed)
        return err_no_memory(tally->err);
    return geo_store_each(tally->store, geo_table_find(layer), &query, add, tally, tally->err);
}

/* Counts only the records of one slot. */
static bool add_members(struct coverage_tally *tally, const char *layer, size_t slot,
                        geo_record_fn *add)
{
    const struct geo_units *units = tally->units;
    const char *municipio = slot < units->n ? units->units[slot].codigo : NULL;
    const struct geo_table *table = geo_table_find(layer);
    int64_t *ids = NULL;
    size_t n = 0;
    if (!geo_store_links_members(tally->store, layer, units->edition, municipio, false, &ids, &n,
                                 tally->err))
        return false;
    tally->slot = slot;
    bool ok = true;
    for (size_t i = 0; i < n && ok; i++) {
        const struct geo_query query = {.id = ids[i], .no_geometry = true};
        ok = geo_store_each(tally->store, table, &query, add, tally, tally->err);
    }
    free(ids);
    return ok;
}

/* Facts ------------------------------------------------------------------- */

/* The year in a fact's name: "poblacion_rural_2024"; 0 for "poblacion_rural"; -1: another
 * fact. */
static int fact_year(const char *hecho, const char *name)
{
    size_t len = strlen(name);
    int64_t year;
    if (!hecho || strncmp(hecho, name, len) != 0)
        return -1;
    if (!hecho[len])
        return 0;
    return hecho[len] == '_' && parse_int(hecho + len + 1, 1900, 2100, &year) ? (int)year : -1;
}

static void keep_latest(double *value, int *latest, int year, double read)
{
    if (year < 0 || (!isnan(*value) && year < *latest))
        return;
    *value = read;
    *latest = year;
}

static bool add_fact(void *arg, const struct geo_record *record)
{
    struct coverage_tally *tally = arg;
    size_t slot = geo_units_slot(tally->units, geo_record_text(record, tally->fact_codigo));
    const char *hecho = geo_record_text(record, tally->fact_hecho);
    double value = geo_record_real(record, tally->fact_valor);
    if (slot == tally->units->n)
        return true;
    struct geo_coverage_row *row = &tally->slots[slot];
    keep_latest(&row->poblacion_rural, &tally->poblacion_year[slot],
                fact_year(hecho, "poblacion_rural"), value);
    keep_latest(&row->viviendas_rurales, &tally->viviendas_year[slot],
                fact_year(hecho, "viviendas_rurales"), value);
    return true;
}

/* Uses restated facts instead of the stored ones. */
static bool set_facts(struct coverage_tally *tally, const struct geo_coverage_facts *facts)
{
    if (facts->n != tally->units->n)
        return err_set(tally->err, ERR_SETUP, "hechos de %zu municipios para una edición de %zu",
                       facts->n, tally->units->n);
    for (size_t i = 0; i < facts->n; i++) {
        struct geo_coverage_row *row = &tally->slots[i];
        row->poblacion_rural = facts->poblacion_rural ? facts->poblacion_rural[i] : NAN;
        row->viviendas_rurales = facts->viviendas_rurales ? facts->viviendas_rurales[i] : NAN;
        if (!isnan(row->viviendas_rurales))
            row->viviendas_reexpresadas = row->viviendas_rurales * facts->viviendas_pct[i] / 100;
    }
    return true;
}

/* Rows -------------------------------------------------------------------- */

void geo_coverage_mark(struct geo_coverage_row *row)
{
    if (row->unlinked)
        return;
    row->municipios = 1;
    row->municipios_alianzas = row->alianzas > 0;
    row->municipios_riego = row->areas_riego > 0 || row->riego_neto_m2 >= GEO_COVERED_M2;
    row->municipios_subproyectos = row->subproyectos > 0;
}

static void set_irrigation(struct geo_coverage_row *row, const struct geo_irrigated *irrigated)
{
    row->areas_riego = irrigated->areas;
    row->riego_bruto_m2 = irrigated->bruto_m2;
    row->riego_neto_m2 = irrigated->neto_m2;
    row->riego_declarado_ha = irrigated->declarado_ha;
}

/* Fills every slot wanted (NULL: all) from the records. */
static bool fill(struct coverage_tally *tally, const bool *wanted,
                 const struct geo_coverage_query *query)
{
    size_t n = tally->units->n;
    const struct geo_table *facts = geo_table_find("hechos_municipio");
    struct geo_irrigated *irrigated = calloc(n + 1, sizeof *irrigated);
    tally->poblacion_year = calloc(n + 1, sizeof(int));
    tally->viviendas_year = calloc(n + 1, sizeof(int));
    bool ok = irrigated && tally->poblacion_year && tally->viviendas_year;
    if (!ok) {
        err_no_memory(tally->err);
        goto done;
    }
    resolve_fields(tally);
    for (size_t i = 0; i <= n; i++) {
        struct geo_coverage_row *row = &tally->slots[i];
        row->unlinked = i == n;
        row->poblacion_rural = row->viviendas_rurales = NAN;
        if (i < n)
            memcpy(row->codigo, tally->units->units[i].codigo, sizeof row->codigo);
    }
    ok = geo_irrigation_slots(tally->store, tally->units, query, irrigated, tally->err);
    if (ok && !wanted)
        ok = add_all(tally, "alianzas", add_alianza) &&
             add_all(tally, "subproyectos", add_subproyecto) &&
             geo_store_each(tally->store, facts, NULL, add_fact, tally, tally->err);
    for (size_t i = 0; wanted && ok && i <= n; i++) {
        if (!wanted[i])
            continue;
        const struct geo_query of_unit = {.field = "codigo", .equals = tally->slots[i].codigo};
        ok = add_members(tally, "alianzas", i, add_alianza) &&
             add_members(tally, "subproyectos", i, add_subproyecto) &&
             (i == n || geo_store_each(tally->store, facts, &of_unit, add_fact, tally, tally->err));
    }
    if (ok && query->facts)
        ok = set_facts(tally, query->facts);
    for (size_t i = 0; i <= n && ok; i++) {
        set_irrigation(&tally->slots[i], &irrigated[i]);
        geo_coverage_share(&tally->slots[i]);
        geo_coverage_mark(&tally->slots[i]);
    }
done:
    free(irrigated);
    free(tally->links);
    free(tally->poblacion_year);
    free(tally->viviendas_year);
    return ok;
}

void geo_coverage_share(struct geo_coverage_row *row)
{
    row->cobertura_familias_pct =
        row->viviendas_rurales > 0 ? 100 * (double)row->familias / row->viviendas_rurales : NAN;
}

bool geo_coverage_tally(struct geo_store *store, const struct geo_units *units, const bool *wanted,
                        const struct geo_coverage_query *query, struct geo_coverage_row *slots,
                        struct err *err)
{
    struct coverage_tally tally = {
        .store = store, .units = units, .as_of = query->as_of, .slots = slots, .err = err};
    return fill(&tally, wanted, query);
}
