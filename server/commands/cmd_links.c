/* cmd_links.c - `sigg links LAYER`: the links of each record. */
#include <stdlib.h>

#include "geo/figures/group.h"
#include "geo/figures/link.h"
#include "geo/store/results.h"
#include "server/cli/options.h"
#include "server/cli/print.h"
#include "server/commands/command.h"

struct printing {
    struct rows *rows;
    const struct geo_units *units;
};

static bool add_row(void *arg, const struct geo_link_row *row)
{
    const struct printing *printing = arg;
    size_t slot = geo_units_slot(printing->units, row->municipio);
    struct rows *rows = printing->rows;
    rows_text(rows, row->codigo);
    rows_text(rows, row->municipio);
    rows_text(rows, row->metodo);
    rows_text(rows, row->estado);
    rows_real(rows, row->distancia_m);
    rows_real(rows, row->parte);
    rows_text(rows, slot < printing->units->n ? printing->units->units[slot].nombre : NULL);
    rows_bool(rows, row->principal);
    rows_bool(rows, row->urbana);
    return true;
}

static struct rows *read_rows(const char *db_path, const char *layer, const char *edition,
                              struct err *err)
{
    static const struct rows_column columns[] = {
        {"codigo", 0}, {"municipio", 0}, {"metodo", 0},    {"estado", 0},      {"distancia_m", 1},
        {"parte", 9},  {"nombre", 0},    {"principal", 0}, {"zona_urbana", 0},
    };
    struct geo_units *units = NULL;
    struct rows *rows = NULL;
    bool ok = false;
    struct geo_store *store = geo_store_open(db_path, GEO_STORE_READ, err);
    if (!store || !geo_store_begin_read(store, err))
        goto done;
    units = geo_units_load(store, edition, err);
    if (!units)
        goto done;
    rows = rows_new(columns, sizeof columns / sizeof *columns);
    if (!rows) {
        err_no_memory(err);
        goto done;
    }
    struct printing printing = {rows, units};
    ok = geo_store_links(store, layer, units->edition, add_row, &printing, err);
done:
    geo_units_free(units);
    geo_store_close(store);
    if (ok)
        return rows;
    rows_free(rows);
    return NULL;
}

static bool run(int argc, char **argv, const char *db_path, struct err *err)
{
    const char *layer = NULL, *edition = NULL, *format_word = NULL;
    const struct option_spec specs[] = {
        {.name = "--edition", .takes_value = true, .value = &edition},
        {.name = "--format", .takes_value = true, .value = &format_word},
    };
    enum rows_format format;
    size_t n_positional;
    if (!options_parse(argc, argv, specs, sizeof specs / sizeof *specs, &layer, 1, 1, &n_positional,
                       err) ||
        !print_format(format_word, &format, err))
        return false;
    if (!geo_table_linked(layer, GEO_TABLES_LINKED, ERR_USAGE, err))
        return false;
    struct rows *rows = read_rows(db_path, layer, edition, err);
    return rows && print_rows(rows, format, err);
}

const struct command cmd_links = {
    .name = "links",
    .summary = "muestra el municipio de cada registro de una capa, y con qué certeza",
    .help = "Uso: sigg links CAPA [--edition E] [--format table|csv|json]\n"
            "\n"
            "Una fila por registro de la CAPA; una línea o un polígono que cruza límites tiene\n"
            "una por municipio, la mayor primero.\n"
            "\n"
            "  --edition E   en la edición E de los límites (por omisión, en la vigente)\n"
            "  --format F    table (por omisión), csv o json\n"
            "\n"
            "Columnas:\n"
            "  codigo        del registro\n"
            "  municipio     su código INE; vacío: ninguno\n"
            "  metodo        geometria, cercano (en agua), codigo, nombre (declarados) o ninguno\n"
            "  estado        véase sigg link --help\n"
            "  distancia_m   distancia geodésica al municipio declarado (en agua, al vinculado)\n"
            "  parte         de la longitud o superficie del registro; 1 para puntos\n"
            "  nombre        del municipio\n"
            "  principal     1: el municipio donde cuenta el registro\n"
            "  zona_urbana   1: el punto está dentro de una zona urbana\n"
            "\n"
            "Ejemplo: sigg links alianzas --format csv | grep conflicto\n",
    .run = run,
    .layers = GEO_TABLES_LINKED,
};
